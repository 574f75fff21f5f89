"""What several finders propose for one text, as one list: a kind and span is one candidate that names all of them.

Ours come first and what they say stays: another finder only adds what was not said yet, so that nothing that annotators
confirmed means something else afterwards. Proposes nothing itself.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from annotator.finders.page.regions import read_spans
from annotator.model.article import Region
from annotator.model.mention import Candidate
from annotator.model.suggestions import Candidates
from annotator.text.span import Span


def together(regions: Iterable[Region], ours: Candidates, others: Iterable[Iterable[Candidate]]) -> Candidates:
    """Give our candidates and those of other finders of one text, one for each kind and span, in reading order.

    What others propose outside the regions that an annotator reads is left out.
    """
    inside = read_spans(regions)
    theirs: dict[str, Candidate] = {}
    for proposed in others:
        for one in within(proposed, inside):
            theirs[one.id] = _both(theirs[one.id], one) if one.id in theirs else one
    met = {one.id: number for one in theirs.values() if (number := ours.number_of(one.id)) is not None}
    added = (_both(ours[met[name]], one) if name in met else one for name, one in theirs.items())
    return ours.changed(frozenset(met.values()), added)


def within(candidates: Iterable[Candidate], stretches: Sequence[Span]) -> Iterator[Candidate]:
    """Give the candidates that lie wholly in one of the stretches, which are in order and apart."""
    starts = [stretch.start for stretch in stretches]
    for one in candidates:
        number = bisect_right(starts, one.start) - 1
        if number >= 0 and stretches[number].covers(one.span):
            yield one


def _both(first: Candidate, then: Candidate) -> Candidate:
    """Give one candidate for two of one kind and span: named by both, saying what the first says and then the other."""
    added = {name: getattr(then, name) for name in _SAID if not getattr(first, name) and getattr(then, name)}
    finders = tuple(dict.fromkeys(first.finders + then.finders))
    return first.model_copy(update=added | {"finders": finders})


_SAID = ("label", "ref", "value", "trigger_class", "marks", "head")
"""What a finder may say of a span beside its kind."""
