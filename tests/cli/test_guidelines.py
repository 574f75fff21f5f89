"""`annotator guidelines gaps`: what adjudicators found missing in the guidelines, for whoever revises them."""

import pytest

from annotator.model.decision import SetEvent
from annotator.text.span import span
from annotator.workflow import event_edits
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.notes import write_note
from annotator.workflow.project import open_project


@pytest.fixture
def flagged(adjudicated):
    """The adjudicated workspace, one ruling of which says that the guidelines do not say."""
    project = open_project(adjudicated)
    with adjudicating(project, "en-1", "lead") as judged:
        judged.session.reopen()
        one = judged.disagreements[0]
        judged.explain(one, "guideline_gap", 2)
        write_note(judged.session, "note", one.span, None, "Is a count of strikes an argument?")
        judged.finish()
    project.close()
    return one


def test_a_gap_is_listed_with_its_place_and_what_holds(run, flagged):
    outcome = run("guidelines", "gaps", "--json")
    (gap,) = outcome.json
    assert (gap["article_id"], gap["start"], gap["end"]) == ("en-1", flagged.span.start, flagged.span.end)
    assert (gap["quote"], gap["about"], gap["confidence"], gap["adjudicator"]) == ("14", "number", 2, "j1")
    assert gap["notes"] == ["Is a count of strikes an argument?"]
    told = run("guidelines", "gaps")
    assert f"en-1 {flagged.span.start}-{flagged.span.end}  number: 14" in told.out
    assert "by j1, fairly sure" in told.out
    assert "Is a count of strikes an argument?" in told.out


def test_another_why_is_no_gap(run, flagged, adjudicated):
    project = open_project(adjudicated)
    with adjudicating(project, "en-1", "lead") as judged:
        judged.session.reopen()
        judged.explain(judged.disagreements[0], "slip", 3)
        judged.finish()
    project.close()
    assert run("guidelines", "gaps", "--json").json == []


def test_without_gaps_it_says_so(run, adjudicated):
    outcome = run("guidelines", "gaps")
    assert (outcome.status, outcome.out) == (0, "")
    assert "No adjudicator has flagged a gap" in outcome.err


def test_a_note_at_any_part_of_an_event_is_told_with_its_gap(run, adjudicated):
    project = open_project(adjudicated)
    for name, certain in (("miriam", "asserted"), ("noor", "attributed")):
        with labelling(project, "en-1", name) as session:
            session.reopen()
            trigger = next(one for one in session.in_order() if one.mention.quote == "shelled")
            place = next(one for one in session.in_order() if one.mention.quote == "Idlib")
            made = event_edits.make_event(session, trigger)
            event_edits.attach(session, session.annotation.live_events()[made], "place", place)
            event = session.annotation.live_events()[made].model_copy(update={"certainty": certain})
            session.decide(SetEvent(event=event))
            session.finish()
    with adjudicating(project, "en-1", "lead") as judged:
        judged.session.reopen()
        for one in judged.unsettled():
            judged.pick(one, one.answers[0])
        event = next(one for one in judged.disagreements if one.what == "event" and "attribute" in one.differences)
        judged.explain(event, "guideline_gap", 3, "Who says so?")
        write_note(judged.session, "note", place.mention.span, None, "A region or a town?")
        write_note(judged.session, "note", span(0, 3), None, "About something else.")
    project.close()
    (gap,) = run("guidelines", "gaps", "--json").json
    assert gap["notes"] == ["Who says so?", "A region or a town?"]
