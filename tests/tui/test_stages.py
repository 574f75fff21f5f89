"""Who may label only, or adjudicate only: whatever way leads to the other, nothing of it is opened or handed out."""

import pytest

from annotator.store.tasks import tasks
from annotator.tui.screens.queue import QueueScreen
from annotator.workflow.assigning import Wish, carry_out, plan


@pytest.mark.parametrize(("may", "key", "not_this"), [("label", "j", "adjudicate"), ("adjudicate", "enter", "label")])
async def test_an_article_is_opened_for_what_one_may_do_alone(sit, may, key, not_this):
    async with sit(stages=[may]) as desk:
        await desk.press(key)
        assert isinstance(desk.app.screen, QueueScreen)
        assert f"not {not_this}" in desk.says


@pytest.mark.parametrize(("may", "key", "not_this"), [("label", "N", "adjudicate"), ("adjudicate", "n", "label")])
async def test_nothing_is_handed_out_for_what_one_may_not_do(sit, project, may, key, not_this):
    carry_out(project, plan(project, Wish(overlap=1)))
    async with sit(stages=[may]) as desk:
        await desk.press(key)
        assert f"not {not_this}" in desk.says
    assert {task.state for task in tasks(project.engine)} == {"open"}


async def test_who_may_label_labels(sit):
    async with sit(stages=["label"]) as desk:
        await desk.press("enter")
        assert desk.session.stage == "label"


async def test_who_begins_with_an_article_is_held_to_it_too(sit):
    async with sit("en-1", stages=["adjudicate"]) as desk:
        assert "not label" in str(desk.app.refusal)
