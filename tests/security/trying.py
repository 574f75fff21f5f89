"""Trying a reader on thousands of damaged files: what may come out of it, and how much it may say."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.model.problem import Problem
from tests.security.mutating import COMMON, HOW_MANY, SEED, mutants

Read = Callable[[bytes], Iterable[Problem]]
"""Reads bytes and gives what it finds wrong; may refuse, and must hold what it took to what it promises."""

FEWEST = 200
"""Of how many inputs one at least must be taken and one refused: else the damage tries nothing."""


class Reader(NamedTuple):
    """A reader, and the undamaged files that it takes."""

    read: Read
    seeds: Sequence[bytes]
    words: Sequence[bytes] = COMMON
    inputs: int = HOW_MANY
    """How many damaged files: fewer where reading one takes long."""


def try_all(reader: Reader) -> None:
    """Fail where anything but records, problems or a refusal comes out, or more is said than the input can ask for."""
    for seed in reader.seeds:
        assert not _is_refused(reader.read, seed), seed
    refused = 0
    for number, data in enumerate(mutants(reader.seeds, reader.inputs, reader.words)):
        try:
            refused += _is_refused(reader.read, data)
        except Exception as error:
            error.add_note(f"input {number} of seed {SEED}: {data[:2000]!r}")
            raise
    assert reader.inputs // FEWEST <= refused <= reader.inputs - reader.inputs // FEWEST


def _is_refused(read: Read, data: bytes) -> bool:
    try:
        problems = tuple(read(data))
    except Refusal as refusal:
        told, refused = len(str(refusal)), True
    else:
        told, refused = sum(len(one.message) for one in problems), any(one.level == "error" for one in problems)
    # Each fault may be told at length and show a piece of what is wrong: more would let small files fill a memory.
    assert told <= 100_000 + 100 * len(data)
    return refused
