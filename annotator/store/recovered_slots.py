"""Slots of a damaged store, as far as their rows read as they must: who has which article, and what is done.

A slot says no more than that: it is taken as it reads, save that none stays done whose work is not whole any more.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, get_args

from annotator.model.decision import Stage
from annotator.store.tasks import State

Row = dict[str, Any]
Slot = tuple[str, str, int]
"""An article, a stage and the number of the slot."""

_STATES = ("open", "leased", "done")
_RAN_OUT = 0
"""Until when a slot is leased whose owner has to look again: they can go on, and so can whoever asks first."""


def is_slot(row: Row) -> bool:
    """Tell whether a row of the right shape says what a slot can."""
    assert set(_STATES) == set(get_args(State))
    has_owner = row["owner"] is not None
    return row["stage"] in get_args(Stage) and row["state"] in _STATES and has_owner == (row["state"] != "open")


def newer(row: Row, other: Row) -> bool:
    """Tell whether a row of a slot is likely to be the later one: slots go from open over leased to done."""
    return _STATES.index(row["state"]) > _STATES.index(other["state"])


def slots_to_keep(
    rows: Iterable[Row], articles: Collection[str], finished: Collection[tuple[str, str]]
) -> Iterator[Row]:
    """Give the slots of the articles that are there, nobody with two of one article and stage.

    `finished` tells by person and article whose work is whole and done.
    """
    had = set[tuple[str, str, str]]()
    for row in sorted(rows, key=lambda row: (row["ord"], row["slot"])):
        owned = row["article_id"], row["stage"], row["owner"] or ""
        if row["article_id"] not in articles or (row["owner"] is not None and owned in had):
            continue
        had.add(owned)
        undone = row["state"] == "done" and (row["owner"], row["article_id"]) not in finished
        leased = undone or (row["state"] == "leased" and row["lease_until"] is None)
        changed = {"state": "leased", "lease_until": _RAN_OUT} if leased else {}
        yield row | changed | {"waits": 0}  # the database counts what a slot waits for as it is written
