"""What the tool does, step by step: called by screens and verbs alike. Alone in knowing the clock and the user."""
