"""Code points and nothing else: spans, intake, folding for comparison, invisible characters, bidi.

Every offset in the project is a position in code points of an article's stored text, spans are half-open. Nothing
here knows an article's meaning, a disk or a screen.
"""
