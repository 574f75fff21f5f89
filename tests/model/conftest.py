"""Values of every shape that the models allow: mentions, events, decisions."""

from typing import Any

import pytest
from hypothesis import strategies as st

from annotator.model.annotation import LIVE
from annotator.model.canonical import MAX_INTEGER
from annotator.model.decision import (
    Change,
    Decision,
    Finish,
    Redo,
    RemoveEvent,
    RemoveMention,
    Rule,
    SetEvent,
    SettleMention,
    Undo,
)
from annotator.model.event import Argument, Event
from annotator.model.mention import KINDS, Mention
from annotator.model.value import NumberValue, TimeValue

NAMES = st.text("abXY-_.:é٣قـ💥", min_size=1, max_size=4)
AMOUNTS = st.integers(0, 120) | st.integers(0, MAX_INTEGER)
QUALIFIERS = ("exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "unknown")
PRECISIONS = ("year", "month", "week", "day", "part_of_day", "hour", "minute", "unresolved")


@st.composite
def numbers(draw: st.DrawFn, units: st.SearchStrategy[str] = NAMES) -> NumberValue:
    """Any number that the model takes and that is not negative."""
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    fields: dict[str, Any] = {"low": low, "high": high, "best": draw(st.sampled_from([low, high]) | AMOUNTS)}
    for absent in draw(st.sets(st.sampled_from(["low", "high", "best"]))):
        del fields[absent]
    if draw(st.booleans()):
        fields |= {"num": draw(AMOUNTS), "den": draw(AMOUNTS.filter(bool)), "of": draw(st.none() | NAMES)}
    return NumberValue(
        **fields,
        qualifier=draw(st.sampled_from(QUALIFIERS)),
        unit=draw(st.none() | units),
        scope=draw(st.sampled_from([None, "new", "cumulative", "additional"])),
    )


@st.composite
def times(draw: st.DrawFn) -> TimeValue:
    """Any time with a date that is year, month and day, or part of one."""
    date = draw(st.dates()).isoformat()
    return TimeValue(
        value=draw(st.sampled_from([None, date, date[:7], date[:4], f"-{date[4:]}", f"-{date[4:7]}"])),
        precision=draw(st.sampled_from(PRECISIONS)),
        anchor=draw(st.sampled_from([None, "publication", "quoted_report", "event"])),
        offset=draw(st.none() | st.integers(-400, 400) | st.integers(-MAX_INTEGER, MAX_INTEGER)),
    )


@st.composite
def mentions(draw: st.DrawFn, ids: st.SearchStrategy[str] = NAMES) -> Mention:
    kind = draw(st.sampled_from(KINDS))
    start = draw(AMOUNTS.filter(lambda amount: amount < MAX_INTEGER))
    values: dict[str, st.SearchStrategy[Any]] = {"number": numbers(), "time": times()}
    return Mention(
        id=draw(ids),
        kind=kind,
        start=start,
        end=draw(st.integers(start + 1, min(start + 30, MAX_INTEGER))),
        quote=draw(NAMES),
        label=draw(st.none() | NAMES),
        ref=draw(st.none() | NAMES),
        value=draw(st.none() | values.get(kind, st.none())),
    )


@st.composite
def events(draw: st.DrawFn, ids: st.SearchStrategy[str] = NAMES, mention_ids: st.SearchStrategy[str] = NAMES) -> Event:
    arguments = st.builds(Argument, role=NAMES, mention=mention_ids, of=st.none() | NAMES)
    return Event(
        id=draw(ids),
        type=draw(NAMES),
        triggers=tuple(draw(st.lists(mention_ids, min_size=1, max_size=3))),
        arguments=tuple(draw(st.lists(arguments, max_size=3))),
        realis=draw(st.sampled_from(["actual", "attempted", "generic"])),
        certainty=draw(st.sampled_from(["asserted", "attributed"])),
        background=draw(st.booleans()),
        hub=draw(st.none() | NAMES),
    )


FEW = st.sampled_from(["m1", "m2", "m3", "m4"])
FEW_EVENTS = st.sampled_from(["e1", "e2"])


def changes() -> st.SearchStrategy[Change]:
    """Any change of state, on few ids, so that they meet."""
    return st.one_of(
        st.builds(
            SettleMention,
            disposition=st.sampled_from([*sorted(LIVE), "rejected", "unsure"]),
            mention=mentions(FEW),
            reason=st.none() | NAMES,
        ),
        st.builds(RemoveMention, mention=FEW),
        st.builds(SetEvent, event=events(FEW_EVENTS, FEW)),
        st.builds(RemoveEvent, event=FEW_EVENTS),
        st.builds(Finish, finished=st.booleans()),
        st.builds(
            Rule,
            item=FEW,
            choice=st.sampled_from(["pick", "none", "edited"]),
            annotator=st.none() | NAMES,
        ),
    )


def decision(number: int, *made: Change) -> Decision:
    return Decision(
        id=f"d{number}",
        person="a1",
        article_id="x",
        text_sha256="0" * 64,
        stage="label",
        made_at=number,
        changes=made,
    )


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    steps = st.lists(changes(), min_size=1, max_size=3) | st.builds(lambda of: [Undo(of=of)], NAMES)
    steps |= st.builds(lambda of: [Redo(of=of)], NAMES)
    return decision(draw(st.integers(0, 10**6)), *draw(steps))


class Made:
    """The strategies, for tests to draw from."""

    numbers = staticmethod(numbers)
    times = staticmethod(times)
    mentions = staticmethod(mentions)
    events = staticmethod(events)
    changes = staticmethod(changes)
    decisions = staticmethod(decisions)
    decision = staticmethod(decision)


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made
