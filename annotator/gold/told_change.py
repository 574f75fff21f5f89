"""A change between two versions of gold in words, on one line that is safe to show: what, where, what it was, why."""

from annotator.gold.change import Change
from annotator.gold.telling import where
from annotator.text.display import display

NOTHING = "nothing"
"""What stands for an absent before or after."""


def told_change(change: Change) -> str:
    """Give a change as one line, without its article: `“6 members” 25-34: number bounds changed: 6 → 6+`."""
    place = f"{where(change.place)}: " if change.place else ""
    kind = f"{change.kind} " if change.kind and change.event is None else ""
    reason = f". Why: {change.reason}" if change.reason else ""
    return display(f"{place}{kind}{change.name}: {_says(change)}{_event(change)}{reason}")


def _says(change: Change) -> str:
    if change.how == "changed":
        before, after = (NOTHING if said is None else said for said in (change.before, change.after))
        return f"{before} → {after}"
    return (change.after if change.how == "added" else change.before) or NOTHING


def _event(change: Change) -> str:
    """Give which event it is about, where the line does not say it: its own place may be that of a part."""
    if change.event is None or change.what == "event":
        return ""
    trigger = change.event.trigger
    if trigger is None or trigger == change.place:
        return f", of {change.event.type}"
    return f", of {change.event.type} on {where(trigger)}"
