"""One file a screen: what is on it and what its keys do. Edits themselves are `workflow`."""
