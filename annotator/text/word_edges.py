"""Where an edge goes when it is moved by a word, in reading order. Works on the stored text, in code points."""

from annotator.text.clusters import next_word, previous_word, word_at
from annotator.text.span import CodePoint, Span


def grown_start(text: str, one: Span) -> Span:
    """Give the stretch with its start at the beginning of the word before; the same where there is none."""
    return Span(min(previous_word(text, one.start), one.start), one.end)


def grown_end(text: str, one: Span) -> Span:
    """Give the stretch with its end behind the next word, or the word it ends in; the same where there is none."""
    if one.end < len(text) and (under := word_at(text, one.end)).start < one.end:
        return Span(one.start, under.end)
    following = next_word(text, one.end - 1)
    return one if following >= len(text) else Span(one.start, word_at(text, following).end)


def shrunk_start(text: str, one: Span) -> Span:
    """Give the stretch with its start at its second word; the same where it has one only."""
    following = next_word(text, one.start)
    return Span(following, one.end) if following < one.end else one


def shrunk_end(text: str, one: Span) -> Span:
    """Give the stretch with its end behind its last word but one, or what follows its last word taken off."""
    start = one.end
    while start > one.start:
        start = previous_word(text, start)
        end = word_at(text, start).end
        if one.start < end < one.end:
            return Span(one.start, CodePoint(end))
        if start == 0:
            break
    return one
