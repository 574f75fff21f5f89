"""Which predictions somebody judged: a score over them says what precision is where gold can tell right from wrong.

An article that was read to its end is judged wherever it was read; of any other only what people looked at is: what
gold marks, and what they said no to. Boilerplate is judged nowhere. Changes predictions only, never gold.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from annotator.matching.events import ResolvedEvent
from annotator.model.article import READ_REGIONS
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.scoring.document import Document
from annotator.text.span import Span, span

OTHER = "other"
"""Stands for a rejection without a reason."""


class Judged(NamedTuple):
    """What of an article people judged."""

    complete: bool
    """Whether it was read to its end."""
    unread: tuple[Span, ...]
    """Where nobody marks anything: boilerplate, captions."""
    looked_at: tuple[tuple[str, Span], ...]
    """By kind, what gold marks and what was rejected."""
    rejected: tuple[tuple[str, Span, str], ...]
    """By kind, what was rejected and why."""


def judged_of(record: GoldRecord) -> Judged:
    """Give what of an article its gold record judges."""
    rejected = tuple((one.kind, span(one.start, one.end), one.reason or OTHER) for one in record.rejected)
    marked = tuple((one.kind, span(one.start, one.end)) for one in record.mentions)
    return Judged(
        record.complete,
        tuple(span(one.start, one.end) for one in record.regions if one.kind not in READ_REGIONS),
        (*marked, *((kind, where) for kind, where, _ in rejected)),
        rejected,
    )


def only_judged(predicted: Document, judged: Judged) -> Document:
    """Give of a prediction what was judged: the mentions, and the events and arguments that stand on them.

    An event goes when its triggers did; one that never had any stays.
    """
    mentions = tuple(one for one in predicted.mentions if _is_judged(one.kind, one.span, judged))
    triggers = {one.span for one in mentions if one.kind == "trigger"}
    spans = {one.span for one in mentions}
    held = [_held(event, triggers, spans) for event in predicted.events]
    events = tuple(now for event, now in zip(predicted.events, held, strict=True) if now.triggers or not event.triggers)
    return predicted._replace(mentions=mentions, events=events)


def judged_part(
    records: Iterable[GoldRecord], predicted: tuple[Document, ...]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Give of predictions on articles of gold what its records judge, and what to say of the rest."""
    by_article = {record.article_id: judged_of(record) for record in records}
    judged = [by_article[document.article_id] for document in predicted]
    left = tuple(only_judged(document, one) for document, one in zip(predicted, judged, strict=True))
    return left, told(predicted, left, judged)


def told(before: Iterable[Document], after: Iterable[Document], judged: Iterable[Judged]) -> tuple[Problem, ...]:
    """Give what to say of leaving out: how many predicted mentions went, and how many stand on what was rejected."""
    gone, refused = 0, Counter[str]()
    for old, new, one in zip(before, after, judged, strict=True):
        gone += len(old.mentions) - len(new.mentions)
        reasons = {(kind, where): reason for kind, where, reason in one.rejected}
        marked = Counter((mention.kind, mention.span) for mention in new.mentions)
        refused.update({reasons[place]: times for place, times in marked.items() if place in reasons})
    return (*_left_out(gone), *_on_rejected(refused))


def _held(event: ResolvedEvent, triggers: set[Span], spans: set[Span]) -> ResolvedEvent:
    return event._replace(
        triggers=tuple(one for one in event.triggers if one in triggers),
        arguments=tuple(one for one in event.arguments if one.span in spans),
    )


def _is_judged(kind: str, where: Span, judged: Judged) -> bool:
    if any(where.overlaps(one) for one in judged.unread):
        return False
    return judged.complete or any(kind == seen and where.overlaps(one) for seen, one in judged.looked_at)


def _left_out(gone: int) -> Iterable[Problem]:
    if gone:
        message = f"{gone} predicted mention(s) stand where nobody judged, and are left out."
        yield Problem(rule="predictions.not-judged", level="warning", where="predictions", message=message)


def _on_rejected(refused: Counter[str]) -> Iterable[Problem]:
    if refused:
        reasons = ", ".join(f"{reason} {times}" for reason, times in sorted(refused.items()))
        message = f"{refused.total()} predicted mention(s) stand where people said no to one: {reasons}."
        yield Problem(rule="predictions.rejected", level="warning", where="predictions", message=message)
