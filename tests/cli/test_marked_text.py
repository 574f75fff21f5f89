"""Marks that lie within and across one another: cut into pieces that nest, and together are the text again."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.gold.marked_text import pieces, step
from annotator.model.mention import KINDS, Mention

LENGTH = 12


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    places = draw(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)), max_size=6))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=len(places), max_size=len(places)))
    return [
        Mention(id=f"m{number}", kind=kind, start=start, end=min(LENGTH, start + size), quote="x")
        for number, ((start, size), kind) in enumerate(zip(places, kinds, strict=True))
    ]


@given(mentions(), st.sets(st.integers(0, LENGTH)))
def test_pieces_are_the_text_and_each_knows_what_is_over_it(found: list[Mention], breaks: set[int]):
    cut = list(pieces(LENGTH, found, breaks))
    assert [place for piece in cut for place in range(piece.start, piece.end)] == list(range(LENGTH))
    assert breaks <= {0, LENGTH, *(piece.start for piece in cut)}
    for piece in cut:
        covering = {one.id for one in found if one.start <= piece.start and piece.end <= one.end}
        assert {one.id for one in piece.over} == covering
        assert [one.start for one in piece.over] == sorted(one.start for one in piece.over)


@given(mentions())
def test_what_is_opened_is_closed_innermost_first(found: list[Mention]):
    stack: list[Mention] = []
    before: tuple[Mention, ...] = ()
    for piece in (*pieces(LENGTH, found), None):
        after = piece.over if piece else ()
        closed, opened = step(before, after)
        for one in closed:
            assert stack.pop() is one
        stack += opened
        assert tuple(stack) == after
        before = after
    assert not stack
