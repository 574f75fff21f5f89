"""The decision log goes out of one store and into another: all of it or nothing, and the same release comes of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json
from annotator.model.settings import AuditSettings
from annotator.store.articles import get_article
from annotator.store.log import check_log, standings
from annotator.store.people import find_pseudonym, pseudonym_of
from annotator.store.whole_log import every_decision
from annotator.text.span import span
from annotator.workflow import mention_edits
from annotator.workflow.challenging import file_challenge
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.log_exchange import Imported, export_decisions, import_decisions
from annotator.workflow.project import Project, open_project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.session import Session

Json = dict[str, Any]


@pytest.fixture
def worked(work: Any, project: Project) -> Project:
    """Three people label in turns, two of them both articles; one article is adjudicated, with a difference in it."""
    work.label_all(project, "ann")
    with labelling(project, "english", "bea") as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        mention_edits.reject(session, session.in_order()[0])
        session.undo()
        session.redo()
        session.finish()
    work.label_all(project, "ann", "arabic")
    with adjudicating(project, "english", "judge") as adjudication:
        for one in adjudication.unsettled():
            adjudication.pick(one, one.answer_of("a1"))
        adjudication.finish()
    with labelling(project, "arabic", "cy") as session:
        mention_edits.confirm(session, session.in_order()[0])
    return project


@pytest.fixture
def clone(worked: Project, tmp_path: Path) -> Iterator[Project]:
    """The workspace as another machine gets it: articles, guidelines and settings, and no work."""
    root = tmp_path / "clone"
    shutil.copytree(worked.workspace.root, root, ignore=shutil.ignore_patterns(".annotator"))
    project = open_project(root)
    import_corpus(project)
    yield project
    project.close()


def sent(source: Project, target: Project, **who: str) -> Imported:
    return import_decisions(target, export_decisions(source).data, "log", who)


def refused(target: Project, data: bytes, **who: str) -> list[tuple[str, str]]:
    """Give what is said against the log, when nothing of it was taken in."""
    before = every_decision(target.engine), standings(target.engine)
    came = import_decisions(target, data, "log", who)
    assert (every_decision(target.engine), standings(target.engine)) == before
    assert came.taken == 0
    return [(problem.rule, f"{problem.where}: {problem.message}") for problem in came.problems]


def test_the_log_arrives_as_it_was_and_the_same_release_follows(worked: Project, clone: Project) -> None:
    came = sent(worked, clone)
    made = every_decision(worked.engine)
    assert (came.problems, came.taken, came.there) == ((), len(made), 0)
    assert every_decision(clone.engine) == made
    assert check_log(clone.engine) == ()
    assert export_decisions(clone).data == export_decisions(worked).data
    assert plan_release(clone).release.files == plan_release(worked).release.files
    assert plan_release(clone).problems == plan_release(worked).problems


def test_a_log_that_was_split_by_article_arrives_where_people_are_named(worked: Project, clone: Project) -> None:
    lines = export_decisions(worked).data.splitlines(keepends=True)
    who = {"a1": "ann", "a2": "bea", "a3": "cy", "j1": "judge"}
    for article in ("english", "arabic"):  # not in the order of the log
        part = [line for line in lines if orjson.loads(line)["decision"]["article_id"] == article]
        there = {orjson.loads(line)["decision"]["person"] for line in part}
        came = import_decisions(
            clone, b"".join(part), article, {one: name for one, name in who.items() if one in there}
        )
        assert came.problems == ()
    assert plan_release(clone).release.files == plan_release(worked).release.files


def test_it_is_known_how_far_everybody_is(worked: Project, clone: Project) -> None:
    sent(worked, clone)
    told = [
        (one.person, one.article_id, one.decisions, one.untouched, one.finished) for one in standings(worked.engine)
    ]
    assert told == [
        (one.person, one.article_id, one.decisions, one.untouched, one.finished) for one in standings(clone.engine)
    ]
    assert {finished for *_, finished in told} == {True, False}


def test_a_decision_that_is_there_already_is_success(worked: Project, clone: Project) -> None:
    first, again = sent(worked, clone), sent(worked, clone)
    assert (again.problems, again.taken, again.there) == ((), 0, first.taken)
    assert (sent(worked, worked).taken, sent(worked, worked).there) == (0, first.taken)


def test_what_was_decided_since_follows(worked: Project, clone: Project) -> None:
    sent(worked, clone)
    with labelling(worked, "arabic", "cy") as session:
        mention_edits.confirm(session, session.in_order()[1])
    came = sent(worked, clone)
    assert (came.problems, came.taken) == ((), 1)
    assert every_decision(clone.engine) == every_decision(worked.engine)


def test_stores_that_went_on_separately_are_not_mixed(worked: Project, clone: Project) -> None:
    sent(worked, clone, a3="cy")
    for project in (worked, clone):
        with labelling(project, "arabic", "cy") as session:
            mention_edits.confirm(session, session.in_order()[1])
    ((rule, told),) = refused(clone, export_decisions(worked).data)
    assert rule == "decisions.fork"
    assert "decision 2 of a3 on arabic is another one" in told


def test_another_decision_under_the_same_id_is_refused(worked: Project, clone: Project) -> None:
    sent(worked, clone)
    lines = [orjson.loads(line) for line in export_decisions(worked).data.splitlines()]
    lines[4]["decision"]["made_at"] += 1
    ((rule, told),) = refused(clone, b"".join(map(canonical_json, lines)))
    assert rule == "decisions.id"
    assert told.startswith("log:5: ")


@pytest.mark.parametrize(
    ("field", "value", "rule", "told"),
    [
        ("article_id", "greek", "article", "no article 'greek' here"),
        ("text_sha256", "0" * 64, "text", "on another text of english"),
    ],
)
def test_what_is_about_no_text_here_is_refused(
    field: str, value: str, rule: str, told: str, worked: Project, clone: Project
) -> None:
    lines = [orjson.loads(line) for line in export_decisions(worked).data.splitlines()]
    theirs = [line for line in lines if line["decision"]["person"] == "a2"]
    for line in theirs:
        line["decision"][field] = value
    found = refused(clone, b"".join(map(canonical_json, lines)))
    assert {rule for rule, _ in found} == {f"decisions.{rule}"}
    assert len(found) == len(theirs)
    assert all(told in message for _, message in found)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"change": "mention", "start": 0, "end": 3, "quote": "xyz"}, "at 0-3, where 'xyz' should stand"),
        ({"change": "mention", "start": 10**9, "end": 10**9 + 3, "quote": "xyz"}, "The text has '' at 1000000000-"),
        ({"change": "mention", "start": -3, "end": 10**9}, "The text has "),
        ({"change": "regions", "start": 7, "end": 7}, "The region body cannot lie at 7-7"),
        ({"change": "regions", "start": 7, "end": 6}, "The region body cannot lie at 7-6"),
        ({"change": "regions", "start": 0, "end": 10**9}, "The region body cannot lie at 0-1000000000"),
        ({"change": "note", "start": 7, "end": 6}, "The note cannot lie at 7-6"),
        ({"change": "note", "start": 7, "end": 10**9}, "The note cannot lie at 7-1000000000"),
    ],
)
def test_what_lies_outside_of_its_text_is_refused(change: Json, told: str, worked: Project, clone: Project) -> None:
    lines = [orjson.loads(line) for line in export_decisions(worked).data.splitlines()]
    decision = next(line["decision"] for line in lines if line["decision"]["person"] == "a2")
    text = get_article(worked.engine, decision["article_id"]).text
    place = {"start": change["start"] % len(text) if change["start"] < 0 else change["start"], "end": change["end"]}
    match change["change"]:
        case "mention":
            quote = change.get("quote", text[place["start"] :])
            mention = {"id": "m", "kind": "actor", "quote": quote} | place
            made: Json = {"change": "mention", "disposition": "confirmed", "mention": mention}
        case "regions":
            made = {"change": "regions", "regions": [{"kind": "body"} | place]}
        case _:
            made = {"change": "note", "note": {"id": "n", "kind": "note", "text": "x"} | place}
    decision["changes"] = [made]
    ((rule, said),) = refused(clone, b"".join(map(canonical_json, lines)))
    assert rule == "decisions.offsets"
    assert told in said


def test_a_line_that_is_lost_stops_all(worked: Project, clone: Project) -> None:
    lines = export_decisions(worked).data.splitlines(keepends=True)
    ((rule, _), *_) = refused(clone, b"".join(lines[:3] + lines[4:]))
    assert rule == "decisions.gap"


def test_a_newcomer_gets_no_pseudonym_of_the_log(worked: Project, clone: Project) -> None:
    came = sent(worked, clone)
    assert came.strangers == ("a1", "a2", "a3", "j1")
    assert pseudonym_of(clone.engine, "dee", "label") == "a4"
    assert pseudonym_of(clone.engine, "judge", "adjudicate") == "j2"


def test_who_is_who_can_be_said_then_or_later_and_work_goes_on(worked: Project, clone: Project) -> None:
    assert sent(worked, clone, j1="judge").strangers == ("a1", "a2", "a3")
    with adjudicating(clone, "english", "judge") as adjudication:
        assert adjudication.unsettled() == []
        adjudication.session.reopen()
    assert sent(worked, clone, a3="cy").strangers == ("a1", "a2")
    with labelling(clone, "arabic", "cy") as session:
        assert len(session.history.effective) == 1
    assert find_pseudonym(clone.engine, "cy", "label") == "a3"


def say(session: Session) -> None:
    mention_edits.confirm(session, session.in_order()[0])


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ({}, "Somebody here is a1 already"),
        ({"a1": "ann"}, "Here a1 is not ann"),
        ({"a1": "zoe", "a2": "zoe"}, "They cannot be 2 pseudonyms"),
        ({"a2": "zoe", "a1": "zoe"}, "zoe works here under another pseudonym already"),
        ({"a1": "zoe", "a9": "ann"}, "No decision of the file is by that pseudonym"),
    ],
)
def test_a_pseudonym_that_somebody_else_has_here_is_refused(
    who: dict[str, str], told: str, worked: Project, clone: Project
) -> None:
    with labelling(clone, "arabic", "zoe") as session:
        say(session)
    found = refused(clone, export_decisions(worked).data, **who)
    assert any(rule == "decisions.person" and told in message for rule, message in found)
    assert find_pseudonym(clone.engine, "ann", "label") is None


def test_one_who_is_said_to_be_the_same_goes_on_in_another_article(worked: Project, clone: Project, work: Any) -> None:
    lines = [orjson.loads(line) for line in export_decisions(worked).data.splitlines()]
    english = b"".join(canonical_json(line) for line in lines if line["decision"]["article_id"] == "english")
    with labelling(clone, "arabic", "ann") as session:
        say(session)
    assert "Somebody here is a1 already" in refused(clone, english)[0][1]
    came = import_decisions(clone, english, "log", {"a1": "ann"})
    assert came.problems == ()
    assert check_log(clone.engine) == ()
    assert len(every_decision(clone.engine)) == came.taken + 1


@pytest.mark.parametrize("name", ["", "#a1", "a\nb"])
def test_a_name_that_cannot_be_one_is_refused(name: str, worked: Project, clone: Project) -> None:
    with pytest.raises(Refusal, match="cannot be a person's name"):
        sent(worked, clone, a1=name)
    assert every_decision(clone.engine) == []


def test_decisions_on_an_earlier_text_stay_and_that_is_said(worked: Project) -> None:
    whole = len(every_decision(worked.engine))
    article = worked.workspace.corpus / "arabic.txt"
    article.write_text(article.read_text(encoding="utf-8") + "\nنهاية\n", encoding="utf-8")
    import_corpus(worked)
    exported = export_decisions(worked)
    left = [orjson.loads(line)["decision"]["article_id"] for line in exported.data.splitlines()]
    assert set(left) == {"english"}
    assert exported.losses == (
        f"{whole - len(left)} decisions on earlier texts of articles: nobody else has these texts.",
    )


def test_names_do_not_leave(worked: Project) -> None:
    data = export_decisions(worked).data
    assert [name for name in ("ann", "bea", "cy", "judge") if f'"{name}"'.encode() in data] == []


def test_audits_stay_and_that_is_said(project: Project) -> None:
    settings = project.workspace.settings.model_copy(update={"audit": AuditSettings(withheld=0.5)})
    audited = Project(replace(project.workspace, settings=settings), project.engine)
    with labelling(audited, "english", "ann") as session:
        say(session)
    (loss,) = export_decisions(audited).losses
    assert loss.startswith("Audits of 1 article:")


def test_an_answered_challenge_goes_along_and_one_that_waits_stays(worked: Project, clone: Project) -> None:
    cut_release(worked, plan_release(worked))
    gold = str(worked.workspace.gold / "1.0.0")
    first, second = (
        file_challenge(worked, gold, "english", span(start, start + 7), "It is no clash.", "zoe") for start in (0, 8)
    )
    with adjudicating(worked, "english", "judge") as adjudication:
        adjudication.answer(first, "declined", "It is one.")
    assert export_decisions(worked).losses == ("1 challenge that nobody answered yet.",)
    shutil.copytree(worked.workspace.gold, clone.workspace.gold, dirs_exist_ok=True)
    assert sent(worked, clone).problems == ()
    manifest = plan_release(worked).release.manifest
    assert [one.id for one in manifest.challenges] == [first.id] != [second.id]
    assert plan_release(clone).release.manifest == manifest


def test_a_challenge_is_told_by_one_release_and_gives_no_reason_for_the_next(worked: Project) -> None:
    cut_release(worked, plan_release(worked))
    filed = file_challenge(worked, str(worked.workspace.gold / "1.0.0"), "english", span(0, 7), "No clash.", "zoe")
    with adjudicating(worked, "english", "judge") as adjudication:
        adjudication.answer(filed, "declined", "It is one.")
    cut_release(worked, plan_release(worked))
    with pytest.raises(Refusal, match=r"Nothing changed since 1\.0\.1"):
        plan_release(worked)
