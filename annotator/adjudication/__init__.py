"""Where annotations differ, and what is on record once an adjudicator has settled it."""
