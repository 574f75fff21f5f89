"""Intervals by drawing whole groups again and again, with replacement: what lies in one group hangs together.

All figures of one report are computed on the same draws. The draws hang on the seed and the number of groups alone;
`RandomState` is the one generator of numpy whose stream is promised never to change.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from annotator.errors import Refusal
from annotator.statistics.alpha import Level, Met, alpha_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TRIALS = 1000
SEED = 13

_SEEDS = 2**32
"""How many seeds the generator takes."""

_MIDDLE_95 = (2.5, 97.5)
_MOST_VALUES = 400
"""Up to how many different values an interval of alpha is worth its time, which grows with their square."""

_CELLS_AT_ONCE = 2**22
"""How many numbers of draws are held at a time, where many groups are drawn."""

Interval = tuple[float, float]


def refuse_undrawable(boot: int, seed: int) -> None:
    """Raise `Refusal` `usage` for fewer draws than none, and for a seed that the generator does not take."""
    if boot < 0:
        raise Refusal("usage", f"Articles cannot be drawn {boot} times.", "Ask for 0 draws, or more: boot=1000.")
    if not 0 <= seed < _SEEDS:
        raise Refusal("usage", f"{seed} is no seed.", f"Give one from 0 to {_SEEDS - 1}.")


class Fraction(NamedTuple):
    """A part and a whole that are summed over groups before one is divided by the other."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The one over the other; None of nothing."""
        return self.part / self.whole if self.whole else None


class Meeting(NamedTuple):
    """Two values that met in one unit of a group."""

    group: int
    one: float
    other: float
    times: float
    """How often, as alpha counts it: twice for two people, over the answers to the unit less one."""


class Resampling:
    """The draws of one report."""

    def __init__(self, groups: int, trials: int = TRIALS, seed: int = SEED) -> None:
        import numpy as np

        self.groups, self.trials, self.seed = groups, trials, seed
        generator = np.random.RandomState(seed)
        self._times: NDArray[np.float32] = np.zeros((trials, groups), dtype=np.float32)
        """How often each trial drew each group: small whole numbers."""
        for trial in range(trials if groups else 0):
            drawn = (generator.random_sample(groups) * groups).astype(np.intp)
            self._times[trial] = np.bincount(drawn, minlength=groups)

    def of_fraction(self, by_group: Sequence[Fraction]) -> Interval | None:
        """Give the 95 % interval of the sum of the parts over the sum of the wholes, a fraction a group."""
        return _interval(self._fractions(by_group), sum(one.whole > 0 for one in by_group))

    def of_mean(self, several: Sequence[Sequence[Fraction]]) -> Interval | None:
        """Give the 95 % interval of the mean of several such figures; those without a value are left out."""
        import numpy as np

        if not several:
            return None
        found = np.sort(np.stack([self._fractions(by_group) for by_group in several]), axis=0)
        there = (~np.isnan(found)).sum(axis=0)
        means = np.divide(np.nansum(found, axis=0), there, out=np.full(self.trials, np.nan), where=there > 0)
        return _interval(means, sum(any(one.whole for one in group) for group in zip(*several, strict=True)))

    def of_alpha(self, meetings: Sequence[Meeting], level: Level) -> Interval | None:
        """Give the 95 % interval of alpha; None also for more than 400 different values.

        Trials that drew one category only are left out: that they are perfect says nothing.
        """
        import numpy as np

        values = sorted({meeting.one for meeting in meetings})
        size, place = len(values), {value: at for at, value in enumerate(values)}
        if not 0 < size <= _MOST_VALUES:
            return None
        meetings = sorted(meetings)
        group = np.array([meeting.group for meeting in meetings])
        cell = np.array([place[meeting.one] * size + place[meeting.other] for meeting in meetings])
        times = np.array([meeting.times for meeting in meetings])

        def figure(drawn: "NDArray[np.float32]") -> float:
            found = np.bincount(cell, weights=times * drawn[group], minlength=size * size).astype(np.float64)
            drawn_alpha = alpha_of(Met(np.array(values, dtype=np.float64), found.reshape(size, size)), level)
            return np.nan if drawn_alpha.value is None or drawn_alpha.single else drawn_alpha.value

        return _interval(self._each(figure), len(set(group.tolist())))

    def of_kappa(self, pairs: Sequence[tuple[int, str, str]]) -> Interval | None:
        """Give the 95 % interval of Cohen's kappa of (group, what one said, what the other said), as of alpha."""
        import numpy as np

        values = sorted({value for _, *said in pairs for value in said})
        size, place = len(values), {value: at for at, value in enumerate(values)}
        if not pairs:
            return None
        ordered = sorted(pairs)
        group = np.array([at for at, _, _ in ordered])
        cell = np.array([place[one] * size + place[other] for _, one, other in ordered])

        def figure(drawn: "NDArray[np.float32]") -> float:
            found = np.bincount(cell, weights=drawn[group], minlength=size * size).reshape(size, size)
            number = float(found.sum())
            if not number:
                return np.nan
            chance = float(found.sum(axis=0) @ found.sum(axis=1))
            alike = float(np.trace(found))
            return np.nan if chance == number**2 else (alike * number - chance) / (number**2 - chance)

        return _interval(self._each(figure), len(set(group.tolist())))

    def _each(self, figure: "Callable[[NDArray[np.float32]], float]") -> "Floats":
        import numpy as np

        return np.array([figure(drawn) for drawn in self._times])

    def _fractions(self, by_group: Sequence[Fraction]) -> "Floats":
        import numpy as np

        sums = np.asarray(self._times @ np.array(by_group, dtype=np.float32).reshape(self.groups, 2), dtype=np.float64)
        parts, wholes = sums[:, 0], sums[:, 1]
        return np.asarray(np.divide(parts, wholes, out=np.full(self.trials, np.nan), where=wholes > 0))


