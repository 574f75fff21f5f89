from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from annotator.model.canonical import MAX_INTEGER, canonical_json
from annotator.model.decision import Decision
from annotator.model.event import Event
from annotator.model.mention import Candidate, Mention, candidate_id
from annotator.model.value import NumberValue, TimeValue

MENTION: dict[str, Any] = {"id": "m1", "kind": "actor", "start": 3, "end": 7, "quote": "ISIS"}


def mention(**fields: Any) -> Mention:
    return Mention.model_validate(MENTION | fields)


@pytest.mark.parametrize("offset", [True, False, 1.0, "1", -1, MAX_INTEGER + 1, 2**70, None, [1], 4.5])
@pytest.mark.parametrize("field", ["start", "end"])
def test_only_an_exact_integer_that_is_not_negative_is_an_offset(field: str, offset: Any) -> None:
    with pytest.raises(ValidationError):
        mention(**{"start": 0, "end": 9} | {field: offset})


@pytest.mark.parametrize(("start", "end"), [(3, 3), (7, 3)])
def test_an_empty_or_reversed_span_is_no_mention(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match="empty or reversed"):
        mention(start=start, end=end)


@pytest.mark.parametrize("field", ["id", "label", "ref"])
def test_names_are_never_empty(field: str) -> None:
    with pytest.raises(ValidationError):
        mention(**{field: ""})


@pytest.mark.parametrize("quote", [b"ISIS", 5, None])
def test_a_quote_is_text(quote: Any) -> None:
    with pytest.raises(ValidationError):
        mention(quote=quote)


def test_unknown_fields_are_refused_and_nothing_can_be_changed() -> None:
    with pytest.raises(ValidationError, match="colour"):
        mention(colour="red")
    with pytest.raises(ValidationError, match="frozen"):
        mention().start = 5  # type: ignore[misc, assignment]


@pytest.mark.parametrize(
    ("kind", "value", "possible"),
    [
        ("number", NumberValue(low=1), True),
        ("time", TimeValue(), True),
        ("number", TimeValue(), False),
        ("time", NumberValue(low=1), False),
        ("actor", NumberValue(low=1), False),
        ("trigger", TimeValue(), False),
        ("place", None, True),
    ],
)
def test_only_numbers_and_times_carry_a_value_and_each_its_own(kind: str, value: Any, possible: bool) -> None:
    if possible:
        assert mention(kind=kind, value=value).value == value
    else:
        with pytest.raises(ValidationError, match=f"a {kind} cannot carry"):
            mention(kind=kind, value=value)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"low": 5, "high": 4}, "above"),
        ({"num": 1}, "both num and den"),
        ({"den": 3}, "both num and den"),
        ({"num": 1, "den": 0}, "positive"),
        ({"num": 1, "den": -3}, "positive"),
        ({"low": 1.0}, "int"),
        ({"low": True}, "int"),
        ({"high": "5"}, "int"),
        ({"best": MAX_INTEGER + 1}, "less than"),
    ],
)
def test_a_number_that_contradicts_itself_is_none(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        NumberValue.model_validate(fields)


def test_equal_bounds_and_zero_are_fine() -> None:
    assert NumberValue(low=0, high=0, best=0).low == 0


def test_a_numbers_open_bounds_are_written_and_nothing_else_that_is_absent() -> None:
    assert NumberValue(low=6, qualifier="at_least").plain() == {
        "low": 6, "high": None, "best": None, "qualifier": "at_least",
    }  # fmt: skip
    assert mention().plain() == MENTION
    assert mention(kind="time", value=TimeValue(anchor="publication")).plain()["value"] == {
        "precision": "unresolved", "anchor": "publication",
    }  # fmt: skip


@pytest.mark.parametrize("background", [1, "true", None])
def test_background_is_true_or_false(background: Any) -> None:
    with pytest.raises(ValidationError):
        Event(id="e1", type="t", triggers=("m1",), background=background)


def test_an_event_needs_a_trigger_and_a_decision_a_change() -> None:
    with pytest.raises(ValidationError):
        Event(id="e1", type="t", triggers=())
    with pytest.raises(ValidationError):
        Decision(
            id="d", person="a1", article_id="x", text_sha256="0" * 64, stage="label", made_at=0, changes=()
        )  # fmt: skip


@pytest.mark.parametrize("digest", ["0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_a_digest_is_64_small_hexadecimal_digits(made: Any, digest: str) -> None:
    plain = made.decision(1, *[{"change": "finish", "finished": True}]).plain()
    assert Decision.model_validate(plain).plain() == plain
    with pytest.raises(ValidationError):
        Decision.model_validate(plain | {"text_sha256": digest})


def test_a_candidate_asserts_itself_without_its_finder() -> None:
    candidate = Candidate.model_validate(MENTION | {"finders": ("lexicon/1",), "ref": "isis"})
    assert candidate.as_mention() == mention(ref="isis")
    assert type(candidate.as_mention()) is Mention
    assert candidate_id("actor", 3, 7) == "actor:3-7"


def test_content_is_everything_but_id_and_quote() -> None:
    assert mention().content == mention(id="other").content
    for changed in ({"kind": "place"}, {"start": 2}, {"end": 9}, {"label": "x"}, {"ref": "isis"}):
        assert mention().content != mention(**changed).content


def assert_round_trip(value: BaseModel) -> None:
    written = canonical_json(value.plain())  # type: ignore[attr-defined]
    again = type(value).model_validate_json(written)
    assert again == value
    assert type(value).model_validate(orjson.loads(written)) == value
    assert canonical_json(again.plain()) == written  # type: ignore[attr-defined]


@given(st.data())
def test_what_is_written_canonically_reads_as_the_same_value(made: Any, data: st.DataObject) -> None:
    for strategy in (made.numbers(), made.times(), made.mentions(), made.events(), made.decisions()):
        assert_round_trip(data.draw(strategy))
