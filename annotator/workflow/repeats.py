"""Which of several mentions with the same words in a line of the article one is: words alone do not tell them apart."""

from annotator.model.mention import Mention
from annotator.text.folding import fold
from annotator.workflow.session import Session

_REACH = 2000
"""Code points to each side that are looked at: a longer line is cut."""


def which_of(session: Session, mention: Mention) -> tuple[int, int] | None:
    """Give the number of a mention among those of its kind and words in its line, and how many they are.

    None where it is the only one; rejected ones do not count.
    """
    text = session.article.text
    start = text.rfind("\n", max(0, mention.start - _REACH), mention.start) + 1 or max(0, mention.start - _REACH)
    end = text.find("\n", mention.end, mention.end + _REACH)
    in_line = session.starting_in(start, end if end >= 0 else mention.end + _REACH)
    words = _words(mention)
    alike = [
        item.mention.id
        for item in in_line
        if item.mention.kind == mention.kind and item.disposition != "rejected" and _words(item.mention) == words
    ]
    return (alike.index(mention.id) + 1, len(alike)) if len(alike) > 1 and mention.id in alike else None


def _words(mention: Mention) -> str:
    return " ".join(fold(mention.quote).text.split())
