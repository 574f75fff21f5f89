"""All the same: what is the same string, what would become of each place, and one decision for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.text.folding import fold
from annotator.text.span import span
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project
from annotator.workflow.same_strings import Place, decided_alike, make_same, mentions_at, places, same_strings
from annotator.workflow.session import Item, Session

TEXT = (
    "The US said that ISIS attacked Idlib. The ISIS-led attack on Idlib killed 5 of us; ISIS' men left Idlib in 5.5.\n"
    "Isis attacked Idlib again, 5 times; 1,5 or 5,000 is no matter. The zorb of Idlib saw a zorb.\n"
)


@pytest.fixture
def session(project: Project) -> Iterator[Session]:
    (Path(project.workspace.corpus) / "same.txt").write_text(TEXT, encoding="utf-8")
    import_corpus(project)
    with labelling(project, "same", "ada") as opened:
        yield opened


def at(session: Session, quote: str, nth: int = 0) -> Item:
    return [item for item in session.in_order() if item.mention.quote == quote][nth]


def fates(found: list[Place]) -> list[tuple[str, str]]:
    return [(place.fate, place.span.of(TEXT)) for place in found]


def of(text: str, quote: str) -> list[str]:
    start = text.index(quote)
    return [f"{one.of(text)}@{one.start}" for one in same_strings(text, span(start, start + len(quote)))]


def test_the_same_is_what_reads_the_same_as_a_whole_word() -> None:
    assert of("قصف إدلب وإدلب ادلب، بإدلب إِدلب", "إدلب") == ["إدلب@4", "ادلب@15", "إِدلب@27"]
    assert of("ISIS, Isis-led, exISIS, ISIS's (ISIS)", "ISIS") == ["ISIS@0", "ISIS@24", "ISIS@32"]
    assert of("5 of 1,5 and 5.5 and 5, 5/6 5.", "5") == ["5@0", "5@21", "5@28"]


def test_an_acronym_is_not_the_word_of_the_same_letters() -> None:
    assert of("The US told us: US", "US") == ["US@4", "US@16"]
    assert of("The US told us and us", "us") == ["us@12", "us@19"]


def test_what_is_asked_about_is_always_there_however_it_was_cut() -> None:
    assert of("anti-ISIS ISIS", "ISIS") == ["ISIS@5", "ISIS@10"]


@given(st.text(st.sampled_from("abوإا 5.-'"), max_size=30), st.data())
def test_every_same_string_folds_alike(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    where = span(start, data.draw(st.integers(start + 1, len(text)))).trimmed(text)
    for one in same_strings(text, where):
        assert fold(one.of(text)).text == fold(where.of(text)).text


def test_nothing_is_proposed_from_what_was_not_decided(session: Session) -> None:
    with pytest.raises(Refusal, match="Nothing was decided here yet"):
        places(session, at(session, "Idlib"))


def test_candidates_are_settled_as_the_first_was_in_one_step(session: Session) -> None:
    first = at(session, "Idlib")
    mention_edits.refer(session, first, "syria")
    before = session.annotation
    found = places(session, at(session, "Idlib"))
    assert {place.fate for place in found} == {"settle"}
    count = len(session.history.effective)
    make_same(session, at(session, "Idlib"), found)
    assert len(session.history.effective) == count + 1
    idlib = [item for item in session.in_order() if item.mention.quote == "Idlib"]
    assert len(idlib) == 5
    assert {(item.mention.ref, item.disposition) for item in idlib} == {("syria", "corrected")}
    assert places(session, idlib[0]) == []
    session.undo()
    assert session.annotation == before


def test_where_no_mention_stands_one_is_added_if_the_first_one_stands(session: Session) -> None:
    start = TEXT.index("zorb")
    made = mention_edits.add(session, "actor", start, start + 4)
    mention_edits.refer(session, session.items[made], "isis")
    found = places(session, session.items[made])
    assert fates(found) == [("add", "zorb")]
    make_same(session, session.items[made], found)
    other = at(session, "zorb", 1)
    assert (other.disposition, other.mention.kind, other.mention.ref) == ("added", "actor", "isis")
    assert other.mention.id != made


def test_what_was_decided_otherwise_is_told_apart_and_overruled_only_when_asked(session: Session) -> None:
    mention_edits.confirm(session, at(session, "Idlib"))
    mention_edits.reject(session, at(session, "Idlib", 1), "name")
    found = places(session, at(session, "Idlib"))
    assert fates(found)[0] == ("overrule", "Idlib")
    make_same(session, at(session, "Idlib"), found[1:])
    assert at(session, "Idlib", 1).disposition == "rejected"
    make_same(session, at(session, "Idlib"), found[:1])
    assert at(session, "Idlib", 1).disposition == "confirmed"


def test_a_rejection_goes_on_with_its_reason_and_adds_nothing(session: Session) -> None:
    mention_edits.reject(session, at(session, "Idlib"), "boilerplate")
    make_same(session, at(session, "Idlib"), places(session, at(session, "Idlib")))
    settled = session.annotation.settled.values()
    assert [one.reason for one in settled if one.mention.quote == "Idlib"] == ["boilerplate"] * 5
    start = TEXT.index("zorb")
    made = mention_edits.add(session, "actor", start, start + 4)
    mention_edits.unsure(session, session.items[made])
    assert places(session, session.items[made]) == []


def test_a_place_under_another_mention_is_left_alone_unless_asked(session: Session) -> None:
    start = TEXT.index("zorb")
    mention_edits.add(session, "place", TEXT.rindex("a zorb"), TEXT.rindex("a zorb") + 6)
    made = mention_edits.add(session, "actor", start, start + 4)
    assert fates(places(session, session.items[made])) == [("overlap", "zorb")]


def test_another_type_for_all_triggers_retypes_their_events(session: Session) -> None:
    first, second = at(session, "attacked"), at(session, "attacked", 1)
    event = event_edits.make_event(session, second)
    mention_edits.relabel(session, first, "clash.armed")
    found = places(session, at(session, "attacked"))
    assert "overrule" in {place.fate for place in found}
    make_same(session, at(session, "attacked"), found)
    assert session.annotation.live_events()[event].type == "clash.armed"


def test_nothing_chosen_is_refused(session: Session) -> None:
    mention_edits.confirm(session, at(session, "Idlib"))
    with pytest.raises(Refusal, match="No place is ticked"):
        make_same(session, at(session, "Idlib"), [])


def test_mentions_at_a_place_and_whether_they_were_decided_alike(session: Session) -> None:
    first = at(session, "Idlib")
    mention_edits.confirm(session, first)
    assert [item.mention.id for item in mentions_at(session, first.mention.span)] == [first.mention.id]
    assert not decided_alike(session, at(session, "Idlib"), at(session, "Idlib", 1))
    mention_edits.confirm(session, at(session, "Idlib", 1))
    assert decided_alike(session, at(session, "Idlib"), at(session, "Idlib", 1))
