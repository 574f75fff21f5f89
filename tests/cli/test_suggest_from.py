"""`annotator suggest --from`: what comes in is told, and every example of the README does what the README says."""

import re
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import orjson
import pytest

from annotator.store.articles import get_article
from annotator.workflow.project import open_project
from annotator.workflow.suggesting import suggestions_for

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DAESH = "A headline\n\nDaesh struck; Daesh withdrew (داعش).\n"
LAST = '{"article_id": "en-1", "mentions": [{"kind": "actor", "quote": "the outskirts of Idlib"}]}'


def block(name: str) -> str:
    """The block of the README that stands below a comment of that name."""
    fenced = re.search(rf"<!-- {name} -->\n(`{{3,}})\w+\n(.*?)\n\1\n", README, re.DOTALL)
    assert fenced is not None, name
    return fenced[2]


@pytest.fixture
def seeds(run, tmp_path: Path) -> Path:
    """A workspace of two of the seeds."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in ("001", "003"):
        (seed,) = (ROOT / "seeds").glob(f"{name}_*.txt")
        (sources / seed.name).write_bytes(seed.read_bytes())
    assert run("init", tmp_path / "war", "--from", sources).status == 0
    return tmp_path / "war"


def proposed_by(workspace: Path, system: str) -> list[tuple[str, str]]:
    """Kind and quote of all that a system proposes in the articles of a workspace, by article."""
    project = open_project(workspace)
    found = [
        (one.kind, one.quote)
        for file in sorted(project.workspace.corpus.glob("*.txt"))
        for one in suggestions_for(project, get_article(project.engine, file.stem)).candidates
        if system in one.finders
    ]
    project.close()
    return found


# What is told


def test_a_file_comes_in_and_that_is_told(run, tmp_path):
    file = tmp_path / "alpha.jsonl"
    file.write_text(LAST, encoding="utf-8")
    outcome = run("suggest", "--from", file)
    assert (outcome.status, outcome.out) == (0, "")
    assert "alpha: 1 article, 1 candidate: 1 new, 0 proposed by others as well" in outcome.err
    told = run("suggest", "--from", file, "--json").json
    assert told["systems"] == {"alpha": {"articles": 1, "boilerplate": 0, "candidates": 1, "merged": 0, "new": 1}}
    assert [problem["rule"] for problem in told["problems"]] == ["predictions.anchored"]


def test_standard_input_comes_in_under_a_name(run, workspace):
    assert run("suggest", "--from", "-", "--system", "my model", given=LAST).status == 0
    assert proposed_by(workspace, "my model") == [("actor", "the outskirts of Idlib")]


def test_an_error_keeps_all_of_a_file_out_unless_it_is_allowed(run, workspace):
    wrong = LAST + "\n" + LAST.replace("en-1", "ar-1")
    outcome = run("suggest", "--from", "-", given=wrong)
    assert (outcome.status, outcome.out) == (2, "")
    assert "error: -:2: mentions[0].quote 'the outskirts of Idlib' has no offsets, and the text does not" in outcome.err
    assert "nothing was taken in" in outcome.err
    assert proposed_by(workspace, "standard input") == []
    assert run("suggest", "--from", "-", "--allow", "anchor", given=wrong).status == 0
    assert len(proposed_by(workspace, "standard input")) == 1


def test_what_is_forgotten_is_told(run, workspace):
    run("suggest", "--from", "-", "--system", "a b", given=LAST)
    assert "what was decided stands" in run("suggest", "--forget", "a b").err
    assert proposed_by(workspace, "a b") == []
    outcome = run("suggest", "--forget", "a b")
    assert (outcome.status, "No system 'a b' proposes anything here" in outcome.err) == (2, True)


def test_names_cannot_steer_the_terminal(run):
    outcome = run("suggest", "--from", "-", "--system", "red \x1b[31m", given=LAST)
    assert outcome.status == 2
    assert "\x1b" not in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "a", "--out", "b"],
        ["--from", "a", "--report", "b"],
        ["--from", "a", "--forget", "b"],
        ["--system", "a"],
        ["--allow", "anchor"],
        ["--from", "-", "--allow", "nonsense"],
        ["--from", "no-such-finder"],
        ["--from", "seeds"],
        ["--from", "spacy:"],
        ["--from", "http://"],
        ["--json"],
    ],
)
def test_wrong_use_is_told_in_two_lines(run, arguments):
    outcome = run("suggest", *arguments, given=LAST)
    assert (outcome.status, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 2


def test_a_folder_is_called_one(run):
    assert "seeds is a folder." in run("suggest", "--from", "seeds").err


def test_no_folder_is_made_for_the_output(run, workspace):
    outcome = run("suggest", "--out", "no/such/out.jsonl")
    assert (outcome.status, "there is no folder" in outcome.err) == (3, True)
    assert not (workspace / "no").exists()


# The examples of the README


def test_the_readmes_lines_are_what_the_tests_run():
    for used in re.findall(r"--from (\S+)", block("from")):
        assert used in (
            "predictions.jsonl",
            "answer.txt",
            "http://127.0.0.1:8080/find",
            "spacy:en_core_web_sm",
            "my-rules",
        )


def test_the_readmes_predictions_come_in(run, seeds):
    (line,) = (text for text in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if '"system"' in text)
    (seeds / "predictions.jsonl").write_bytes(orjson.dumps(orjson.loads(line)))
    outcome = run("suggest", "--from", "predictions.jsonl", at=seeds)
    assert (outcome.status, "my-extractor 2.1: 1 article, 3 candidates" in outcome.err) == (0, True), outcome.err


def test_the_readmes_answer_of_a_language_model_comes_in(run, seeds):
    (seeds / "answer.txt").write_text(block("answer"), encoding="utf-8")
    outcome = run("suggest", "--from", "answer.txt", "--system", "my-model", at=seeds)
    assert outcome.status == 0, outcome.err
    assert "nearest to what is known of their event" in outcome.err
    assert proposed_by(seeds, "my-model") == [
        ("trigger", "clashes"), ("actor", "the gunmen loyal to them"), ("number", "6 members at least"),
    ]  # fmt: skip
    assert run("suggest", "--forget", "my-model", at=seeds).status == 0


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """The README's service, running on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "service.py").write_text(block("service").replace("8080", str(port)), encoding="utf-8")
    running = subprocess.Popen([sys.executable, tmp_path / "service.py"], stderr=subprocess.DEVNULL)
    pause = threading.Event()
    for _ in range(1000):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            break
        assert running.poll() is None
        pause.wait(0.02)
    yield f"http://127.0.0.1:{port}/find"
    running.kill()
    running.wait()


