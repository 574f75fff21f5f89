"""Who gets through how much, and how much work is left: told of the standings and the slots, without reading a log."""

from dataclasses import dataclass

from annotator.store.figures import figures, undone_slots
from annotator.store.log import last_decisions
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
    last = last_decisions(project.engine)
    people = [PersonStatus(name, *of_them, last.get(name)) for name, of_them in figures(project.engine).items()]
    ordered = sorted(people, key=lambda one: (one.person[:1], int(one.person[1:])))
    return Throughput(tuple(ordered), undone_slots(project.engine))
