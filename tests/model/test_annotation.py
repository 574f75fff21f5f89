from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.annotation import LIVE, Annotation, fold, history
from annotator.model.decision import (
    Decision,
    Finish,
    Redo,
    RemoveEvent,
    RemoveMention,
    SetEvent,
    SettleMention,
    Undo,
)
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention


def mention(mention_id: str, start: int = 0, kind: str = "trigger", end: int | None = None) -> Mention:
    return Mention.model_validate(
        {"id": mention_id, "kind": kind, "start": start, "end": end or start + 4, "quote": "word"}
    )


def settle(one: Mention, disposition: Any = "confirmed") -> SettleMention:
    return SettleMention(disposition=disposition, mention=one)


EVENT = Event(
    id="e1",
    type="clash.armed",
    triggers=("t", "t2"),
    arguments=(Argument(role="side_a", mention="a"), Argument(role="killed", mention="n", of="isis")),
)
FRAME = Annotation().after(
    [
        settle(mention("t", 10)),
        settle(mention("t2", 2)),
        settle(mention("a", 20, "actor")),
        settle(mention("n", 30, "number"), "added"),
        SetEvent(event=EVENT),
    ]
)


class Typist:
    """Makes decisions, undoes and redoes them, and keeps by itself what should count: two plain stacks."""

    def __init__(self, made: Any) -> None:
        self.made = made
        self.log: list[Decision] = []
        self.counted: list[Decision] = []
        self.undone: list[Decision] = []

    def _append(self, *changes: Any) -> Decision:
        self.log.append(self.made.decision(len(self.log), *changes))
        return self.log[-1]

    def decide(self, changes: list[Any]) -> None:
        self.counted.append(self._append(*changes))
        self.undone.clear()

    def undo(self) -> None:
        if self.counted:
            self.undone.append(self.counted.pop())
            self._append(Undo(of=self.undone[-1].id))

    def redo(self) -> None:
        if self.undone:
            self.counted.append(self.undone.pop())
            self._append(Redo(of=self.counted[-1].id))


@given(st.data())
def test_undo_and_redo_leave_what_the_decisions_that_count_amount_to(made: Any, data: st.DataObject) -> None:
    typist = Typist(made)
    for step in data.draw(st.lists(st.sampled_from(["decide", "decide", "undo", "redo"]), max_size=12)):
        if step == "decide":
            typist.decide(data.draw(st.lists(made.changes(), min_size=1, max_size=2)))
        else:
            getattr(typist, step)()
        so_far = history(typist.log)
        assert list(so_far.effective) == typist.counted
        assert list(so_far.undone) == typist.undone
        assert fold(typist.log) == fold(typist.counted) == after_each(typist.counted)
    held = fold(typist.log)
    steps = len(typist.counted)
    for _ in range(steps):
        typist.undo()
    assert fold(typist.log) == Annotation()
    assert fold(typist.log, FRAME) == FRAME
    for _ in range(steps):
        typist.redo()
    assert fold(typist.log) == held


def after_each(decisions: list[Decision]) -> Annotation:
    annotation = Annotation()
    for one in decisions:
        for change in one.changes:
            annotation = annotation.after([change])
    return annotation


def test_an_undo_of_what_is_not_the_last_decision_changes_nothing(made: Any) -> None:
    first = made.decision(1, settle(mention("t")))
    second = made.decision(2, Finish(finished=True))
    for step in (Undo(of=first.id), Undo(of="nothing"), Redo(of=second.id)):
        assert fold([first, second, made.decision(3, step)]) == fold([first, second])


def test_a_new_decision_forgets_what_could_be_redone(made: Any) -> None:
    first = made.decision(1, settle(mention("t")))
    log = [first, made.decision(2, Undo(of=first.id)), made.decision(3, Finish(finished=True))]
    assert fold([*log, made.decision(4, Redo(of=first.id))]) == Annotation(finished=True)


def test_later_settlings_win_and_the_changes_of_a_decision_go_together(made: Any) -> None:
    log = [
        made.decision(1, settle(mention("t")), SetEvent(event=EVENT)),
        made.decision(2, settle(mention("t", 5), "corrected"), RemoveEvent(event="e1")),
    ]
    assert fold(log).settled["t"].mention.start == 5
    assert fold(log).events == {}
    log.append(made.decision(3, Undo(of="d2")))
    assert fold(log) == fold(log[:1])


def test_removing_what_is_not_there_is_no_error() -> None:
    assert Annotation().after([RemoveMention(mention="x"), RemoveEvent(event="x")]) == Annotation()


def test_what_hangs_on_a_mention_that_no_longer_stands_is_left_out_and_an_undo_brings_it_back(made: Any) -> None:
    assert FRAME.live_events() == {"e1": EVENT}
    assert {disposition: FRAME.after([settle(mention("n", 30, "number"), disposition)]).live_events()["e1"].arguments
            == EVENT.arguments for disposition in (*LIVE, "rejected", "unsure")} == {
        "confirmed": True, "corrected": True, "added": True, "rejected": False, "unsure": False,
    }  # fmt: skip
    rejected = made.decision(1, settle(mention("a", 20, "actor"), "rejected"))
    assert fold([rejected], FRAME).live_events()["e1"].arguments == EVENT.arguments[1:]
    assert fold([rejected, made.decision(2, Undo(of="d1"))], FRAME).live_events() == {"e1": EVENT}


def test_an_event_without_a_live_trigger_is_no_event() -> None:
    lost_main = FRAME.after([settle(mention("t", 10), "rejected")])
    assert lost_main.live_events()["e1"].triggers == ("t2",)
    assert lost_main.after([RemoveMention(mention="t2")]).live_events() == {}
    assert lost_main.after([RemoveMention(mention="t2")]).events == {"e1": EVENT}


def test_a_mention_that_is_made_another_kind_is_no_trigger_any_more() -> None:
    rekinded = FRAME.after([settle(mention("t", 10, "actor"), "corrected")])
    assert rekinded.live_events()["e1"].triggers == ("t2",)
    assert rekinded.after([settle(mention("t", 10))]).live_events() == {"e1": EVENT}


def test_mentions_and_events_stand_in_reading_order() -> None:
    later = Event(id="e0", type="x", triggers=("a2",))
    annotation = FRAME.after([settle(mention("a2", 12)), SetEvent(event=later), settle(mention("t3", 2, end=9))])
    assert list(annotation.live_mentions()) == ["t3", "t2", "t", "a2", "a", "n"]
    assert list(annotation.live_events()) == ["e1", "e0"]
