"""What a text counts and measures: number expressions and what they claim."""
