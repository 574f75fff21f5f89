"""Whose losses a number may count: the actors that stand near it, as the registry names them. Offers; says nothing.

Who has part in the event comes first, then who stands in the number's sentence; of each the nearest.
"""

from annotator.finders.sentences import Sentences
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.text.span import CodePoint, Span, span
from annotator.workflow.session import Session
from annotator.workflow.surroundings import REACH


def near_actors(session: Session, event: Event, number: Mention) -> list[str]:
    """Give the ids of the registry's actors that are likeliest to be meant, each once."""
    has_part = [session.items[held.mention].mention for held in event.arguments]
    sentence = _sentence_around(session.article.text, number.start)
    beside = [
        item.mention
        for item in session.starting_in(sentence.start, sentence.end)
        if item.disposition not in ("rejected", "unsure")
    ]
    nearest = [*_actors(has_part, number), *_actors(beside, number)]
    return list(dict.fromkeys(nearest))


def _sentence_around(text: str, place: CodePoint) -> Span:
    low = max(0, place - REACH)
    here = Sentences(text[low : place + REACH]).around(place - low)
    return span(low + here.start, low + here.end)


def _actors(mentions: list[Mention], number: Mention) -> list[str]:
    """Give the actors that are mentioned, the nearest to the number first."""
    actors = [one for one in mentions if one.kind == "actor"]
    actors.sort(key=lambda one: (max(one.start - number.end, number.start - one.end), one.start))
    return [one.ref for one in actors if one.ref]
