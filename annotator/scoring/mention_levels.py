"""Mentions: right by span and label, by span alone, by any overlap, by half credit, by intersection over union."""

from collections import defaultdict
from collections.abc import Iterable

from annotator.matching.partial import credit
from annotator.scoring.counting import NO_LABEL, Counts, Item, Row, same_items
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.score import Score, plain
from annotator.text.span import Span

LEVELS = {
    "mentions-strict": ("kind", "label"),
    "mentions-exact": ("kind",),
    "mentions-overlap": ("kind", "label"),
    "mentions-half": ("kind", "label"),
    "mentions-iou": ("kind", "label"),
}
"""Name and facets of each level, in the order in which `count_mentions` gives them."""


def count_mentions(gold: Document, predicted: Document) -> tuple[Counts, ...]:
    """Count mentions of one kind at every level; but for `mentions-exact` also of one label."""
    strict: Counts = {}
    overlap: Counts = {}
    half: Counts = {}
    iou: Counts = {}
    ours, theirs = _by_row(gold.mentions), _by_row(predicted.mentions)
    for row in ours.keys() | theirs.keys():
        golden, found = ours.get(row, ()), theirs.get(row, ())
        worth = credit(golden, found)
        sizes = len(found), len(golden)
        strict[row] = overlap[row] = half[row] = iou[row] = Score(worth.exact, *sizes)
        if worth.overlap > worth.exact:
            overlap[row] = Score(worth.overlap, *sizes)
            half[row] = Score(plain(worth.half), *sizes)
            iou[row] = Score(plain(worth.iou), *sizes)
    return strict, _count_by_span(gold, predicted), overlap, half, iou


def _by_row(mentions: Iterable[ScoredMention]) -> dict[Row, list[Span]]:
    rows: dict[Row, list[Span]] = defaultdict(list)
    for mention in mentions:
        rows[mention.kind, mention.label or NO_LABEL].append(mention.span)
    return rows


def _of_kind(document: Document) -> list[Item]:
    return [((mention.kind,), mention.span) for mention in document.mentions]


_count_by_span = same_items(_of_kind)
