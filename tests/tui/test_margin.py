"""The margin of an article, and the article as a whole: regions, notes, questions, flags, skipping, what comes next."""

from pathlib import Path

import pytest

from annotator.model.decision import Flag, Skip
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.notes import write_note
from annotator.workflow.regions import paragraph_at, region_at, set_region


def confirm_all(project, name: str, article: str, then=bool) -> None:
    with labelling(project, article, name) as session:
        for item in session.in_order():
            if item.disposition is None:
                confirm(session, item)
        then(session)
        session.finish()


@pytest.mark.parametrize("key", ["w", "W"])
async def test_a_note_or_question_is_about_the_mention_at_the_cursor(sit, key):
    async with sit("en-1") as desk:
        await desk.at("Idlib")
        await desk.press(key)
        await desk.type("which one?")
        await desk.press("enter")
        (note,) = desk.session.annotation.notes.values()
        assert (note.kind, note.mention, note.text) == (
            "question" if key == "W" else "note",
            desk.here.mention.id,
            "which one?",
        )
        await desk.press(key, "enter")
        assert list(desk.session.annotation.notes.values()) == [note]
        await desk.press(key, "ctrl+k", "ctrl+u", "enter")
        assert not desk.session.annotation.notes
        await desk.press("u")
        assert list(desk.session.annotation.notes.values()) == [note]


