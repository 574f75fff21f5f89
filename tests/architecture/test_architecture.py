"""The walls of the house: who imports whom, what every file has, and what the README promises."""

import ast
import importlib
import re
import shutil
import subprocess
from pathlib import Path
from types import FunctionType

import orjson
import pytest
from textual.message_pump import MessagePump

from annotator.cli import VERBS
from annotator.formats.known import Known
from annotator.formats.predictions import read
from annotator.model.settings import Settings
from annotator.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "annotator").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
MOST_LINES = 400


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_rooms_import_downwards_only():
    lint = shutil.which("lint-imports")
    if lint is None:
        pytest.skip("import-linter is not installed here")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_is_one_idea_long(path: Path):
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert len(source.splitlines()) <= MOST_LINES
    assert path.stem not in {"utils", "util", "helpers", "common", "manager", "misc"}


def test_nothing_runs_what_data_says():
    for path in MODULES:
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert called.isdisjoint({"eval", "exec"}), path


def test_the_readmes_verbs_are_the_verbs():
    rows = re.findall(r"^\| `annotator ?([a-z]*)[^`]*` \|", README, re.MULTILINE)
    assert [verb for verb in rows if verb] == [name for name, _ in VERBS]
    assert "" in rows


def test_every_verb_in_an_example_of_the_readme_is_there():
    used = {verb for block in blocks("sh") for verb in re.findall(r"^annotator ([a-z]+)", block, re.MULTILINE)}
    assert used
    assert used <= {name for name, _ in VERBS}


def test_every_example_in_a_help_text_names_its_own_verb():
    for name, _ in VERBS:
        source = (ROOT / "annotator" / "cli" / f"{name}_verb.py").read_text(encoding="utf-8")
        assert f"Example: annotator {name}" in source


def test_the_readmes_predictions_can_be_read():
    examples = blocks("json")
    assert examples
    for example in examples:
        line = orjson.dumps(orjson.loads(example)) + b"\n"
        article = orjson.loads(example)["article_id"]
        text = (ROOT / "seeds" / f"{article}.txt").read_text(encoding="utf-8")
        schema = Workspace(ROOT, Settings()).guidelines().schema
        known = Known(articles=frozenset({article}), texts={article: text}, schema=schema)
        documents, problems = read(line, "README.md", known=known)
        assert [problem.line() for problem in problems if problem.rule != "predictions.anchored"] == []
        assert [document.article_id for document in documents] == [article]


def test_no_screen_hides_something_of_textuals_own_by_a_private_name():
    hidden = []
    for path in sorted((ROOT / "annotator" / "tui").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for made in vars(importlib.import_module(name)).values():
            if isinstance(made, type) and issubclass(made, MessagePump) and made.__module__ == name:
                theirs = {name for base in made.__mro__ if base.__module__.startswith("textual") for name in vars(base)}
                own = {name for name, value in vars(made).items() if isinstance(value, FunctionType | property)}
                hidden += [f"{made.__name__}.{name}" for name in own & theirs if re.match("_[a-z]", name)]
    # Meant: what Textual prints when a program breaks shows what variables hold, which is articles.
    assert hidden == ["TerminalApp._fatal_error"]


def test_the_readmes_python_names_what_is_there():
    import annotator

    for block in blocks("python"):
        for name in re.findall(r"annotator\.(\w+)", block):
            assert hasattr(annotator, name)
