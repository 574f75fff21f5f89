"""Feedback: an annotator looks at where what was settled differs from the own work, once it is final."""

import pytest

from annotator.errors import Refusal
from annotator.model.value import NumberValue
from annotator.tui.screens.feedback import FeedbackScreen
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.feedback import feedback
from annotator.workflow.labelling import adjudicating, labelling


def label(project, name: str, change) -> None:
    with labelling(project, "en-1", name) as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        trigger = next(item for item in session.in_order() if item.mention.quote == "shelled")
        made = event_edits.make_event(session, trigger)
        change(session, made)
        session.finish()


def other(session, made) -> None:
    number = next(item for item in session.in_order() if item.mention.quote == "14")
    mention_edits.revalue(session, number, NumberValue(low=15))
    event_edits.toggle_background(session, session.annotation.live_events()[made])


def settle(judged: Adjudication) -> None:
    """Settle all as the first annotator has it, and say why of the number."""
    for one in judged.disagreements:
        judged.pick(one, one.answer_of("a1"))
        if one.what == "mention":
            judged.explain(one, "slip", 3)
    judged.finish()


@pytest.fixture
def settled(project):
    """`en-1`: two people differ on a number's value and on an event's background; the first was right in both."""
    label(project, "miriam", lambda session, made: None)
    label(project, "noor", other)
    with adjudicating(project, "en-1", "lead") as judged:
        settle(judged)
    return project


def test_only_what_was_settled_otherwise_is_told_with_the_reason(settled):
    with feedback(settled, "en-1", "noor") as found:
        assert [one.what for one in found.differences] == ["mention", "event"]
        number, event = found.differences
        assert [number.answer_of(who).content.value.low for who in ("a2", "settled")] == [15, 14]
        assert [event.answer_of(who).content.background for who in ("a2", "settled")] == [True, False]
        assert found.reason_of(number).why == "slip"
        assert found.reason_of(event) is None
    with feedback(settled, "en-1", "miriam") as found:
        assert found.differences == ()


def test_before_it_is_final_there_is_no_feedback(project, settled):
    with adjudicating(project, "en-1", "lead") as judged:
        judged.session.reopen()
    with pytest.raises(Refusal, match="is not adjudicated yet"), feedback(project, "en-1", "noor"):
        pass


def test_who_did_not_finish_it_gets_none(settled):
    with pytest.raises(Refusal, match="was not finished by you"), feedback(settled, "en-1", "somebody else"):
        pass


async def test_it_is_opened_from_the_queue_and_walked_through(sit, settled):
    async with sit(name="noor") as desk:
        while desk.app.screen.chosen != "en-1":
            await desk.press("down")
        await desk.press("f")
        assert isinstance(desk.app.screen, FeedbackScreen)
        assert "you" in desk.screen
        assert "slip, certain" in desk.screen
        before = desk.app.screen.session.annotation
        await desk.press("n")
        assert "EVENT 2 of 2" in desk.screen
        await desk.press("enter", "x", "D", "1", "n")
        assert "NUMBER" in desk.screen or "MENTION 1 of 2" in desk.screen
        assert desk.app.screen.session.annotation == before
        await desk.press("q")
        assert not isinstance(desk.app.screen, FeedbackScreen)


async def test_too_early_it_says_so_below_the_queue(sit, workspace):
    async with sit(name="noor") as desk:
        await desk.press("f")
        assert "is not adjudicated yet" in desk.says


async def test_who_was_right_in_everything_is_told(sit, settled):
    async with sit(name="miriam") as desk:
        while desk.app.screen.chosen != "en-1":
            await desk.press("down")
        await desk.press("f")
        assert "What was settled is what you said" in desk.says
        await desk.press("n", "P", "G", "escape", "q")
