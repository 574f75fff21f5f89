"""Taking other tools' work in: what becomes of it in the log, and what it leaves alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from annotator.errors import Refusal
from annotator.formats.tools.registry import format_named
from annotator.model.annotation import fold
from annotator.store.articles import get_article
from annotator.store.log import check_log, decisions_on
from annotator.workflow import mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.log_exchange import export_decisions
from annotator.workflow.project import Project, open_project
from annotator.workflow.tool_export import export_work
from annotator.workflow.tool_files import ToolFiles
from annotator.workflow.tool_import import Taking, take_files_in
from tests.team_store import Team


@pytest.fixture
def project(workspace: Path) -> Iterator[Project]:
    """The workspace of `en-1` and `ar-1`, open."""
    opened = open_project(workspace)
    yield opened
    opened.close()


def taking(*records: dict[str, object], **how: object) -> Taking:
    data = b"".join(orjson.dumps(record) + b"\n" for record in records)
    given = Taking(format_named("jsonl"), ToolFiles("work.jsonl", {"work.jsonl": data}), people={None: "anna"})
    return replace(given, **how)


def on(project: Project, article_id: str, person: str = "a1"):
    article = get_article(project.engine, article_id)
    return fold(decisions_on(project.engine, person, article_id, article.text_sha256))


def english(project: Project, *mentions: dict[str, object], **more: object) -> dict[str, object]:
    text = get_article(project.engine, "en-1").text
    found = []
    for number, one in enumerate(mentions):
        start = text.index(one["quote"])
        found.append({"id": f"x{number}", "start": start, "end": start + len(one["quote"])} | one)
    return {"article_id": "en-1", "mentions": found, **more}


def test_what_finders_propose_is_confirmed_or_corrected_and_all_else_is_added(project: Project) -> None:
    with labelling(project, "en-1", "x") as session:
        proposed = next(item.mention for item in session.in_order() if item.mention.quote == "14")
    same = {"quote": "14", "kind": "number", "value": proposed.value.plain(), "label": proposed.label}
    other = {"quote": "12 civilians", "kind": "actor", "label": "PERSON"}
    for mention in (same, same | {"value": {"low": 3}}):
        name = mention["value"].get("low")
        come = take_files_in(project, taking(english(project, mention, other), people={None: f"p{name}"}))
        assert not come.refused
    settled = [
        {one.mention.quote: one.disposition for one in on(project, "en-1", f"a{n}").settled.values()} for n in (1, 2)
    ]
    assert [one["14"] for one in settled] == ["confirmed", "corrected"]
    assert settled[0]["12 civilians"] in ("added", "corrected")
    assert check_log(project.engine) == ()


def test_a_part_of_another_number_keeps_what_it_is_of(project: Project) -> None:
    record = english(
        project,
        {"quote": "14", "kind": "number", "value": {"low": 1, "num": 1, "den": 2, "of": "x1"}},
        {"quote": "12", "kind": "number", "value": {"low": 12}},
    )
    take_files_in(project, taking(record))
    mentions = on(project, "en-1").live_mentions()
    (part,) = [one for one in mentions.values() if one.quote == "14"]
    assert mentions[part.value.of].quote == "12"


def test_unfinished_work_is_gone_on_with(project: Project) -> None:
    take_files_in(project, taking(english(project, {"quote": "14", "kind": "number"}), finished=False))
    assert not on(project, "en-1").finished
    with labelling(project, "en-1", "anna") as session:
        item = next(item for item in session.in_order() if item.disposition is None)
        mention_edits.confirm(session, item)
        assert session.undo()
        with pytest.raises(Refusal, match=r"taking work\.jsonl in"):
            session.undo()
    again = take_files_in(project, taking(english(project, {"quote": "14", "kind": "number"}), finished=False))
    assert (again.there, again.taken) == (1, ())


def test_what_was_said_no_to_stays_so(project: Project) -> None:
    text = get_article(project.engine, "en-1").text
    start = text.index("14")
    no = {"kind": "number", "start": start, "end": start + 2, "quote": "14", "reason": "ordinal"}
    title = {"kind": "title", "start": 0, "end": 39}
    take_files_in(project, taking(english(project, rejected=[no], regions=[title])))
    said = on(project, "en-1")
    assert [(one.disposition, one.reason) for one in said.settled.values()] == [("rejected", "ordinal")]
    assert [region.kind for region in said.regions] == ["title"]
    written = export_work(project, format_named("jsonl"))
    (line,) = next(iter(written.files.values())).splitlines()
    assert orjson.loads(line)["rejected"] == [no]
    lost = export_work(project, format_named("prodigy")).losses
    assert {loss.what for loss in lost} == {"rejected", "regions"}


def test_a_language_that_letters_do_not_tell_is_kept_beside_the_article(project: Project, workspace: Path) -> None:
    record = {"article_id": "n.1", "text": "12 (…) 2016\n", "language": "ar", "mentions": []}
    assert take_files_in(project, taking(record)).articles == ("n.1",)
    assert get_article(project.engine, "n.1").language == "ar"
    assert set(import_corpus(project).arrivals.values()) == {"unchanged"}
    assert on(project, "n.1").finished


def test_a_language_that_none_here_has_is_told(project: Project) -> None:
    record = {"article_id": "fr", "text": "Douze morts.\n", "language": "fr", "mentions": []}
    (problem,) = take_files_in(project, taking(record)).problems
    assert (problem.level, "language 'fr'" in problem.message) == ("warning", True)


def test_an_article_that_waits_in_the_corpus_is_not_written_over(project: Project, workspace: Path) -> None:
    (workspace / "seeds" / "waits.txt").write_text("One text.\n", encoding="utf-8")
    record = {"article_id": "waits", "text": "Another text.\n", "mentions": []}
    come = take_files_in(project, taking(record))
    assert [problem.rule for problem in come.problems] == ["format.text-differs"]
    assert export_decisions(project).data == b""
    same = take_files_in(project, taking(record | {"text": "One text.\r\n"}))
    assert not same.refused


def test_names_of_events_across_articles_are_the_files_own(project: Project) -> None:
    text = "Rebels shelled it.\n"
    shelled = {"id": "t", "kind": "trigger", "start": 7, "end": 14, "label": "strike.artillery"}
    event = {"id": "e", "type": "strike.artillery", "triggers": ["t"], "hub": "h1"}
    record = {"text": text, "mentions": [shelled], "events": [event]}
    take_files_in(project, taking(*({"article_id": name, **record} for name in ("one", "two"))))
    other = taking({"article_id": "three", **record})
    take_files_in(project, replace(other, files=ToolFiles("other.jsonl", other.files.files)))
    one, two, three = (next(iter(on(project, name).events.values())).hub for name in ("one", "two", "three"))
    assert one == two != three


@pytest.mark.postgres
def test_in_a_team_its_keeper_takes_work_in_and_an_annotator_only_their_own(team: Team) -> None:
    team.add("ann", "annotator")
    team.add("bob", "annotator")
    with team.project("ann") as project:
        record = english(project, {"quote": "14", "kind": "number"})
        with pytest.raises(Refusal) as refused:
            take_files_in(project, taking(record, people={None: team.name("bob")}))
        assert refused.value.code == "store.rights"
        come = take_files_in(project, taking({"article_id": "new", "text": "New.\n"}, people={None: team.name("ann")}))
        assert "format.rights" in {problem.rule for problem in come.problems}
        mine = take_files_in(project, taking(record, people={None: team.name("ann")}))
        assert (mine.refused, len(mine.taken)) == (False, 1)
    with team.project(None) as project:
        theirs = take_files_in(project, taking(record, people={None: team.name("bob")}))
        assert (theirs.refused, len(theirs.taken)) == (False, 1)
        assert check_log(project.engine) == ()
