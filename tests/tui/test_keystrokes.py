"""How many keys a piece of work takes, pressed on the real screen and looked up in what was decided.

`python tests/tui/test_keystrokes.py` prints the table.
"""

import sys
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

Begin = Callable[[Any], Awaitable[Any]]
Done = Callable[[Any, Any], bool]


class Task(NamedTuple):
    """A piece of work: how it begins, which keys do it, how many there may be, and how one sees that it is done."""

    what: str
    keys: tuple[str, ...]
    at_most: int
    begin: Begin
    """Puts the cursor where the work begins, and gives what `done` is to compare with."""
    done: Done
    article: str = "en-1"


def at(quote: str, kind: str | None = None) -> Begin:
    async def begin(desk: Any) -> Any:
        return await desk.at(quote, kind)

    return begin


async def first_untouched(desk: Any) -> Any:
    return desk.here


async def a_decision(desk: Any) -> Any:
    await desk.press("a")
    return None


async def after_searching(desk: Any) -> Any:
    await desk.press("/")
    await desk.type("re")
    await desk.press("enter")


async def in_an_event(desk: Any) -> Any:
    await desk.at("airstrikes", "trigger")
    await desk.press("e")
    return await desk.at("14")


async def with_a_proposal(desk: Any) -> Any:
    await desk.at("airstrikes", "trigger")
    await desk.press("e")
    return desk.label.proposals[0]


def has_proposed(desk: Any, proposal: Any) -> bool:
    [event] = desk.session.annotation.live_events().values()
    return (proposal.role, proposal.mention) in [(held.role, held.mention) for held in event.arguments]


def becomes(disposition: str) -> Done:
    return lambda desk, item: desk.session.items[item.mention.id].disposition == disposition


def reads(quote: str) -> Done:
    return lambda desk, item: desk.session.items[item.mention.id].mention.quote == quote


def added(kind: str, label: str | None = None) -> Done:
    def done(desk: Any, _: Any) -> bool:
        mention = desk.here.mention
        return (mention.kind, mention.quote.lower(), mention.label) == (
            kind,
            "re",
            label,
        ) and desk.here.disposition == "added"

    return done


def has_role(role: str) -> Done:
    def done(desk: Any, item: Any) -> bool:
        held = [one for event in desk.session.annotation.live_events().values() for one in event.arguments]
        return (role, item.mention.id) in [(one.role, one.mention) for one in held]

    return done


TASKS: tuple[Task, ...] = (
    Task("confirm", ("enter",), 1, first_untouched, becomes("confirmed")),
    Task("confirm (Arabic keyboard)", ("ش",), 1, first_untouched, becomes("confirmed"), "ar-1"),
    Task("reject", ("x",), 1, first_untouched, becomes("rejected")),
    Task("reject and say why", ("X", "i"), 2, first_untouched, becomes("rejected")),
    Task("leave unsure", ("m",), 1, first_untouched, becomes("unsure")),
    Task(
        "relabel",
        ("t", "c"),
        2,
        at("shelled"),
        lambda desk, item: desk.session.items[item.mention.id].mention.label == "clash.armed",
    ),
    Task(
        "value of a number: 20..99",
        ("v", *"20..99", "enter"),
        len("20..99") + 2,
        at("14"),
        lambda desk, item: (value := desk.session.items[item.mention.id].mention.value).low == 20 and value.high == 99,
    ),
    Task("new span on a search hit", (";", "4"), 3, after_searching, added("place")),
    Task("new trigger on a search hit", (";", "1", "c"), 3, after_searching, added("trigger", "clash.armed")),
    Task("extend a boundary by a cluster", ("]",), 1, at("Idlib"), reads("Idlib\n")),
    Task("shrink a boundary by a cluster", ("}",), 1, at("Idlib"), reads("Idli")),
    Task("extend a boundary by a word", ("-",), 1, at("Tuesday"), reads("on Tuesday")),
    Task("extend the end by a word", ("=",), 1, at("Tuesday"), reads("Tuesday, killing")),
    Task("shrink a boundary by a word", ("_",), 1, at("Russian warplanes"), reads("warplanes")),
    Task("shrink the end by a word", ("+",), 1, at("Russian warplanes"), reads("Russian")),
    Task(
        "extend an Arabic boundary by a word", ("-",), 1, at("الطائرات الحربية"), reads("قصفت الطائرات الحربية"), "ar-1"
    ),
    Task("attach to a role", ("f", "s"), 2, in_an_event, has_role("strikes")),
    Task("accept a proposed argument", ("i",), 1, with_a_proposal, has_proposed),
    Task("undo", ("u",), 1, a_decision, lambda desk, _: desk.session.history.effective == ()),
    Task(
        "next article",
        ("z",),
        1,
        first_untouched,
        lambda desk, _: desk.session.article.article_id != "en-1",
    ),
)


def keystroke_table() -> str:
    """Give the table: what is done, with which keys, how many they are and how many they may be."""
    rows = [
        f"| {one.what} | {' '.join(f'`{key}`' for key in one.keys)} | {len(one.keys)} | {one.at_most} |"
        for one in TASKS
    ]
    return "\n".join(("| to | press | keys | at most |", "|---|---|---|---|", *rows))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.what)
async def test_a_piece_of_work_takes_no_more_keys_than_it_may(sit, task: Task):
    async with sit(task.article) as desk:
        before = await task.begin(desk)
        assert len(task.keys) <= task.at_most
        await desk.press(*task.keys)
        assert not desk.label.panel.asking, "it is done, not half asked"
        assert task.done(desk, before), desk.screen


if __name__ == "__main__":
    sys.stdout.write(f"{keystroke_table()}\n")