async def test_a_note_on_what_is_selected_is_about_just_that(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(2)
        await desk.press("shift+right", "shift+right", "w", *"hm", "enter")
        (note,) = desk.session.annotation.notes.values()
        assert (note.start, note.end, note.mention) == (2, 4, None)


@pytest.mark.parametrize("stage", ["label", "adjudicate"])
async def test_what_undo_and_redo_make_of_a_note_is_said(sit, project, stage):
    if stage == "adjudicate":
        for name in ("miriam", "noor"):
            confirm_all(project, name, "en-1")
    async with sit("en-1", stage=stage) as desk:
        await desk.press("w", "h", "m", "enter", "u")
        assert not desk.session.annotation.notes
        assert desk.says == "What was written there is gone."
        await desk.press("U")
        assert desk.says == "note: hm"


@pytest.mark.parametrize("done", [False, True])
async def test_a_region_typed_ahead_of_a_refusal_is_no_command(sit, done):
    async with sit("en-1") as desk:
        await desk.at("shelled", "trigger")
        await desk.press("e")
        if done:
            await desk.press("n", *["a"] * desk.session.untouched, "D", "y")
        else:
            await desk.caret_at(desk.session.article.text.index("\n\n") + 1)
        before = desk.session.annotation
        await desk.press("b")
        assert ("marked done" if done else "This line is empty") in desk.told
        await desk.press("y")
        assert desk.session.annotation == before


async def test_there_is_no_note_about_nothing(sit):
    async with sit("en-1") as desk:
        await desk.press("end", "w", "x", "enter")
        assert not desk.session.history.effective
        assert not desk.label.panel.asking


async def test_the_list_of_notes_leads_to_them_and_back(sit):
    async with sit("ar-1") as desk:
        await desk.press("Q")
        assert "no notes" in desk.told
        await desk.press("enter")
        assert desk.session.history.effective == (), "Enter was meant for a list"
        far = desk.session.in_order()[-1].mention
        write_note(desk.session, "note", far.span, far.id, "هنا")
        before = desk.view.caret
        await desk.press("Q", "enter")
        assert desk.view.caret == far.start
        await desk.press("backspace")
        assert desk.view.caret == before


async def test_a_paragraph_is_made_boilerplate_with_what_was_proposed_in_it(sit):
    async with sit("en-1") as desk:
        left = desk.session.untouched
        title = paragraph_at(desk.session.article.text, 0)
        inside = [item for item in desk.session.in_order() if title.covers(item.mention.span)]
        await desk.press("b", "n")
        assert region_at(desk.session.regions, 0).kind == "navigation"
        assert desk.session.untouched == left - len(inside)
        assert f"{len(inside)} untouched candidates in it rejected" in desk.says
        assert desk.view._boilerplate[0].start == 0
        await desk.press("u")
        assert desk.session.untouched == left
        assert region_at(desk.session.regions, 0).kind == "title"
        assert not any(span.start == 0 for span in desk.view._boilerplate)


async def test_the_region_that_holds_now_is_the_one_that_is_offered(sit):
    async with sit("en-1") as desk:
        await desk.press("b")
        assert "▸ t  title" in desk.screen
        await desk.press("enter", "b")
        await desk.press("escape")
        assert region_at(desk.session.regions, 0).kind == "title"


async def test_a_narrow_head_cuts_off_the_article_before_what_was_said_of_it(sit, workspace: Path):
    name = "000_013f224fd263a222"
    (workspace / "seeds" / f"{name}.txt").write_text("Clashes near Aleppo\n\nTwo soldiers died.\n", encoding="utf-8")
    async with sit(size=(80, 24)) as desk:
        await desk.press("r", "pageup", "enter", "exclamation_mark")
        assert "flagged" in desk.lines[0]


async def test_flagging_is_shown_in_the_head_and_in_the_queue(sit):
    async with sit("en-1") as desk:
        await desk.press("exclamation_mark")
        assert desk.session.annotation.flagged
        assert "flagged" in desk.head
        await desk.press("q")
        assert "flagged" in next(line for line in desk.lines if "en-1" in line)
    async with sit(name="noor") as desk:
        assert "flagged" in next(line for line in desk.lines if "en-1" in line)


async def test_z_opens_the_next_article_and_what_is_typed_before_it_is_seen_is_for_none(sit):
    async with sit("ar-1") as desk:
        await desk.press("z")
        assert desk.session.article.article_id == "en-1"
        for key in ("z", "a", "a"):
            desk.app.simulate_key(key)
        await desk.until(lambda: desk.session.article.article_id == "ar-1" and desk.label.ready)
        assert desk.session.history.effective == ()
        desk.app.unseen = 3600
        await desk.press("z", "a", "x")
        assert desk.session.article.article_id == "en-1"
        assert desk.session.history.effective == (), "nobody has read it yet"
        desk.app._seen_from = 0
        await desk.press("a")
        assert len(desk.session.history.effective) == 1


async def test_keys_typed_ahead_of_an_article_from_the_queue_are_for_it(sit):
    async with sit() as desk:
        for key in ("down", "enter", "a", "x"):
            desk.app.simulate_key(key)
        await desk.until(lambda: isinstance(desk.app.screen, LabelScreen) and bool(desk.session.history.effective))
        await desk.until(lambda: len(desk.session.history.effective) == 2)
        assert [item.disposition for item in desk.session.in_order()][:2] == ["confirmed", "rejected"]


async def test_skipping_goes_on_and_the_article_waits_for_others(sit, project):
    async with sit("ar-1") as desk:
        await desk.press("s")
        assert desk.session.article.article_id == "en-1"
        await desk.press("z")
        assert isinstance(desk.app.screen, QueueScreen)
        assert "No other article waits for you" in desk.says
        assert "skipped" in next(line for line in desk.lines if "ar-1" in line)
        await desk.press("up", "enter")
        assert "skipped" in desk.head
        await desk.press("s")
        assert not desk.session.annotation.skipped


async def test_an_article_in_which_something_was_decided_is_not_skipped_without_asking(sit):
    async with sit("ar-1") as desk:
        await desk.press("a", *"syrian")
        assert desk.session.article.article_id == "ar-1"
        assert not desk.session.annotation.skipped
        assert len(desk.session.history.effective) == 1
        await desk.press("s", "s")
        assert desk.session.article.article_id == "en-1"


async def test_what_others_finished_or_oneself_did_is_passed_over(sit, project):
    for name in ("noor", "sam"):
        confirm_all(project, name, "ar-1")
    async with sit("en-1") as desk:
        await desk.press("z")
        assert isinstance(desk.app.screen, QueueScreen)
        assert "No other article waits for you" in desk.says


async def test_done_asks_whether_all_was_read(sit):
    async with sit("en-1") as desk:
        await desk.press(*["a"] * desk.session.untouched, "D")
        assert not desk.session.annotation.finished
        await desk.press("escape")
        assert not desk.session.annotation.finished
        await desk.press("D", "n")
        assert (desk.session.annotation.finished, desk.session.annotation.read_to_end) == (True, False)
        await desk.press("D", "y")
        assert "No such key" in desk.screen
        assert desk.session.annotation.finished
        await desk.press("escape", "D", "o", "D", "y")
        assert (desk.session.annotation.finished, desk.session.annotation.read_to_end) == (True, True)
        assert "is done" in desk.says


async def test_what_one_might_mend_is_said_before_an_article_is_done(sit):
    async with sit("en-1") as desk:
        await desk.press(*["a"] * desk.session.untouched, "D")
        triggers = sum(item.mention.kind == "trigger" for item in desk.session.in_order())
        assert f"{triggers} triggers without an event" in desk.says
        await desk.press("escape")
        await desk.at("shelled", "trigger")
        await desk.press("e", "D")
        assert f"{triggers - 1} triggers without an event" in desk.says


async def test_the_head_tells_how_far_the_queue_is_and_the_time_spent(sit, project):
    confirm_all(project, "miriam", "ar-1")
    async with sit("en-1") as desk:
        assert "articles: 1 of 2" in desk.head
        assert "min" not in desk.head
        desk.session.clock.active_ms = 185_000
        await desk.press("right")
        assert "3 min" in desk.head


async def test_the_adjudicator_sees_what_annotators_ask_and_where_they_see_regions_differently(sit, project):
    def asks(session):
        item = session.in_order()[0]
        write_note(session, "question", item.mention.span, item.mention.id, "one strike or two?")
        session.decide(Flag(flagged=True))

    confirm_all(project, "miriam", "en-1", asks)
    confirm_all(project, "noor", "en-1", lambda session: set_region(session, "body", paragraph_at("x", 0)))
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "ask 1 question" in desk.says
        assert "b on a paragraph" in desk.says
        await desk.press("Q")
        assert "their question: one strike or two?" in desk.screen
        await desk.press("enter", "b", "b")
        assert region_at(desk.session.regions, 0).kind == "byline"


async def test_an_article_that_is_taken_up_after_all_waits_again(sit, project):
    with labelling(project, "en-1", "miriam") as session:
        session.decide(Skip(skipped=True))
    async with sit("ar-1") as desk:
        await desk.press("z")
        assert "No other article waits for you" in desk.says
    with labelling(project, "en-1", "miriam") as session:
        session.decide(Skip(skipped=False))
    async with sit("ar-1") as desk:
        await desk.press("z")
        assert desk.session.article.article_id == "en-1"


async def test_every_key_is_time_spent_questions_and_their_answers_too(sit, monkeypatch):
    async with sit("en-1") as desk:
        ticks = []
        monkeypatch.setattr(desk.session.clock, "tick", lambda: ticks.append(1))
        await desk.press("right", "t", "escape")
        assert len(ticks) == 3


async def test_a_note_stands_with_the_mention_that_it_is_about(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib", "place")
        await desk.press("W", *"which", "enter")
        assert "question: which" in desk.panel
        await desk.at("14")
        assert "question" not in desk.panel


async def test_a_note_is_seen_whole_while_it_is_written_and_in_the_list(sit):
    long = "Is a count of strikes an argument of the event, or does the page on numbers leave all such counts out?"
    async with sit("en-1") as desk:
        await desk.press("W")
        await desk.type(long)
        shown = " ".join(line.rpartition("│")[2].strip() for line in desk.lines)
        assert long in " ".join(shown.split())
        await desk.press("enter", "Q")
        shown = " ".join(line.rpartition("│")[2].strip() for line in desk.lines)
        assert long in " ".join(shown.split())
