"""The margin of an article: regions, notes, flags, reading to the end, and the time that is spent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.model.article import Region
from annotator.model.decision import Flag, Skip
from annotator.store.articles import get_article
from annotator.store.log import standing_of
from annotator.text.span import span
from annotator.workflow import clock
from annotator.workflow.clock import IDLE_MS, Clock
from annotator.workflow.comparing import annotations_of
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.notes import in_reading_order, note_on, write_note
from annotator.workflow.project import Project
from annotator.workflow.regions import paragraph_at, region_at, set_region, with_region
from annotator.workflow.releasing import plan_release
from annotator.workflow.session import Session

KINDS = st.sampled_from(["body", "title", "navigation"])


def test_a_note_is_written_rewritten_and_taken_away(session: Session, work):
    item = work.find(session, "actor")
    where = item.mention.span
    write_note(session, "note", where, item.mention.id, "  who\nis this? ")
    write_note(session, "question", where, item.mention.id, "a person or a group?")
    first, second = in_reading_order(session.annotation.notes.values())
    assert [(one.kind, one.text) for one in (first, second)] == [
        ("question", "a person or a group?"),
        ("note", "who is this?"),
    ]
    write_note(session, "note", where, item.mention.id, "known now")
    assert note_on(session.annotation.notes.values(), "note", where, item.mention.id).text == "known now"
    assert note_on(session.annotation.notes.values(), "note", span(0, 1), None) is None
    made = len(session.history.effective)
    write_note(session, "note", where, item.mention.id, " ")
    write_note(session, "note", span(0, 1), None, "")
    assert [note.kind for note in session.annotation.notes.values()] == ["question"]
    assert len(session.history.effective) == made + 1
    session.undo()
    assert len(session.annotation.notes) == 2


def test_an_article_that_is_done_still_takes_notes_but_no_labels(project: Project, work):
    work.label_all(project, "ann")
    with labelling(project, "english", "ann") as session:
        write_note(session, "question", span(0, 7), None, "is the title part of it?")
        session.decide(Flag(flagged=True))
        with pytest.raises(Refusal, match="marked done"):
            confirm(session, work.find(session, "actor"))
        with pytest.raises(Refusal, match="marked done"):
            set_region(session, "navigation", span(0, 5))


def test_what_lists_show_of_an_article_is_kept_beside_the_log(project: Project, work):
    with labelling(project, "english", "ann") as session:
        session.decide(Flag(flagged=True))
        session.decide(Skip(skipped=True))
        write_note(session, "question", span(0, 7), None, "which war?")
        session.clock.active_ms = 90_000
        person, article = session.person, session.article
    kept = standing_of(project.engine, person, article.article_id, article.text_sha256)
    assert kept is not None
    assert (kept.flagged, kept.skipped, kept.questions, kept.active_ms) == (True, True, 1, 90_000)
    with labelling(project, "english", "ann") as session:
        assert session.clock.active_ms == 90_000
        assert (session.annotation.flagged, session.annotation.skipped) == (True, True)


def test_pauses_are_not_counted_as_work(monkeypatch: pytest.MonkeyPatch):
    now = [5_000_000_000]
    monkeypatch.setattr(clock.time, "monotonic_ns", lambda: now[0])
    counted = Clock(1_000)
    for pause_ms in (0, 2_000, IDLE_MS, IDLE_MS - 1):
        now[0] += pause_ms * 1_000_000
        counted.tick()
    assert counted.active_ms == 1_000 + 2_000 + IDLE_MS - 1


def test_boilerplate_takes_its_untouched_candidates_along_and_gives_them_back(session: Session, work):
    text = session.article.text
    title = paragraph_at(text, 3)
    inside = [item for item in session.in_order() if title.covers(item.mention.span)]
    assert len(inside) > 1
    confirm(session, inside[0])
    left = session.untouched
    assert set_region(session, "navigation", title) == len(inside) - 1
    assert region_at(session.regions, 3).kind == "navigation"
    assert [session.items[one.mention.id].disposition for one in inside] == [
        "confirmed",
        *["rejected"] * (len(inside) - 1),
    ]
    assert session.annotation.settled[inside[1].mention.id].reason == "boilerplate"
    assert session.untouched == left - len(inside) + 1
    session.undo()
    assert session.untouched == left
    assert session.regions == session.suggestions.regions
    assert set_region(session, "body", title) == 0


def test_a_candidate_that_only_begins_or_ends_in_boilerplate_stays(session: Session, work):
    first, second, *_ = [item.mention for item in session.in_order() if item.disposition is None]
    assert first.end <= second.start
    assert set_region(session, "navigation", span(first.start + 1, second.end - 1)) == 0
    assert session.items[first.id].disposition is session.items[second.id].disposition is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), KINDS), max_size=8))
def test_regions_never_overlap_and_the_last_word_holds(said):
    regions: tuple[Region, ...] = ()
    for start, length, kind in said:
        before = {at: region_at(regions, at) for at in range(60)}
        regions = with_region(regions, kind, span(start, start + length))
        for at in range(60):
            found = [region.kind for region in regions if region.start <= at < region.end]
            if start <= at < start + length:
                assert found == [kind]
            else:
                assert found == ([before[at].kind] if before[at] else [])


def test_regions_and_reading_reach_the_gold_where_annotators_agree(project: Project, work):
    title = paragraph_at(work.english, 0)

    def off(session: Session) -> None:
        set_region(session, "masthead", title)

    for name in ("ann", "ben"):
        work.label_all(project, name, then=off)
    with adjudicating(project, "english", "lead") as adjudication:
        assert region_at(adjudication.session.regions, 0).kind == "masthead"
        adjudication.finish()
    (record,) = plan_release(project).release.records
    assert record.regions[0] == Region(kind="masthead", start=title.start, end=title.end)
    assert record.complete


def test_an_article_that_one_of_them_did_not_read_to_the_end_is_not_complete(project: Project, work):
    work.label_all(project, "ann")
    with labelling(project, "english", "ben") as session:
        for item in session.in_order():
            confirm(session, item)
        session.finish(read_to_end=False)
        article = session.article
    said = annotations_of(project, get_article(project.engine, article.article_id))
    assert sorted(annotation.read_to_end for annotation in said.values()) == [False, True]
    with adjudicating(project, "english", "lead") as adjudication:
        for disagreement in adjudication.disagreements:
            adjudication.pick(disagreement, disagreement.answers[0])
        adjudication.finish()
    (record,) = plan_release(project).release.records
    assert not record.complete


def test_where_annotators_see_regions_differently_the_finders_hold(project: Project, work):
    work.label_all(project, "ann")
    work.label_all(project, "ben", then=lambda session: set_region(session, "masthead", paragraph_at(work.english, 0)))
    with adjudicating(project, "english", "lead") as adjudication:
        assert adjudication.session.regions == adjudication.session.suggestions.regions


def test_a_paragraph_is_a_line_of_the_text_without_its_end():
    assert paragraph_at("ab\ncd", 4) == span(3, 5)
    assert paragraph_at("ab\n\ncd", 3) == span(3, 3)
    assert paragraph_at("ab\n", 1) == span(0, 2)