def _interval(found: "Floats", groups: int) -> Interval | None:
    """Give the middle 95 % of the trials that had a value; None where fewer than two groups have anything to say."""
    import numpy as np

    there = found[~np.isnan(found)]
    if groups < 2 or not len(there):
        return None
    low, high = np.percentile(there, _MIDDLE_95)
    return float(low), float(high)


def intervals_of(parts: "Floats", wholes: "Floats", trials: int = TRIALS, seed: int = SEED) -> list[Interval | None]:
    """Give the 95 % interval of each of many figures: a column each, a group a row, both summed before one divides.

    The draws are those of `Resampling`, some at a time, so that many groups need little memory.
    """
    found = _ratios(parts, wholes, trials, seed)
    return [_interval(column, there) for column, there in zip(found.T, (wholes > 0).sum(axis=0).tolist(), strict=True)]


def intervals_of_differences(
    one: "tuple[Floats, Floats]", other: "tuple[Floats, Floats]", trials: int = TRIALS, seed: int = SEED
) -> list[Interval | None]:
    """Give the 95 % interval of each difference of two figures over the same groups, on the draws of `intervals_of`.

    Each side is its parts and its wholes, a column a figure; both sides draw the same groups.
    """
    import numpy as np

    (parts, wholes), (their_parts, their_wholes) = one, other
    found = _ratios(np.hstack([parts, their_parts]), np.hstack([wholes, their_wholes]), trials, seed)
    mine, theirs = np.hsplit(found, 2)
    there = ((wholes > 0) | (their_wholes > 0)).sum(axis=0).tolist()
    return [_interval(column, groups) for column, groups in zip((mine - theirs).T, there, strict=True)]


def _ratios(parts: "Floats", wholes: "Floats", trials: int, seed: int) -> "Floats":
    """Give each figure in each trial, a trial a row; NaN where it is undefined."""
    import numpy as np

    figures = parts.shape[1]
    sums = sums_of(np.concatenate([parts, wholes], axis=1), trials, seed)
    return _ratio(sums[:, :figures], sums[:, figures:])


def _ratio(over: "Floats", under: "Floats") -> "Floats":
    import numpy as np

    return np.asarray(np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0))


def sums_of(by_group: "Floats", trials: int = TRIALS, seed: int = SEED) -> "Floats":
    """Give the sums of columns in each trial, a trial a row, on the draws of `intervals_of`; a group a row."""
    import numpy as np

    sums = np.zeros((trials, by_group.shape[1]))
    first = 0
    for times in _draws(len(by_group), trials, seed):
        np.matmul(times, by_group, out=sums[first : first + len(times)])
        first += len(times)
    return sums


def interval_of_ratio(parts: "Floats", wholes: "Floats", by_group: "Floats") -> Interval | None:
    """Give the 95 % interval of a figure from the sums that it divides in each trial; `by_group` has the wholes."""
    return _interval(_ratio(parts, wholes), int((by_group > 0).sum()))


def interval_of(
    by_group: "Floats", figure: "Callable[[Floats], Floats]", trials: int = TRIALS, seed: int = SEED
) -> Interval | None:
    """Give the 95 % interval of a figure that is no ratio of two sums, on the same draws as `intervals_of`.

    `by_group` has a group a row; `figure` is given the sums of its columns, a trial a row, and gives a value a trial,
    NaN where there is none.
    """
    import numpy as np

    found = [figure(times @ by_group) for times in _draws(len(by_group), trials, seed)]
    return _interval(np.concatenate(found), int(by_group.any(axis=1).sum())) if found else None


def _draws(groups: int, trials: int, seed: int) -> "Iterator[Floats]":
    """Give how often each trial draws each group, a trial a row, some at a time."""
    import numpy as np

    generator = np.random.RandomState(seed)
    at_once = max(1, _CELLS_AT_ONCE // max(1, groups))
    for first in range(0, trials if groups else 0, at_once):
        times = np.empty((min(at_once, trials - first), groups))
        for row in times:
            row[:] = np.bincount((generator.random_sample(groups) * groups).astype(np.intp), minlength=groups)
        yield times
