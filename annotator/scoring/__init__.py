"""What an extractor is worth against gold: counts, precision, recall, F1, and a signature that names the rules."""
