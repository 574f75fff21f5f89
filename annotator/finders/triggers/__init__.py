"""Words that name events, with the type that the words around them suggest."""
