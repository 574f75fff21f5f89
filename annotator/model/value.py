"""What a number or a time expression says, as a value. Owns the shape and the meaning of bounds; parses nothing."""

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from annotator.model.frozen import Frozen, Name, Quantity

Qualifier = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "unknown"]
Scope = Literal["new", "cumulative", "additional"]
Precision = Literal["year", "month", "week", "day", "part_of_day", "hour", "minute", "unresolved"]
Anchor = Literal["publication", "quoted_report", "event"]


class NumberValue(Frozen):
    """The interval that a text claims: null bounds are open or unknown, and zero is not unknown.

    `more_than` a count of 100 has low 101; `more_than` a measure (kilometres) has the bound itself as low.
    """

    written_when_null: ClassVar[frozenset[str]] = frozenset({"low", "high", "best"})

    low: Quantity | None = None
    """The smallest value that the text allows."""
    high: Quantity | None = None
    """The largest value that the text allows."""
    best: Quantity | None = None
    """The value that the text itself gives as nearest ("about 500"), or the exact one."""
    qualifier: Qualifier = "exact"
    """How the text qualifies the number."""
    unit: Name | None = None
    """What is counted or measured, as the schema's `units` name it: `persons`, `km`, `days`."""
    scope: Scope | None = None
    """Whether the claim is a new count, a running total, or comes on top of one."""
    num: Quantity | None = None
    """Numerator of a fraction of another mention."""
    den: Quantity | None = None
    """Denominator of a fraction of another mention."""
    of: Name | None = None
    """Id of the mention that a fraction is taken of."""

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        if (self.num is None) != (self.den is None):
            raise ValueError("a fraction needs both num and den")
        if self.den is not None and self.den <= 0:
            raise ValueError("den must be positive")
        return self


class TimeValue(Frozen):
    """A point or stretch of time as the text gives it.

    `value` is an ISO 8601 date or part of one (`2016-05-21`, `--02-07` without a year); when the text gives only a
    distance, `value` is absent and `offset` holds it in days from the anchor.
    """

    value: Name | None = None
    """The date, as far as the text and its anchor give it."""
    precision: Precision = "unresolved"
    """The finest part that the text gives."""
    anchor: Anchor | None = None
    """What an unanchored expression ("yesterday") counts from."""
    offset: Quantity | None = None
    """Days from the anchor; negative before it."""
