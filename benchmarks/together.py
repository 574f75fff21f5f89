"""Several programs at work on one SQLite file at a time: nothing lost, nothing twice, and no word of a lock.

Each is a process of its own with the program's own code from opening the workspace to the disk; verbs are run as
somebody types them. What is decided is counted by whoever decides, and looked for in the log at the end.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import text

from annotator.errors import Refusal
from annotator.store.engine import file_url, open_engine, reading
from annotator.store.log import check_log
from annotator.store.workspace import STORE_VARIABLE, create_workspace
from annotator.store.writer import SaveState
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.mention_edits import confirm, reject
from annotator.workflow.project import open_project
from annotator.workflow.session import Session
from benchmarks.damaged_stores import TEXT

_context = get_context("forkserver")

_VERBS = 3
"""How often a verb is run beside the others, one after the other."""


class Part(NamedTuple):
    """What one program does."""

    name: str
    article: str
    stage: str = "label"
    machine: int = 0
    """The workspace that it works in; all have one store."""


@dataclass(slots=True)
class Counts:
    """What came of it."""

    times: int = 0
    made: int = 0
    lost: int = 0
    doubled: int = 0
    verbs: int = 0
    """How often a verb was run beside them."""
    forks: int = 0
    """Windows that were told to take over what another one of the same person saved."""
    broken: int = 0
    """Stores whose chains do not hold."""
    refused: list[str] = field(default_factory=list)
    """Whatever was said of saving but "saved" and "saving", and verbs that failed."""


def machines_with(folder: Path, *, machines: int = 2) -> list[Path]:
    """Make workspaces with the same articles and one store; give them. Two people have labelled `disputed`."""
    sources = [folder / f"{name}.txt" for name in ("one", "two", "disputed")]
    for source in sources:
        source.write_text(f"{source.stem}\n\n{TEXT}", encoding="utf-8")
    here = create_workspace(folder / "machine-0", sources).root
    project = open_project(here)
    import_corpus(project)
    for name, settle in (("first", confirm), ("second", reject)):
        with labelling(project, "disputed", name) as session:
            for item in session.in_order():
                settle(session, item)
            session.finish()
    project.close()
    others = [Path(shutil.copytree(here, folder / f"machine-{number}")) for number in range(1, machines)]
    return [here, *others]


def work(part: Part, folder: str, url: str, decisions: int, seed: int, told: Connection) -> None:
    """Decide at least so often and until told to stop; tell how often, how many forks there were, and what was said."""
    os.environ[STORE_VARIABLE] = url
    chance, said = random.Random(seed), list[str]()
    project = open_project(Path(folder))
    forks = made = 0

    def heard(state: SaveState) -> None:
        if state.refusal is not None and state.state != "forked":
            said.append(str(state.refusal))

    def toggle(session: Session) -> None:
        chance.choice((confirm, reject))(session, chance.choice(session.in_order()))

    def decide(session: Session, step: Callable[[], None]) -> None:
        nonlocal forks, made
        session.on_save = heard
        told.send("ready")
        told.recv()
        while made < decisions or not told.poll():
            made += 1
            if session.save_state.state == "forked":
                forks += 1
                session.reload()
            step()
            time.sleep(chance.uniform(0, 0.01))

    try:
        if part.stage == "label":
            with labelling(project, part.article, part.name) as session:
                decide(session, lambda: toggle(session))
            pending = session.save_state.pending
        else:
            with adjudicating(project, part.article, part.name) as adjudication:
                asked = adjudication.disagreements
                decide(adjudication.session, lambda: adjudication.none(chance.choice(asked)))
            pending = adjudication.session.save_state.pending
        if pending:
            said.append(f"{pending} not saved")
    except Refusal as refusal:
        said.append(str(refusal))
    project.close()
    told.send((made, forks, said))


Verb = Callable[[int], Sequence[str]]
"""Gives the arguments of a verb by how often it was run."""


def run(
    folder: Path, parts: Sequence[Part], decisions: int, verb: Verb | None = None, times: int = 1, seed: int = 1
) -> Counts:
    """Let all work at a time, so often, while a verb is run again and again; give what was found."""
    _context.set_forkserver_preload(["benchmarks.together"])
    counts = Counts()
    workspaces = machines_with(folder, machines=1 + max(part.machine for part in parts))
    url = file_url(workspaces[0] / ".annotator" / "work.db")
    before = _logged(url)
    for number in range(times):
        made = _once(counts, workspaces, url, parts, decisions, verb, 1000 * seed + 10 * number)
        after = _logged(url)
        counts.times += 1
        counts.made += made
        counts.lost += max(0, len(before) + made - len(after))
        counts.doubled += max(0, len(after) - len(before) - made) + len(after) - len(set(after))
        engine = open_engine(url)
        counts.broken += bool(check_log(engine))
        engine.dispose()
        before = after
    return counts


def _once(
    counts: Counts,
    workspaces: list[Path],
    url: str,
    parts: Sequence[Part],
    decisions: int,
    verb: Verb | None,
    seed: int,
) -> int:
    pipes, processes = [], []
    for at, part in enumerate(parts):
        here, there = _context.Pipe()
        process = _context.Process(
            target=work, args=(part, str(workspaces[part.machine]), url, decisions, seed + at, there), daemon=True
        )
        process.start()
        there.close()
        pipes.append(here)
        processes.append(process)
    for pipe in pipes:
        ready = pipe.recv()
        assert ready == "ready", ready
    for pipe in pipes:
        pipe.send("go")
    for _ in range(0 if verb is None else _VERBS):
        arguments = verb(counts.verbs)
        done = subprocess.run(
            _command(arguments),
            cwd=workspaces[0],
            env=os.environ | {STORE_VARIABLE: url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        counts.verbs += 1
        if done.returncode or "lock" in done.stderr:
            counts.refused.append(f"{arguments}: {done.stderr}")
    for pipe in pipes:
        pipe.send("stop")
    made = 0
    for pipe, process in zip(pipes, processes, strict=True):
        own, forks, said = pipe.recv()
        process.join()
        made += own
        counts.forks += forks
        counts.refused += said
    return made


def _command(arguments: Sequence[str]) -> list[str]:
    return [str(Path(sys.executable).parent / "annotator"), *arguments]


def _logged(url: str) -> list[str]:
    engine = open_engine(url)
    with reading(engine) as connection:
        found = [str(one) for one in connection.execute(text("SELECT decision_id FROM decision")).scalars()]
    engine.dispose()
    return found


_ALONE = (Part("miriam", "one"),)

WITHOUT_VERBS: dict[str, Sequence[Part]] = {
    "two windows of one person": (Part("miriam", "one"), Part("miriam", "one", machine=1)),
    "two people, one of them in two articles": (Part("miriam", "one"), Part("noor", "one"), Part("noor", "two")),
    "label and adjudicate": (Part("miriam", "one"), Part("lead", "disputed", stage="adjudicate")),
}
"""By name, who works at a time."""

WITH_VERBS: dict[str, Verb] = {
    "label and store upgrade": lambda _: ("store", "upgrade"),
    "label and store copy": lambda number: ("store", "copy", f"sqlite:////proc/self/cwd/copy-{number}.db"),
    "label and import": lambda number: ("import", f"../new-{number}.txt"),
    "label and export": lambda _: ("export", "--to", "decisions", "--out", "log.jsonl"),
}
"""By name, what is run again and again while one person labels."""


def try_all(folder: Path, times: int, decisions: int, seed: int, only: str | None = None) -> dict[str, Counts]:
    """Try every way so often, or `only` one; give what was found by the way."""
    ways = [way for way in (*WITHOUT_VERBS, *WITH_VERBS) if only in (None, way)]
    found = {}
    for number, way in enumerate(ways):
        own = folder / str(number)
        own.mkdir()
        for one in range(200):
            (own / f"new-{one}.txt").write_text(f"Number {one}\n\n{TEXT}", encoding="utf-8")
        found[way] = run(own, WITHOUT_VERBS.get(way, _ALONE), decisions, WITH_VERBS.get(way), times, seed)
    return found


def lines(found: dict[str, Counts]) -> Iterator[str]:
    """Give what was found as a table in Markdown."""
    yield "| at a time | times | decisions | lost | doubled | verbs beside | forks joined | refusals |"
    yield "|---|---|---|---|---|---|---|---|"
    for way, one in found.items():
        cells = (one.times, one.made, one.lost, one.doubled, one.verbs, one.forks, len(one.refused))
        yield f"| {way} | {' | '.join(f'{cell:,}' for cell in cells)} |"
        for told in one.refused[:5]:
            yield f"    REFUSED: {told}"
