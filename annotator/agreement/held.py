"""What an annotation holds, laid out to be compared: mentions by kind, events with what fills their roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.matching.assignment import Pair, assign
from annotator.matching.clusters import Cluster, clusters
from annotator.matching.events import ResolvedEvent, resolve
from annotator.matching.spans import overlapping
from annotator.model.annotation import Annotation
from annotator.model.event import Event
from annotator.model.mention import KINDS, Kind, Mention


class HeldArgument(NamedTuple):
    """A role of an event and the mention that fills it."""

    role: str
    mention: Mention


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """An event, with what it is paired by."""

    event: Event
    resolved: ResolvedEvent
    arguments: tuple[HeldArgument, ...]
    trigger: Mention
    """The main one."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one annotation holds: that which stands, never what was rejected or left unsure."""

    mentions: Mapping[Kind, Sequence[Mention]]
    events: Sequence[HeldEvent]

    @property
    def empty(self) -> bool:
        """Whether nothing was marked."""
        return not any(self.mentions.values())


def held_in(annotation: Annotation) -> Held:
    """Give what an annotation holds."""
    live = annotation.live_mentions()
    mentions: dict[Kind, list[Mention]] = {kind: [] for kind in KINDS}
    for mention in live.values():
        mentions[mention.kind].append(mention)
    events = [
        HeldEvent(
            event,
            resolve(event, live),
            tuple(HeldArgument(argument.role, live[argument.mention]) for argument in event.arguments),
            live[event.triggers[0]],
        )
        for event in annotation.live_events().values()
    ]
    return Held(mentions, events)


def pair_arguments(a: Sequence[HeldArgument], b: Sequence[HeldArgument]) -> list[tuple[HeldArgument, HeldArgument]]:
    """Give the arguments of one event as two people have it that stand for the same, as `aligned_arguments` does."""
    mine, theirs = sorted(a, key=_by_content), sorted(b, key=_by_content)
    return [(mine[i], theirs[j]) for i, j in assign(_likenesses(mine, theirs))]


def aligned_arguments(by_person: Mapping[str, Sequence[HeldArgument]]) -> list[Cluster[HeldArgument]]:
    """Give the arguments of one event as each person has them, that stand for the same: of one kind, sharing text.

    Most exact spans first, then most text in common, then most equal roles: a mention may fill two roles.
    """
    return clusters(by_person, _by_content, _likenesses)


def _by_content(held: HeldArgument) -> tuple[object, ...]:
    return held.mention.start, held.mention.end, held.mention.kind, held.role


def _likenesses(a: Sequence[HeldArgument], b: Sequence[HeldArgument]) -> dict[Pair, tuple[int, ...]]:
    spans_a, spans_b = [one.mention.span for one in a], [one.mention.span for one in b]
    return {
        (i, j): (
            int(spans_a[i] == spans_b[j]),
            spans_a[i].overlap(spans_b[j]),
            int(a[i].role == b[j].role),
        )
        for i, j in overlapping(spans_a, spans_b)
        if a[i].mention.kind == b[j].mention.kind
    }
