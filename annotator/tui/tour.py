"""The steps of the tour, as data: what each says, and what shows that it was done.

A step is done by doing it, whichever keys did it: what it counts grows. Names in braces are actions; the screen puts
the keys in their place that are in force. Changes nothing itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from annotator.model.decision import Disposition, SetEvent
from annotator.model.event import Event
from annotator.model.mention import Kind
from annotator.workflow.mentions import Item
from annotator.workflow.session import Session


class Toured(Protocol):
    """What a step looks at to see whether it was done."""

    session: Session
    searches: int
    """Searches that were made."""
    returns: int
    """Jumps that were gone back from."""

    @property
    def events(self) -> list[Event]:
        """The event frames that stand."""


Count = Callable[[Toured], int]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try."""

    says: str
    """What to do and why, in three lines of eighty columns at most."""
    count: Count
    """Grows when it is done."""
    at: Kind | None = None
    """The kind of mention that the cursor is put on first; without one in the article the step is passed over."""


def _with(disposition: Disposition, kind: Kind | None = None) -> Count:
    """Count the mentions of which that was said."""

    def fits(item: Item) -> bool:
        return item.disposition == disposition and kind in (None, item.mention.kind)

    return lambda screen: sum(map(fits, screen.session.in_order()))


def _realis_chosen(screen: Toured) -> int:
    """Give how often an event was described and nothing else of it changed, be it as it was."""
    changes = [change for decision in screen.session.history.effective for change in decision.changes]
    set_events = [change.event for change in changes if isinstance(change, SetEvent)]
    by_id: dict[str, list[Event]] = {}
    for event in set_events:
        by_id.setdefault(event.id, []).append(event)
    return sum(one.mentions == other.mentions for events in by_id.values() for one, other in pairwise(events))


def _arguments(screen: Toured) -> int:
    return sum(len(event.arguments) for event in screen.events)


STEPS: tuple[Step, ...] = (
    Step(
        "A program has marked what may matter. The bright words are what the keys are about; the panel says what they "
        "are taken for. {confirm} says that this is right, and goes on to the next.",
        _with("confirmed"),
    ),
    Step(
        "Programs err, and gold needs to know where. {reject} says that this is nothing of the kind. "
        "Reject one, right or wrong: nothing counts here.",
        _with("rejected"),
    ),
    Step(
        "{undo} takes the last decision back, however many, and {redo} makes it again. Every step is undone in one "
        "key, so try what you like. Take the rejection back.",
        lambda screen: len(screen.session.history.undone),
    ),
    Step(
        "This word stands for an event. {correct} asks for its type: press the letter of another one than it has.",
        _with("corrected", "trigger"),
        at="trigger",
    ),
    Step(
        "This is a number. {correct} asks what it means: 80, 101+ (at least), 20..99, ~500, ?. It is said back in "
        "words as you type. Give it another value and press Enter.",
        _with("corrected", "number"),
        at="number",
    ),
    Step(
        "What no program saw is added by hand. Put the cursor on a word with the arrows (with Shift they select), then "
        "{add('trigger')} to {add('time')} mark it as trigger, actor, number, place or time.",
        _with("added"),
    ),
    Step(
        "{search} searches the text, accents and spelling aside. Type a word and press Enter to go to it; {hit(1)} "
        "goes to the next one.",
        lambda screen: screen.searches,
    ),
    Step(
        "{back} goes back to where you were before you jumped, step by step.",
        lambda screen: screen.returns,
    ),
    Step(
        "Words become events. On a trigger, {make_event} makes one; its frame appears in the panel.",
        lambda screen: len(screen.events),
        at="trigger",
    ),
    Step(
        "Who did it, to whom, where? {accept} takes the first that is proposed. Or go to a mention yourself "
        "({next_mention}, {previous_mention}): {attach} gives it a role, by the letter of the role.",
        _arguments,
    ),
    Step(
        "Did it happen, was it only tried, is it feared? {realis} asks that. {certainty} asks how sure the "
        "article itself is.",
        _realis_chosen,
    ),
    Step(
        "The end: settle what is left ({next_untouched} goes there), with {confirm} or {reject}, then {done} marks the "
        "article done. The head line counts; {help} shows all keys, {commands} finds one by typing.",
        lambda screen: int(screen.session.annotation.finished),
    ),
)

AFTERWARDS = "{leave} goes back to the queue: from there on everything counts, and is kept."
"""What stands there when every step was done."""
