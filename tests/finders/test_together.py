"""Several finders over one text: one candidate for a kind and span, which names all of them."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.finders.together import together, within
from annotator.model.annotation import reading_order
from annotator.model.article import Region
from annotator.model.mention import Candidate, Kind, candidate_id
from annotator.model.suggestions import Candidates
from annotator.model.value import NumberValue
from annotator.text.span import CodePoint, span

TEXT = "Title\n\nISIS shelled Khasham; 6 died.\n\nWe use cookies, ISIS."
REGIONS = tuple(
    Region.model_validate({"kind": kind, "start": start, "end": end})
    for kind, start, end in (("title", 0, 5), ("body", 7, 36), ("cookie_banner", 38, 59))
)


def proposed(by: str, kind: Kind, quote: str, nth: int = 0, **says: Any) -> Candidate:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    end = start + len(quote)
    return Candidate(
        id=candidate_id(kind, start, end),
        kind=kind,
        start=CodePoint(start),
        end=CodePoint(end),
        quote=quote,
        finders=(by,),
        **says,
    )


def merged(ours: list[Candidate], *others: list[Candidate]) -> list[Candidate]:
    return list(together(REGIONS, Candidates.of(TEXT, ours), others))


def test_one_span_of_one_kind_is_one_candidate_that_names_all() -> None:
    found = merged(
        [proposed("lexicon/2", "actor", "ISIS", ref="isis")],
        [proposed("alpha 1", "actor", "ISIS", ref="daesh", label="armed group")],
        [proposed("beta 2", "actor", "ISIS", label="organization")],
    )
    assert [(one.finders, one.ref, one.label) for one in found] == [
        (("lexicon/2", "alpha 1", "beta 2"), "isis", "armed group")
    ]


def test_what_ours_say_stays_and_others_add_what_was_not_said() -> None:
    six, more = NumberValue(low=6, high=6, best=6), NumberValue(low=6)
    own = [proposed("lexicon/2", "trigger", "shelled", label="strike.artillery"), proposed("lexicon/2", "number", "6")]
    others = [
        proposed("alpha 1", "trigger", "shelled", label="clash.armed", trigger_class="event"),
        proposed("alpha 1", "number", "6", value=six),
    ]
    trigger, number = merged(own, others, [proposed("beta 2", "number", "6", value=more)])
    assert (trigger.label, trigger.trigger_class) == ("strike.artillery", "event")
    assert number.value == six
    assert number.finders == ("lexicon/2", "alpha 1", "beta 2")


def test_other_kinds_and_spans_are_candidates_of_their_own_in_reading_order() -> None:
    found = merged(
        [proposed("lexicon/2", "place", "Khasham")],
        [proposed("alpha 1", "actor", "Khasham"), proposed("alpha 1", "actor", "ISIS shelled")],
        [proposed("alpha 1", "actor", "ISIS")],
    )
    assert [(one.kind, one.quote) for one in found] == [
        ("actor", "ISIS shelled"), ("actor", "ISIS"), ("actor", "Khasham"), ("place", "Khasham"),
    ]  # fmt: skip


def test_nothing_is_proposed_in_boilerplate_or_across_its_edge() -> None:
    across = Candidate(
        id="actor:30-40",
        kind="actor",
        start=CodePoint(30),
        end=CodePoint(40),
        quote=span(30, 40).of(TEXT),
        finders=("a",),
    )
    assert merged([], [proposed("alpha 1", "actor", "ISIS", nth=1), across]) == []


def test_what_proposes_one_span_twice_is_named_once() -> None:
    twice = [proposed("alpha 1", "actor", "ISIS"), proposed("alpha 1", "actor", "ISIS", ref="isis")]
    (one,) = merged([], twice)
    assert (one.finders, one.ref) == (("alpha 1",), "isis")


def test_what_begins_before_the_first_stretch_or_reaches_behind_one_lies_in_none() -> None:
    places = [(0, 3), (1, 2), (4, 6), (5, 9), (8, 9), (12, 14), (9, 11)]
    found = [
        Candidate(
            id=f"actor:{s}-{e}", kind="actor", start=CodePoint(s), end=CodePoint(e), quote=TEXT[s:e], finders=("a",)
        )
        for s, e in places
    ]
    assert [one.id for one in within(found, [span(1, 6), span(8, 11)])] == [
        "actor:1-2", "actor:4-6", "actor:8-9", "actor:9-11",
    ]  # fmt: skip
    assert list(within(found, [])) == []


KINDS_HERE: tuple[Kind, ...] = ("actor", "place")
SPANS = st.tuples(
    st.sampled_from(KINDS_HERE), st.integers(7, 20), st.integers(1, 9), st.sampled_from([None, "r1", "r2"])
)


def listed(by: str, rows: list[tuple[Kind, int, int, str | None]]) -> list[Candidate]:
    made = {}
    for kind, start, length, ref in rows:
        end = start + length
        name = candidate_id(kind, start, end)
        made[name] = Candidate(
            id=name,
            kind=kind,
            start=CodePoint(start),
            end=CodePoint(end),
            quote=TEXT[start:end],
            finders=(by,),
            ref=ref,
        )
    return sorted(made.values(), key=reading_order)


@given(st.lists(SPANS), st.lists(SPANS), st.lists(SPANS))
def test_every_proposal_is_in_one_candidate_with_its_finder_and_ours_keep_what_they_say(
    ours: list[Any], alphas: list[Any], betas: list[Any]
) -> None:
    lists = {by: listed(by, rows) for by, rows in (("lexicon/2", ours), ("alpha", alphas), ("beta", betas))}
    found = merged(lists["lexicon/2"], lists["alpha"], lists["beta"])
    assert found == sorted(found, key=reading_order)
    by_id = {one.id: one for one in found}
    assert len(by_id) == len(found)
    for name, one in by_id.items():
        assert one.finders == tuple(
            by for by, candidates in lists.items() if name in {other.id for other in candidates}
        )
        said = [other.ref for candidates in lists.values() for other in candidates if other.id == name and other.ref]
        assert one.ref == next(iter(said), None)
    assert set(by_id) == {other.id for candidates in lists.values() for other in candidates}
