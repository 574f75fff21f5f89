import getpass
import unicodedata
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.store.workspace import Workspace, create_workspace
from annotator.workflow.person import (
    NAME_VARIABLE,
    checked_name,
    known_person,
    remember_person,
    required_person,
    suggested_name,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = create_workspace(tmp_path / "work", [])
    workspace.ready_for_work()
    return workspace


def test_what_is_given_comes_before_the_environment_and_that_before_what_is_remembered(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert known_person(workspace, None) is None
    remember_person(workspace, " Ann ")
    assert known_person(workspace, None) == "Ann"
    monkeypatch.setenv(NAME_VARIABLE, "Bea")
    assert known_person(workspace, None) == "Bea"
    assert known_person(workspace, "Cem") == "Cem"
    assert known_person(workspace, "") == "Bea"
    monkeypatch.setenv(NAME_VARIABLE, "")
    assert known_person(workspace, None) == "Ann"


def test_without_any_the_person_is_asked_for(workspace: Workspace) -> None:
    with pytest.raises(Refusal) as raised:
        required_person(workspace, None)
    assert (raised.value.code, raised.value.do) == ("person.unknown", "Add `--as NAME`.")
    assert required_person(workspace, "Ann") == "Ann"


@pytest.mark.parametrize(
    "name", ["Ann", "a", "فاطمة", "أبو محمد", "O'Neil", "ann@example.org", "J.-P. B", "x" * 64, "3"]
)
def test_names_of_people_are_names(name: str) -> None:
    assert checked_name(f"  {name}\n") == name


def test_a_name_is_one_name_however_its_accents_are_spelt() -> None:
    assert checked_name(unicodedata.normalize("NFD", "José Erdoğan")) == "José Erdoğan"


@pytest.mark.parametrize(
    "name", ["", " ", "-x", "_x", "../x", "a/b", "a\nb", "a\tb", "x" * 65, "a\x00b", "a\u202eb", "💥"]
)
def test_what_cannot_be_a_name_is_refused(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(Refusal) as raised:
        checked_name(name)
    assert raised.value.code == "person.name"
    with pytest.raises(Refusal):
        remember_person(workspace, name)
    assert known_person(workspace, None) is None
    if name and "\x00" not in name:
        monkeypatch.setenv(NAME_VARIABLE, name)
        with pytest.raises(Refusal):
            known_person(workspace, None)


def test_an_unreadable_memory_is_none(workspace: Workspace) -> None:
    (workspace.work / "person").write_bytes(b"\xff")
    assert known_person(workspace, None) is None


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_system_that_knows_no_user_suggests_nothing(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", fail)
    assert suggested_name() == ""
