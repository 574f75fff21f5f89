"""Figures over articles: sums, coefficients and their intervals, all on the same draws of articles."""

from collections.abc import Callable, Iterable, Sequence

from annotator.agreement.between import NONE, Between, Key
from annotator.agreement.compared import Compared, Pair
from annotator.agreement.figure import NO_FIGURE, Figure
from annotator.statistics.alpha import Level, alpha
from annotator.statistics.bootstrap import SEED, TRIALS, Fraction, Meeting, Resampling
from annotator.statistics.coefficient import kappa

Chosen = Callable[[Compared], Iterable[Between]]
"""Which comparisons of an article count."""


def all_pairs(article: Compared) -> Iterable[Between]:
    """Choose every pair of annotators."""
    return article.pairs.values()


def only(pair: Pair) -> Chosen:
    """Choose one pair."""
    return lambda article: [article.pairs[pair]] if pair in article.pairs else []


def those_with(person: str) -> Chosen:
    """Choose the pairs of one annotator with every other."""
    return lambda article: [between for pair, between in article.pairs.items() if person in pair]


def settled_with(person: str) -> Chosen:
    """Choose an annotator with what was settled."""
    return lambda article: [article.settled[person]] if person in article.settled else []


class Figures:
    """Computes figures over some articles."""

    def __init__(self, articles: Sequence[Compared], trials: int = TRIALS, seed: int = SEED) -> None:
        self.articles = articles
        self._resampling = Resampling(len(articles), trials, seed)

    def sum(self, key: Key, chosen: Chosen = all_pairs) -> Fraction:
        """Give the counts behind a share, of all that was chosen together."""
        return _sum(self._by_article(key, chosen))

    def share(self, key: Key, chosen: Chosen = all_pairs) -> Figure:
        """Give a share, of all that was chosen together."""
        by_article = self._by_article(key, chosen)
        summed = _sum(by_article)
        interval = self._resampling.of_fraction(by_article) if summed.whole else None
        return Figure(summed.value, interval, sum(one.whole > 0 for one in by_article), summed.whole)

    def mean(self, key: Key, several: Sequence[Chosen]) -> Figure:
        """Give the mean of shares, those without a value left out; it rests on no more than the weakest of them."""
        by_article = [self._by_article(key, chosen) for chosen in several]
        found = [one for one in by_article if _sum(one).whole]
        if not found:
            return NO_FIGURE
        values = sorted(_sum(one).value or 0.0 for one in found)
        articles = min(sum(fraction.whole > 0 for fraction in one) for one in found)
        whole = sum(_sum(one).whole for one in found)
        return Figure(sum(values) / len(values), self._resampling.of_mean(found), articles, whole)

    def kappa(self, what: str, chosen: Chosen) -> Figure:
        """Give Cohen's kappa of what two say."""
        said = [
            (at, *pair)
            for at, article in enumerate(self.articles)
            for one in chosen(article)
            for pair in one.said.get(what, ())
        ]
        found = kappa((one, other) for _, one, other in said)
        interval = self._resampling.of_kappa(said)
        return Figure(found.value, interval, len({at for at, *_ in said}), len(said), found.single)

    def alpha(self, what: str, level: Level) -> Figure:
        """Give Krippendorff's alpha of what all say."""
        units = [(at, unit) for at, one in enumerate(self.articles) for unit in one.among.units.get(what, ())]
        if not units:
            return NO_FIGURE
        # Categories get numbers in their order; values are numbers already.
        named = sorted({answer for _, unit in units for answer in unit if isinstance(answer, str)})
        place = {name: float(at) for at, name in enumerate(named)}
        numbered = [(at, [place[one] if isinstance(one, str) else one for one in unit]) for at, unit in units]
        most = max(len(unit) for _, unit in numbered)
        nothing = float("nan")
        found = alpha(
            [[unit[row] if row < len(unit) else nothing for _, unit in numbered] for row in range(most)], level
        )
        interval = self._resampling.of_alpha([one for at, unit in numbered for one in _meetings(at, unit)], level)
        return Figure(found.value, interval, len({at for at, _ in units}), len(units), found.single)

    def _by_article(self, key: Key, chosen: Chosen) -> list[Fraction]:
        return [_sum(one.shares.get(key, NONE) for one in chosen(article)) for article in self.articles]


def _sum(fractions: Iterable[Fraction]) -> Fraction:
    parts = wholes = 0
    for part, whole in fractions:
        parts, wholes = parts + part, wholes + whole
    return Fraction(parts, wholes)


def _meetings(article: int, unit: Sequence[float]) -> Iterable[Meeting]:
    times = 1 / (len(unit) - 1)
    return (
        Meeting(article, one, other, times)
        for i, one in enumerate(unit)
        for j, other in enumerate(unit)
        if i != j
    )  # fmt: skip
