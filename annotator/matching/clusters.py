"""Which things of several people are one thing: the optimal pairing, for two people and for more.

Two people's things are paired as well as can be. For more, people come one after the other to what was found so far,
each one's things paired as well as can be with all that is in a cluster; then each is taken out and paired again, as
long as that finds more in common (with three or more the very best is out of reach: the problem is NP-hard). Who comes
first follows from what they say, never from their names or from any order of a list.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from annotator.matching.assignment import Pair, assign

Thing = TypeVar("Thing")

Cluster = dict[str, Thing]
"""One thing as each person has it, by name, in the order of the names; who does not have it is absent."""

Levels = tuple[int, ...]
_Member = tuple[int, int]
"""A person by rank, and a thing of that person by rank."""

_ROUNDS = 8
"""How often each person is taken out and paired again at most; two or three rounds find nothing more."""


def clusters(
    by_person: Mapping[str, Sequence[Thing]],
    key: Callable[[Thing], Any],
    likenesses: Callable[[Sequence[Thing], Sequence[Thing]], Mapping[Pair, Levels]],
) -> list[Cluster[Thing]]:
    """Give the things of several people as clusters with at most one of each person, in the order of their keys.

    `key` sorts things by what they say; `likenesses` weighs the pairs of two lists that may be one thing, by index, as
    `assign` wants it.
    """
    things = {person: sorted(found, key=key) for person, found in by_person.items()}
    people = sorted(things, key=lambda person: ([key(thing) for thing in things[person]], person))
    ordered = [things[person] for person in people]
    near = _near(ordered, likenesses)
    clustering = _Clustering(ordered, near, key)
    for person in range(len(people)):
        clustering.pair(person)
    if len(people) > 2:
        clustering.refine()
    found = [
        dict(sorted((people[person], ordered[person][thing]) for person, thing in members.items()))
        for members in clustering.clusters
    ]
    return sorted(found, key=lambda cluster: sorted(key(thing) for thing in cluster.values()))


_Near = Mapping[_Member, Sequence[tuple[_Member, Levels]]]


def _near(
    ordered: Sequence[Sequence[Thing]],
    likenesses: Callable[[Sequence[Thing], Sequence[Thing]], Mapping[Pair, Levels]],
) -> _Near:
    """Give for each thing those of other people that may be the same, and how like they are."""
    near: dict[_Member, list[tuple[_Member, Levels]]] = defaultdict(list)
    for person, mine in enumerate(ordered):
        for other in range(person):
            for (i, j), weight in likenesses(ordered[other], mine).items():
                near[other, i].append(((person, j), weight))
                near[person, j].append(((other, i), weight))
    return near


class _Clustering:
    """Clusters while they are found."""

    def __init__(self, ordered: Sequence[Sequence[Any]], near: _Near, key: Callable[[Any], Any]) -> None:
        self._keys = [[key(thing) for thing in things] for things in ordered]
        self._near = near
        self.clusters: list[dict[int, int]] = []

    def pair(self, person: int) -> Levels:
        """Pair a person's things, which are in no cluster, with the clusters; give what that has in common."""
        self.clusters.sort(key=self._order)
        at = {member: number for number, cluster in enumerate(self.clusters) for member in cluster.items()}
        weights: dict[Pair, Levels] = {}
        for thing in range(len(self._keys[person])):
            for member, weight in self._near.get((person, thing), ()):
                if (number := at.get(member)) is not None:
                    weights[number, thing] = _sum(weights.get((number, thing)), weight)
        paired = assign(weights)
        for number, thing in paired:
            self.clusters[number][person] = thing
        alone = set(range(len(self._keys[person]))) - {thing for _, thing in paired}
        self.clusters += [{person: thing} for thing in sorted(alone)]
        total: Levels = ()
        for pair in paired:
            total = _sum(total or None, weights[pair])
        return total

    def refine(self) -> None:
        """Take each person out and pair again, as long as something is gained."""
        gained, rounds = True, 0
        while gained and rounds < _ROUNDS:
            gained, rounds = False, rounds + 1
            for person in sorted(self._torn()):
                before, had = [dict(cluster) for cluster in self.clusters], self._common(person)
                left = [{who: thing for who, thing in cluster.items() if who != person} for cluster in self.clusters]
                self.clusters = [cluster for cluster in left if cluster]
                if self.pair(person) > had:
                    gained = True
                else:
                    self.clusters = before

    def _torn(self) -> set[int]:
        """Give the people of whom something may be the same as what lies in another cluster: others gain nothing."""
        at = {member: number for number, cluster in enumerate(self.clusters) for member in cluster.items()}
        return {
            member[0]
            for member, number in at.items()
            if any(at[other] != number for other, _ in self._near.get(member, ()))
        }

    def _common(self, person: int) -> Levels:
        total: Levels = ()
        for cluster in self.clusters:
            if person in cluster:
                for (other, thing), weight in self._near.get((person, cluster[person]), ()):
                    if cluster.get(other) == thing:
                        total = _sum(total or None, weight)
        return total

    def _order(self, cluster: Mapping[int, int]) -> list[Any]:
        return sorted(self._keys[person][thing] for person, thing in cluster.items())


def _sum(one: Levels | None, other: Levels) -> Levels:
    return other if one is None else tuple(map(int.__add__, one, other))
