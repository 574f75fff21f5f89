"""How many keys it takes to settle something, pressed on the real screen and looked up in what was ruled.

`python -m tests.tui.test_adjudication_keystrokes` prints the table.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from annotator.adjudication.disagreement import Disagreement
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.labelling import labelling
from tests.tui.test_adjudicate import confirm_the_rest, item, to_the_event

Begin = Callable[[Any], Awaitable[Any]]
Done = Callable[[Any, Disagreement], bool]


class Task(NamedTuple):
    """A piece of work: how it begins, which keys do it, how many there may be, and how one sees that it is done."""

    what: str
    keys: tuple[str, ...]
    at_most: int
    done: Done
    begin: Begin | None = None
    """Goes where the work begins; None: the first disagreement."""


@pytest.fixture
def disputed(project) -> str:
    """An article on which two people differ in a place, in two numbers, and in an event's certainty and time."""
    with labelling(project, "en-1", "miriam") as session:
        mention_edits.reject(session, item(session, "Idlib"))
        event_edits.make_event(session, item(session, "shelled", "trigger"))
        confirm_the_rest(session)
    with labelling(project, "en-1", "noor") as session:
        for quote in ("14", "5"):
            found = item(session, quote)
            mention_edits.revalue(session, found, found.mention.value.model_copy(update={"scope": "cumulative"}))
        made = event_edits.make_event(session, item(session, "shelled", "trigger"))
        event_edits.set_certainty(session, session.annotation.live_events()[made], "attributed")
        event_edits.attach(session, session.annotation.live_events()[made], "time", item(session, "Tuesday"))
        confirm_the_rest(session)
    return "en-1"


async def settled_one(desk: Any) -> None:
    await desk.press("1")
    await desk.press("up")


async def settled_all(desk: Any) -> None:
    while desk.adjudicate.adjudication.unsettled():
        await desk.press("1")


def is_settled(desk: Any, one: Disagreement) -> bool:
    return desk.adjudicate.adjudication.is_settled(one) and desk.adjudicate.disagreement != one


def has_a_why(desk: Any, one: Disagreement) -> bool:
    return desk.adjudicate.adjudication.reason_of(one) is not None


async def to_one_that_all_have(desk: Any) -> None:
    while None in [answer.content for answer in desk.adjudicate.disagreement.answers]:
        await desk.press("n")


TASKS: tuple[Task, ...] = (
    Task("settle by an answer", ("1",), 1, is_settled),
    Task("settle by none, as somebody says", ("0",), 1, is_settled),
    Task(
        "settle by none against all, and say why",
        ("0", "g", "2"),
        3,
        lambda desk, one: is_settled(desk, one) and has_a_why(desk, one),
        to_one_that_all_have,
    ),
    Task("go to the next", ("n",), 1, lambda desk, one: desk.adjudicate.disagreement != one),
    Task("settle an event by an answer", ("2",), 1, lambda desk, one: is_settled(desk, one), to_the_event),
    Task("settle two slots of an event", ("s", "1", "2"), 3, lambda desk, one: is_settled(desk, one), to_the_event),
    Task(
        "settle by an answer of one's own: an edge moved, and why",
        ("e", "]", "q", "s", "3"),
        5,
        lambda desk, one: desk.adjudicate.adjudication.overrules_all(one) and has_a_why(desk, one),
    ),
    Task("say why they differ", ("X", "a", "3"), 3, has_a_why, settled_one),
    Task("ask who said what", ("r",), 1, lambda desk, one: desk.adjudicate.adjudication.is_revealed(one)),
    Task("worst first", ("o",), 1, lambda desk, _: "Worst first" in desk.says),
    Task(
        "take one annotator for all that is left",
        ("A", "a", "y"),
        3,
        lambda desk, _: desk.adjudicate.adjudication.unsettled() == [],
    ),
    Task("undo", ("u",), 1, lambda desk, one: not desk.adjudicate.adjudication.is_settled(one), settled_one),
    Task("mark the article adjudicated", ("D",), 1, lambda desk, _: desk.session.annotation.finished, settled_all),
)


def keystroke_table() -> str:
    """Give the table: what is done, with which keys, how many they are and how many they may be."""
    rows = [
        f"| {one.what} | {' '.join(f'`{key}`' for key in one.keys)} | {len(one.keys)} | {one.at_most} |"
        for one in TASKS
    ]
    return "\n".join(("| to | press | keys | at most |", "|---|---|---|---|", *rows))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.what)
async def test_settling_takes_no_more_keys_than_it_may(sit, disputed, task: Task):
    async with sit(disputed, name="lead", stage="adjudicate") as desk:
        if task.begin is not None:
            await task.begin(desk)
        one = desk.adjudicate.disagreement
        assert len(task.keys) <= task.at_most
        await desk.press(*task.keys)
        assert not desk.adjudicate.panel.asking, "it is done, not half asked"
        assert task.done(desk, one), desk.screen


if __name__ == "__main__":
    sys.stdout.write(f"{keystroke_table()}\n")
