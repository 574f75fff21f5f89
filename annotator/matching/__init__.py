"""Whether two spans, numbers, actors or events are the same: the only room that decides it.

Optimal one-to-one pairings with canonical ties, so that no order of any list changes an answer. Knows no person, file
or screen; scoring, agreement and adjudication rest on it.
"""
