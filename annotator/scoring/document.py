"""What is scored of one article: its mentions and events as plain tuples, without ids and without text.

Light on purpose, as a score goes through hundreds of thousands of them. Gold and predictions become the same thing
here, so that no rule can treat them differently. Reads no files.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.matching.events import ResolvedEvent, resolve
from annotator.text.span import Span, span

if TYPE_CHECKING:
    from annotator.model.mention import Mention
    from annotator.model.record import GoldRecord
    from annotator.model.value import NumberValue, TimeValue

UNKNOWN = "unknown"
"""Stands for a kind, a language or a source that the input does not give."""


class Amount(NamedTuple):
    """Which number a mention says; null bounds are open."""

    low: int | None = None
    high: int | None = None
    best: int | None = None
    unit: str | None = None
    num: int | None = None
    den: int | None = None


class Moment(NamedTuple):
    """Which time a mention says."""

    value: str | None = None
    precision: str | None = None
    anchor: str | None = None
    offset: int | None = None


class ScoredMention(NamedTuple):
    """A mention without its id: two that say the same are equal."""

    kind: str
    span: Span
    label: str | None = None
    """For a trigger the event type."""
    ref: str | None = None
    amount: Amount | None = None
    """For a number: its value, where it has one."""
    moment: Moment | None = None
    """For a time: its value, where it has one."""
    trigger_class: str | None = None
    """For a trigger of a plain line: `event` or `casualty`, where it says so."""


class Document(NamedTuple):
    """One article as gold or an extractor has it."""

    article_id: str
    language: str
    mentions: tuple[ScoredMention, ...] = ()
    events: tuple[ResolvedEvent, ...] = ()
    source: str = UNKNOWN
    """Of gold: the outlet that the article is from."""


def amount(value: "NumberValue") -> Amount:
    """Give of a number's value what says which number it is."""
    return Amount(value.low, value.high, value.best, value.unit, value.num, value.den)


def moment(value: "TimeValue") -> Moment:
    """Give of a time's value what says which time it is."""
    return Moment(value.value, value.precision, value.anchor, value.offset)


def scored(mention: "Mention", trigger_class: str | None = None) -> ScoredMention:
    """Give what is scored of a mention."""
    from annotator.model.value import NumberValue, TimeValue  # plain lines are read and scored without any model

    value = mention.value
    return ScoredMention(
        mention.kind,
        span(mention.start, mention.end),
        mention.label,
        mention.ref,
        amount(value) if isinstance(value, NumberValue) else None,
        moment(value) if isinstance(value, TimeValue) else None,
        trigger_class,
    )


def with_trigger_labels(mentions: Iterable[ScoredMention], events: Sequence[ResolvedEvent]) -> list[ScoredMention]:
    """Give the mentions with the label of every unlabelled trigger filled in: the first, by name, of its events' types.

    A trigger's label is its event type; where a record says it only in the event, a score must not depend on that.
    """
    types: dict[Span, str] = {}
    for event in events:
        for trigger in event.triggers:
            types[trigger] = min(event.type, types.get(trigger, event.type))
    return [
        mention._replace(label=types.get(mention.span))
        if mention.kind == "trigger" and mention.label is None
        else mention
        for mention in mentions
    ]


def document_of(record: "GoldRecord") -> Document:
    """Give what is scored of a gold record."""
    by_id = {mention.id: mention for mention in record.mentions}
    events = [resolve(event, by_id) for event in record.events]
    mentions = map(scored, record.mentions)
    return Document(record.article_id, record.language, tuple(with_trigger_labels(mentions, events)), tuple(events))
