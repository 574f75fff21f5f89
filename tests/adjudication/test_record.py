from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.adjudication.record import decisions_sha256, record_of
from annotator.model.annotation import Annotation
from annotator.model.article import Article, Metadata, Region
from annotator.model.decision import Decision, Finish, Undo
from annotator.model.record import GoldRecord, Provenance
from annotator.model.value import NumberValue
from annotator.text.intake import text_sha256

PROVENANCE = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256="0" * 64)


@pytest.fixture(scope="session")
def to_record(made: Any) -> Any:
    digest = text_sha256(made.text)
    article = Article(
        article_id="x", text=made.text, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en")
    )

    def to_record(annotation: Annotation, accepted: Any = None) -> GoldRecord:
        return record_of(article, [Region(kind="body", start=0, end=20)], annotation, PROVENANCE, accepted)

    return to_record


def test_a_record_says_what_stands_with_ids_counted_in_reading_order(made: Any, to_record: Any) -> None:
    annotation = made.annotation(
        [
            made.mention("z", "place", 53, 60),
            made.mention("y", "trigger", 66, 72),
            made.mention("x", "trigger", 14, 20),
            made.mention("w", "actor", 14, 20),
        ],
        [
            made.event("k", "clash.armed", ["y", "x"], held=[("time", "z"), ("place", "z"), ("place", "w")]),
            made.event("l", "clash.armed", ["x"]),
        ],
        rejected={made.mention("r", "number", 21, 22): "name", made.mention("q", "number", 0, 3): None},
    )
    record = to_record(annotation)
    assert (record.article_id, record.language, record.text_sha256) == ("x", "en", text_sha256(made.text))
    assert (record.complete, record.provenance, len(record.regions)) == (True, PROVENANCE, 1)
    assert [(one.id, one.kind, one.start) for one in record.mentions] == [
        ("m1", "actor", 14), ("m2", "trigger", 14), ("m3", "place", 53), ("m4", "trigger", 66),
    ]  # fmt: skip
    assert [(one.id, one.triggers) for one in record.events] == [("e1", ("m2",)), ("e2", ("m4", "m2"))]
    assert [(held.role, held.mention) for held in record.events[1].arguments] == [
        ("place", "m1"), ("place", "m3"), ("time", "m3"),
    ]  # fmt: skip
    assert [(one.start, one.quote, one.reason) for one in record.rejected] == [(0, "The", None), (21, "6", "name")]


def test_what_is_unsure_or_hangs_on_it_is_not_in_the_record(made: Any, to_record: Any) -> None:
    annotation = made.annotation(
        [made.mention("t", "trigger", 14, 20)],
        [made.event("e", "clash.armed", ["t"], held=[("place", "p")]), made.event("f", "clash.armed", ["u"])],
        unsure=[made.mention("p", "place", 53, 60), made.mention("u", "trigger", 66, 72)],
    )
    record = to_record(annotation)
    assert len(record.mentions) == 1
    assert [event.arguments for event in record.events] == [()]


def test_what_stands_is_not_rejected_as_well(made: Any, to_record: Any) -> None:
    moved_there = made.mention("n", "number", 21, 22)
    refused = {made.mention("c", "number", 21, 22): "name", made.mention("d", "actor", 21, 22): "name"}
    record = to_record(made.annotation([moved_there], rejected=refused))
    assert [one.kind for one in record.rejected] == ["actor"]


@pytest.mark.parametrize(("of", "expected"), [("w", "m1"), ("gone", None)])
def test_a_fraction_names_its_whole_by_the_new_id(made: Any, to_record: Any, of: str, expected: str | None) -> None:
    part = made.mention("a", "number", 30, 39, value=NumberValue(num=2, den=3, of=of))
    record = to_record(made.annotation([part, made.mention("w", "number", 21, 22)]))
    assert record.mentions[1].value == NumberValue(num=2, den=3, of=expected)


@given(st.data())
def test_the_same_content_under_other_ids_gives_the_same_record(made: Any, to_record: Any, data: st.DataObject) -> None:
    said = data.draw(made.annotations())
    assert to_record(data.draw(made.relabelled(said))) == to_record(said)


@given(st.data())
def test_ids_are_dense_and_order_is_canonical(made: Any, to_record: Any, data: st.DataObject) -> None:
    record = to_record(data.draw(made.annotations()))
    assert [one.id for one in record.mentions] == [f"m{number + 1}" for number in range(len(record.mentions))]
    assert [one.id for one in record.events] == [f"e{number + 1}" for number in range(len(record.events))]
    places = [(one.start, -one.end, one.kind) for one in record.mentions]
    assert places == sorted(places)
    by_id = {one.id: one for one in record.mentions}
    first = [by_id[event.triggers[0]].start for event in record.events]
    assert first == sorted(first)
    for event in record.events:
        held = [(one.role, by_id[one.mention].start) for one in event.arguments]
        assert held == sorted(held)
        assert list(event.triggers[1:]) == sorted(event.triggers[1:], key=lambda one: int(one[1:]))
    assert not {(one.kind, one.span) for one in record.mentions} & {
        (one.kind, (one.start, one.end)) for one in record.rejected
    }


def test_the_digest_of_the_decisions_is_of_all_of_them_in_order() -> None:
    def decision(name: str, change: Any) -> Decision:
        return Decision(
            id=name, person="a1", article_id="x", text_sha256="0" * 64, stage="label", made_at=1, changes=(change,)
        )

    made = [decision("d1", Finish(finished=True)), decision("d2", Undo(of="d1"))]
    digests = {decisions_sha256(these) for these in (made, made[::-1], made[:1], [])}
    assert len(digests) == 4
    assert decisions_sha256(iter(made)) == decisions_sha256(made)


def test_a_triggers_label_is_its_events_type_whichever_was_settled_last(made: Any, to_record: Any) -> None:
    annotation = made.annotation(
        [made.mention("t", "trigger", 14, 20, label="strike.air"), made.mention("u", "trigger", 66, 72, label="x")],
        [made.event("e", "clash.armed", ["t"])],
    )
    assert [one.label for one in to_record(annotation).mentions] == ["clash.armed", "x"]


def test_the_provenance_says_what_nobody_was_asked_about(made: Any, to_record: Any) -> None:
    mentions = [made.mention("p", "place", 53, 60), made.mention("t", "trigger", 14, 20, label="clash.armed")]
    annotation = made.annotation(mentions, [made.event("e", "clash.armed", ["t"])])
    accepted: Any = {"e": "majority", "t": "unanimous", "p": "unanimous", "gone": "majority"}
    record = to_record(annotation, accepted)
    assert (record.provenance.unanimous, record.provenance.majority) == (("m1", "m2"), ("e1",))
    assert to_record(annotation).provenance == PROVENANCE
