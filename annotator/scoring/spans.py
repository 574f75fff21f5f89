"""Scores of labelled spans as they are, without a file and without a workspace: what an evaluation script calls.

The same rules as those of mentions (`mention_levels.py`), on plain tuples and made for many of them. Keeps one article.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

import orjson

from annotator.matching.partial import Stretch, credit, equal
from annotator.scoring.figures import figures
from annotator.scoring.score import Score, Sum
from annotator.scoring.signature import GoldName, Signature, signature

Labelled = tuple[int, int, str]
"""Start and end in code points, half-open, and a label."""


class SpanScores(NamedTuple):
    """Micro scores of labelled spans, one-to-one, by what counts as a match."""

    strict: Score
    """Same span, same label."""
    exact: Score
    """Same span."""
    overlap: Score
    """Any text in common, same label: full credit."""
    half: Score
    """Like `overlap`, at half the credit unless the span is the same."""
    iou: Score
    """Like `overlap`, with the share of text in common (intersection over union) as credit."""
    signature: Signature
    """What the figures mean."""

    def plain(self) -> dict[str, Any]:
        """Give the scores for JSON: figures rounded to six digits, undefined ones None."""
        return {name: figures(getattr(self, name)) for name in WAYS} | {
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
        }

    def to_json(self) -> bytes:
        """Give the scores as JSON with sorted keys and a final newline: the same bytes for the same counts."""
        return orjson.dumps(self.plain(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


WAYS = ("strict", "exact", "overlap", "half", "iou")
"""What can count as a match."""


def score_spans(gold: Iterable[Iterable[Labelled]], pred: Iterable[Iterable[Labelled]]) -> SpanScores:
    """Give the scores of predicted spans, per article a list of `(start, end, label)`: the nth of both are one article.

    Ends are exclusive, so spans that touch share nothing. No order changes a figure; a prediction given twice is right
    once; 0/0 is None. Both sides may be generators: one article is held at a time. Raises ValueError for a span that
    covers nothing, a span that gold has twice, and for more articles on one side.

    >>> import annotator
    >>> gold = [[(0, 5, "PER"), (9, 14, "LOC")], []]
    >>> pred = [[(0, 5, "PER"), (9, 12, "LOC")], [(3, 7, "PER")]]
    >>> scores = annotator.score_spans(gold, pred)
    >>> scores.strict
    Score(tp=1, pred=3, gold=2)
    >>> scores.strict.precision, scores.strict.recall, scores.strict.f1
    (0.3333333333333333, 0.5, 0.4)
    >>> scores.overlap.tp, scores.half.tp, scores.iou.tp
    (2, Fraction(3, 2), Fraction(8, 5))
    >>> print(annotator.score_spans([[]], [[]]).exact.f1)
    None
    """
    sums = [Sum() for _ in WAYS]
    articles = 0
    for articles, (ours, theirs) in enumerate(_joined(gold, pred), start=1):
        _add(sums, _taken(ours, "gold", articles), _taken(theirs, "pred", articles), articles)
    strict, exact, overlap, half, iou = (one.score() for one in sums)
    signed = signature(GoldName(), articles, set())._replace(task="spans", match="+".join(WAYS), attached="none")
    return SpanScores(strict, exact, overlap, half, iou, signed)


def _joined(
    gold: Iterable[Iterable[Labelled]], pred: Iterable[Iterable[Labelled]]
) -> Iterator[tuple[Iterable[Labelled], Iterable[Labelled]]]:
    for ours, theirs in zip_longest(gold, pred):
        if ours is None or theirs is None:
            raise ValueError(f"{'pred' if ours is None else 'gold'} has more articles than the other side")
        yield ours, theirs


def _taken(spans: Iterable[Labelled], side: str, article: int) -> list[Labelled]:
    """Give the spans of an article as tuples, which they are not yet when they come out of JSON."""
    taken = [(start, end, label) for start, end, label in spans]
    for one in taken:
        if not 0 <= one[0] < one[1]:
            raise ValueError(f"{side}, article {article}: the span {one!r} covers nothing")
    return taken


def _add(sums: Sequence[Sum], gold: list[Labelled], pred: list[Labelled], article: int) -> None:
    """Add the counts of one article."""
    ours, theirs = set(gold), set(pred)
    if len(ours) < len(gold):
        (twice, _), *_ = Counter(gold).most_common(1)
        raise ValueError(f"gold, article {article}: the span {twice!r} stands there twice")
    common = ours & theirs
    counts = [len(common)] * len(WAYS)
    if len(common) < min(len(gold), len(pred)):
        left: Collection[Labelled] = ours - common
        wrong: Collection[Labelled] = theirs - common
        if len(theirs) < len(pred):
            wrong = list((Counter(pred) - Counter(common)).elements())
        counts[1] += equal([one[:2] for one in left], [one[:2] for one in wrong])
        labels = {one[2] for one in left} & {one[2] for one in wrong}
        if labels:
            _add_partial(sums, counts, _by_label(gold, labels), _by_label(pred, labels))
    for one, count in zip(sums, counts, strict=True):
        one.add_counts(count, len(pred), len(gold))


def _add_partial(
    sums: Sequence[Sum], counts: list[int], gold: dict[str, list[Stretch]], pred: dict[str, list[Stretch]]
) -> None:
    """Add what spans of one label that are not the same are worth beside those that are."""
    *_, half, iou = sums
    for label, spans in gold.items():
        worth = credit(spans, pred[label])
        counts[2] += worth.overlap - worth.exact
        half.add_share(worth.halves - 2 * worth.exact, 2)
        for part, whole in worth.shares:
            iou.add_share(part, whole)


def _by_label(spans: Iterable[Labelled], labels: Collection[str]) -> dict[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = defaultdict(list)
    for start, end, label in spans:
        if label in labels:
            found[label].append((start, end))
    return found