def test_the_readmes_service_comes_in(run, workspace, service):
    (workspace / "seeds" / "more.txt").write_text(DAESH, encoding="utf-8")
    outcome = run("suggest", "--from", service)
    assert outcome.status == 0, outcome.err
    assert proposed_by(workspace, "daesh 1.0") == [("actor", "Daesh")] * 2


def test_the_readmes_pipeline_comes_in(run, workspace, monkeypatch):
    def pipeline(text: str) -> SimpleNamespace:
        start = text.find("Saraqib")
        entity = SimpleNamespace(label_="GPE", start_char=start, end_char=start + 7, text="Saraqib", ent_id_="")
        return SimpleNamespace(ents=[entity] if start >= 0 else [], spans={})

    pipeline.meta = {"lang": "en", "name": "core_web_sm", "version": "3.8.0"}  # type: ignore[attr-defined]
    asked: list[str] = []
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda name: asked.append(name) or pipeline))
    assert run("suggest", "--from", "spacy:en_core_web_sm").status == 0
    assert asked == ["en_core_web_sm"]
    assert proposed_by(workspace, "spacy:en_core_web_sm 3.8.0") == [("place", "Saraqib")]


@pytest.mark.usefixtures("imports_forgotten")
def test_the_readmes_package_comes_in(run, workspace, tmp_path, monkeypatch):
    (workspace / "seeds" / "more.txt").write_text(DAESH, encoding="utf-8")
    points = tomllib.loads(block("package"))["project"]["entry-points"]["annotator.finders"]
    (tmp_path / "my_rules.py").write_text(block("finder"), encoding="utf-8")
    about = tmp_path / "my_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: my-rules\nVersion: 1.0\n", encoding="utf-8")
    named = "\n".join(f"{name} = {what}" for name, what in points.items())
    (about / "entry_points.txt").write_text(f"[annotator.finders]\n{named}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    outcome = run("suggest", "--from", "my-rules")
    assert outcome.status == 0, outcome.err
    assert proposed_by(workspace, "my-rules 1.0") == [("actor", "Daesh"), ("actor", "Daesh"), ("actor", "داعش")]
