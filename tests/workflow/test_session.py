from collections.abc import Callable, Sequence
from itertools import count
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.model.annotation import Annotation, fold, reading_order
from annotator.model.decision import SettleMention
from annotator.model.event import Realis
from annotator.model.mention import KINDS
from annotator.model.value import NumberValue
from annotator.store.articles import get_article
from annotator.store.log import check_log, decisions_on, standing_of
from annotator.store.people import pseudonym_of
from annotator.text.span import Span, span
from annotator.workflow import event_edits, mention_edits
from annotator.workflow import session as sessions
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for


def open_session(project: Project, name: str = "ann", article_id: str = "english") -> Session:
    """Open an article without the lock that keeps other windows out."""
    article = get_article(project.engine, article_id)
    return Session(project, article, suggestions_for(project, article), pseudonym_of(project.engine, name, "label"))


def saved_annotation(session: Session) -> Annotation:
    return fold(
        decisions_on(session.project.engine, session.person, session.article.article_id, session.article.text_sha256)
    )


def assert_shows_what_was_decided(session: Session) -> None:
    """Hold what the session keeps up to date against the same worked out anew from candidates and decisions."""
    assert session.annotation == fold(session.history.effective)
    expected = {one.id: (one.as_mention(), None, one) for one in session.suggestions.candidates}
    for mention_id, settled in session.annotation.settled.items():
        candidate = expected[mention_id][2] if mention_id in expected else None
        expected[mention_id] = (settled.mention, settled.disposition, candidate)
    assert {key: (item.mention, item.disposition, item.candidate) for key, item in session.items.items()} == expected
    in_order = session.in_order()
    assert [item.mention for item in in_order] == sorted((item[0] for item in expected.values()), key=reading_order)
    assert [session.position_of(item) for item in in_order] == list(range(len(in_order)))
    assert list(session.around(-1, 1)) == in_order
    assert list(session.around(0, -1)) == [*in_order[-1:0:-1], *in_order[:1]]
    for item in in_order:
        start, end, kind = item.mention.start, item.mention.end, item.mention.kind
        assert session.position_at(start) == sum(one.mention.start < start for one in in_order)
        same = [one for one in in_order if (one.mention.kind, one.mention.start, one.mention.end) == (kind, start, end)]
        assert session.standing_at(kind, start, end) == same
        for stretch in (item.mention.span, span(start - 1, start), span(end - 1, end + 1)):
            over = [one for one in in_order if one.mention.span.overlaps(stretch)]
            assert session.items.over(stretch) == over
        place = session.position_of(item)
        nearest = next((one for one in session.around(place, 1) if one.disposition is None), None)
        assert session.items.next_untouched(place, 1) == nearest
    settled = session.annotation.settled
    assert session.untouched == sum(one.id not in settled for one in session.suggestions.candidates)


def assert_same_state(one: Session, other: Session) -> None:
    for name in ("annotation", "history", "items", "untouched", "cursor"):
        assert getattr(one, name) == getattr(other, name), name
    assert one.in_order() == other.in_order()


def random_edit(session: Session, data: st.DataObject) -> None:
    """Do one thing that a person can do."""
    item = data.draw(st.sampled_from(session.in_order()))
    event = data.draw(st.sampled_from([*session.annotation.live_events().values(), None]))
    edits: dict[str, Callable[[], object]] = {
        "confirm": lambda: mention_edits.confirm(session, item),
        "reject": lambda: mention_edits.reject(session, item, "idiom"),
        "unsure": lambda: mention_edits.unsure(session, item),
        "relabel": lambda: mention_edits.relabel(session, item, data.draw(st.sampled_from(["move.alert", "x"]))),
        "refer": lambda: mention_edits.refer(session, item, "isis"),
        "revalue": lambda: mention_edits.revalue(
            session, item, NumberValue(low=1) if item.mention.kind == "number" else None
        ),
        "rekind": lambda: mention_edits.rekind(session, item, data.draw(st.sampled_from(KINDS))),
        "move_edges": lambda: mention_edits.move_edges(
            session, item, item.mention.start - 1, item.mention.end + data.draw(st.integers(-6, 2))
        ),
        "add": lambda: mention_edits.add(
            session, data.draw(st.sampled_from(KINDS)), (start := data.draw(st.integers(0, 60))), start + 4, "x"
        ),
        "make_event": lambda: event_edits.make_event(session, item),
        "undo": session.undo,
        "redo": session.redo,
        "finish": session.finish,
        "reopen": session.reopen,
        "settle_all": lambda: [mention_edits.confirm(session, one) for one in session.in_order()],
    }
    if event is not None:
        edits |= {
            "add_trigger": lambda: event_edits.add_trigger(session, event, item),
            "attach": lambda: event_edits.attach(
                session, event, data.draw(st.sampled_from(sorted(session.schema.roles_of(event.type)) or ["x"])), item
            ),
            "detach": lambda: event_edits.detach(session, event, item.mention.id),
            "set_of": lambda: event_edits.set_of(session, event, item.mention.id, "isis"),
            "set_realis": lambda: event_edits.set_realis(session, event, data.draw(st.sampled_from(get_args(Realis)))),
            "remove_event": lambda: event_edits.remove_event(session, event),
        }
    before = session.history
    try:
        edits[data.draw(st.sampled_from(sorted(edits)))]()
    except Refusal as refusal:
        assert refusal.code == "label.not-possible"
        assert session.history == before


