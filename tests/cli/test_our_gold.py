"""Our own gold follows from the log beside it, and the README's baseline is what our finders do on it."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def block(name: str) -> str:
    """Give the README's block behind `<!-- baseline:NAME -->`."""
    found = re.search(rf"<!-- baseline:{name} -->\n```\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The project's own workspace, without the work of whoever runs the tests."""
    for name in ("seeds", "guidelines", "gold"):
        shutil.copytree(ROOT / name, tmp_path / "ours" / name)
    shutil.copy(ROOT / "annotator.toml", tmp_path / "ours")
    return tmp_path / "ours"


def test_the_readmes_baseline_is_what_the_finders_do_on_our_gold(run, ours, tmp_path):
    assert run("suggest", "--report", "gold/1.0.0", at=ours).out == block("report")
    assert run("suggest", "--out", tmp_path / "baseline.jsonl", at=ours).status == 0
    assert run("score", "gold/1.0.0", tmp_path / "baseline.jsonl", at=ours).out == block("score")
    kinds = [word for kind in ("actor", "place", "number") for word in ("--part", kind)]
    assert run("errors", "gold/1.0.0", tmp_path / "baseline.jsonl", "--group", *kinds, at=ours).out == block("errors")


def test_our_gold_follows_from_the_log_beside_it(run, ours):
    released = ours / "gold" / "1.0.0"
    kept = (released / "gold.jsonl").read_bytes()
    shutil.rmtree(released)
    (ours / "gold" / "CHANGELOG.md").write_text("# Changes of the gold\n", encoding="utf-8")
    assert run("import", at=ours).status == 0
    taken = run("import", "--from", "decisions", "gold/decisions.jsonl", at=ours)
    assert taken.status == 0, taken.err
    assert run("release", at=ours).status == 0
    assert (released / "gold.jsonl").read_bytes() == kept
