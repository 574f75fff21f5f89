"""What scores are told about the gold that they rest on."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.workflow.evaluating import load_gold, score
from annotator.workflow.labelling import adjudicating
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release


@pytest.fixture
def released(work: Any, project: Project) -> str:
    for name in ("ann", "bea"):
        work.label_all(project, name)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    return cut_release(project, plan_release(project))


def test_another_articles_file_takes_no_text_from_gold(project: Project, released: str) -> None:
    (project.workspace.corpus / "con.txt").write_bytes(b"A name that some systems keep for a device.")
    (project.workspace.corpus / "bad.txt").write_bytes(b"caf\xe9")
    assert load_gold(released).known.texts.keys() == {"english"}


def test_a_text_that_changed_since_is_not_at_hand(project: Project, released: str) -> None:
    (project.workspace.corpus / "english.txt").write_bytes(b"Something else.")
    assert load_gold(released).known.texts == {}


def test_what_is_doubtful_in_plain_gold_is_said_with_the_score(tmp_path: Path) -> None:
    argument = {"role": "unheard-of", "start": 1, "end": 2}
    line = {"article_id": "x", "events": [{"type": "clash.armed", "arguments": [argument]}]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(line) + "\n", encoding="utf-8")
    rules = [warning.rule for warning in score(gold, gold).warnings]
    assert rules == ["gold.kind", "predictions.kind"]


def test_scores_are_told_by_outlet_where_the_workspace_around_gold_names_it(project: Project, released: str) -> None:
    (project.workspace.corpus / "articles.toml").write_text('[english]\noutlet = "Orient News"\n', encoding="utf-8")
    report = score(released, Path(released) / "gold.jsonl")
    assert report.by("mentions", "source") == {"Orient News": report["mentions"]}
    plain = score(Path(released) / "gold.jsonl", Path(released) / "gold.jsonl")
    assert plain.by("mentions", "source").keys() == {"Orient News"}
    (project.workspace.corpus / "articles.toml").write_text("outlet =", encoding="utf-8")
    assert score(released, Path(released) / "gold.jsonl").by("mentions", "source").keys() == {"unknown"}


def test_articles_are_drawn_a_thousand_times_unless_told_otherwise(released: str) -> None:
    own = Path(released) / "gold.jsonl"
    assert "|boot:1000|seed:13|" in str(score(released, own).signature)
    assert "|boot:0|seed:none|" in str(score(released, own, boot=0).signature)
