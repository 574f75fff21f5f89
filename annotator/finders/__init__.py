"""From an article to candidates: proposals only. A finder never decides, and proposes nothing in boilerplate."""
