"""The command line in this process: what it prints on which stream, and the status it leaves with."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from annotator.cli import main
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.adjudicating import adjudicate
from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project


class Outcome(NamedTuple):
    """How a call of the command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(workspace: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `annotator ARGUMENTS` inside the workspace, without a terminal."""

    def call(*arguments: str | Path, given: str = "", at: Path = workspace) -> Outcome:
        monkeypatch.chdir(at)
        monkeypatch.setattr(sys, "argv", ["annotator", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Outcome(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def adjudicated(workspace: Path) -> Path:
    """The workspace with `en-1` labelled by two people, who disagree on one mention, and adjudicated."""
    project = open_project(workspace)
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            for item in session.in_order():
                if item.mention.kind == "trigger" and item.mention.quote != "shelled":
                    mention_edits.reject(session, item, "duplicate")
                elif item.mention.quote == "14" and name == "noor":
                    mention_edits.reject(session, item)
                else:
                    mention_edits.confirm(session, item)
            trigger = next(item for item in session.in_order() if item.mention.quote == "shelled")
            made = event_edits.make_event(session, trigger)
            attacker = next(item for item in session.in_order() if item.mention.quote == "Regime forces")
            event_edits.attach(session, session.annotation.live_events()[made], "attacker", attacker)
            session.finish()
    judged = adjudicate(project, "en-1", "lead")
    for disagreement in judged.disagreements:
        judged.pick(disagreement, disagreement.answers[0])
    judged.finish()
    judged.session.close()
    project.close()
    return workspace


@pytest.fixture
def released(run: Run, adjudicated: Path) -> Path:
    """The folder of gold 1.0.0."""
    outcome = run("release")
    assert outcome.status == 0, outcome.err
    return adjudicated / "gold" / "1.0.0"
