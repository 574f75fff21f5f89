import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from annotator.model.annotation import reading_order
from annotator.model.mention import KINDS, Candidate, Kind, candidate_id
from annotator.model.suggestions import Candidates, Packed, Said
from annotator.model.value import NumberValue
from annotator.text.span import span

TEXT = "Airstrikes killed 12 civilians near Idlib. " * 3


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Candidates of `TEXT` in reading order, of which many say the same."""
    found = {}
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end, kind = draw(st.integers(start + 1, len(TEXT))), draw(st.sampled_from(KINDS))
        one = candidate_id(kind, start, end)
        found[one] = Candidate(
            id=one,
            kind=kind,
            start=start,
            end=end,
            quote=TEXT[start:end],
            label=draw(st.sampled_from(["clash.armed", None])),
            ref=draw(st.sampled_from(["isis", None])),
            value=NumberValue(low=draw(st.integers(0, 2))) if kind == "number" else None,
            finders=draw(st.sampled_from([("lexicon/1",), ("lexicon/1", "theirs 2")])),
            marks=draw(st.sampled_from([(), ("negated",)])),
            head=draw(st.sampled_from([None, (0, end - start)])),
            trigger_class=draw(st.sampled_from(["event", "casualty", None])),
        )
    return sorted(found.values(), key=reading_order)


@given(candidates())
def test_packing_loses_nothing(found: list[Candidate]) -> None:
    packed = Candidates.of(TEXT, found)
    assert list(packed) == found
    assert packed[1:] == found[1:]
    assert [packed.place(number) for number in range(len(packed))] == [reading_order(one) for one in found]
    assert packed.longest == max((one.end - one.start for one in found), default=0)
    again = Candidates(TEXT, Packed.model_validate_json(packed.packed().model_dump_json()))
    assert (again, list(again)) == (packed, found)


@given(candidates(), st.text(alphabet="trigeplac:-0123456789٣", max_size=12))
def test_an_id_leads_to_its_candidate_and_no_other_does(found: list[Candidate], other: str) -> None:
    packed = Candidates.of(TEXT, found)
    assert [packed.number_of(one.id) for one in found] == list(range(len(found)))
    ids = [one.id for one in found]
    for written in (other, "m-0123", "", ":-", *(f"{one}0" for one in ids), *(one.replace(":", ":0") for one in ids)):
        assert packed.number_of(written) == (ids.index(written) if written in ids else None)


SAID = (Said(kind="trigger", finders=("lexicon/1",)),)


@pytest.mark.parametrize(
    ("starts", "ends", "which"),
    [((0,), (3, 5), (0,)), ((3,), (3,), (0,)), ((5, 0), (6, 1), (0, 0)), ((0,), (3,), (1,)), ((0,), (3,), (-1,))],
)
def test_columns_that_do_not_fit_together_are_refused(starts: object, ends: object, which: object) -> None:
    with pytest.raises(ValidationError):
        Packed.model_validate({"said": SAID, "starts": starts, "ends": ends, "which": which})


@given(candidates(), st.data())
def test_some_go_and_others_come(found: list[Candidate], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(len(found))))) if found else set()
    stay = [one for number, one in enumerate(found) if number not in gone]
    added = [one for one in data.draw(candidates()) if one.id not in {other.id for other in stay}]
    changed = Candidates.of(TEXT, found).changed(gone, added)
    assert list(changed) == sorted([*stay, *added], key=reading_order)
    assert Candidates(TEXT, Packed.model_validate_json(changed.packed().model_dump_json())) == changed


@given(candidates(), st.integers(0, len(TEXT) - 1), st.integers(1, 20), st.sampled_from(KINDS))
def test_what_stands_over_a_stretch(found: list[Candidate], start: int, long: int, kind: Kind) -> None:
    stretch = span(start, start + long)
    over = Candidates.of(TEXT, found).over(stretch, kind)
    assert over == [n for n, one in enumerate(found) if one.kind == kind and one.span.overlaps(stretch)]
