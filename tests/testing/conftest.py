"""A workspace with gold and predictions, in which pytest runs as an extractor's author runs it."""

import json
import os
import shutil
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that names the plugin as a package does that is installed: by the entry points of `pyproject.toml`."""
    site = tmp_path_factory.mktemp("site")
    about = site / "annotator_under_test-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: annotator-under-test\nVersion: 1.0\n")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["pytest11"]
    lines = [f"{name} = {module}" for name, module in declared.items()]
    (about / "entry_points.txt").write_text("\n".join(["[pytest11]", *lines, ""]))
    return site


@pytest.fixture
def there(pytester: pytest.Pytester, installed: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with our gold, and predictions of it: `all`, `most` (of the triggers), and `few`."""
    # What each test gives pytest must be all there is.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(installed), str(ROOT)]))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    for name in ("gold", "seeds", "guidelines"):
        shutil.copytree(ROOT / name, pytester.path / name)
    shutil.copy(ROOT / "annotator.toml", pytester.path)
    gold = [json.loads(line) for line in (ROOT / "gold/1.0.0/gold.jsonl").read_text("utf-8").splitlines()]
    for name, nth in (("all", 1), ("most", 5), ("few", 2)):
        lines = [json.dumps(_without(record, nth)) + "\n" for record in gold]
        (pytester.path / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    return pytester


def _without(record, nth):
    """Give a record without every nth mention, from the second on; without none for 1."""
    kept = [one for number, one in enumerate(record["mentions"]) if nth == 1 or number % nth != 1]
    return {"article_id": record["article_id"], "mentions": kept}
