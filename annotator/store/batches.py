"""Many things in a few at a time, so that none of them wait in memory for the last. Knows no table."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Thing = TypeVar("Thing")


def in_batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Give things in their order, `size` at a time and what is left at the end; each batch is taken when it is due."""
    coming = iter(things)
    while batch := list(islice(coming, size)):
        yield batch
