"""How far scores may be off: 95 % intervals by drawing articles again and again, with replacement.

Articles, not items: what lies in one article hangs together, and intervals over items come out half as wide as they
should be. Keeps the counts of every article, and loads numpy when an interval is asked for.
"""

from array import array
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from annotator.scoring.counting import Counts, Key
from annotator.scoring.document import Document
from annotator.statistics.bootstrap import SEED, Interval, intervals_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
        self._counts: dict[Key, array[float]] = {}
        """By key: number of the article, right, predicted and in gold, one after the other."""

    def add(self, article: Document, counted: Mapping[str, Counts]) -> None:
        """Take the counts of one more article of gold, by level name."""
        number = len(self._articles)
        self._articles.append(article.article_id)
        for name, rows in counted.items():
            for row, score in rows.items():
                key = Key(name, article.language, article.source, row)
                if key not in self._counts:
                    self._counts[key] = array("d")
                self._counts[key].extend((number, float(score.tp), score.pred, score.gold))

    def join(self, other: "Spread") -> None:
        """Take the counts of further articles, which another spread has."""
        before = len(self._articles)
        self._articles += other._articles
        for key, counts in other._counts.items():
            moved = array("d", counts)
            moved[::4] = array("d", [number + before for number in counts[::4]])
            self._counts.setdefault(key, array("d")).extend(moved)

    def intervals(self, sums: Mapping[str, Collection[Key]]) -> dict[str, Intervals]:
        """Give the intervals of scores by name, each of which is the sum over some keys; all on the same draws."""
        import numpy as np

        if not sums:
            return {}
        # No order of articles may change a digit: they are drawn in the order of their ids, whoever came first.
        order = sorted(range(len(self._articles)), key=self._articles.__getitem__)
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        tables = np.stack([self._table(keys, place) for keys in sums.values()])
        right, predicted, gold = (np.ascontiguousarray(tables[:, :, column].T) for column in range(3))
        parts = np.concatenate([right, right, 2 * right], axis=1)
        wholes = np.concatenate([predicted, gold, predicted + gold], axis=1)
        found, size = intervals_of(parts, wholes, self.trials, self.seed), len(sums)
        figures = zip(found[:size], found[size : 2 * size], found[2 * size :], strict=True)
        return {name: Intervals(*three) for name, three in zip(sums, figures, strict=True)}

    def articles(self, keys: Iterable[Key]) -> int:
        """Give how many articles have anything at some keys."""
        return len({number for key in keys for number in self._counts[key][::4]})

    def _table(self, keys: Iterable[Key], place: "NDArray[np.intp]") -> "NDArray[np.float64]":
        """Give the sums over some keys, an article a row."""
        import numpy as np

        table = np.zeros((len(place), 3))
        for key in sorted(keys):
            counts = np.frombuffer(self._counts[key]).reshape(-1, 4)
            table[place[counts[:, 0].astype(np.intp)]] += counts[:, 1:]
        return table
