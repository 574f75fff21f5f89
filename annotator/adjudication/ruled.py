"""What was ruled on: whether rulings cover a disagreement, and knowing it again after annotators changed something.

Compares places, never answers.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.adjudication.disagreement import Disagreement, Slot
from annotator.matching.assignment import assign
from annotator.matching.spans import overlapping
from annotator.model.decision import About, Rule
from annotator.text.span import Span, span


class Place(NamedTuple):
    """Where a thing that annotators have stands, and what id it would get."""

    id: str
    kind: str
    """A kind of mention, or `event`."""
    span: Span


def slot_item(disagreement: Disagreement, slot: Slot) -> str:
    """Give under which id a slot of an event is ruled on."""
    return f"{disagreement.id}/{slot.name}"


def is_ruled_on(disagreement: Disagreement, rulings: Mapping[str, Rule]) -> bool:
    """Tell whether a disagreement was ruled on: as a whole, or in every slot in which the answers differ."""
    if disagreement.id in rulings:
        return True
    slots = disagreement.slots
    return bool(slots) and all(slot_item(disagreement, slot) in rulings for slot in slots)


def ruled_items(rulings: Mapping[str, Rule]) -> dict[str, About]:
    """Give what was ruled on, by id; the slots of an event stand for the event."""
    return {item_of(item): rule.about for item, rule in rulings.items() if rule.about is not None}


def item_of(ruled: str) -> str:
    """Give the id of the disagreement that a ruling is about: the event, where it is on one of its slots."""
    return ruled.partition("/")[0]


def lasting_ids(places: Sequence[Place], ruled: Mapping[str, About]) -> list[str]:
    """Give each place an id of its own: that of what was ruled on there before, else its own, numbered if it is taken.

    The same kind and sharing text is the same item: most equal ids and spans first, then most text in common.
    """
    before = sorted(ruled)
    spans = [span(ruled[item].start, ruled[item].end) for item in before]
    weights = {
        (row, column): (
            int((before[row], spans[row]) == (places[column].id, places[column].span)),
            int(before[row] == places[column].id),
            spans[row].overlap(places[column].span),
        )
        for row, column in overlapping(spans, [place.span for place in places])
        if ruled[before[row]].kind == places[column].kind
    }
    known = {column: before[row] for row, column in assign(weights)}
    taken = set(ruled)
    ids = []
    for column, place in enumerate(places):
        found = known.get(column) or _free(place.id, taken)
        taken.add(found)
        ids.append(found)
    return ids


def _free(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}#{number}"
    return found
