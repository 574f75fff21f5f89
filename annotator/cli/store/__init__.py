"""What `annotator store` can do, one file a verb, loaded only when it is asked for."""
