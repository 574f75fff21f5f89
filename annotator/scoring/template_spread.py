"""How far a score of templates may be off: 95 % intervals by drawing articles, as of any other score."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotator.scoring.spread import Intervals
from annotator.scoring.templates import TemplateScore
from annotator.statistics.bootstrap import interval_of, intervals_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def spread_of(by_article: Mapping[str, TemplateScore], trials: int, seed: int) -> Intervals:
    """Give the intervals of what the scores of articles, by id, come to, whatever the order in which they come."""
    import numpy as np

    table = np.array([score for _, score in sorted(by_article.items())], dtype=np.float64).reshape(-1, 4)
    precision, recall = intervals_of(table[:, [0, 2]], table[:, [1, 3]], trials, seed)
    return Intervals(precision, recall, interval_of(table, _f1, trials, seed))


def _f1(sums: "Floats") -> "Floats":
    """Give `TemplateScore.f1` of each row of counts, NaN where it has none."""
    import numpy as np

    right, predicted, found, gold = sums.T
    under = right * gold + found * predicted
    nothing = np.where(predicted + gold > 0, 0.0, np.nan)
    return np.asarray(np.divide(2 * right * found, under, out=nothing, where=under > 0))
