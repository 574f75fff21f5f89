"""Hubs of all records together: called `h1`, `h2`, … in order of article and place, whatever they were called before.

Pure. A link is what both records say: an event that carries no hub is drawn into none.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.matching.hubs import best_over, place_of
from annotator.model.event import Event
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.text.span import Span


class _Telling(NamedTuple):
    article_id: str
    triggers: tuple[Span, ...]
    hub: str


def canonical_hubs(records: Iterable[GoldRecord]) -> tuple[list[GoldRecord], tuple[Problem, ...]]:
    """Give the records by article id with their hubs named anew, and a warning for each that links nothing here.

    Hubs of one name are one; so are those that are called after one telling by other edges of its trigger. A hub with
    one telling is left off its event: the other telling may not be adjudicated yet. Any order of records gives the
    same.
    """
    ordered = sorted(records, key=lambda record: record.article_id)
    tellings = [telling for record in ordered for telling in _tellings(record)]
    one_of = _joined(tellings)
    told: dict[str, int] = {}
    for telling in tellings:
        told[one_of[telling.hub]] = told.get(one_of[telling.hub], 0) + 1
    several = [hub for hub, times in told.items() if times > 1]
    names = {hub: f"h{number}" for number, hub in enumerate(several, 1)}
    new_name = {hub: names.get(one) for hub, one in one_of.items()}
    problems = [problem for record in ordered for problem in _alone(record, new_name)]
    return [_renamed(record, new_name) for record in ordered], tuple(problems)


def _tellings(record: GoldRecord) -> Iterator[_Telling]:
    """Give the events that carry a hub, in the order of the record, which is that of their first triggers."""
    mentions = {mention.id: mention for mention in record.mentions}
    for event in record.events:
        if event.hub is not None:
            spans = tuple(mentions[trigger].span for trigger in event.triggers if trigger in mentions)
            yield _Telling(record.article_id, spans, event.hub)


def _joined(tellings: Sequence[_Telling]) -> dict[str, str]:
    """Give for each hub the name that stands for all that are one with it."""
    by_article: dict[str, list[_Telling]] = {}
    for telling in tellings:
        by_article.setdefault(telling.article_id, []).append(telling)
    one_of = {telling.hub: telling.hub for telling in tellings}
    for hub in sorted(one_of):
        place = place_of(hub)
        meant = None if place is None else _meant_by(hub, place.span, by_article.get(place.article_id, ()))
        if meant is not None:
            kept, gone = one_of[meant], one_of[hub]
            one_of = {name: kept if one == gone else one for name, one in one_of.items()}
    return one_of


def _meant_by(hub: str, place: Span, there: Sequence[_Telling]) -> str | None:
    """Give the hub of the telling that `hub` is called after, where that one is called otherwise and no other fits."""
    if any(one.hub == hub for one in there):
        return None
    called = [(trigger, one.hub) for one in there for trigger in one.triggers]
    meant = {called[index][1] for index in best_over(place, [trigger for trigger, _ in called])}
    return meant.pop() if len(meant) == 1 else None


def _alone(record: GoldRecord, new_name: dict[str, str | None]) -> Iterator[Problem]:
    for event in record.events:
        if event.hub is not None and new_name[event.hub] is None:
            yield Problem(
                rule="hub.alone",
                level="warning",
                where=f"{record.article_id} {event.id}",
                message=f"What the event {event.id} ({event.type}) is linked to is not in this release, so its hub is"
                f" left off. Adjudicate the other telling, or say that it is a happening of its own.",
            )


def _renamed(record: GoldRecord, new_name: dict[str, str | None]) -> GoldRecord:
    if all(event.hub is None for event in record.events):
        return record
    return record.model_copy(update={"events": tuple(_with_hub(event, new_name) for event in record.events)})


def _with_hub(event: Event, new_name: dict[str, str | None]) -> Event:
    return event if event.hub is None else event.model_copy(update={"hub": new_name[event.hub]})
