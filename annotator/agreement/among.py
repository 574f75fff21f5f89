"""What all annotators of one article say of each thing: for alpha, and to see where they differ most."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from annotator.agreement.between import ATTRIBUTES
from annotator.agreement.held import Held, HeldEvent, aligned_arguments
from annotator.matching.clusters import Cluster
from annotator.matching.events import cluster_events
from annotator.matching.mentions import cluster_mentions
from annotator.model.mention import KINDS, Kind, Mention
from annotator.model.value import NumberValue

What = str
"""What is differed on: `event` (somebody has none there), `type`, `value` of a number, `ref`, or a kind of mention."""

_GRAVE: tuple[What, ...] = ("type", "event", "value", "number", "ref", "trigger", "actor", "place", "time")
"""Of equally many who differ, what is shown first."""


_MARKED = "marked"
"""What is said of something by marking it, and nothing more."""

Answers = tuple[str, ...] | tuple[float, ...]
"""What the annotators who have a thing say of it."""


class Conflict(NamedTuple):
    """A place in an article where annotators differ."""

    pairs: int
    """How many pairs of annotators differ."""
    of: int
    """How many pairs there are."""
    what: What
    article_id: str
    start: int
    """First code point of what any of them has there."""
    end: int
    """One past the last."""
    quote: str
    """What the first of them has there."""
    said: tuple[tuple[str, str | None], ...]
    """Who says what, by pseudonym; None says that nothing is there."""

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key, the gravest first: where the greatest share of pairs differs, then on what. No name decides."""
        return -self.pairs / self.of, _GRAVE.index(self.what), self.article_id, self.start, self.end, self.quote


@dataclass(frozen=True, slots=True)
class Among:
    """What all annotators of an article say of each thing."""

    units: Mapping[str, Sequence[Answers]]
    """By what is asked: the answers to each unit that two or more answer, in no order that means anything."""
    conflicts: Sequence[Conflict]
    """The gravest first."""


def among(article_id: str, people: Mapping[str, Held]) -> Among:
    """Compare all annotations of one article."""
    events = _clustered_events(people)
    mentions = {
        kind: cluster_mentions({person: held.mentions[kind] for person, held in people.items()}) for kind in KINDS
    }
    units: dict[str, list[Answers]] = {}
    asked: Iterable[tuple[str, Answers]] = chain(_event_answers(events), _number_answers(mentions["number"]))
    for what, answers in asked:
        if len(answers) > 1:
            units.setdefault(what, []).append(answers)
    in_events = {
        (person, trigger) for person, held in people.items() for one in held.events for trigger in one.event.triggers
    }
    conflicts: list[Conflict] = []
    for cluster in events:
        told = _Place(article_id, people, {person: one.trigger for person, one in cluster.items()})
        conflicts += told.conflict("event", "type", {person: one.event.type for person, one in cluster.items()})
    for kind, found in mentions.items():
        for alike in found:
            if in_events.isdisjoint((person, one.id) for person, one in alike.items()):
                conflicts += _mention_conflicts(_Place(article_id, people, alike), kind)
    return Among(units, sorted(conflicts, key=lambda one: one.order))


def _clustered_events(people: Mapping[str, Held]) -> list[Cluster[HeldEvent]]:
    held = {id(one.resolved): one for found in people.values() for one in found.events}
    clusters = cluster_events({person: [one.resolved for one in found.events] for person, found in people.items()})
    return [{person: held[id(resolved)] for person, resolved in cluster.items()} for cluster in clusters]


def _event_answers(events: Sequence[Cluster[HeldEvent]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for cluster in events:
        yield "type", tuple(one.event.type for one in cluster.values())
        for name in ATTRIBUTES:
            yield name, tuple(str(getattr(one.event, name)) for one in cluster.values())
        for same in aligned_arguments({person: one.arguments for person, one in cluster.items()}):
            yield "role", tuple(argument.role for argument in same.values())


def _number_answers(numbers: Sequence[Cluster[Mention]]) -> Iterator[tuple[str, tuple[float, ...]]]:
    for cluster in numbers:
        found = (figure_of(one) for one in cluster.values())
        yield "number", tuple(figure for figure in found if figure is not None)


def figure_of(mention: Mention) -> float | None:
    """Give the one figure that stands for a number: the best, else the middle of its bounds, else the one it has.

    None for what has none, and for a negative one: a ratio says nothing of it.
    """
    value = mention.value
    if not isinstance(value, NumberValue):
        return None
    said = [value.best] if value.best is not None else [value.low, value.high]
    figures = [figure for figure in said if figure is not None]
    if not figures or min(figures) < 0:
        return None
    return sum(figures) / len(figures)


class _Place(NamedTuple):
    """A mention, or the main trigger of an event, as each has it who does."""

    article_id: str
    people: Mapping[str, object]
    """All who finished the article."""
    found: Cluster[Mention]

    def conflict(self, missing: What, differing: What, said: Mapping[str, str]) -> Iterator[Conflict]:
        """Give that some say something else or nothing, if they do; the pairs of those who differ, all together."""
        answers = {person: said.get(person) for person in self.people}
        differ = [one != other for one, other in combinations(answers.values(), 2)]
        if not any(differ):
            return
        first = min(self.found.values(), key=lambda one: (one.start, -one.end, one.quote))
        yield Conflict(
            sum(differ),
            len(differ),
            differing if len(set(said.values())) > 1 else missing,
            self.article_id,
            first.start,
            max(one.end for one in self.found.values()),
            first.quote,
            tuple(sorted(answers.items())),
        )


def _mention_conflicts(place: _Place, kind: Kind) -> Iterator[Conflict]:
    """Give that somebody lacks a mention, or reads another number or another registry entry there.

    Edges are left to their own figures: they are many, and seldom what matters most.
    """
    if kind == "number":
        said = {person: _written(one) for person, one in place.found.items()}
        yield from place.conflict(kind, "value", said)
    elif kind in ("actor", "place"):
        said = {person: one.ref or _MARKED for person, one in place.found.items()}
        yield from place.conflict(kind, "ref", said)
    else:
        yield from place.conflict(kind, kind, dict.fromkeys(place.found, _MARKED))


def _written(mention: Mention) -> str:
    """Give what a number says, alike where it is the same number."""
    value = mention.value
    if not isinstance(value, NumberValue):
        return "no value"
    if value.num is not None:
        figure = f"{value.num}/{value.den}"
    elif value.low == value.high and value.low is not None:
        figure = str(value.low)
    else:
        figure = "..".join("" if bound is None else str(bound) for bound in (value.low, value.high))
        figure += f" (best {value.best})" if value.best is not None else ""
    return " ".join(part for part in (figure, value.unit) if part)
