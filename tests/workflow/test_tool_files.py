"""What a user names is found, and nothing that lies outside of it, hides in it or is too much."""

from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.workflow import tool_files
from annotator.workflow.tool_files import files_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "project"
    (made / "anna").mkdir(parents=True)
    (made / ".cache").mkdir()
    for name in ("anna/b.ann", "anna/a.ANN", "readme.md", ".cache/c.ann"):
        (made / name).write_text(name, encoding="utf-8")
    return made


def test_of_a_folder_are_taken_the_files_of_the_format(folder: Path) -> None:
    found = files_at([folder], (".ann",))
    assert (found.name, dict(found.files)) == ("project", {"anna/a.ANN": b"anna/a.ANN", "anna/b.ann": b"anna/b.ann"})


def test_a_file_is_taken_whatever_its_ending(folder: Path) -> None:
    found = files_at([folder / "readme.md"], (".ann",))
    assert (found.name, list(found.files)) == ("readme.md", ["readme.md"])


def test_no_link_leads_out_of_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.ann").write_text("secret", encoding="utf-8")
    (folder / "anna" / "link.ann").symlink_to(tmp_path / "secret.ann")
    assert "anna/link.ann" not in files_at([folder], (".ann",)).files


def test_files_of_one_name_are_told_apart_by_their_folders(folder: Path) -> None:
    (folder / "berta").mkdir()
    (folder / "berta" / "b.ann").write_text("other", encoding="utf-8")
    found = files_at([folder / "anna" / "b.ann", folder / "berta" / "b.ann"], (".ann",))
    assert dict(found.files) == {"b.ann": b"anna/b.ann", "berta/b.ann": b"other"}


def test_the_hash_is_of_names_and_contents(folder: Path) -> None:
    before = files_at([folder], (".ann",)).sha256
    assert before == files_at([folder], (".ann",)).sha256
    (folder / "anna" / "b.ann").rename(folder / "anna" / "c.ann")
    assert before != files_at([folder], (".ann",)).sha256


def test_nothing_and_too_much_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match=r"There is no \.json in"):
        files_at([folder], (".json",))
    with pytest.raises(Refusal, match="could not be read"):
        files_at([folder / "nowhere.ann"], (".ann",))
    monkeypatch.setattr(tool_files, "LARGEST", 12)
    with pytest.raises(Refusal, match="more than 12 bytes"):
        files_at([folder], (".ann",))