_examples = count()


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_whatever_is_done_the_session_shows_it_and_resumes_it(lasting_project: Project, data: st.DataObject) -> None:
    article_id = data.draw(st.sampled_from(["english", "arabic"]))
    name = f"person {next(_examples)}"
    session = open_session(lasting_project, name, article_id)
    for _ in range(data.draw(st.integers(1, 25))):
        random_edit(session, data)
        assert_shows_what_was_decided(session)
    session.cursor = data.draw(st.integers(0, 50))
    made = session.annotation, session.history
    assert session.close(20)
    again = open_session(lasting_project, name, article_id)
    assert_shows_what_was_decided(again)
    assert_same_state(session, again)
    while again.undo():
        assert_shows_what_was_decided(again)
    assert again.annotation == Annotation()
    while len(again.history.effective) < len(made[1].effective):
        assert again.redo()
    assert_shows_what_was_decided(again)
    assert again.annotation == made[0]
    assert again.history.effective == made[1].effective
    assert again.close(20)
    assert saved_annotation(again) == made[0]
    assert check_log(lasting_project.engine) == ()


def test_undo_and_redo_say_whether_there_was_anything(work: Any, session: Session) -> None:
    assert not session.undo()
    assert not session.redo()
    mention_edits.confirm(session, work.find(session, "actor"))
    assert session.undo()
    assert session.redo()
    assert not session.redo()


def test_after_another_decision_nothing_can_be_redone(work: Any, session: Session) -> None:
    mention_edits.confirm(session, work.find(session, "actor"))
    session.undo()
    mention_edits.confirm(session, work.find(session, "place"))
    assert not session.redo()


def test_an_article_is_not_done_while_a_candidate_is_untouched(work: Any, session: Session) -> None:
    for item in session.in_order()[1:]:
        mention_edits.confirm(session, item)
    with pytest.raises(Refusal, match="Still untouched: 1 candidate"):
        session.finish()
    mention_edits.unsure(session, session.in_order()[0])
    session.finish()
    assert session.annotation.finished


