"""Krippendorff's alpha for any number of people, missing answers, and four levels of measurement.

By counts: how often each value is said of each unit, and how often two values meet in one unit. That takes a fraction
of the memory of comparing all pairs of answers. Counts stay whole numbers until the end, so that no order of people or
units changes a digit. (Krippendorff 2011, "Computing Krippendorff's alpha-reliability".)
"""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from annotator.statistics.coefficient import NOTHING, SINGLE, Coefficient

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

Level = Literal["nominal", "ordinal", "interval", "ratio"]

_CELLS_AT_ONCE = 1_000_000
"""How many cells of answers, or of counts, are looked at in one go: what is held beside the answers themselves."""

_WHOLE_RANGE = 1024
"""Values that are whole numbers within so many of each other need not be sorted to be counted."""


class Met(NamedTuple):
    """How often values meet in one unit: all that alpha is computed from."""

    values: "Floats"
    """In ascending order, each once. A value that nobody said may be among them."""
    times: "Floats"
    """Row and column: the values. Each pair of answers to one unit counts twice, over the answers to it less one."""


def alpha(answers: "ArrayLike", level: Level = "nominal") -> Coefficient:
    """Give alpha of `answers`, a row a person and a column a unit; NaN is no answer.

    For `nominal` the values are any numbers that name categories. `ratio` is for values that are not negative. Needs
    memory for the square of the number of different values.
    """
    return alpha_of(met(answers), level)


def met(answers: "ArrayLike") -> Met:
    """Give how often values meet, of a row a person and a column a unit; NaN is no answer."""
    import numpy as np

    said: NDArray[Any] = np.asarray(answers, dtype=None if isinstance(answers, np.ndarray) else np.float64)
    values, whole = _values(said)
    people, units = said.shape
    size = len(values)
    # By how many answered a unit, as whole numbers: divided only when all are counted.
    together: dict[int, Floats] = {}
    width = max(1, _CELLS_AT_ONCE // max(people, size + 1))
    for first in range(0, units, width):
        counts = _counts(said[:, first : first + width], values, whole)
        per_unit = counts.sum(axis=1)
        there = np.unique(per_unit)
        for number in map(int, there):
            if number > 1:  # what one person alone said meets nothing
                alike = counts if len(there) == 1 else counts[per_unit == number]
                pairs = alike.T @ alike
                pairs[np.diag_indices(size)] -= alike.sum(axis=0)
                together[number] = together.get(number, 0) + pairs
    times = np.zeros((size, size))
    for number in sorted(together):
        times += together[number] / (number - 1)
    return Met(values, times)


def alpha_of(met: Met, level: Level) -> Coefficient:
    """Give alpha of how often values meet."""
    often = met.times.sum(axis=1)
    total = float(often.sum())
    if total == 0:
        return NOTHING
    far = _distances(met.values, often, level)
    by_chance = float(often @ far @ often) / (total - 1)
    if by_chance == 0:
        return SINGLE
    return Coefficient(1 - float((met.times * far).sum()) / by_chance)


def _distances(values: "Floats", often: "Floats", level: Level) -> "Floats":
    """Give how far each value is from each other one, squared, as the level of measurement has it."""
    import numpy as np

    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":  # the distance of two ranks: all that lies between, and half of what is said like either
        values = np.cumsum(often) - often / 2
    apart = values[:, None] - values[None, :]
    if level == "ratio":
        sums = values[:, None] + values[None, :]
        apart = np.divide(apart, sums, out=np.zeros_like(apart), where=sums != 0)
    return np.asarray(apart * apart, dtype=np.float64)


def _values(said: "NDArray[Any]") -> "tuple[Floats, bool]":
    """Give the values that may be there, ascending, and whether they are all whole numbers from the first to the last.

    Where they are, a value's place follows from itself, and millions need not be sorted.
    """
    import numpy as np

    if not said.size:
        return np.zeros(0), False
    low, high = float(np.fmin.reduce(said, axis=None)), float(np.fmax.reduce(said, axis=None))
    if np.isnan(low):
        return np.zeros(0), False
    if high - low < _WHOLE_RANGE and _all_whole(said):
        return np.arange(low, high + 1), True
    found = np.unique(said)
    return found[~np.isnan(found)].astype(np.float64), False


def _all_whole(said: "NDArray[Any]") -> bool:
    import numpy as np

    if said.dtype.kind in "iub":
        return True
    width = max(1, _CELLS_AT_ONCE // len(said))
    pieces = (said[:, first : first + width] for first in range(0, said.shape[1], width))
    return all(bool(((piece == np.floor(piece)) | np.isnan(piece)).all()) for piece in pieces)


def _counts(piece: "NDArray[Any]", values: "Floats", whole: bool) -> "Floats":
    """Give how many people said each value of each unit: a row a unit, a column a value."""
    import numpy as np

    size, units = len(values), piece.shape[1]
    if not size:
        return np.zeros((units, 0))
    places = (
        (piece - values[0]).astype(np.float64, copy=False)
        if whole
        else np.searchsorted(values, piece).astype(np.float64)
    )
    places[np.isnan(piece)] = size  # a column of its own for those who did not answer, cut off below
    places += np.arange(units) * (size + 1.0)
    counted = np.bincount(places.astype(np.intp).ravel(), minlength=units * (size + 1))
    return counted.reshape(units, size + 1)[:, :size].astype(np.float64)
