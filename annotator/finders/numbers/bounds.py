"""From a number and what qualifies it to the interval that the text claims.

A measure is written in completed whole units: more than 65 km is 65 or more, less than two weeks at most 13 days.
A count is whole anyway: more than 100 men are 101 or more, fewer than 10 at most 9.
"""

from annotator.model.value import NumberValue, Qualifier, Scope


def exact(
    value: int | None, qualifier: Qualifier | None, unit: str | None, measure: bool, scope: Scope | None
) -> NumberValue | None:
    """Give the value of an exact number under a qualifier (None: it stands alone), or None when it is not whole."""
    if value is None:
        return None
    low = high = best = None
    match qualifier:
        case "at_least":
            low = value
        case "more_than":
            low = value if measure else value + 1
        case "at_most":
            high = value
        case "less_than":
            high = value - 1
        case "about":
            best = value
        case _:
            low = high = best = value
    return NumberValue(low=low, high=high, best=best, qualifier=qualifier or "exact", unit=unit, scope=scope)


def vague(bounds: tuple[int, ...], qualifier: Qualifier | None, unit: str | None, scope: Scope | None) -> NumberValue:
    """Give the value of a vague word; one more word about it opens the side that it speaks of."""
    low: int | None = bounds[0]
    high = bounds[1] if len(bounds) > 1 else None
    if qualifier in ("at_least", "more_than"):
        return NumberValue(low=low, qualifier=qualifier, unit=unit, scope=scope)
    if qualifier in ("at_most", "less_than"):
        return NumberValue(high=high, qualifier=qualifier, unit=unit, scope=scope)
    return NumberValue(low=low, high=high, qualifier="vague", unit=unit, scope=scope)


def fraction(
    num: int, den: int, of: tuple[str, NumberValue] | None, qualifier: Qualifier | None, unit: str | None
) -> NumberValue:
    """Give the value of a fraction of another mention (`of`: its id and value), rounded half up to whole ones."""
    best = None
    if of is not None:
        whole = of[1].best if of[1].best is not None else of[1].low
        best = None if whole is None else (2 * whole * num + den) // (2 * den)
    return NumberValue(
        best=best, qualifier=qualifier or "exact", unit=unit, num=num, den=den, of=None if of is None else of[0]
    )


def interval(low: int, high: int, unit: str | None, scope: Scope | None) -> NumberValue:
    """Give the value of "between 10 and 15"."""
    return NumberValue(low=low, high=high, qualifier="range", unit=unit, scope=scope)
