"""How much a release holds, by kind, type, role and language. Counts follow from the records and from nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotator.model.frozen import Frozen, Name, Quantity
from annotator.model.record import GoldRecord


class Counted(Frozen):
    """How much some records hold."""

    articles: Quantity
    complete: Quantity
    """Articles that were read to their end."""
    mentions: dict[Name, Quantity]
    """Mentions by kind."""
    events: dict[Name, Quantity]
    """Events by type."""
    arguments: dict[Name, Quantity]
    """Arguments of events by role."""
    rejected: Quantity
    """Candidates that people said no to."""


class Counts(Counted):
    """How much a release holds, all articles together and by language."""

    languages: dict[Name, Counted]
    """The same of the articles in one language, by language."""
    hubs: Quantity
    """Hubs that events of two articles or more share: things that happened once and are told again."""


def counts_of(records: Iterable[GoldRecord]) -> Counts:
    """Count what the records hold."""
    records = tuple(records)
    languages = sorted({record.language for record in records})
    return Counts(
        **dict(_counted(records)),
        languages={name: _counted([one for one in records if one.language == name]) for name in languages},
        hubs=_shared_hubs(records),
    )


def _counted(records: Sequence[GoldRecord]) -> Counted:
    events = [event for record in records for event in record.events]
    return Counted(
        articles=len(records),
        complete=sum(record.complete for record in records),
        mentions=Counter(mention.kind for record in records for mention in record.mentions),
        events=Counter(event.type for event in events),
        arguments=Counter(argument.role for event in events for argument in event.arguments),
        rejected=sum(len(record.rejected) for record in records),
    )


def _shared_hubs(records: Iterable[GoldRecord]) -> int:
    told = Counter(hub for record in records for hub in {event.hub for event in record.events} if hub is not None)
    return sum(articles > 1 for articles in told.values())
