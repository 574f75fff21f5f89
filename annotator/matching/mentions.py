"""Which mentions of two annotations of one article are the same mention. Decides by kind and span, never by id."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.matching.assignment import Pair, assign
from annotator.matching.clusters import Cluster, clusters
from annotator.matching.spans import overlapping
from annotator.model.mention import KINDS, Mention
from annotator.model.value import NumberValue, TimeValue

_KIND_ORDER = {kind: rank for rank, kind in enumerate(KINDS)}


def pair_mentions(a: Sequence[Mention], b: Sequence[Mention]) -> tuple[tuple[int, int], ...]:
    """Give the index pairs of `a` and `b` that are one mention, in the order of `a`: same kind, sharing text.

    Most exact spans first, then most code points in common, then most equal labels, refs and values; one-to-one. No
    order of either list changes which mentions are paired, as long as ids are unique.
    """
    order_a, order_b = _canonical(a), _canonical(b)
    weights = likenesses([a[index] for index in order_a], [b[index] for index in order_b])
    return tuple(sorted((order_a[i], order_b[j]) for i, j in assign(weights)))


def cluster_mentions(by_person: Mapping[str, Sequence[Mention]]) -> list[Cluster[Mention]]:
    """Give the mentions of several people as clusters of one mention each, in reading order."""
    return clusters(by_person, _by_content, likenesses)


def likenesses(a: Sequence[Mention], b: Sequence[Mention]) -> dict[Pair, tuple[int, ...]]:
    """Give how like each mention of `a` is to each of `b` that may be the same one, by index pair."""
    return {
        (i, j): _likeness(a[i], b[j])
        for i, j in overlapping([one.span for one in a], [one.span for one in b])
        if a[i].kind == b[j].kind
    }


def _likeness(one: Mention, other: Mention) -> tuple[int, ...]:
    return (
        int(one.span == other.span),
        one.span.overlap(other.span),
        (one.label == other.label) + (one.ref == other.ref),
        int(_value(one) == _value(other)),
    )


def _canonical(mentions: Sequence[Mention]) -> list[int]:
    """Give the indices in reading order, ties by what the mentions say."""
    return sorted(range(len(mentions)), key=lambda index: (_by_content(mentions[index]), mentions[index].id))


def _by_content(mention: Mention) -> tuple[object, ...]:
    """Sort key that no id decides."""
    return (
        mention.start, mention.end, _KIND_ORDER[mention.kind], mention.label or "", mention.ref or "",
        repr(_value(mention)),
    )  # fmt: skip


def _value(mention: Mention) -> tuple[object, ...] | None:
    """Give a value without the id of the mention that a fraction is taken of: no two people share ids."""
    match mention.value:
        case NumberValue() as said:
            return said.low, said.high, said.best, said.qualifier, said.unit, said.scope, said.num, said.den
        case TimeValue() as said:
            return said.value, said.precision, said.anchor, said.offset
        case None:
            return None


def same_claims(a: Sequence[Mention], b: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Give the index pairs of `a` and `b` that claim the same of text that they share, wherever their edges lie.

    What is claimed is a trigger's type, an actor's or place's entry, a number's figures, a time's date: not how it is
    said, nor the unit. In no set order.
    """
    for one, other in overlapping([mention.span for mention in a], [mention.span for mention in b]):
        if _claim(a[one]) == _claim(b[other]):
            yield one, other


def _claim(mention: Mention) -> tuple[object, ...]:
    match mention.value:
        case NumberValue(low=low, high=high, best=best, num=num, den=den):
            return mention.kind, low, high, best, num, den
        case TimeValue(value=date, offset=offset):
            return mention.kind, date, offset
        case None:
            return mention.kind, mention.label if mention.kind == "trigger" else mention.ref
