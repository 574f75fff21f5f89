"""Which mentions and events of several annotators are one thing. Decides nothing about who is right.

Annotators are taken in the order of their pseudonyms; each one's mentions are paired with the things found so far, by
their first member. The result does not depend on the order in which annotations are handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from annotator.matching.events import ResolvedEvent, pair_events
from annotator.matching.mentions import pair_mentions
from annotator.model.mention import Mention

Thing = TypeVar("Thing")

Cluster = dict[str, Thing]
"""One thing as each annotator has it, by pseudonym; who does not have it is absent."""


def cluster_mentions(by_person: Mapping[str, Sequence[Mention]]) -> list[Cluster[Mention]]:
    """Give the mentions of several annotators as clusters of one mention each."""
    return _cluster(by_person, pair_mentions)


def cluster_events(by_person: Mapping[str, Sequence[ResolvedEvent]]) -> list[Cluster[ResolvedEvent]]:
    """Give the events of several annotators as clusters of one event each."""
    return _cluster(by_person, pair_events)


def _cluster(
    by_person: Mapping[str, Sequence[Thing]],
    pair: Callable[[Sequence[Thing], Sequence[Thing]], tuple[tuple[int, int], ...]],
) -> list[Cluster[Thing]]:
    clusters: list[Cluster[Thing]] = []
    for person in sorted(by_person):
        things = by_person[person]
        firsts = [next(iter(cluster.values())) for cluster in clusters]
        paired = {theirs: found for found, theirs in pair(firsts, things)}
        for index, thing in enumerate(things):
            if index in paired:
                clusters[paired[index]][person] = thing
            else:
                clusters.append({person: thing})
    return clusters
