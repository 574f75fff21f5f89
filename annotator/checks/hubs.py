"""Rules over hubs: what links the events of several articles. Owns when a link says something."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.checks.rule import Found, RuleBook
from annotator.model.problem import Problem


class Told(NamedTuple):
    """An event that carries a hub."""

    where: str
    """The article, and what else it takes to find the event."""
    hub: str


HUBS: RuleBook[Sequence[Told]] = RuleBook("hubs")
"""Rules over the events that carry hubs, in all articles of one person or of one release."""


@HUBS.rule("hub.alone", "warning", "A hub is carried by one event only: nothing else is told to be the same.")
def _alone(tellings: Sequence[Told]) -> Iterator[Found]:
    times = Counter(one.hub for one in tellings)
    for one in tellings:
        if times[one.hub] == 1:
            message = f"No other event carries the hub {one.hub!r}. Link the other telling again, or say none (Y)."
            yield Found(one.where, message)


def check_hubs(tellings: Sequence[Told]) -> tuple[Problem, ...]:
    """Give what is wrong with the hubs of one person, or of one release."""
    return HUBS.check(tellings)
