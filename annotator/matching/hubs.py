"""What a hub is called, and which hubs of several people are one, though each person calls it after an own trigger.

A hub is called after its first telling, `ARTICLE_ID:START-END` of the main trigger in code points; where two hubs begin
with one trigger, the later one has `#2` behind that. Names of any other form say nothing: they are only alike or not.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.matching.assignment import Pair
from annotator.matching.clusters import clusters
from annotator.matching.spans import overlapping
from annotator.text.span import Span, span

_CALLED = re.compile(r"(?P<article>.+):(?P<start>\d+)-(?P<end>\d+)(#\d+)?", re.ASCII)

_LINK = 2
"""Events that make a link: what is linked to nothing else in an article says nothing there."""


class HubPlace(NamedTuple):
    """The telling that a hub is called after."""

    article_id: str
    span: Span
    """Of its main trigger."""


class Hub(NamedTuple):
    """A hub as one person has it in one article."""

    name: str
    events: frozenset[int]
    """The events of the article that belong to it, by numbers that mean the same for everybody."""
    begins_here: bool
    """Whether it is called after one of them."""


def hub_called(article_id: str, trigger: Span) -> str:
    """Give what a hub is called whose first telling has its main trigger at a place."""
    return f"{article_id}:{trigger.start}-{trigger.end}"


def place_of(hub: str) -> HubPlace | None:
    """Give the telling that a hub is called after, or None where its name does not say that."""
    found = _CALLED.fullmatch(hub)
    if found is None or int(found["start"]) >= int(found["end"]):
        return None
    return HubPlace(found["article"], span(int(found["start"]), int(found["end"])))


def common_names(by_person: Mapping[str, Sequence[Hub]]) -> dict[tuple[str, str], str]:
    """Give by person and name what each hub is called when those that are one are called the same: as most call it.

    Two people's hubs are one when they are called the same, or after overlapping triggers, or when both begin in this
    article and link two of the same events in it; one-to-one, the likest first.
    """
    found: dict[tuple[str, str], str] = {}
    for cluster in clusters(by_person, lambda hub: (hub.name, sorted(hub.events)), _likenesses):
        called = Counter(hub.name for hub in cluster.values())
        name = min(called, key=lambda one: (-called[one], one))
        found.update({(person, hub.name): name for person, hub in cluster.items()})
    return found


def _likenesses(a: Sequence[Hub], b: Sequence[Hub]) -> dict[Pair, tuple[int, ...]]:
    weighed = {(i, j): _likeness(one, other) for i, one in enumerate(a) for j, other in enumerate(b)}
    return {pair: weight for pair, weight in weighed.items() if any(weight)}


def _likeness(one: Hub, other: Hub) -> tuple[int, ...]:
    mine, theirs = place_of(one.name), place_of(other.name)
    overlap = 0
    if mine is not None and theirs is not None and mine.article_id == theirs.article_id:
        overlap = mine.span.overlap(theirs.span)
    common = len(one.events & other.events) if one.begins_here and other.begins_here else 0
    return int(one.name == other.name), overlap, common if common >= _LINK else 0


def best_over(place: Span, triggers: Sequence[Span]) -> list[int]:
    """Give the indices of the triggers that share most text with a place, those of its very edges before all others."""
    shared = {
        index: (int(triggers[index] == place), place.overlap(triggers[index]))
        for _, index in overlapping([place], triggers)
    }
    best = max(shared.values(), default=(0, 0))
    return [index for index, much in sorted(shared.items()) if much == best]
