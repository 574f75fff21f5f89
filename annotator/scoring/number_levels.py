"""Numbers: of the same span, right by their value, by bounds that overlap, or by lying within gold's bounds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from annotator.matching.assignment import assign
from annotator.matching.numbers import bounds_overlap, same_value, within
from annotator.scoring.counting import Counts, Part, in_both, in_one_row, more
from annotator.scoring.document import Amount, Document
from annotator.text.span import Span

LEVELS: Mapping[str, tuple[str, ...]] = {"numbers-exact": (), "numbers-bounds": (), "numbers-within": ()}
"""Name and facets of each level.

Exact: bounds, best, unit and fraction are the same. Bounds: both may be true, as an open bound excludes nothing; units
are not compared. Within: the predicted number lies inside gold's bounds; the one level at which the two sides have
different parts.
"""


def count_numbers(gold: Document, predicted: Document) -> Iterator[Part]:
    """Count the numbers that carry a value: a number without one claims nothing that could be right or wrong."""
    ours, theirs = _by_span(gold), _by_span(predicted)
    if not ours and not theirs:
        return
    exact = bounds = inside = 0
    for where, golden in ours.items():
        if found := theirs.get(where):
            exact += len(in_both(golden, found))
            bounds += _paired(golden, found, bounds_overlap)
            inside += _paired(golden, found, _lies_within)
    golds, predictions = (in_one_row(sum(map(len, side.values()))) for side in (ours, theirs))
    yield tuple(LEVELS), Counts(golds, predictions, in_one_row(exact))
    yield ("numbers-bounds",), more(in_one_row(bounds - exact))
    yield ("numbers-within",), more(in_one_row(inside - exact))


def _by_span(document: Document) -> dict[Span, list[Amount]]:
    found: dict[Span, list[Amount]] = defaultdict(list)
    for mention in document.mentions:
        if mention.amount is not None:
            found[mention.span].append(mention.amount)
    return found


def _paired(gold: Sequence[Amount], predicted: Sequence[Amount], right: Callable[[Amount, Amount], bool]) -> int:
    """Give how many numbers of one span match at most, one-to-one, when `right` says which may: gold first."""
    if len(gold) == 1 == len(predicted):
        return int(right(gold[0], predicted[0]))
    pairs = [(i, j) for i, one in enumerate(gold) for j, other in enumerate(predicted) if right(one, other)]
    return len(assign(dict.fromkeys(pairs, 1)))


def _lies_within(gold: Amount, predicted: Amount) -> bool:
    # Within what gold leaves quite open lies everything: there only the same, which may be a fraction, is right.
    if gold.low is None and gold.high is None and gold.best is None:
        return same_value(gold, predicted)
    return within(predicted, gold)
