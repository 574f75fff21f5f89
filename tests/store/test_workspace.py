"""A workspace is found from anywhere in it, made whole or not at all, and says when it cannot be worked in."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import Exit, Refusal
from annotator.store import workspace as workspaces
from annotator.store.engine import open_engine
from annotator.store.workspace import create_workspace, find_workspace, open_workspace, shipped_guidelines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return create_workspace(tmp_path / "work", []).root


def test_it_is_found_from_anywhere_in_it(root: Path) -> None:
    deep = root / "seeds" / "a" / "b"
    deep.mkdir(parents=True)
    for start in (root, root / "gold", deep, deep / "not there"):
        assert find_workspace(start).root == root.resolve()


def test_the_nearest_one_is_found(root: Path) -> None:
    inner = create_workspace(root / "gold" / "inner", []).root
    assert find_workspace(inner / "seeds").root == inner.resolve()
    assert find_workspace(inner.parent).root == root.resolve()


def test_guidelines_and_seeds_make_a_workspace_without_settings(root: Path) -> None:
    (root / "annotator.toml").unlink()
    assert find_workspace(root / "seeds").settings.corpus == "seeds"
    shutil.rmtree(root / "seeds")
    with pytest.raises(Refusal):
        find_workspace(root)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="is no workspace") as refusal:
        find_workspace(tmp_path)
    assert (refusal.value.code, refusal.value.exit) == ("workspace.missing", Exit.BAD_INPUT)
    assert "annotator init" in refusal.value.do


def test_settings(root: Path) -> None:
    (root / "annotator.toml").write_text('corpus = "texts"\n[screen]\npreset = "vi"\n[keys]\nconfirm = "c"\n')
    found = open_workspace(root)
    assert found.corpus == root / "texts"
    assert found.settings.screen.preset == "vi"
    assert found.settings.keys == {"confirm": "c"}


@pytest.mark.parametrize(
    ("toml", "named", "near"),
    [
        ('corpsu = "seeds"', "'corpsu'", "'corpus'"),
        ('[screen]\nbidy = "guard"', "'screen.bidy'", "'screen.bidi'"),
        ('[screens]\nbidi = "guard"', "'screens'", "'screen'"),
        ('bidi = "guard"', "'bidi'", "'screen.bidi'"),
        ('[store]\nuri = "x"', "'store.uri'", "'store.url'"),
        ("[wholly]\nother = 1", "'wholly'", "Remove it"),
        ("corpus = 1", "corpus", "Correct"),
        ('corpus = ""', "corpus", "Correct"),
        ("corpus = nan", "corpus", "Correct"),
        ('[screen]\nbidi = "odd"', "screen.bidi", "'guard'"),
        ("keys = 3", "keys", "Correct"),
        ("corpus\n[screen]", "line 1", "Mend"),
    ],
)
def test_settings_that_are_wrong(toml: str, named: str, near: str, root: Path) -> None:
    (root / "annotator.toml").write_text(toml)
    with pytest.raises(Refusal) as refusal:
        find_workspace(root / "gold")
    assert (refusal.value.code, refusal.value.exit) == ("workspace.settings", Exit.BAD_INPUT)
    assert str(root / "annotator.toml") in refusal.value.what
    assert named in refusal.value.what
    assert near in str(refusal.value)


def test_a_number_of_thousands_of_digits_is_refused(root: Path) -> None:
    (root / "annotator.toml").write_text(f"audit.seed = {'9' * 5000}\n", encoding="utf-8")
    with pytest.raises(Refusal, match="thousands of digits"):
        open_workspace(root)


def test_settings_that_cannot_be_read(root: Path) -> None:
    (root / "annotator.toml").unlink()
    (root / "annotator.toml").mkdir()
    with pytest.raises(Refusal, match="could not be read"):
        open_workspace(root)


def test_where_work_is_kept(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def database() -> str | None:
        engine = open_engine(open_workspace(root).store_url)
        engine.dispose()
        return engine.url.database

    assert database() == str(root / ".annotator" / "work.db")
    (root / "annotator.toml").write_text('[store]\nurl = "sqlite:///shared/work.db"\n')
    assert database() == str(root / "shared/work.db")
    (root / "annotator.toml").write_text('[store]\nurl = "sqlite:////shared/work.db"\n')
    assert database() == "/shared/work.db"
    (root / "annotator.toml").write_text('[store]\nurl = "postgresql://ann@host/team"\n')
    assert database() == "team"
    monkeypatch.setenv("ANNOTATOR_STORE", "postgresql://ann@host/other")
    assert database() == "other"


@pytest.mark.parametrize("name", ["100%25 sure?", "a#b", "ق"])
def test_a_workspace_may_have_any_name(name: str, tmp_path: Path) -> None:
    found = create_workspace(tmp_path / name, [])
    engine = open_engine(found.store_url)
    assert engine.url.database == str(tmp_path / name / ".annotator" / "work.db")
    engine.dispose()


def test_the_work_folder_is_made(root: Path) -> None:
    for _ in range(2):
        open_workspace(root).ready_for_work()
        assert list((root / ".annotator").iterdir()) == []


def test_a_workspace_that_may_only_be_read(
    small_disk: Callable[[str], Path], remount: Callable[[Path, str], None]
) -> None:
    disk = small_disk("size=4m")
    made, fresh = create_workspace(disk / "made", []), create_workspace(disk / "fresh", [])
    made.ready_for_work()
    remount(disk, "ro")
    for found in (made, fresh):
        with pytest.raises(Refusal, match="Read-only file system") as refusal:
            found.ready_for_work()
        assert (refusal.value.code, refusal.value.exit) == ("workspace.read-only", Exit.ENVIRONMENT)
        assert find_workspace(found.root).guidelines().schema.types


def test_a_new_workspace(tmp_path: Path) -> None:
    source = tmp_path / "001.txt"
    source.write_bytes(b"\xef\xbb\xbfSix were killed.\r\n")
    made = create_workspace(tmp_path / "new" / "work", [source])
    assert (made.corpus / "001.txt").read_bytes() == source.read_bytes()
    assert made.gold.is_dir()
    ours = {path.relative_to(shipped_guidelines()): path.read_bytes() for path in shipped_guidelines().rglob("*.*")}
    assert ours == {
        path.relative_to(made.guidelines_folder): path.read_bytes() for path in made.guidelines_folder.rglob("*.*")
    }
    assert made.guidelines().schema.types
    assert "seeds/** -text" in (made.root / ".gitattributes").read_text()
    assert ".annotator/" in (made.root / ".gitignore").read_text()
    assert find_workspace(made.corpus).settings == made.settings


def test_an_empty_folder_becomes_one_in_place(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    create_workspace(tmp_path, [])
    assert tmp_path.stat().st_ino == before


def test_nothing_is_written_into_a_folder_that_holds_something(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("Dear")
    for folder in (root, tmp_path / "mine"):
        before = sorted(folder.rglob("*"))
        with pytest.raises(Refusal, match="is not empty") as refusal:
            create_workspace(folder, [])
        assert (refusal.value.code, refusal.value.exit) == ("workspace.exists", Exit.BAD_INPUT)
        assert sorted(folder.rglob("*")) == before
    with pytest.raises(Refusal) as refusal:
        create_workspace(tmp_path / "mine" / "letter", [])
    assert refusal.value.code == "workspace.exists"
    assert (tmp_path / "mine" / "letter").read_text() == "Dear"


@pytest.mark.parametrize("there", [True, False])
def test_a_workspace_that_cannot_be_made_whole_is_not_left_half(there: bool, tmp_path: Path) -> None:
    root = tmp_path / "work"
    if there:
        root.mkdir()
    with pytest.raises(Refusal, match=r"no\.txt: No such file") as refusal:
        create_workspace(root, [tmp_path / "no.txt"])
    assert refusal.value.code == "file.not-written"
    assert root.exists() == there
    create_workspace(root, [])


def test_no_room_for_a_workspace(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=32k")
    with pytest.raises(Refusal, match="No space left") as refusal:
        create_workspace(disk / "work", [])
    assert (refusal.value.code, refusal.value.exit) == ("file.not-written", Exit.ENVIRONMENT)
    assert list(disk.iterdir()) == []


def test_one_that_was_begun_and_not_finished_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PowerCutError(Exception):
        pass

    def cut(*_said: object, **_more: object) -> None:
        raise PowerCutError

    monkeypatch.setattr(workspaces.shutil, "copytree", cut)
    with pytest.raises(PowerCutError):
        create_workspace(tmp_path / "work", [])
    with pytest.raises(Refusal, match="is no workspace"):
        find_workspace(tmp_path / "work")


def test_guidelines_that_are_wrong_are_named(root: Path) -> None:
    (root / "guidelines" / "schema.toml").write_text("[[[")
    with pytest.raises(Refusal, match=r"schema\.toml"):
        open_workspace(root).guidelines()
    (root / "guidelines" / "schema.toml").unlink()
    (root / "guidelines" / "schema.toml").mkdir()
    with pytest.raises(Refusal, match=r"schema\.toml could not be read"):
        open_workspace(root).guidelines()


def test_a_new_workspace_has_our_schema_and_none_of_our_migrations(tmp_path, monkeypatch):
    ours = tmp_path / "ours"
    shutil.copytree(shipped_guidelines(), ours)
    (ours / "migrations" / "schemas").mkdir(parents=True, exist_ok=True)
    (ours / "migrations" / "names.toml").write_text('from = "1.0.0"\n', encoding="utf-8")
    monkeypatch.setattr(workspaces, "shipped_guidelines", lambda: ours)
    made = create_workspace(tmp_path / "work", []).guidelines_folder
    assert (made / "schema.toml").read_bytes() == (ours / "schema.toml").read_bytes()
    assert not (made / "migrations").exists()
