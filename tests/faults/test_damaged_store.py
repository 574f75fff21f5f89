"""Stores that a disk or a crash damaged: told in a sentence, and every intact decision brought back."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from annotator.store.recovering import recover
from annotator.store.workspace import find_workspace
from annotator.workflow import storekeeping
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.labelling import labelling
from annotator.workflow.leasing import next_article
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project
from annotator.workflow.storekeeping import rescue
from benchmarks.damaged_stores import (
    PAGE,
    in_words,
    killed_in_writing,
    places_of,
    rows_of,
    texts_of,
    workspace_with_work,
)
from tests.faults.conftest import Said

ROOT = Path(__file__).parents[2]


def test_twenty_two_random_damages_cost_no_intact_decision_and_no_verb_ends_in_a_traceback() -> None:
    command = [sys.executable, "-m", "benchmarks.faults_disk", "damage", "--times", "2", "--json", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == 11
    for name, counts in found.items():
        assert counts["damages"] == 2, name
        assert counts["missing"] == 0, name
        assert counts["invented"] == 0, name
        assert counts["tracebacks"] == [], name
        assert counts["unnamed"] == 0, name
    assert sum(counts["refused"] for counts in found.values()) >= 8
    # The damages were real: of some stores not everything was intact, and of each something.
    assert 22 * 100 < sum(counts["intact"] for counts in found.values()) < 22 * 355


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which three people made 360 decisions."""
    return workspace_with_work(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def damaged(worked_in: Path, tmp_path: Path) -> Path:
    """A copy of it whose store a test damages."""
    return Path(shutil.copytree(worked_in, tmp_path / "damaged"))


@pytest.mark.parametrize(
    "size", [b"\x02\x00", b"\x20\x00", b"\x00\x01", b"\x12\x34"], ids=["512", "8192", "64K", "none"]
)
@pytest.mark.parametrize("reserved", [0, 8, 255])
def test_a_first_page_that_lies_about_the_size_of_pages(damaged: Path, size: bytes, reserved: int) -> None:
    store = damaged / ".annotator" / "work.db"
    data = bytearray(store.read_bytes())
    data[16:18], data[20] = size, reserved
    store.write_bytes(data)
    assert recover(store, damaged / "new.db", texts_of(damaged)).decisions == 360


def test_a_journal_with_many_heads_gives_back_what_is_gone_from_the_file(damaged: Path) -> None:
    store = damaged / ".annotator" / "work.db"
    whole, places, rows = store.read_bytes(), places_of(store), rows_of(store)
    journal = bytes(killed_in_writing(damaged)["-journal"])
    assert journal.count(bytes.fromhex("d9d505f920a163d7")) > 5
    in_journal = {row[1] for row, spans in places.items() if whole[spans[0][0] : spans[0][0] + PAGE] in journal}
    assert len(in_journal) > 200
    store.write_bytes(whole[:PAGE] + bytes(len(whole) - PAGE))
    store.with_name("work.db-journal").write_bytes(journal)
    recover(store, damaged / "new.db", texts_of(damaged))
    came = {row[1] for row in rows_of(damaged / "new.db")}
    assert in_journal <= came <= {row[1] for row in rows}


def test_a_damaged_store_names_what_to_do_and_it_works(damaged: Path, annotator: Callable[..., Said]) -> None:
    store = damaged / ".annotator" / "work.db"
    data = bytearray(store.read_bytes())
    data[PAGE : 3 * PAGE] = bytes(2 * PAGE)
    data[-PAGE // 2 :] = b""
    store.write_bytes(data)
    refused = annotator(damaged, "status")
    assert refused.status == 3
    assert "`annotator store recover` brings back what is intact" in refused.err
    assert store.read_bytes() == data
    recovered = annotator(damaged, "store", "recover", "--replace")
    assert "brought back" in recovered.out
    assert annotator(damaged, "status").status == 0
    assert annotator(damaged, "check").status == 0
    assert (damaged / ".annotator" / "work.damaged.db").read_bytes() == data


@pytest.mark.parametrize("field", ["raw_sha256", "text_sha256", "text", "metadata"])
def test_a_text_that_cannot_be_read_names_what_to_do(workspace: Path, field: str) -> None:
    with sqlite3.connect(workspace / ".annotator" / "work.db") as connection:
        connection.execute(f"UPDATE article SET {field} = CAST(x'61ff62' AS TEXT) WHERE article_id = 'en-1'")
    connection.close()
    refused = 0
    for verb in (["status"], ["check"], ["agree"], ["suggest"], ["store", "status"]):
        status, said = in_words(workspace, verb)
        assert status is not None, said
        refused += status == 3 and "annotator store recover" in said
    assert refused > 0


def slots_of(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT * FROM task ORDER BY task_id").fetchall()
    connection.close()
    return rows


def test_who_has_which_article_and_what_is_done_comes_back_with_the_work(workspace: Path) -> None:
    project = open_project(workspace)
    carry_out(project, plan(project, Wish(people=("miriam", "noor", "sami"), overlap=2)))
    for name in ("miriam", "noor"):
        article = next_article(project, name, "label")
        assert article is not None
        with labelling(project, article, name) as session:
            for item in session.in_order():
                confirm(session, item)
            if name == "miriam":
                session.finish()
    project.close()
    store = workspace / ".annotator" / "work.db"
    before = slots_of(store)
    assert {row[5] for row in before} == {"open", "leased", "done"}
    assert {row[9] for row in before if row[2] == "adjudicate"} <= {1, 2}
    recover(store, workspace / "new.db", {})
    assert slots_of(workspace / "new.db") == before

    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE decision SET payload = payload || ' ' WHERE person = 'a1' AND person_seq = 2")
    connection.close()
    recover(store, workspace / "less.db", {})
    (changed,) = [row for row, old in zip(slots_of(workspace / "less.db"), before, strict=True) if row[:9] != old[:9]]
    assert changed[5:9] == ("leased", "a1", "a1", 0)


class KilledError(Exception):
    pass


def test_a_store_is_there_at_any_step_of_putting_a_recovered_one_in_its_place(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = killed_in_writing(damaged)
    steps = 0
    for last in range(20):
        copy = Path(shutil.copytree(damaged, damaged.with_name(f"step-{last}")))
        store = copy / ".annotator" / "work.db"
        for ending, data in files.items():
            store.with_name(store.name + ending).write_bytes(data)
        left = last

        def one_less(real: Callable[..., None]) -> Callable[..., None]:
            def step(*arguments: object) -> None:
                nonlocal left
                if left == 0:
                    raise KilledError
                left -= 1
                real(*arguments)

            return step

        with monkeypatch.context() as patched, suppress(KilledError):
            for name in ("keep_aside", "remove", "put_in_place"):
                patched.setattr(storekeeping, name, one_less(getattr(storekeeping, name)))
            rescue(find_workspace(copy), None, replace=True)
            left = 1
        if left == 0:
            steps += 1
            assert store.exists()
            rescue(find_workspace(copy), None, replace=True)
        assert len(rows_of(store)) == 360
        kept = [one.read_bytes() for one in store.parent.glob("work.damaged*.db")]
        assert bytes(files[""]) in kept
        if left > 0:
            break
    assert steps == 4  # two files are kept aside, a journal goes, and the new one comes


NOTES = ("guidelines.json", "screens.json", "person", "tokens.json")


@pytest.mark.parametrize("name", NOTES)
def test_what_a_crash_left_half_written_beside_the_store_stops_nobody_with_a_traceback(
    name: str, workspace: Path, annotator: Callable[..., Said]
) -> None:
    assert annotator(workspace, "status").status == 0
    assert annotator(workspace, "token", "add", "miriam").status == 0
    work = workspace / ".annotator"
    (work / "screens.json").write_bytes(b'{"welcomed":["miriam"],"writing":{"xterm":"guard"}}')
    (work / "person").write_text("miriam", encoding="utf-8")
    whole = (work / name).read_bytes()
    verb = ["token", "list"] if name == "tokens.json" else ["status"]
    cuts = {0, 1, 2, len(whole) // 3, len(whole) // 2, len(whole) - 2, len(whole) - 1}
    halves = [whole[:cut] for cut in sorted(cuts)] + [whole[: len(whole) // 2] + bytes(20), b"\xff\xfe\x00" * 9]
    for half in halves:
        (work / name).write_bytes(half)
        status, said = in_words(workspace, verb)
        assert status is not None, said
        assert status == 0 or (name == "tokens.json" and "tokens.json" in said), said


def test_settings_that_were_half_written_are_refused_with_their_line(workspace: Path) -> None:
    settings = workspace / "annotator.toml"
    settings.write_text('corpus = "seeds"\n[audit]\nwithheld = 0.1\nplanted = 0.1\n', encoding="utf-8")
    whole = settings.read_bytes()
    refused = 0
    for cut in range(len(whole)):
        settings.write_bytes(whole[:cut])
        status, said = in_words(workspace, ["store", "status"])
        assert status is not None, said
        if status:
            refused += 1
            assert "annotator.toml" in said
    assert refused > 20
