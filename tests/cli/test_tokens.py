"""`annotator token`: made once, shown once, kept as what tells the right one, taken back."""

from pathlib import Path

import orjson
import pytest

from annotator.errors import Refusal
from annotator.store.tokens import read_tokens, tokens_path
from annotator.store.workspace import open_workspace
from annotator.workflow.tokens import Tokens, add_token, holder, remove_token

BITS_256 = 43
"""Letters of base64 that 256 bits take."""


def test_a_token_is_printed_alone_and_kept_nowhere(run, workspace: Path):
    outcome = run("token", "add", "miriam")
    token = outcome.out.strip()
    assert (outcome.status, outcome.out) == (0, f"{token}\n")
    assert len(token) == BITS_256
    assert token not in outcome.err
    assert "not shown again" in outcome.err
    kept = [path for path in (workspace / ".annotator").rglob("*") if path.is_file()]
    assert all(token.encode() not in path.read_bytes() for path in kept)
    assert holder(read_tokens(open_workspace(workspace)), token).name == "miriam"


def test_the_file_is_its_owners_alone_also_when_it_was_not(run, workspace: Path):
    run("token", "add", "miriam")
    path = tokens_path(open_workspace(workspace))
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    run("token", "add", "noor")
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_list_says_who_may_do_what_and_no_more(run, workspace: Path):
    assert (run("token", "list").status, run("token", "list").out) == (0, "")
    token = run("token", "add", "noor", "--only", "label").out.strip()
    run("token", "add", "miriam")
    listed = run("token", "list")
    assert [line.split("  ")[-1].strip() for line in listed.out.splitlines()] == ["miriam", "noor"]
    assert "label and adjudicate" in listed.out.splitlines()[0]
    assert "adjudicate" not in listed.out.splitlines()[1]
    told = orjson.loads(run("token", "list", "--json").out)
    assert [(one["name"], one["stages"]) for one in told] == [("miriam", ["label", "adjudicate"]), ("noor", ["label"])]
    assert set(told[0]) == {"name", "stages", "made"}
    assert token not in listed.out


def test_a_new_token_makes_the_former_worth_nothing(workspace: Path):
    at = open_workspace(workspace)
    first, second = (add_token(at, "miriam", ["label"]) for _ in range(2))
    (kept,) = read_tokens(at)
    assert holder([kept], first) is None
    assert holder([kept], second) == kept


def test_of_two_people_each_token_is_its_own_persons(workspace: Path):
    at = open_workspace(workspace)
    given = {name: add_token(at, name, ["label"]) for name in ("noor", "miriam", "sami")}
    there = read_tokens(at)
    assert {name: holder(there, token).name for name, token in given.items()} == {name: name for name in given}
    assert len({token.salt for token in there}) == len(given)


@pytest.mark.parametrize("given", ["", "x", "\ud800", "é" * 1000, "\x00"])
def test_what_is_no_token_is_nobodys(workspace: Path, given):
    at = open_workspace(workspace)
    add_token(at, "miriam", ["label"])
    assert holder(read_tokens(at), given) is None


def test_what_is_kept_of_a_token_is_no_token(workspace: Path):
    at = open_workspace(workspace)
    add_token(at, "miriam", ["label"])
    (kept,) = read_tokens(at)
    assert holder([kept], kept.digest) is None
    assert holder([kept], kept.salt) is None


def test_a_removed_token_is_gone_and_the_others_stay(run, workspace: Path):
    for name in ("miriam", "noor"):
        run("token", "add", name)
    assert run("token", "remove", "miriam").status == 0
    assert [token.name for token in read_tokens(open_workspace(workspace))] == ["noor"]
    again = run("token", "remove", "miriam")
    assert again.status == 2
    assert "miriam has no token" in again.err


@pytest.mark.parametrize("name", ["", "../x", "a\nb", "-", "x" * 65])
def test_who_cannot_be_a_person_gets_none(run, workspace: Path, name):
    assert run("token", "add", "--", name).status == 2
    assert not tokens_path(open_workspace(workspace)).exists()


def test_a_file_that_is_none_is_said_and_lets_nobody_in(run, workspace: Path):
    at = open_workspace(workspace)
    for content in (b"{", b"[]", b'{"tokens": [{"name": "x"}]}', b"\xff"):
        tokens_path(at).write_bytes(content)
        assert run("token", "list").status == 3
        assert run("token", "add", "miriam").status == 3
        with pytest.raises(Refusal, match="no file of tokens"):
            Tokens(at).now()


def test_who_watches_the_tokens_sees_each_change(workspace: Path):
    at = open_workspace(workspace)
    watched = Tokens(at)
    assert watched.now() == ()
    add_token(at, "miriam", ["label"])
    first = watched.now()
    add_token(at, "miriam", ["label"])
    assert watched.now() != first
    remove_token(at, "miriam")
    assert watched.now() == ()
    add_token(at, "noor", ["label"])
    tokens_path(at).unlink()
    assert watched.now() == ()
