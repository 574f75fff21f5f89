"""Mentions: right by span and label, by span alone, by any overlap, by half credit, by intersection over union."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from annotator.matching.partial import Credit, credit, equal
from annotator.scoring.counting import NO_LABEL, Counts, Part, Row, Rows, more
from annotator.scoring.document import Document, ScoredMention
from annotator.text.span import Span

LEVELS = {
    "mentions-strict": ("kind", "label"),
    "mentions-exact": ("kind",),
    "mentions-overlap": ("kind", "label"),
    "mentions-half": ("kind", "label"),
    "mentions-iou": ("kind", "label"),
}
"""Name and facets of each level."""

_BY_LABEL = ("mentions-strict", "mentions-overlap", "mentions-half", "mentions-iou")

_Spans = Mapping[Row, Sequence[Span]]
"""The mentions of one side by kind and label."""


def count_mentions(gold: Document, predicted: Document) -> Iterator[Part]:
    """Count mentions of one kind at every level; but for `mentions-exact` also of one label."""
    ours, theirs = _by_row(gold.mentions), _by_row(predicted.mentions)
    right: dict[Row, int] = {}
    partial: list[tuple[Row, Credit]] = []
    for row, golden in ours.items():
        found = theirs.get(row, ())
        if golden == found:
            right[row] = len(golden)
        elif found:
            worth = credit(golden, found)
            right[row] = worth.exact
            if worth.overlap > worth.exact:
                partial.append((row, worth))
    yield _BY_LABEL, Counts(_sizes(ours), _sizes(theirs), right)
    yield ("mentions-exact",), _count_by_span(ours, theirs, right)
    if partial:
        yield ("mentions-overlap",), more({row: worth.overlap - worth.exact for row, worth in partial})
        halves = [(row, worth.halves - 2 * worth.exact, 2) for row, worth in partial]
        shares = [(row, *share) for row, worth in partial for share in worth.shares]
        yield ("mentions-half",), Counts({}, {}, {}, halves)
        yield ("mentions-iou",), Counts({}, {}, {}, shares)


def _by_row(mentions: Iterable[ScoredMention]) -> dict[Row, list[Span]]:
    rows: dict[Row, list[Span]] = defaultdict(list)
    for mention in mentions:
        rows[mention.kind, mention.label or NO_LABEL].append(mention.span)
    return rows


def _sizes(spans: _Spans) -> dict[Row, int]:
    return {row: len(found) for row, found in spans.items()}


def _count_by_span(ours: _Spans, theirs: _Spans, right: Rows) -> Counts:
    """Count by span alone: what is right with its label, and what only the labels keep apart."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in ours.keys() | theirs.keys():
        rows[row[0]].append(row)
    golden: dict[Row, int] = {}
    found: dict[Row, int] = {}
    same: dict[Row, int] = {}
    for kind, of_kind in rows.items():
        one, other = ([side[row] for row in of_kind if row in side] for side in (ours, theirs))
        golden[kind,], found[kind,] = sum(map(len, one)), sum(map(len, other))
        if one and other:
            alone = len(of_kind) == 1
            same[kind,] = right[of_kind[0]] if alone else equal([*chain(*one)], [*chain(*other)])
    return Counts(golden, found, same)
