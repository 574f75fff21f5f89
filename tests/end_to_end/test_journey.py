"""The whole way: two people label, a third adjudicates, gold is released and verified, the baseline is scored."""

import subprocess
import sys
from pathlib import Path

import orjson

import annotator
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.adjudicating import adjudicate
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project, open_project

ARTICLES = ("ar-1", "en-1")


def command(*arguments: str, at: Path, status: int = 0) -> str:
    done = subprocess.run([sys.executable, "-m", "annotator", *arguments], cwd=at, capture_output=True, text=True)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def label(project: Project, article: str, name: str, without: str) -> None:
    """Label an article: make an event of each trigger, leave out one number, confirm what is left."""
    with labelling(project, article, name) as session:
        for item in session.in_order():
            if item.mention.quote == without:
                mention_edits.reject(session, item)
            elif item.mention.kind == "trigger":
                made = event_edits.make_event(session, item)
                attacker = next(item for item in session.in_order() if item.mention.kind == "actor")
                event = session.annotation.live_events()[made]
                if "attacker" in event_edits.roles_for(session, event, attacker):
                    event_edits.attach(session, event, "attacker", attacker)
            elif item.disposition is None:
                mention_edits.confirm(session, item)
        session.finish()


def test_from_articles_to_a_score(workspace: Path) -> None:
    project = open_project(workspace)
    for article in ARTICLES:
        label(project, article, "miriam", without="3")
        label(project, article, "noor", without="5")
        judged = adjudicate(project, article, "lead")
        assert judged.disagreements
        for disagreement in judged.disagreements:
            there = [answer for answer in disagreement.answers if answer.content is not None]
            judged.pick(disagreement, there[0])
        judged.finish()
        assert judged.session.close()
    project.close()

    states = orjson.loads(command("status", "--json", at=workspace))
    assert {row["state"] for row in states} == {"adjudicated"}

    command("release", "--dry-run", at=workspace)
    said = command("release", at=workspace)
    assert "released 1.0.0: 2 articles" in said
    gold = workspace / "gold" / "1.0.0"
    assert "verifies" in command("gold", "verify", "gold/1.0.0", at=workspace)
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=gold, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert all(line.endswith(": OK") for line in checked.stdout.splitlines())

    command("suggest", "--out", "baseline.jsonl", at=workspace)
    table = command("score", "gold/1.0.0", "baseline.jsonl", at=workspace)
    assert "1.0.0" in table
    pin = orjson.loads(command("gold", "list", "--json", at=workspace))[0]["pin"]
    scored = command("score", pin, "baseline.jsonl", "--json", at=workspace)

    loaded = annotator.load_gold(gold)
    report = annotator.score(loaded, workspace / "baseline.jsonl")
    assert report.to_json().decode() == scored
    assert report["mentions"].f1 == 1.0
    assert [record.article_id for record in loaded.records] == list(ARTICLES)

    own = annotator.score(loaded, gold / "gold.jsonl")
    assert own["arguments"].f1 == 1.0
    assert command("check", at=workspace) is not None
