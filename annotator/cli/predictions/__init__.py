"""The verbs of `annotator predictions`, one file each."""
