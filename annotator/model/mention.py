"""Stretches of an article that mean something: mentions, and the candidates that finders propose."""

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StrictStr, model_validator

from annotator.model.frozen import Frozen, Name, Offset
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span

Kind = Literal["trigger", "actor", "number", "place", "time"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""All kinds of mention, in the order in which screens and tables show them."""

TriggerClass = Literal["event", "casualty"]

Mark = Literal["negated", "attempted", "hypothetical", "idiom"]
"""What a finder says about a trigger beyond its type: it did not happen, somebody tries it, it may happen, or the words
mean no event."""


class Mention(Frozen):
    """A span of the stored text with a kind, and what the text says there."""

    id: Name
    """Unique within the article's record, candidates or annotation."""
    kind: Kind
    start: Offset
    """First code point."""
    end: Offset
    """One past the last code point."""
    quote: StrictStr
    """The characters `[start, end)` of the stored text, as a guard against offsets that slip."""
    label: Name | None = None
    """For a trigger the event type; for other kinds a free sub-type."""
    ref: Name | None = None
    """For actors and places: an id of the registry."""
    value: NumberValue | TimeValue | None = None
    """For numbers and times: what the words mean."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"the span [{self.start}, {self.end}) is empty or reversed")
        expected = {"number": NumberValue, "time": TimeValue}.get(self.kind)
        if self.value is not None and (expected is None or not isinstance(self.value, expected)):
            raise ValueError(f"a {self.kind} cannot carry a {type(self.value).__name__}")
        return self

    @property
    def span(self) -> Span:
        """Where the mention stands."""
        return span(self.start, self.end)

    @property
    def content(self) -> tuple[object, ...]:
        """What is compared when two people are asked whether they say the same: everything but the id."""
        return (self.kind, self.start, self.end, self.label, self.ref, self.value)


class Candidate(Mention):
    """A mention that a finder proposes."""

    finders: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Names and versions of all that proposed it, as `lexicon/1`, our own first."""
    trigger_class: TriggerClass | None = None
    """For triggers: whether the word names an event, or a casualty of one ("killed")."""
    marks: tuple[Mark, ...] = ()
    """For triggers: what the words around it make of it."""
    head: tuple[Offset, Offset] | None = None
    """For described actors: the noun that the description is built on, half-open, in code points from `start`."""

    def as_mention(self) -> Mention:
        """Give the mention that confirming this candidate asserts."""
        return Mention.model_construct(**{name: getattr(self, name) for name in Mention.model_fields})


def candidate_id(kind: Kind, start: int, end: int) -> str:
    """Give the id of a candidate: the same for the same kind and span, whichever run of the finders made it."""
    return f"{kind}:{start}-{end}"
