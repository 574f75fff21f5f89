"""What the screen says of saving is true: "saved" only after the commit, and what cannot be saved is kept."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.store import engine as engines
from annotator.store import writer as writers
from annotator.store.articles import put_article
from annotator.store.engine import file_url, open_engine, writing
from annotator.store.log import Standing, append, check_log, decisions_on, standings
from annotator.store.migrate import bring_up_to_date
from annotator.store.writer import SaveState, Writer

MakeDecision = Callable[..., Decision]
Waits = Callable[[Callable[[], bool]], None]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_PATIENCE", 0.05)
    monkeypatch.setattr(writers, "_FIRST_RETRY", 0.02)
    monkeypatch.setattr(writers, "_LAST_RETRY", 0.05)


@pytest.fixture
def ready_writer(
    article: Article, make_decision: MakeDecision, make_standing: Callable[..., Standing]
) -> Iterator[Callable[..., "Desk"]]:
    """Makes a writer on an engine; whatever it saves, it has stopped at the end."""
    desks: list[Desk] = []

    def make(engine: Engine, seen: int = 0, on_change: Callable[[SaveState], None] = lambda state: None) -> "Desk":
        desks.append(Desk(engine, seen, on_change, article, make_decision, make_standing))
        return desks[-1]

    yield make
    for desk in desks:
        desk.writer.close(0)


class Desk:
    """A writer with someone who decides."""

    def __init__(
        self,
        engine: Engine,
        seen: int,
        on_change: Callable[[SaveState], None],
        article: Article,
        make_decision: MakeDecision,
        make_standing: Callable[..., Standing],
    ) -> None:
        self.engine, self.article = engine, article
        self.make_decision, self.make_standing = make_decision, make_standing
        self.said: list[str] = []

        def told(state: SaveState) -> None:
            self.said.append(state.state)
            on_change(state)

        self.writer = Writer(engine, seen, told)

    def decide(self, *ids: str) -> None:
        for decision_id in ids:
            self.writer.submit(
                self.make_decision(decision_id, self.article), self.make_standing(self.article, cursor=len(self.said))
            )

    def unsaved(self) -> list[str]:
        return [decision.id for decision in self.writer.unsaved()]

    @property
    def state(self) -> SaveState:
        return self.writer.state


def logged(engine: Engine, article: Article) -> list[str]:
    return [decision.id for decision in decisions_on(engine, "a1", article.article_id, article.text_sha256)]


def test_saved_is_said_only_after_the_commit(
    url: str, engine: Engine, article: Article, ready_writer: Callable[..., Desk]
) -> None:
    reader = open_engine(url)
    seen_when_saved: list[int] = []

    def look(state: SaveState) -> None:
        if threading.current_thread() is not threading.main_thread():
            missing = queued[0] - state.pending - len(logged(reader, article))
            seen_when_saved.append(missing)
        else:
            queued[0] += 1

    queued = [0]
    desk = ready_writer(engine, on_change=look)
    for number in range(30):
        desk.decide(str(number))
        if number % 7 == 0:
            assert desk.writer.drain(10)
    assert desk.writer.drain(10)
    assert desk.state == SaveState("saved", 0)
    assert set(seen_when_saved) == {0}
    assert desk.said.count("saved") >= 5
    assert set(desk.said) == {"saving", "saved"}
    reader.dispose()


def test_decisions_are_saved_in_order_however_fast_they_come(
    engine: Engine, article: Article, ready_writer: Callable[..., Desk]
) -> None:
    desk = ready_writer(engine)
    ids = [str(number) for number in range(450)]
    desk.decide(*ids)
    assert desk.writer.close(30)
    assert logged(engine, article) == ids
    assert check_log(engine) == ()
    (standing,) = standings(engine)
    assert standing.decisions == 450
    assert standing.cursor > 400


def test_work_goes_on_from_what_was_seen(engine: Engine, article: Article, ready_writer: Callable[..., Desk]) -> None:
    first = ready_writer(engine)
    first.decide("a", "b")
    assert first.writer.close(10)
    second = ready_writer(engine, seen=2)
    assert second.state == SaveState("saved", 0)
    second.decide("c")
    assert second.writer.close(10)
    assert logged(engine, article) == ["a", "b", "c"]


def suffers_and_recovers(desk: Desk, waits: Waits, code: str, mend: Callable[[], None]) -> None:
    """The writer says what is wrong, keeps all, and saves it in order once the trouble is over."""
    desk.decide("b", "c")
    waits(lambda: desk.state.state == "failing")
    assert desk.state.refusal is not None
    assert desk.state.refusal.code == code
    desk.decide("d")
    assert (desk.state.state, desk.state.pending) == ("failing", 3)
    assert desk.writer.drain(0.2) is False
    assert desk.unsaved() == ["b", "c", "d"]
    assert "saved" not in desk.said[desk.said.index("failing") :]
    mend()
    assert desk.writer.drain(30)
    assert desk.state == SaveState("saved", 0)
    assert logged(desk.engine, desk.article) == ["a", "b", "c", "d"]
    assert check_log(desk.engine) == ()


def test_a_locked_store(
    url: str, engine: Engine, ready_writer: Callable[..., Desk], waits: Waits, tmp_path: Path
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("a server makes writers wait, it does not refuse them")
    desk = ready_writer(engine)
    desk.decide("a")
    assert desk.writer.drain(10)
    other = open_engine(url)
    connection = other.connect()
    connection.begin()
    suffers_and_recovers(desk, waits, "store.not-written", connection.close)
    other.dispose()


@pytest.fixture
def on_disk(small_disk: Callable[[str], Path], make_article: Callable[..., Article]) -> Iterator[Engine]:
    """A store with an article on a disk of half a megabyte."""
    engine = open_engine(file_url(small_disk("size=512k") / "work.db"))
    bring_up_to_date(engine)
    put_article(engine, make_article())
    yield engine
    engine.dispose()


def disk_of(engine: Engine) -> Path:
    assert engine.url.database is not None
    return Path(engine.url.database).parent


@pytest.fixture
def article(make_article: Callable[..., Article], request: pytest.FixtureRequest) -> Article:
    if "engine" in request.fixturenames:
        put_article(request.getfixturevalue("engine"), make_article())
    return make_article()


def test_a_full_disk(on_disk: Engine, ready_writer: Callable[..., Desk], waits: Waits) -> None:
    desk = ready_writer(on_disk)
    desk.decide("a")
    assert desk.writer.drain(10)
    ballast = disk_of(on_disk) / "ballast"
    with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    suffers_and_recovers(desk, waits, "store.not-written", ballast.unlink)


def test_a_disk_that_may_only_be_read_for_a_while(
    on_disk: Engine, remount: Callable[[Path, str], None], ready_writer: Callable[..., Desk], waits: Waits
) -> None:
    desk = ready_writer(on_disk)
    desk.decide("a")
    assert desk.writer.drain(10)
    on_disk.dispose()
    remount(disk_of(on_disk), "ro")
    suffers_and_recovers(desk, waits, "workspace.read-only", lambda: remount(disk_of(on_disk), "rw"))


@pytest.mark.postgres
def test_a_server_that_lets_nobody_in_for_a_while(
    databases: Callable[[], str],
    make_article: Callable[..., Article],
    ready_writer: Callable[..., Desk],
    waits: Waits,
) -> None:
    engine, other = (open_engine(url) for url in (databases(), databases()))
    bring_up_to_date(engine)
    put_article(engine, make_article())
    desk = ready_writer(engine)
    desk.decide("a")
    assert desk.writer.drain(10)

    def allow(whether: bool) -> None:
        name = engine.url.database
        with writing(other) as connection:
            connection.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {whether}"))
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            )

    allow(False)
    suffers_and_recovers(desk, waits, "store.unreachable", lambda: allow(True))
    desk.writer.close(10)
    engine.dispose()
    other.dispose()


def test_an_answer_that_was_lost(
    engine: Engine, article: Article, ready_writer: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = [2]

    def append_and_lose(*said: object) -> None:
        append(*said)  # type: ignore[arg-type]
        if lost[0]:
            lost[0] -= 1
            raise Refusal("store.unreachable", "The line was cut.")

    monkeypatch.setattr(writers, "append", append_and_lose)
    desk = ready_writer(engine)
    desk.decide("a", "b")
    assert desk.writer.drain(10)
    assert "failing" in desk.said
    assert logged(engine, article) == ["a", "b"]


def test_a_fork_is_said_and_stays_said(
    engine: Engine,
    article: Article,
    ready_writer: Callable[..., Desk],
    waits: Waits,
    make_decision: MakeDecision,
    make_standing: Callable[..., Standing],
) -> None:
    desk = ready_writer(engine)
    append(engine, [make_decision("theirs", article)], 0, make_standing(article))
    desk.decide("mine")
    waits(lambda: desk.state.state == "forked")
    desk.decide("more")
    assert (desk.state.state, desk.state.pending) == ("forked", 2)
    assert desk.state.refusal is not None
    assert desk.state.refusal.code == "store.fork"
    assert desk.writer.drain(60) is False  # at once: waiting would not help
    assert desk.writer.close(60) is False
    assert desk.unsaved() == ["mine", "more"]
    assert logged(engine, article) == ["theirs"]


def test_what_was_saved_before_a_fork_is_not_pending(
    engine: Engine,
    article: Article,
    ready_writer: Callable[..., Desk],
    waits: Waits,
    make_decision: MakeDecision,
    make_standing: Callable[..., Standing],
) -> None:
    append(engine, [make_decision("saved, answer lost", article)], 0, make_standing(article))
    append(engine, [make_decision("theirs", article)], 1, make_standing(article))
    desk = ready_writer(engine)
    with desk.writer._changed:  # so that both go in one batch
        desk.decide("saved, answer lost", "mine")
    waits(lambda: desk.state.state == "forked")
    assert desk.unsaved() == ["mine"]
    assert desk.state.pending == 1


def test_closing_waits_for_what_is_left(engine: Engine, article: Article, ready_writer: Callable[..., Desk]) -> None:
    desk = ready_writer(engine)
    desk.decide(*"abc")
    assert desk.writer.close(30) is True
    assert logged(engine, article) == ["a", "b", "c"]
    assert desk.writer.close(0) is True
    assert not desk.writer._thread.is_alive()


def test_closing_says_that_not_all_is_saved(
    engine: Engine, article: Article, ready_writer: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*said: object) -> None:
        raise Refusal("store.not-written", "The disk is full.")

    monkeypatch.setattr(writers, "append", refuse)
    desk = ready_writer(engine)
    desk.decide("a")
    assert desk.writer.close(0.3) is False
    assert desk.unsaved() == ["a"]
    assert logged(engine, article) == []
    desk.writer._thread.join(10)
    assert not desk.writer._thread.is_alive()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_is_not_silent(
    engine: Engine, article: Article, ready_writer: Callable[..., Desk], waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*said: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(writers, "append", fault)
    desk = ready_writer(engine)
    desk.decide("a")
    waits(lambda: desk.state.state == "failing")
    assert desk.state.refusal is not None
    assert "fault in the program" in desk.state.refusal.what
    assert desk.unsaved() == ["a"]
