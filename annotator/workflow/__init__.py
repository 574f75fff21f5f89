"""What the tool does, step by step: called by screens and command line alike. Alone in knowing the clock and the user."""
