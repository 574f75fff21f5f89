"""Which regions and rejected candidates are new, gone, or otherwise: stretches that no event refers to."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from annotator.gold.change import Change, Place
from annotator.gold.telling import place_of, rejection, where
from annotator.matching.assignment import assign
from annotator.matching.spans import overlapping
from annotator.model.article import Region
from annotator.model.mention import Kind
from annotator.model.record import Rejected
from annotator.text.span import Span, span

_Stretch = TypeVar("_Stretch", Region, Rejected)


def changes_of_regions(before: Sequence[Region], after: Sequence[Region]) -> Iterator[Change]:
    """Give how the regions of an article differ."""

    def told(region: Region) -> str:
        return f"{region.kind} {region.start}-{region.end}"

    for was, now in _paired(before, after):
        here = now or was
        assert here is not None
        yield Change(
            what="region",
            how="added" if was is None else "removed" if now is None else "changed",
            place=Place(start=here.start, end=here.end),
            before=told(was) if was else None,
            after=told(now) if now else None,
        )


def changes_of_rejected(before: Sequence[Rejected], after: Sequence[Rejected]) -> Iterator[Change]:
    """Give how the candidates differ that people said no to."""
    for kind in sorted({one.kind for one in (*before, *after)}):
        yield from _of_a_kind(kind, *([one for one in side if one.kind == kind] for side in (before, after)))


def _of_a_kind(kind: Kind, before: Sequence[Rejected], after: Sequence[Rejected]) -> Iterator[Change]:
    def told(rejected: Rejected, moved: bool) -> str:
        return f"{where(place_of(rejected))} {rejection(rejected)}" if moved else rejection(rejected)

    for was, now in _paired(before, after):
        here = now or was
        assert here is not None
        moved = was is not None and now is not None and place_of(was) != place_of(now)
        yield Change(
            what="rejected",
            how="added" if was is None else "removed" if now is None else "changed",
            kind=kind,
            place=place_of(here),
            before=told(was, moved) if was else None,
            after=told(now, moved) if now else None,
        )


def _paired(before: Sequence[_Stretch], after: Sequence[_Stretch]) -> Iterator[tuple[_Stretch | None, _Stretch | None]]:
    """Give what differs, as pairs of what shares text: most alike first, one-to-one, whichever side comes first."""
    ours, theirs = sorted(before, key=_by_content), sorted(after, key=_by_content)
    if list(map(_by_content, theirs)) < list(map(_by_content, ours)):
        pairs = tuple((i, j) for j, i in assign(_likenesses(theirs, ours)))
    else:
        pairs = assign(_likenesses(ours, theirs))
    for i, j in pairs:
        if _by_content(ours[i]) != _by_content(theirs[j]):
            yield ours[i], theirs[j]
    paired_a, paired_b = {i for i, _ in pairs}, {j for _, j in pairs}
    yield from ((one, None) for i, one in enumerate(ours) if i not in paired_a)
    yield from ((None, one) for j, one in enumerate(theirs) if j not in paired_b)


def _likenesses(a: Sequence[_Stretch], b: Sequence[_Stretch]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Give how like the stretches that share text are: the very same, the same span, text in common."""
    spans = [[_span(one) for one in side] for side in (a, b)]
    return {
        (i, j): (
            int(_by_content(a[i]) == _by_content(b[j])),
            int(spans[0][i] == spans[1][j]),
            int(a[i].kind == b[j].kind),
            spans[0][i].overlap(spans[1][j]),
        )
        for i, j in overlapping(*spans)
    }


def _span(stretch: _Stretch) -> Span:
    return span(stretch.start, stretch.end)


def _by_content(stretch: _Stretch) -> tuple[int, int, str]:
    """Sort key: where a stretch lies and what it says; equal for stretches that say the same."""
    return stretch.start, stretch.end, repr(stretch)
