"""Programs killed at any point while they work, again and again: what they acknowledged must be there, once.

    python -m benchmarks.faults --kills 1000 --engine sqlite
    python -m benchmarks.faults --kills 1000 --engine postgresql [--server-kills 20]
    python -m benchmarks.faults --control --engine sqlite|postgresql      # wrong on purpose: must find losses

Seven programs work at a time: five people, one of whom has a window on each of two machines, and an adjudicator. A
program that is killed is started again at once. Each is a fork of a process that has everything imported and never
opened a store. Ctrl-C ends the run early; what was done until then is examined and told.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from benchmarks.kill_ledger import Findings, Ledger, decisions_in, examine
from benchmarks.killed_program import Life, Planted, live
from benchmarks.killed_workspace import make_workspace
from tests.own_server import OwnServer, own_server

OPENING, WORKING, LONGEST = 1.5, 0.8, 60.0
"""Seconds: until when a program dies that is to die while it opens its article, or after its first decision; and how
long any lives at most, before that decision and after it."""
BETWEEN = 20
"""Decisions that are acknowledged before the server is killed again."""
SETTLES = 0.5
"""Seconds for which a killed server stays away."""

_context = get_context("forkserver")
_context.set_forkserver_preload(["benchmarks.kill_ledger"])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to the programs."""

    kills: int
    server_kills: int = 0
    """How often the server is killed as well, evenly over the run."""
    planted: Planted = ""
    at_once: bool = False
    """Whether the programs die with the server, as when all share a machine."""


@dataclass(slots=True)
class Running:
    """A program that runs, and when it dies."""

    life: Life
    process: BaseProcess
    pipe: Connection
    dies: float
    """By the clock, at the latest."""
    works: float = LONGEST
    """Seconds after its first decision."""
    after: Counter[str] = field(default_factory=Counter)
    """How many things of a kind it may say before it dies, at that very moment."""
    said: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    engine: str
    kills: int = 0
    server_kills: int = 0
    when: Counter[str] = field(default_factory=Counter)
    """In what the programs were killed: `opening`, `under way` with decisions that were not acknowledged, `between`."""
    ledger: Ledger = field(default_factory=Ledger)
    findings: Findings | None = None
    seconds: float = 0.0


class Fleet:
    """The programs, and the ledger of what they say."""

    def __init__(self, plan: Plan, lives: list[Life], engine: str, server: OwnServer | None) -> None:
        self._plan, self._lives, self._server = plan, lives, server
        self._shared = {one.person for one in lives if sum(one.person == other.person for other in lives) > 1}
        self._dice = random.Random(8)
        self._running: list[Running] = []
        self._number = 0
        self._back = 0.0
        """When a killed server is to be started again; 0 while it runs."""
        self._acknowledged = 0
        """How many decisions were when the server was killed last."""
        self.outcome = Outcome(engine)

    def run(self) -> None:
        """Kill as often as is planned, or until somebody presses Ctrl-C; nobody is left running."""
        try:
            for life in self._lives:
                self._start(life)
            while self.outcome.kills < self._plan.kills or self.outcome.server_kills < self._plan.server_kills:
                self._listen(0.01)
                for one in self._running.copy():
                    if time.monotonic() >= one.dies or any(one.said[what] >= most for what, most in one.after.items()):
                        self._kill(one)
                        self._start(one.life)
                self._tend_server()
        except KeyboardInterrupt:
            print("interrupted: what was done until now is examined", file=sys.stderr)
        finally:
            for one in self._running.copy():
                self._kill(one, counts=False)
            if self._back and self._server:
                self._server.start()

    def _start(self, life: Life) -> None:
        self._number += 1
        life = replace(life, number=self._number)
        ours, theirs = _context.Pipe(duplex=False)
        process = _context.Process(target=live, args=(life, theirs), daemon=True)
        process.start()
        theirs.close()
        running = Running(life, process, ours, time.monotonic() + LONGEST)
        how = self._dice.random()
        if how < 0.2:
            running.dies = time.monotonic() + self._dice.uniform(0, OPENING)
        elif how < 0.6:
            running.works = self._dice.uniform(0, WORKING)
        else:
            running.after[self._dice.choice(("made", "saved"))] = self._dice.randrange(1, 40)
        self._running.append(running)

    def _listen(self, seconds: float) -> None:
        by_pipe = {one.pipe: one for one in self._running}
        for pipe in wait(list(by_pipe), seconds):
            assert isinstance(pipe, Connection)
            one = by_pipe[pipe]
            try:
                self._note(one)
            except EOFError:
                one.process.join()
                raise AssertionError(f"{one.life} ended by itself: {one.process.exitcode}") from None

    def _note(self, one: Running) -> None:
        said = one.pipe.recv()
        if not one.said:
            one.dies = time.monotonic() + one.works
        one.said[said.what] += 1
        self.outcome.ledger.note(one.life.number, said, two_windows=one.life.person in self._shared)

    def _kill(self, one: Running, *, counts: bool = True) -> None:
        assert one.process.pid is not None
        os.kill(one.process.pid, signal.SIGKILL)
        with suppress(EOFError):
            while True:
                self._note(one)
        one.process.join()
        one.pipe.close()
        self._running.remove(one)
        if counts:
            self.outcome.kills += 1
            if self.outcome.kills % 100 == 0:
                print(f"{self.outcome.kills} killed", file=sys.stderr)
            self.outcome.when[_moment(one.said)] += 1

    def _tend_server(self) -> None:
        """Kill the server when its turn has come, and start it again a little later."""
        if self._server is None:
            return
        if self._back:
            if time.monotonic() >= self._back:
                self._server.start()
                self._back = 0.0
            return
        turn = (self.outcome.server_kills + 0.5) * self._plan.kills / max(1, self._plan.server_kills)
        since = len(self.outcome.ledger.acknowledged) - self._acknowledged
        if self.outcome.server_kills < self._plan.server_kills and self.outcome.kills >= turn and since >= BETWEEN:
            self._server.kill()
            self.outcome.server_kills += 1
            self._acknowledged += since
            self._back = time.monotonic() + SETTLES
            if self._plan.at_once:
                for one in self._running.copy():
                    self._kill(one)
                    self._start(one.life)


