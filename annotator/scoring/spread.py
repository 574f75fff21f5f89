"""How far scores may be off: 95 % intervals by drawing articles again and again, with replacement.

Articles, not items: what lies in one article hangs together, and intervals over items come out half as wide as they
should be. Keeps the counts of every article, and loads numpy when an interval is asked for.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from annotator.scoring.counting import Key, Part, Row
from annotator.scoring.document import Document
from annotator.statistics.bootstrap import SEED, Interval, interval_of_ratio, sums_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


_Columns = dict[Row, "array[float]"]


class Intervals(NamedTuple):
    """The 95 % intervals of a score's figures; None where fewer than two articles have anything to say."""

    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None


class Spread:
    """The counts of every article, to be drawn from."""

    def __init__(self, trials: int, seed: int = SEED) -> None:
        self.trials, self.seed = trials, seed
        self._articles: list[str] = []
        self._counts: dict[tuple[str, str], dict[tuple[str, ...], _Columns]] = {}
        """By language and source, the levels of which it is a part, and row: number of the article, right, predicted
        and in gold, one by one."""

    def add(self, article: Document, parts: Iterable[Part]) -> None:
        """Take what was counted of one more article of gold."""
        number = len(self._articles)
        self._articles.append(article.article_id)
        by_levels = self._counts.setdefault((article.language, article.source), {})
        for levels, counts in parts:
            columns = by_levels.get(levels)
            if columns is None:
                columns = by_levels[levels] = _columns()
            gold, predicted, right = counts.gold, counts.predicted, counts.credit()
            for row in {**gold, **predicted, **right}:
                columns[row].extend((number, float(right.get(row, 0)), predicted.get(row, 0), gold.get(row, 0)))

    def join(self, other: "Spread") -> None:
        """Take the counts of further articles, which another spread has."""
        before = len(self._articles)
        self._articles += other._articles
        for like, by_levels in other._counts.items():
            for levels, columns in by_levels.items():
                mine = self._counts.setdefault(like, {}).setdefault(levels, _columns())
                for row, counts in columns.items():
                    moved = array("d", counts)
                    moved[::4] = array("d", [number + before for number in counts[::4]])
                    mine[row].extend(moved)

    def intervals(self, sums: Mapping[str, Collection[Key]]) -> dict[str, Intervals]:
        """Give the intervals of scores by name, each of which is the sum over some keys; all on the same draws."""
        import numpy as np

        if not sums:
            return {}
        # No order of articles may change a digit: they are drawn in the order of their ids, whoever came first.
        order = sorted(range(len(self._articles)), key=self._articles.__getitem__)
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        tables = np.zeros((len(order), 3 * len(sums)), order="F")
        for number, keys in enumerate(sums.values()):
            self._add_up(keys, place, tables[:, 3 * number : 3 * number + 3])
        drawn = sums_of(tables, self.trials, self.seed)
        return {
            name: _intervals(drawn[:, first : first + 3], tables[:, first : first + 3])
            for name, first in zip(sums, count(0, 3), strict=False)
        }

    def articles(self, keys: Iterable[Key]) -> int:
        """Give how many articles have anything at some keys."""
        return len({number for key in keys for part in self._parts(key) for number in part[::4]})

    def _parts(self, key: Key) -> Iterator["array[float]"]:
        """Give the parts of what is counted at a key, in an order that no order of articles changes."""
        by_levels = self._counts[key.language, key.source]
        for levels in sorted(by_levels):
            if key.level in levels and key.row in by_levels[levels]:
                yield by_levels[levels][key.row]

    def _add_up(self, keys: Iterable[Key], place: "NDArray[np.intp]", table: "Floats") -> None:
        """Add right, predicted and in gold at some keys to the columns of a table, an article a row."""
        import numpy as np

        for key in sorted(keys):
            for part in self._parts(key):
                counts = np.frombuffer(part).reshape(-1, 4)
                # An article may be there twice: with what levels have in common, and with what one has beside it.
                at = place[counts[:, 0].astype(np.intp)]
                for column in range(3):
                    table[:, column] += np.bincount(at, counts[:, column + 1], len(place))


def _floats() -> "array[float]":
    return array("d")


def _columns() -> _Columns:
    return defaultdict(_floats)


def _intervals(drawn: "Floats", articles: "Floats") -> Intervals:
    """Give the intervals of figures: of sums in each trial, over counts of each article."""
    (right, predicted, gold), (_, *said) = drawn.T, articles.T
    return Intervals(
        interval_of_ratio(right, predicted, said[0]),
        interval_of_ratio(right, gold, said[1]),
        interval_of_ratio(2 * right, predicted + gold, said[0] + said[1]),
    )
