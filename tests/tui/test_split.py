"""A new schema asks what labels are now: the queue counts, M asks, a key answers and brings the next question."""

import pytest

from annotator.workflow import event_edits, mention_edits
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.migrating import migrate
from annotator.workflow.project import Project, open_project
from tests.new_schema import split_names


def label_strike(project: Project, name: str) -> None:
    with labelling(project, "en-1", name) as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        trigger = next(item for item in session.in_order() if item.mention.label == "strike.air")
        made = event_edits.make_event(session, trigger)
        actor = next(item for item in session.in_order() if item.mention.kind == "actor")
        event_edits.attach(session, session.annotation.live_events()[made], "target", actor)
        session.finish()


def move(workspace) -> None:
    split_names(workspace / "guidelines")
    project = open_project(workspace)
    assert migrate(project)[1] == []
    project.close()


@pytest.fixture
def labelled(workspace):
    project = open_project(workspace)
    label_strike(project, "miriam")
    label_strike(project, "noor")
    project.close()
    return workspace


async def test_a_question_is_asked_with_its_words_and_a_key_answers_it_and_brings_the_next(sit, labelled):
    move(labelled)
    async with sit("en-1") as desk:
        assert "A new schema asks" in desk.says
        left = len(desk.label.split_names.left)
        assert f"{left} to answer" in desk.head
        await desk.press("M")
        first = desk.label.split_names.left[0]
        assert "A manned aircraft, or a drone?" in desk.screen
        assert "until now strike.air" in desk.says
        assert "Drone strike" in desk.screen
        assert desk.here.mention.id == first.mention
        await desk.press("d")
        assert len(desk.label.split_names.left) == left - 1
        assert desk.label.split_names.left[0].split.question in desk.screen
        await desk.press("escape")
        assert desk.session.annotation.finished
        await desk.press("u")
        assert desk.label.split_names.left[0] == first


async def test_the_last_answer_says_so_and_then_nothing_is_asked(sit, labelled):
    move(labelled)
    async with sit("en-1") as desk:
        await desk.press("M")
        while desk.label.split_names.left:
            await desk.press(next(iter(desk.label.split_names.left[0].split.answers)))
        assert "Every label has its new name" in desk.says
        assert "to answer" not in desk.head
        await desk.saved()
        await desk.press("M")
        assert "No label waits" in desk.told


async def test_undo_says_why_it_stops_at_a_migration(sit, labelled):
    project = open_project(labelled)
    with labelling(project, "en-1", "miriam") as session:
        session.reopen()
        rejected = next(item for item in session.in_order() if item.mention.label == "strike.air")
        mention_edits.reject(session, rejected)  # a migration takes its type off
    project.close()
    move(labelled)
    async with sit("en-1") as desk:
        await desk.press("u")
        assert "migration 'names'" in desk.says


async def test_the_queue_counts_what_waits_for_whom(sit, labelled):
    move(labelled)
    async with sit() as desk:
        assert "to answer" in desk.screen
    async with sit(name="zeina") as desk:
        assert "to answer" not in desk.screen


async def test_once_it_is_adjudicated_the_adjudicator_is_asked_and_no_annotator(sit, labelled):
    project = open_project(labelled)
    with adjudicating(project, "en-1", "lead") as judged:
        judged.finish()
    project.close()
    move(labelled)
    async with sit("en-1") as desk:
        assert "A new schema asks" not in desk.says
        await desk.press("M")
        assert "No label waits" in desk.told
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "A new schema asks" in desk.says
        await desk.press("M", "m")
        left = desk.adjudicate.split_names.left
        assert "types" not in [one.sort for one in left if one.old == "strike.air" and one.event]
        assert left[0].split.question in desk.screen
