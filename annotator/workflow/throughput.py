"""Who gets through how much, and how much work is left: told of the standings and the slots, without reading a log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.store.log import Standing, last_decisions, standings
from annotator.store.tasks import Task, tasks
from annotator.workflow.project import Project


@dataclass(frozen=True, slots=True)
class PersonStatus:
    """How far one person is."""

    person: str
    """By pseudonym: a1 labels, j1 adjudicates."""
    done: int
    """Articles that they finished."""
    in_hand: int
    """Articles that they began, or that are leased to them, and that they did not finish."""
    kept: int
    """Slots that wait for them alone."""
    decisions: int
    active_ms: int
    """Time at the keys, in milliseconds; pauses are not counted."""
    done_ms: int
    """The part of it that went into what they finished."""
    last_at: int | None
    """When their last decision was stored, in milliseconds since 1970 by the store's clock."""

    @property
    def per_article_ms(self) -> int | None:
        """Time at the keys that a finished article took them on average; None before the first."""
        return self.done_ms // self.done if self.done else None


@dataclass(frozen=True, slots=True)
class Throughput:
    """How far everybody is, and what is left."""

    people: tuple[PersonStatus, ...]
    open_slots: int
    """Slots to label that nobody finished."""

    @property
    def left_ms(self) -> int | None:
        """Time at the keys that the open slots take when they take as long as what is done; None while nothing is."""
        labellers = [one for one in self.people if one.person.startswith("a")]
        done = sum(one.done for one in labellers)
        return self.open_slots * sum(one.done_ms for one in labellers) // done if done else None


def throughput(project: Project) -> Throughput:
    """Give how far everybody is who ever decided anything or has a slot."""
    slots = tasks(project.engine)
    by_person: dict[str, list[Standing]] = {}
    for standing in standings(project.engine):
        if standing.decisions:
            by_person.setdefault(standing.person, []).append(standing)
    last = last_decisions(project.engine)
    known = by_person.keys() | {name for slot in slots for name in (slot.owner, slot.reserved_for) if name}
    people = [_person(name, by_person.get(name, ()), slots, last.get(name)) for name in known]
    left = sum(slot.stage == "label" and slot.state != "done" for slot in slots)
    return Throughput(tuple(sorted(people, key=lambda one: (one.person[:1], int(one.person[1:])))), left)


def _person(name: str, own: Iterable[Standing], slots: Sequence[Task], last_at: int | None) -> PersonStatus:
    made = list(own)
    done = {standing.article_id for standing in made if standing.finished}
    leased = {slot.article_id for slot in slots if slot.owner == name and slot.state == "leased"}
    return PersonStatus(
        name,
        len(done),
        len(({standing.article_id for standing in made} | leased) - done),
        sum(slot.state == "open" and slot.reserved_for == name for slot in slots),
        sum(standing.decisions for standing in made),
        sum(standing.active_ms for standing in made),
        sum(standing.active_ms for standing in made if standing.finished),
        last_at,
    )
