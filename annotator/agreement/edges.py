"""How far the edges of what two annotators marked lie apart. Which of the two is longer is nobody's to say."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from annotator.agreement.compared import Compared
from annotator.agreement.report import Edges

_FROM = (0, 1, 2, 3, 6, 11, 21)
BUCKETS = ("same", "1", "2", "3-5", "6-10", "11-20", "21+")
"""Code points between two edges. An Arabic clitic is one or two, an English article four."""


def edges_of(articles: Iterable[Compared]) -> tuple[Edges, ...]:
    """Give by language and edge how often aligned mentions of two annotators lie so far apart."""
    found: dict[tuple[str, str], Counter[int]] = {}
    for article in articles:
        for pair in article.pairs.values():
            for _, boundary in pair.edges:
                for edge, far in boundary._asdict().items():
                    bucket = bisect_right(_FROM, abs(far)) - 1
                    found.setdefault((article.language, edge), Counter())[bucket] += 1
    return tuple(
        Edges(language, edge, tuple(found[language, edge][bucket] for bucket in range(len(BUCKETS))))
        for language, edge in sorted(found, key=lambda one: (one[0], one[1] == "end"))
    )
