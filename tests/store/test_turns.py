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


def waiting_for(path: Path) -> int:
    """Give how many wait for the lock of a file, as the kernel tells it."""
    number = f":{path.stat().st_ino} "
    return sum("->" in line and number in line for line in Path("/proc/locks").read_text(encoding="ascii").splitlines())


def _are_waiting(folder: Path, number: int) -> bool:
    return waiting_for(folder / "work.db-turn") == number


def test_who_waits_longer_goes_first(engine: Engine, tmp_path: Path, waits: Waits) -> None:
    queue = [threading.Thread(target=write, args=(engine, str(number))) for number in range(5)]
    with in_turn(engine):
        for number, one in enumerate(queue, start=1):
            one.start()
            waits(partial(_are_waiting, tmp_path, number))
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
    waits(lambda: waiting_for(tmp_path / "work.db-turn") == 0)
    with in_turn(engine):  # whoever gave up waiting does not have it now
        monkeypatch.setattr(turns, "_PATIENCE", 20)
    with in_turn(engine):
        assert waiting_for(tmp_path / "work.db-turn") == 0


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
