"""A migration that is killed anywhere has moved articles whole or not at all, and goes on where it was."""

import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.store.articles import get_article
from annotator.store.log import check_log, decisions_on, standings
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.migrating import migrate
from annotator.workflow.project import Project, open_project
from annotator.workflow.releasing import plan_release
from tests.new_schema import rename_names

SCRIPT = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from annotator.workflow.migrating import migrate
from annotator.workflow.project import open_project

project, left = open_project(Path(sys.argv[1])), int(sys.argv[2])
def one_less(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(project.engine, "after_cursor_execute", one_less)
event.listen(project.engine, "commit", one_less)
migrate(project)
"""
Program = Callable[..., "subprocess.Popen[str]"]


def label(project: Project, article: str, name: str) -> None:
    with labelling(project, article, name) as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        trigger = next(item for item in session.in_order() if item.mention.kind == "trigger")
        mention_edits.relabel(session, trigger, "strike.air")
        made = event_edits.make_event(session, session.items[trigger.mention.id])
        actor = next(item for item in session.in_order() if item.mention.kind == "actor")
        event_edits.attach(session, session.annotation.live_events()[made], "attacker", actor)
        if name == "noor":
            event_edits.toggle_background(session, session.annotation.live_events()[made])
        session.finish()


def moved(project: Project) -> Counter[tuple[str, str]]:
    """Give how many decisions of migrations there are, by article and person."""
    found: Counter[tuple[str, str]] = Counter()
    for one in standings(project.engine):
        text = get_article(project.engine, one.article_id).text_sha256
        made = decisions_on(project.engine, one.person, one.article_id, text)
        found[one.article_id, one.person] += sum(decision.migration is not None for decision in made)
        assert one.decisions == len(made)
        assert one.finished
    return +found


def test_a_killed_migration_leaves_whole_articles_and_goes_on(
    url: str, workspace: Path, monkeypatch: pytest.MonkeyPatch, program: Program
) -> None:
    monkeypatch.setenv("ANNOTATOR_STORE", url)
    project = open_project(workspace)
    import_corpus(project)
    for article in ("en-1", "ar-1"):
        label(project, article, "miriam")
        label(project, article, "noor")
        with adjudicating(project, article, "lead") as judged:
            for one in judged.unsettled():
                judged.pick(one, one.answers[0])
            judged.finish()
    rename_names(workspace / "guidelines")
    project = Project(project.workspace, project.engine)
    all_of_it = Counter({(one.article_id, one.person): 1 for one in migrate(project, dry_run=True)[0]})
    assert len(all_of_it) == 6
    kills, status = 0, -9
    while status:
        running = program(SCRIPT, workspace, 2 + 9 * kills)
        _, told = running.communicate(timeout=60)
        status = running.returncode
        assert status in (0, -9), told
        there = moved(project)
        for article in ("en-1", "ar-1"):
            of_it = {one for one in there if one[0] == article}
            assert of_it in (set(), {one for one in all_of_it if one[0] == article})
        kills += 1
    assert kills > 3
    assert moved(project) == all_of_it
    assert migrate(project) == ([], [])
    assert moved(project) == all_of_it
    assert check_log(project.engine) == ()
    plan = plan_release(project)
    assert not plan.errors
    assert {event.type for record in plan.release.records for event in record.events} == {"strike.aerial"}
    project.close()
