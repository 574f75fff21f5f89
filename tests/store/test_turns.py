"""Writers of one SQLite file go in turn; a turn that hangs, or cannot be had, keeps nobody from writing."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from annotator.store import turns
from annotator.store.engine import file_url, open_engine, reading, writing
from annotator.store.turns import in_turn

Waits = Callable[[Callable[[], bool]], None]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(file_url(tmp_path / "work.db"))
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE line (said TEXT)"))
    yield engine
    engine.dispose()


def write(engine: Engine, said: str) -> None:
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO line VALUES (:said)"), {"said": said})


def written(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT said FROM line ORDER BY rowid")).scalars())


def locks() -> list[str]:
    """Give the lines in which the kernel tells of locks of files that this process has or waits for."""
    told = Path("/proc/locks")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return [line for line in lines if "FLOCK" in line and str(os.getpid()) in line.split()]


def waiting() -> int:
    """Give how many threads of this process wait for a lock."""
    return sum("->" in line for line in locks())


def _are_waiting(number: int) -> bool:
    return waiting() == number


def test_who_waits_longer_goes_first(engine: Engine, waits: Waits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 60)
    queue = [threading.Thread(target=write, args=(engine, str(number))) for number in range(5)]
    with in_turn(engine):
        if not locks():
            pytest.skip("the kernel does not tell here who waits for a lock")
        for number, one in enumerate(queue, start=1):
            one.start()
            waits(partial(_are_waiting, number))
        assert written(engine) == []
    for one in queue:
        one.join(20)
    assert written(engine) == ["0", "1", "2", "3", "4"]


def test_a_turn_that_hangs_is_not_waited_for_for_long(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: Waits
) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", 0.05)
    hanging = os.open(tmp_path / "work.db-turn", os.O_RDONLY)
    fcntl.flock(hanging, fcntl.LOCK_EX)
    write(engine, "first")
    write(engine, "second")
    assert written(engine) == ["first", "second"]
    os.close(hanging)
    waits(lambda: not any(one.name == "turn" for one in threading.enumerate()))
    free = os.open(tmp_path / "work.db-turn", os.O_RDONLY)
    fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)  # whoever gave up waiting does not have it now
    os.close(free)


@pytest.mark.parametrize("in_the_way", ["a folder", "a link to nowhere", "a pipe"])
def test_without_turns_one_writes_all_the_same(engine: Engine, tmp_path: Path, in_the_way: str) -> None:
    turn = tmp_path / "work.db-turn"
    turn.unlink()
    match in_the_way:
        case "a folder":
            turn.mkdir()
        case "a link to nowhere":
            turn.symlink_to(tmp_path / "nowhere")
        case _:
            os.mkfifo(turn)
    write(engine, "said")
    assert written(engine) == ["said"]
    assert not (tmp_path / "nowhere").exists()
