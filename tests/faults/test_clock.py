"""A clock that goes backwards or far ahead: nobody loses work, and no article is done by more people than it wants.

The clock is this machine's, as the store and the workflow ask for it; the real one is not touched. Where libfaketime is
installed (or `FAKETIME_LIBRARY` names it), the whole program is run under it as well.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from annotator.errors import Refusal
from annotator.store.articles import get_article
from annotator.store.log import check_log, decisions_on
from annotator.store.people import find_pseudonym
from annotator.store.tasks import tasks
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.exchange import EXPORTS
from annotator.workflow.labelling import labelling
from annotator.workflow.leasing import next_article
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from annotator.workflow.throughput import throughput

HOUR, DAY = 3_600_000, 24 * 3_600_000
YEAR = 365 * DAY
EPOCH, A_DAY = 2440587.5, 86_400_000


class Clock:
    """What time it is, for the store and the workflow."""

    def __init__(self) -> None:
        self.shift = 0
        """Milliseconds that it is ahead."""
        self._real = time.time_ns

    def time_ns(self) -> int:
        return self._real() + self.shift * 1_000_000

    def set_for(self, engine: Engine) -> None:
        """Let SQLite ask this one: a function of its own hides the one that is built in."""

        @event.listens_for(engine, "connect")
        def _(connection: "object", _record: object) -> None:
            connection.create_function("julianday", 1, lambda _: EPOCH + self.time_ns() / 1_000_000 / A_DAY)  # type: ignore[attr-defined]

        engine.dispose()


@pytest.fixture
def clock(project: Project, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that the test sets."""
    made = Clock()
    monkeypatch.setattr(time, "time_ns", made.time_ns)
    made.set_for(project.engine)
    return made


def label(session: Session, until: int | None = None) -> None:
    for item in session.in_order()[:until]:
        confirm(session, item)


def decided(project: Project, name: str, article: str = "en-1") -> list[str]:
    person = find_pseudonym(project.engine, name, "label")
    assert person is not None
    text = get_article(project.engine, article).text_sha256
    return [one.id for one in decisions_on(project.engine, person, article, text)]


def assigned(project: Project, overlap: int = 1) -> None:
    carry_out(project, plan(project, Wish(("en-1",), overlap=overlap, adjudicated=0)))


def done(project: Project) -> list[str | None]:
    return [task.owner for task in tasks(project.engine) if task.state == "done"]


@pytest.mark.parametrize("jump", [-HOUR, -YEAR, YEAR], ids=["an hour back", "a year back", "a year ahead"])
def test_a_jump_between_decisions_and_sessions_changes_no_order(project: Project, clock: Clock, jump: int) -> None:
    with labelling(project, "en-1", "miriam") as session:
        for number, item in enumerate(session.in_order()[:6]):
            confirm(session, item)
            assert session._writer.drain(30)
            if number == 2:
                clock.shift += jump
        first = [item.mention.id for item in session.in_order() if item.disposition]
    clock.shift += jump
    with labelling(project, "en-1", "miriam") as session:
        assert [item.mention.id for item in session.in_order() if item.disposition] == first
        assert len(session.history.effective) == 6
        session.undo()
        reject(session, session.in_order()[0])
    clock.shift = 0
    with labelling(project, "en-1", "miriam") as session:
        assert session.in_order()[0].disposition == "rejected"
        assert session.in_order()[5].disposition is None
        assert session.clock.active_ms < HOUR
    assert len(decided(project, "miriam")) == 8
    assert check_log(project.engine) == ()
    log = EXPORTS["decisions"](project).data.splitlines()
    places = [next(at for at, line in enumerate(log) if one.encode() in line) for one in decided(project, "miriam")]
    assert places == sorted(places)
    assert throughput(project).people[0].decisions == 8


