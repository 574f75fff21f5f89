"""Of which sort a difference is, in a few words that many errors share, so that a system's habits can be counted.

Knows what a difference is called, never what is compared with what. The words hold no amount and no date, and of
edges only on which side they are off: else each error would be a group of its own.
"""

from annotator.matching.numbers import same_value
from annotator.scoring.document import Amount, Moment
from annotator.text.span import Span

_UNRESOLVED = "unresolved"
_BOUNDS = frozenset({"at least", "at most", "range"})


def edges(gold: Span, predicted: Span) -> str:
    """Give on which side the edges of a prediction are off."""
    off = []
    if gold.start != predicted.start:
        off.append(f"starts too {'early' if predicted.start < gold.start else 'late'}")
    if gold.end != predicted.end:
        off.append(f"ends too {'early' if predicted.end < gold.end else 'late'}")
    return ", ".join(off)


def read_as(gold: str, predicted: str, same_span: bool = True) -> str:
    """Give that a label was taken for another one."""
    return f"{gold} read as {predicted}" + ("" if same_span else ", at other edges")


def of_refs(gold: str | None, predicted: str | None) -> str | None:
    """Give what differs between two entries of the registry; None where nothing does."""
    if gold == predicted:
        return None
    return "ref missed" if predicted is None else "ref that gold has not" if gold is None else "other ref"


def of_amounts(gold: Amount | None, predicted: Amount | None) -> str | None:
    """Give what differs between two numbers, of several things what weighs most; None where nothing does."""
    if gold is None or predicted is None:
        return _of_absent(gold, predicted)
    if same_value(gold, predicted):
        return None
    if gold._replace(unit=None) == predicted._replace(unit=None):
        return _of_units(gold.unit, predicted.unit)
    ours, theirs = _shape(gold), _shape(predicted)
    if ours != theirs and (not _figures(gold) or not _figures(predicted) or _figures(gold) & _figures(predicted)):
        return f"{ours} read as {theirs}"
    return _of_bounds(gold, predicted) if ours == theirs and ours in _BOUNDS else "other amount"


def of_moments(gold: Moment | None, predicted: Moment | None) -> str | None:
    """Give what differs between two times; None where they are the same time.

    Where both give the date, the way to it (anchor and distance) may differ or be left out; where both say how fine
    it is, that may not.
    """
    if gold is None or predicted is None:
        return _of_absent(gold, predicted)
    if gold.value != predicted.value:
        return _of_dates(gold.value, predicted.value)
    if gold.value is None and gold.offset != predicted.offset:
        return "other distance"
    if gold.value is None and gold.anchor != predicted.anchor:
        return f"anchor {gold.anchor or 'none'} read as {predicted.anchor or 'none'}"
    if gold.precision != predicted.precision and _UNRESOLVED not in (gold.precision, predicted.precision):
        return f"precision {gold.precision} read as {predicted.precision}"
    return None


def _of_absent(gold: object, predicted: object) -> str | None:
    if gold is predicted:
        return None
    return "value that gold has not" if gold is None else "value missed"


def _of_units(gold: str | None, predicted: str | None) -> str:
    if predicted is None:
        return f"unit {gold} missed"
    return f"unit {predicted} that gold has not" if gold is None else f"unit {gold} read as {predicted}"


def _shape(said: Amount) -> str:
    if said.num is not None:
        return "fraction"
    if said.low is not None and said.low == said.high:
        return "exact"
    if said.low is not None:
        return "at least" if said.high is None else "range"
    if said.high is not None:
        return "at most"
    return "unknown" if said.best is None else "about"


def _figures(said: Amount) -> set[int]:
    return {figure for figure in (said.low, said.high, said.best, said.num, said.den) if figure is not None}


def _of_bounds(gold: Amount, predicted: Amount) -> str:
    """Give how the bounds of two numbers of one shape lie; an open bound lies beyond all."""
    ours, theirs = _interval(gold), _interval(predicted)
    if ours == theirs:
        return "bounds right, other nearest figure"
    if theirs[0] <= ours[0] and ours[1] <= theirs[1]:
        return "bounds too wide"
    if ours[0] <= theirs[0] and theirs[1] <= ours[1]:
        return "bounds too narrow"
    return "bounds overlap" if ours[0] <= theirs[1] and theirs[0] <= ours[1] else "bounds apart"


def _interval(said: Amount) -> tuple[float, float]:
    return (
        float("-inf") if said.low is None else said.low,
        float("inf") if said.high is None else said.high,
    )


def _of_dates(gold: str | None, predicted: str | None) -> str:
    if predicted is None:
        return "date missed"
    if gold is None:
        return "date that gold leaves open"
    if gold.startswith(predicted):
        return "date too coarse"
    return "date too fine" if predicted.startswith(gold) else "other date"
