"""Event frames: a type, triggers, arguments and attributes. Refers to mentions by id; holds no text."""

from collections.abc import Container
from typing import Literal

from pydantic import Field, StrictBool

from annotator.model.frozen import Frozen, Name
from annotator.model.mention import Mark

Realis = Literal["actual", "attempted", "hypothetical", "future", "generic", "possible"]
Certainty = Literal["asserted", "attributed", "unconfirmed", "speculative"]


def realis_by(marks: Container[Mark]) -> Realis:
    """Give the realis that the words around a trigger speak for; what is tried only if something comes, may happen."""
    if "hypothetical" in marks:
        return "hypothetical"
    return "attempted" if "attempted" in marks else "actual"


class Argument(Frozen):
    """A mention in a role of an event."""

    role: Name
    mention: Name
    """Id of the mention."""
    of: Name | None = None
    """For numbers: registry id of the side that is counted (`killed` of `isis`)."""


class Event(Frozen):
    """One thing that the article says happened, or might."""

    id: Name
    type: Name
    """An event type of the schema."""
    triggers: tuple[Name, ...] = Field(min_length=1)
    """Ids of trigger mentions, the main one first."""
    arguments: tuple[Argument, ...] = ()
    realis: Realis = "actual"
    certainty: Certainty = "asserted"
    background: StrictBool = False
    """True where the article retells an older event."""
    hub: Name | None = None
    """Names the event across its tellings: tellings of one event share a hub."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """Ids of all that has part in it: its triggers, then what fills its roles."""
        return (*self.triggers, *(argument.mention for argument in self.arguments))
