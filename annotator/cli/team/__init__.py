"""What `annotator team` can do, one file a verb, loaded only when it is asked for."""