def _moment(said: Counter[str]) -> str:
    if not said:
        return "opening"
    return "under way" if said["made"] > said["saved"] else "between"


def fleet_of(url: str, machines: list[Path], planted: Planted) -> list[Life]:
    """Give who works, and on which machine."""
    here, there = machines
    labelling = [(here, "ana"), (here, "ben"), (there, "cem"), (there, "dora"), (here, "both"), (there, "both")]
    lives = [Life(0, url, machine, person, planted=planted) for machine, person in labelling]
    return [*lives, Life(0, url, here, "lea", "adjudicate", planted)]


def asked(work: Callable[..., None], *arguments: Any) -> Any:
    """Give what a fresh process answers."""
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(target=work, args=(*arguments, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        process.join()


@contextmanager
def store(engine: str, folder: Path, *settings: str) -> Iterator[tuple[str, OwnServer | None]]:
    """Give the URL of an empty store, and the server that it is on."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'work.db'}", None
        return
    # Processes are killed here, and no machine: what was written need not be on the disk, only out of the process.
    with own_server("fsync=off", *settings) as server:
        yield server.new_database("faults"), server


def run(engine: str, plan: Plan, *settings: str) -> Outcome:
    """Let programs work on a new store of an engine, kill them as planned, and give what came of it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="annotator-faults-")))
        url, server = stack.enter_context(store(engine, folder, *settings))
        machines = [folder / "here", folder / "there"]
        asked(make_workspace, url, machines)
        before = asked(decisions_in, url, machines[0])
        fleet = Fleet(plan, fleet_of(url, machines, plan.planted), engine, server)
        began = time.monotonic()
        fleet.run()
        fleet.outcome.seconds = time.monotonic() - began
        fleet.outcome.findings = asked(examine, url, fleet.outcome.ledger, machines, before)
    return fleet.outcome


def control(engine: str, kills: int) -> Outcome:
    """Run programs that are wrong on purpose, or a server that is."""
    if engine == "sqlite":
        return run(engine, Plan(kills, planted="acknowledges early"))
    lazy = ("synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=2GB", "wal_buffers=64MB")
    return run(engine, Plan(kills, server_kills=max(1, kills // 20), planted="no outbox", at_once=True), *lazy)


HEAD = (
    "| engine | kills | opening / under way / between | server killed | made | acknowledged | in the store"
    " | lost | doubled | unknown | out of order | sent from outboxes at the end | problems | seconds |"
)


def row(outcome: Outcome) -> str:
    """Give a run as a row of the table."""
    found, when = outcome.findings, outcome.when
    assert found is not None
    moments = f"{when['opening']} / {when['under way']} / {when['between']}"
    said = (outcome.engine, outcome.kills, moments, outcome.server_kills, len(outcome.ledger.made))
    counts = (len(outcome.ledger.acknowledged), found.logged, len(found.lost), found.doubled, found.unknown)
    rest = (found.disordered, found.resent, len(found.problems), f"{outcome.seconds:.0f}")
    return f"| {' | '.join(map(str, (*said, *counts, *rest)))} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--server-kills", type=int, default=0)
    options.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--control", action="store_true")
    given = options.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell runs this in the background
        signal.signal(number, signal.default_int_handler)
    if given.control:
        outcome = control(given.engine, min(given.kills, 100))
    else:
        outcome = run(given.engine, Plan(given.kills, given.server_kills))
    print(HEAD, "|---" * (HEAD.count("|") - 1) + "|", row(outcome), sep="\n")
    assert outcome.findings is not None
    for problem in (*outcome.findings.lost, *outcome.findings.problems)[:20]:
        print(problem, file=sys.stderr)
    if given.control == outcome.findings.sound:
        sys.exit("the control found nothing" if given.control else "something is wrong")


if __name__ == "__main__":
    main()
