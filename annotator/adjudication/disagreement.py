"""What annotators say differently, as data: their answers, in what these differ, and the slots of an event one by one.

Settles nothing, and knows no screen. Nothing here hangs on what annotators are called: the answer of most comes first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar, get_args

from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import About
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.text.span import Span

_Said = TypeVar("_Said")

Difference = Literal[
    "missing", "unsure", "boundary", "label", "value", "type", "trigger", "role", "attribute", "split", "agreed"
]
"""In what answers differ: somebody has nothing there or is unsure; edges; label or registry id; value; of events the
type, triggers, what fills a role, attributes; one event told as several. `agreed`: in nothing, but it was settled."""

DIFFERENCES: tuple[Difference, ...] = get_args(Difference)

ATTRIBUTES = ("realis", "certainty", "background", "hub")

Filling = str | bool | tuple[str, ...] | tuple[Argument, ...] | None
"""What stands in a slot: a type or attribute, trigger ids, or what fills a role."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to a question: who gives it, and what it is."""

    people: tuple[str, ...]
    """Pseudonyms, in order."""
    content: Mention | Event | None
    """None says: there is no such thing here."""
    unsure: bool = False
    """Whether they left it unsure."""
    reasons: tuple[str, ...] = ()
    """Of a mention that is not there: for what reasons they rejected it, all different, in order."""


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """What some annotators have in one slot of an event."""

    people: tuple[str, ...]
    filling: Filling


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of an event in which the annotators who have it differ."""

    name: str
    """`type`, `triggers`, an attribute, or `role:` and a role."""
    answers: tuple[SlotAnswer, ...]
    """All different; the one of most annotators first."""


@dataclass(frozen=True)
class Disagreement:
    """A place where annotators say different things."""

    id: str
    what: Literal["mention", "event"]
    span: Span
    """Where to look, in code points."""
    answers: tuple[Answer, ...]
    """All different; the one of most annotators first."""
    split: tuple[str, ...] = ()
    """For an event that somebody does not have: ids of the events in which that person tells it, or parts of it."""

    def answer_of(self, person: str) -> Answer:
        """Give the answer that a person gave."""
        return next(answer for answer in self.answers if person in answer.people)

    @property
    def contents(self) -> tuple[Mention | Event, ...]:
        """What the annotators who have something here have, all different, the answer of most first."""
        return tuple(answer.content for answer in self.answers if answer.content is not None)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """In what the answers differ, in the order of `DIFFERENCES`."""
        found: set[Difference] = set()
        if len(self.contents) < len(self.answers):
            found.add("missing")
        if any(answer.unsure for answer in self.answers):
            found.add("unsure")
        found |= _between(self.contents)
        if self.split:
            found.add("split")
        return tuple(one for one in DIFFERENCES if one in (found or {"agreed"}))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The slots of an event in which those who have it differ; none for a mention."""
        held = [(answer.people, answer.content) for answer in self.answers if isinstance(answer.content, Event)]
        names = ["type", "triggers", *ATTRIBUTES, *(f"role:{role}" for role in _roles(event for _, event in held))]
        found = (Slot(name, _slot_answers(name, held)) for name in names)
        return tuple(slot for slot in found if len(slot.answers) > 1)

    @property
    def weight(self) -> tuple[int, int, int]:
        """How bad it is: by how many answers there are, in how many ways they differ, and how even they stand."""
        most = max(len(answer.people) for answer in self.answers)
        return len(self.answers), len(self.differences), -most

    @property
    def about(self) -> About:
        """What a ruling on this is about, to be known again when annotators change something."""
        first = self.contents[0]
        return About(
            kind=first.kind if isinstance(first, Mention) else "event",
            start=self.span.start,
            end=self.span.end,
            answers=self._digest,
        )

    @cached_property
    def _digest(self) -> str:
        said = [(answer.content.plain() if answer.content else None, answer.unsure) for answer in self.answers]
        return sha256(canonical_json(sorted(said, key=repr)))[:16]


def filling(event: Event, slot: str) -> Filling:
    """Give what stands in a slot of an event; lists in an order that nothing but their content decides."""
    if slot == "triggers":
        return tuple(sorted(event.triggers))
    if role := slot.removeprefix("role:") if slot.startswith("role:") else "":
        held = (argument for argument in event.arguments if argument.role == role)
        return tuple(sorted(held, key=lambda argument: (argument.mention, argument.of or "")))
    found: str | bool | None = getattr(event, slot)
    return found


def filled(event: Event, slot: str, like: Event) -> Event:
    """Give an event with a slot filled as `like` has it; a role keeps its place among the others."""
    if not slot.startswith("role:"):
        return event.model_copy(update={slot: getattr(like, slot)})
    role = slot.removeprefix("role:")
    others = [argument for argument in event.arguments if argument.role != role]
    theirs = [argument for argument in like.arguments if argument.role == role]
    return event.model_copy(update={"arguments": tuple(sorted((*others, *theirs), key=lambda held: held.role))})


def most_first(said: Mapping[_Said, Sequence[str]]) -> list[_Said]:
    """Give what was said, by how many said it, ties by what it is: no name decides."""
    if len({len(people) for people in said.values()}) == len(said):  # writing them out costs more than all else here
        return sorted(said, key=lambda content: -len(said[content]))
    return sorted(said, key=lambda content: (-len(said[content]), repr(content)))


def _between(contents: Sequence[Mention | Event]) -> set[Difference]:
    found: set[Difference] = set()
    mentions = [one for one in contents if isinstance(one, Mention)]
    looks: tuple[tuple[Difference, Callable[[Mention], object]], ...] = (
        ("boundary", lambda one: (one.start, one.end)),
        ("label", lambda one: (one.label, one.ref)),
        ("value", lambda one: one.value),
    )
    found.update(name for name, look in looks if len({look(one) for one in mentions}) > 1)
    events = [one for one in contents if isinstance(one, Event)]
    parts: dict[Difference, list[str]] = {
        "type": ["type"],
        "trigger": ["triggers"],
        "attribute": list(ATTRIBUTES),
        "role": [f"role:{role}" for role in _roles(events)],
    }
    for name, slots in parts.items():
        if any(len({filling(event, slot) for event in events}) > 1 for slot in slots):
            found.add(name)
    return found


def _roles(events: Iterable[Event]) -> list[str]:
    return sorted({argument.role for event in events for argument in event.arguments})


def _slot_answers(name: str, held: Sequence[tuple[tuple[str, ...], Event]]) -> tuple[SlotAnswer, ...]:
    """Give what stands in a slot; what as many have comes in the order of the whole answers, so that numbers last."""
    said: dict[Filling, list[str]] = {}
    for people, event in held:
        said.setdefault(filling(event, name), []).extend(people)
    ordered = sorted(said, key=lambda one: -len(said[one]))
    return tuple(SlotAnswer(tuple(sorted(said[one])), one) for one in ordered)
