"""From an article to candidates: proposals only, which people confirm, correct or reject.

Every finder is a pure function of the article and the guidelines. Words live in `guidelines/lexicon`, never here.
"""