def test_an_hour_back_during_a_lease_hands_the_article_to_nobody_else(project: Project, clock: Clock) -> None:
    assigned(project)
    assert next_article(project, "miriam", "label") == "en-1"
    with labelling(project, "en-1", "miriam") as session:
        label(session, 3)
        clock.shift = -HOUR
        assert next_article(project, "noor", "label") is None
        label(session)
        session.finish()
    assert next_article(project, "noor", "label") is None
    assert done(project) == [find_pseudonym(project.engine, "miriam", "label")]


@pytest.mark.parametrize("overlap", [1, 2])
def test_a_year_ahead_during_a_lease_loses_no_work_and_finishes_for_no_more_than_are_wanted(
    project: Project, clock: Clock, overlap: int
) -> None:
    assigned(project, overlap)
    names = ("miriam", "noor", "sami", "lea")
    assert next_article(project, "miriam", "label") == "en-1"
    with labelling(project, "en-1", "miriam") as first:
        label(first, 2)
        clock.shift = YEAR
        later = [name for name in names[1:] if next_article(project, name, "label") == "en-1"]
        assert len(later) == overlap
        for name in later:
            with labelling(project, "en-1", name) as session:
                label(session)
                session.finish()
        clock.shift = 0
        label(first)
        first.finish()
        assert first._writer.drain(30)
    assert len(done(project)) == overlap
    assert len(set(done(project))) == overlap
    for name in ("miriam", *later):
        assert len(decided(project, name)) > 2
    with labelling(project, "en-1", "miriam") as session:
        assert session.surplus
        assert session.annotation.finished
    assert check_log(project.engine) == ()


def test_a_lease_that_was_given_by_a_clock_a_year_ahead_does_not_hold_for_a_year(
    project: Project, clock: Clock
) -> None:
    assigned(project)
    clock.shift = YEAR
    assert next_article(project, "miriam", "label") == "en-1"
    clock.shift = 0
    assert next_article(project, "noor", "label") is None
    clock.shift = 15 * DAY
    assert next_article(project, "noor", "label") == "en-1"


def test_who_is_at_work_keeps_a_lease_whatever_the_clock_says(project: Project, clock: Clock) -> None:
    assigned(project)
    with labelling(project, "en-1", "miriam") as session:
        for shift in (0, -YEAR, YEAR, -HOUR, 0):
            clock.shift = shift
            confirm(session, session.in_order()[0])
        label(session)
        session.finish()
    assert done(project) == [find_pseudonym(project.engine, "miriam", "label")]
    with pytest.raises(Refusal), labelling(project, "en-1", "noor"):
        pass


LIBRARIES = (
    os.environ.get("FAKETIME_LIBRARY", ""),
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
    "/usr/local/lib/faketime/libfaketime.so.1",
)

WORK = """
import sys
from pathlib import Path
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import open_project
project = open_project(Path.cwd())
first, last = int(sys.argv[1]), int(sys.argv[2])
with labelling(project, "en-1", "miriam") as session:
    for item in session.in_order()[first:last]:
        confirm(session, item)
project.close()
"""


@pytest.fixture
def at_time(workspace: Path) -> Iterator[Callable[..., None]]:
    """Runs a script in the workspace at another time, such as `-1h` or `+400d`."""
    library = next((one for one in LIBRARIES if one and Path(one).is_file()), None)
    if library is None:
        pytest.skip("libfaketime is not installed here")

    def run(when: str, *arguments: object) -> None:
        faked = {"LD_PRELOAD": library, "FAKETIME": when, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        command = [sys.executable, "-c", WORK, *map(str, arguments)]
        done = subprocess.run(command, cwd=workspace, env=os.environ | faked, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    yield run


def test_sessions_at_any_time_in_any_order(workspace: Path, at_time: Callable[..., None]) -> None:
    for number, when in enumerate(("+0", "-1h", "+400d", "-400d", "+1s")):
        at_time(when, number, number + 1)
    project = open_project(workspace)
    with labelling(project, "en-1", "miriam") as session:
        assert [item.disposition for item in session.in_order()[:6]] == ["confirmed"] * 5 + [None]
    assert len(decided(project, "miriam")) == 5
    assert check_log(project.engine) == ()
    project.close()
