"""Numbers: of the same span, right by their value, by bounds that overlap, or by lying within gold's bounds."""

from collections import defaultdict
from collections.abc import Callable

from annotator.matching.assignment import assign
from annotator.matching.numbers import bounds_overlap, same_value, within
from annotator.scoring.counting import Count, Counts, Row, counts, same_items
from annotator.scoring.document import Amount, Document
from annotator.text.span import Span


def _amounts(document: Document) -> list[tuple[Row, Span, Amount]]:
    """Give the numbers that carry a value: a number without one claims nothing that could be right or wrong."""
    return [((), mention.span, mention.amount) for mention in document.mentions if mention.amount is not None]


def _paired(right: Callable[[Amount, Amount], bool]) -> Count:
    """Give the count of a level at which numbers of one span match, one-to-one, when `right` says so: gold first."""

    def count(gold: Document, predicted: Document) -> Counts:
        ours, theirs = sorted(_amounts(gold), key=_order), sorted(_amounts(predicted), key=_order)
        at: dict[Span, list[int]] = defaultdict(list)
        for i, (_, where, _) in enumerate(ours):
            at[where].append(i)
        pairs = assign(
            {
                (i, j): 1
                for j, (_, where, said) in enumerate(theirs)
                for i in at.get(where, ())
                if right(ours[i][2], said)
            }
        )
        return counts(ours, theirs, (ours[i] for i, _ in pairs))

    return count


def _order(number: tuple[Row, Span, Amount]) -> tuple[object, ...]:
    _, where, said = number
    return where, [(part is not None, part) for part in said]


def _lies_within(gold: Amount, predicted: Amount) -> bool:
    # Within what gold leaves quite open lies everything: there only the same, which may be a fraction, is right.
    if gold.low is None and gold.high is None and gold.best is None:
        return same_value(gold, predicted)
    return within(predicted, gold)


count_exact = same_items(_amounts)
"""Counts numbers that say the same: bounds, best, unit and fraction."""

count_bounds = _paired(bounds_overlap)
"""Counts numbers that may both be true: an open bound excludes nothing, units are not compared."""

count_within = _paired(_lies_within)
"""Counts predicted numbers that lie inside gold's bounds; the one level at which the two sides have different parts."""