def test_a_finished_article_takes_no_decision_until_it_is_opened_again(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    session = open_session(project)
    assert session.annotation.finished
    before = session.history
    with pytest.raises(Refusal, match="marked done") as raised:
        mention_edits.unsure(session, work.find(session, "actor"))
    assert raised.value.code == "label.not-possible"
    assert session.history is before
    session.reopen()
    mention_edits.unsure(session, work.find(session, "actor"))
    assert work.find(session, "actor").disposition == "unsure"
    session.undo()
    session.undo()
    assert session.annotation.finished
    session.close()


def test_who_comes_back_finds_decisions_and_place(work: Any, project: Project) -> None:
    session = open_session(project)
    mention_edits.reject(session, work.find(session, "number"), "ordinal")
    session.cursor = 42
    assert session.close()
    again = open_session(project)
    assert (again.cursor, work.find(again, "number").disposition) == (42, "rejected")
    assert again.untouched == len(again.suggestions.candidates) - 1
    again.close()


def test_the_place_is_remembered_without_a_decision_and_nothing_else_is(project: Project) -> None:
    session = open_session(project)
    session.close()
    here = (session.person, "english", session.article.text_sha256)
    assert standing_of(project.engine, *here) is None
    session = open_session(project)
    session.cursor = 7
    session.close()
    standing = standing_of(project.engine, *here)
    assert standing is not None
    assert (standing.cursor, standing.decisions, standing.finished) == (7, 0, False)


def test_a_place_that_cannot_be_kept_keeps_nobody(work: Any, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object) -> None:
        raise Refusal("store.unreachable", "The store does not answer.")

    leaving = open_session(project)
    mention_edits.confirm(leaving, work.find(leaving, "actor"))
    work.save(leaving)
    monkeypatch.setattr(sessions, "keep_cursor", silent)
    assert leaving.close(20)


def test_two_people_do_not_see_each_other(work: Any, project: Project) -> None:
    ann, bea = open_session(project, "ann"), open_session(project, "bea")
    mention_edits.confirm(ann, work.find(ann, "actor"))
    work.save(ann)
    assert open_session(project, "bea").annotation == bea.annotation == Annotation()


def test_everything_is_said_to_be_saved_only_when_it_is(work: Any, project: Project) -> None:
    session = open_session(project)
    told: list[tuple[str, int]] = []
    on_disk: list[int] = []

    def note(state: Any) -> None:
        told.append((state.state, state.pending))
        if state.state == "saved":
            on_disk.append(len(saved_annotation(session).settled))

    session.on_save = note
    mention_edits.confirm(session, work.find(session, "actor"))
    assert session.close(20)
    assert told[0] == ("saving", 1)
    assert (told[-1], on_disk) == (("saved", 0), [1])


def test_what_changed_is_told(work: Any, session: Session) -> None:
    told: list[Sequence[Span]] = []
    session.on_change = told.append
    item = work.find(session, "trigger")
    where, moved = item.mention.span, span(item.mention.start, item.mention.end + 1)
    mention_edits.move_edges(session, item, *moved)
    session.undo()
    assert [set(stretches) for stretches in told] == [{where, moved}] * 2


# Two windows of one person on one article: nothing that either decided is lost.


def fork(work: Any, project: Project) -> tuple[Session, Session]:
    """Give two windows of one person, the second of which has just found out about the first."""
    first, second = open_session(project), open_session(project)
    mention_edits.confirm(first, work.find(first, "actor"))
    work.save(first)
    mention_edits.reject(second, work.find(second, "number"), "idiom")
    second._writer.drain(20)
    assert second.save_state.state == "forked"
    return first, second


def test_after_a_fork_reloading_keeps_what_both_windows_decided(work: Any, project: Project) -> None:
    _, second = fork(work, project)
    second.reload()
    assert_shows_what_was_decided(second)
    assert (work.find(second, "actor").disposition, work.find(second, "number").disposition) == (
        "confirmed", "rejected",
    )  # fmt: skip
    assert second.close(20)
    assert second.save_state.state == "saved"
    assert saved_annotation(second) == second.annotation
    assert check_log(project.engine) == ()


def test_a_fork_that_is_found_on_leaving_loses_nothing(work: Any, project: Project) -> None:
    _, second = fork(work, project)
    assert second.close(20)
    kept = open_session(project)
    assert (work.find(kept, "actor").disposition, work.find(kept, "number").disposition) == ("confirmed", "rejected")


def test_leaving_loses_nothing_while_the_other_window_saves_on(work: Any, project: Project) -> None:
    first, second = fork(work, project)
    first.reload()
    others = ["time", "place", "trigger"]

    def come_between(state: Any) -> None:
        if state.state == "saving" and others:
            mention_edits.confirm(first, work.find(first, others.pop()))
            assert first._writer.drain(20)

    second.on_save = come_between
    assert second.close(20)
    assert not others
    kept = open_session(project)
    found = [work.find(kept, kind).disposition for kind in ("actor", "time", "place", "trigger", "number")]
    assert found == ["confirmed"] * 4 + ["rejected"]


def test_what_was_undone_before_a_fork_was_found_stays_undone(work: Any, project: Project) -> None:
    _, second = fork(work, project)
    mention_edits.confirm(second, work.find(second, "place"))
    second.undo()
    mention_edits.unsure(second, work.find(second, "time"))
    second.undo()
    second.redo()
    second.reload()
    assert work.find(second, "place").disposition is None
    assert work.find(second, "time").disposition == "unsure"
    assert second.close(20)
    assert_same_state(second, open_session(project))


def test_an_undo_of_what_is_no_longer_last_is_left_out(work: Any, project: Project) -> None:
    before = open_session(project)
    mention_edits.confirm(before, work.find(before, "place"))
    before.close(20)
    first, second = open_session(project), open_session(project)
    mention_edits.confirm(first, work.find(first, "actor"))
    work.save(first)
    second.undo()
    mention_edits.confirm(second, work.find(second, "time"))
    second._writer.drain(20)
    second.reload()
    assert [work.find(second, kind).disposition for kind in ("place", "actor", "time")] == ["confirmed"] * 3
    assert second.close(20)
    made = decisions_on(project.engine, second.person, "english", second.article.text_sha256)
    assert [type(decision.changes[0]) for decision in made] == [SettleMention] * 3


def test_a_window_that_only_looked_does_not_take_back_what_another_finished(work: Any, project: Project) -> None:
    looking = open_session(project)
    work.label_all(project, "ann")
    looking.cursor = 9
    assert looking.close()
    standing = standing_of(project.engine, looking.person, "english", looking.article.text_sha256)
    assert standing is not None
    assert (standing.finished, standing.untouched, standing.cursor) == (True, 0, 9)
    assert standing.decisions > 5
