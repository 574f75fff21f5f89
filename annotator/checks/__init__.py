"""Rules over articles, guidelines, annotations and gold: each with an id, a level, a sentence and a bad example."""
