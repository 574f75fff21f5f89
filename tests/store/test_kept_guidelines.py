"""What was read of the guidelines is kept as it was read, used for the same bytes only, and never in the way."""

from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.model.guidelines import read_guidelines
from annotator.store import kept_guidelines
from annotator.store.kept_guidelines import KEPT, guidelines_of

FOLDER = Path(__file__).parents[2] / "guidelines"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.toml")}


def unread(_: object) -> None:
    raise AssertionError("the files were read again")


def test_the_second_time_nothing_is_read_and_everything_is_the_same(files, tmp_path, monkeypatch):
    first = guidelines_of(files, tmp_path)
    assert first == read_guidelines(files)
    monkeypatch.setattr(kept_guidelines, "read_guidelines", unread)
    assert guidelines_of(files, tmp_path) == first


def test_a_changed_byte_is_read(files, tmp_path):
    before = guidelines_of(files, tmp_path)
    actors = files["actors.toml"] + b'\n[newcomers]\ntype = "rebel_group"\nen = ["Newcomers"]\n'
    after = guidelines_of(files | {"actors.toml": actors}, tmp_path)
    assert "newcomers" in after.registry.actors
    assert after.digest != before.digest
    assert guidelines_of(files, tmp_path) == before
    with pytest.raises(Refusal):
        guidelines_of(files | {"actors.toml": b"[x"}, tmp_path)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'{"read_from": 1}'])
def test_what_is_damaged_is_read_anew_and_mended(files, tmp_path, damage, monkeypatch):
    expected = guidelines_of(files, tmp_path)
    (tmp_path / KEPT).write_bytes(damage)
    assert guidelines_of(files, tmp_path) == expected
    monkeypatch.setattr(kept_guidelines, "read_guidelines", unread)
    assert guidelines_of(files, tmp_path) == expected


def test_another_version_of_the_program_reads_for_itself(files, tmp_path, monkeypatch):
    guidelines_of(files, tmp_path)
    monkeypatch.setattr(kept_guidelines, "__version__", "99.0.0")
    monkeypatch.setattr(kept_guidelines, "read_guidelines", unread)
    with pytest.raises(AssertionError, match="read again"):
        guidelines_of(files, tmp_path)


def test_changed_code_of_the_program_reads_for_itself(files, tmp_path, monkeypatch):
    code = tmp_path / "code"
    code.mkdir()
    (code / "guidelines.py").write_bytes(b"")
    monkeypatch.setattr(kept_guidelines, "_READERS", code)
    before = guidelines_of(files, tmp_path)
    monkeypatch.setattr(kept_guidelines, "read_guidelines", unread)
    assert guidelines_of(files, tmp_path) == before
    (code / "guidelines.py").write_bytes(b"# another rule")
    with pytest.raises(AssertionError, match="read again"):
        guidelines_of(files, tmp_path)


def test_without_a_folder_to_keep_it_in_it_is_just_read(files, tmp_path):
    assert guidelines_of(files, tmp_path / "none") == read_guidelines(files)
    assert not (tmp_path / "none").exists()
