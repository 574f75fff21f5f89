"""Files of settings and guidelines are held whole, so that they have a most: also one that never ends."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.store import toml
from annotator.store.corpus import read_corpus
from annotator.store.workspace import create_workspace, open_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return create_workspace(tmp_path / "work", []).root


READERS: dict[str, Callable[[Path], object]] = {
    "annotator.toml": open_workspace,
    "guidelines/schema.toml": lambda root: open_workspace(root).guideline_files(),
    "guidelines/lexicon/en.toml": lambda root: open_workspace(root).guidelines(),
    "guidelines/page.md": lambda root: open_workspace(root).page_files(),
    "seeds/articles.toml": lambda root: list(read_corpus(open_workspace(root).corpus)),
}


@pytest.mark.parametrize("name", READERS)
def test_a_file_beyond_measure_is_refused_by_name(root: Path, name: str) -> None:
    with (root / name).open("wb") as file:
        file.truncate(toml.LARGEST + 1)  # without filling a disk
    with pytest.raises(Refusal) as refused:
        found = READERS[name](root)
        raise next(one for one in found if isinstance(one, Refusal))  # of articles all are told
    assert (refused.value.code, int(refused.value.exit)) == ("file.too-large", 2)
    assert refused.value.what.startswith(f"{root / name} is larger than 64 MB")


def test_a_file_without_end_is_refused(root: Path) -> None:
    (root / "annotator.toml").unlink()
    (root / "annotator.toml").symlink_to("/dev/zero")
    with pytest.raises(Refusal, match="is larger than 64 MB"):
        open_workspace(root)


def test_a_file_of_the_most_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (root / "annotator.toml").read_bytes()
    monkeypatch.setattr(toml, "LARGEST", len(data))
    assert toml.read_bounded(root / "annotator.toml") == data
    monkeypatch.setattr(toml, "LARGEST", len(data) - 1)
    with pytest.raises(Refusal):
        toml.read_bounded(root / "annotator.toml")
