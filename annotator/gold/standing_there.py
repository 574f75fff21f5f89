"""What a record says over a stretch of its article, and what is odd about the stretch: told to who challenges it."""

from collections.abc import Iterator
from typing import Literal

from annotator.gold.telling import Telling, place_of, rejection, where
from annotator.model.article import READ_REGIONS
from annotator.model.mention import Kind, Mention
from annotator.model.record import GoldRecord
from annotator.text.clusters import word_at
from annotator.text.span import CodePoint, Span


def standing_there(record: GoldRecord, there: Span) -> Iterator[str]:
    """Give what gold has over a stretch: each mention with the roles it fills, then what was rejected there."""
    telling = Telling(record)
    for mention in _over(record, there):
        parts = "; ".join(_parts(telling, mention)) or "in no event"
        yield f"{mention.id} {telling.mention(mention)}: {where(place_of(mention))}; {parts}"
    for rejected in record.rejected:
        if there.overlaps(Span(rejected.start, rejected.end)):
            yield f"rejected {rejection(rejected)}: {where(place_of(rejected))}"


def odd_there(record: GoldRecord, text: str, there: Span, kind: Kind | Literal["event"] | None = None) -> Iterator[str]:
    """Give what may be a slip in a challenge of a stretch of `text`, in sentences; none of it makes it a wrong one."""
    mentions = _over(record, there)
    edges = {edge for one in mentions for edge in one.span}
    # Where gold itself cuts a word, as behind an Arabic prefix, the edge is meant.
    if any(_within_a_word(text, edge) for edge in there if edge not in edges):
        yield "The stretch cuts a word."
    if any(region.kind not in READ_REGIONS and there.overlaps(region.span) for region in record.regions):
        yield "It lies in boilerplate, which nobody reads."
    wanted = "trigger" if kind == "event" else kind
    if not any(wanted in {None, one.kind} for one in mentions):
        yield f"No {wanted or 'mention'} of gold stands there: right if one is missing."


def _over(record: GoldRecord, there: Span) -> list[Mention]:
    return [mention for mention in record.mentions if there.overlaps(mention.span)]


def _parts(telling: Telling, mention: Mention) -> Iterator[str]:
    for event in telling.record.events:
        told = f"{event.id} {event.type} on {where(place_of(telling.by_id[event.triggers[0]]))}"
        if mention.id in event.triggers:
            yield f"trigger of {event.id} {event.type}" if mention.id == event.triggers[0] else f"trigger of {told}"
        for held in event.arguments:
            if held.mention == mention.id:
                yield f"{held.role}{f' of {held.of}' if held.of else ''} in {told}"


def _within_a_word(text: str, edge: CodePoint) -> bool:
    if not 0 < edge < len(text) or not (text[edge - 1].isalnum() and text[edge].isalnum()):
        return False
    under = word_at(text, edge)
    return under.start < edge < under.end
