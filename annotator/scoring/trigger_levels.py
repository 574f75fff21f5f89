"""Triggers: right by their span, and by the type of their event; and which types of event an article has at all."""

from collections.abc import Iterator

from annotator.scoring.counting import NO_LABEL, Counts, Part, Row, Rows, in_both, in_one_row, rows_of
from annotator.scoring.document import Document
from annotator.text.span import Span

LEVELS = {"trigger-I": (), "trigger-C": ("type",), "article": ("type",)}
"""Name and facets of each level."""

_Trigger = tuple[Row, Span]


def count_triggers(gold: Document, predicted: Document) -> Iterator[Part]:
    """Count triggers and event types at every level."""
    ours, theirs = _triggers_with_type(gold), _triggers_with_type(predicted)
    if not (ours or theirs or gold.events or predicted.events):
        return
    right = in_both(ours, theirs)
    by_type = Counts(rows_of(ours), rows_of(theirs), rows_of(right))
    same = (
        len(right)
        if len(right) == min(len(ours), len(theirs))
        else len(in_both([where for _, where in ours], [where for _, where in theirs]))
    )
    yield ("trigger-I",), Counts(in_one_row(len(ours)), in_one_row(len(theirs)), in_one_row(same))
    yield ("trigger-C",), by_type
    golden, found = _types(gold, by_type.gold), _types(predicted, by_type.predicted)
    yield ("article",), Counts(golden, found, dict.fromkeys(golden.keys() & found.keys(), 1))


def _triggers_with_type(document: Document) -> list[_Trigger]:
    """Give every trigger of every event, and the trigger mentions that no event uses, by the type they carry."""
    items: list[_Trigger] = [((event.type,), trigger) for event in document.events for trigger in event.triggers]
    used = {trigger for event in document.events for trigger in event.triggers}
    for mention in document.mentions:
        if mention.kind == "trigger" and mention.span not in used:
            items.append(((mention.label or NO_LABEL,), mention.span))
    return items


def _types(document: Document, of_triggers: Rows) -> dict[Row, int]:
    """Give each event type that the article has, once: also of events without triggers, and of lone triggers."""
    types = dict.fromkeys([(event.type,) for event in document.events], 1)
    return types | {row: 1 for row in of_triggers if row != (NO_LABEL,)}
