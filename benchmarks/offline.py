"""Checkouts and syncs, over and over: histories of two laptops and the office, and real syncs that are killed.

`python -m benchmarks.offline --histories 1000 --kills 200 [--store URL]`; the tests run the same code for fewer.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from annotator.model.decision import Decision, Flag
from annotator.store.engine import open_engine
from annotator.store.log import append, check_log, decisions_on, standing_of
from annotator.store.migrate import bring_up_to_date
from annotator.store.workspace import Workspace, create_workspace
from annotator.workflow.assigning import Wish as Assignment
from annotator.workflow.assigning import carry_out, plan
from annotator.workflow.checkout import Wish, check_out
from annotator.workflow.importing import import_corpus
from annotator.workflow.in_checkout import required_checkout
from annotator.workflow.project import Project, open_project
from annotator.workflow.standing_from import standing_from
from tests.workflow.offline_model import ARTICLES as IN_MODEL
from tests.workflow.offline_model import run_histories

ARTICLES = 12
A_ROUND = 3
"""Decisions on each article before each sync."""


class Killed(NamedTuple):
    """What came of syncs that were killed."""

    tried: int
    amid: int
    """How many of the kills came when a part had arrived."""
    decisions: int
    lost: int
    doubled: int
    broken: int
    """Chains that do not hold."""


def filled_workspace(folder: Path, names: Sequence[str]) -> Workspace:
    """Make a workspace of short articles, which nobody has taken in yet."""
    (folder / "texts").mkdir()
    for number, name in enumerate(names, start=2):
        text = f"Airstrikes killed {number} civilians near Idlib on Tuesday.\n"
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    made = create_workspace(folder / "office", sorted((folder / "texts").iterdir()))
    made.ready_for_work()
    return made


@contextmanager
def office(folder: Path, url: str | None) -> Iterator[Project]:
    """Give a store of articles that are all assigned to one person."""
    workspace = filled_workspace(folder, [f"article-{number:03}" for number in range(ARTICLES)])
    project = Project(workspace, open_engine(url or workspace.store_url))
    try:
        bring_up_to_date(project.engine)
        import_corpus(project)
        carry_out(project, plan(project, Assignment(people=("noor",), overlap=1)))
        yield project
    finally:
        project.close()


def killed_syncs(folder: Path, url: str | None, times: int, seed: int) -> Killed:
    """Decide in a checkout and sync it, `times` times, each sync killed at a random moment; then sync it whole."""
    draw = random.Random(seed)
    amid = 0
    with office(folder, url) as project:
        check_out(project, "noor", folder / "along", Wish(number=ARTICLES))
        here = open_project(folder / "along")
        checkout = required_checkout(here.workspace)
        try:
            decide(here, A_ROUND)
            begun = time.monotonic()
            sync(here.workspace)
            lasts = time.monotonic() - begun
            for _ in range(times):
                decide(here, A_ROUND)
                before = len(arrived(project, checkout.person))
                kill_sync(here.workspace, draw.uniform(0.3, 1.1) * lasts)
                amid += before < len(arrived(project, checkout.person)) < len(made(here, checkout.person))
            sync(here.workspace)
            there, every = arrived(project, checkout.person), made(here, checkout.person)
            broken = len(check_log(project.engine)) + len(check_log(here.engine))
        finally:
            here.close()
    return Killed(times, amid, len(every), len(set(every) - set(there)), len(there) - len(set(there)), broken)


def decide(here: Project, number: int) -> None:
    """Make decisions on every article of a checkout."""
    checkout = required_checkout(here.workspace)
    for one in checkout.articles:
        text = (checkout.person, one.article_id, one.text_sha256)
        before = decisions_on(here.engine, *text)
        new = [
            Decision(
                id=uuid.uuid4().hex,
                person=checkout.person,
                article_id=one.article_id,
                text_sha256=one.text_sha256,
                stage="label",
                made_at=time.time_ns() // 1_000_000,
                changes=(Flag(flagged=bool((len(before) + at) % 2)),),
            )
            for at in range(number)
        ]
        assert standing_of(here.engine, *text) is not None
        append(here.engine, new, len(before), standing_from(text, [*before, *new], None))


def made(project: Project, person: str) -> list[str]:
    """Give the ids of all decisions of a checkout, in their order on each article."""
    checkout = required_checkout(project.workspace)
    logs = [decisions_on(project.engine, person, one.article_id, one.text_sha256) for one in checkout.articles]
    return [decision.id for log in logs for decision in log]


def arrived(project: Project, person: str) -> list[str]:
    """Give the ids of a person's decisions in a store."""
    with project.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT decision_id, person FROM decision ORDER BY person_seq").all()
    return [decision_id for decision_id, by in found if by == person]


def command(workspace: Workspace) -> "subprocess.Popen[str]":
    """Start `annotator sync` in a checkout."""
    return subprocess.Popen(
        [sys.executable, "-m", "annotator", "sync"],
        cwd=workspace.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def sync(workspace: Workspace) -> None:
    """Sync a checkout whole."""
    running = command(workspace)
    said = running.communicate()[1]
    if running.returncode != 0:
        raise AssertionError(said)


def kill_sync(workspace: Workspace, after: float) -> None:
    """Begin to sync a checkout, and kill that after so many seconds."""
    running = command(workspace)
    try:
        running.wait(after)
    except subprocess.TimeoutExpired:
        running.kill()
    running.communicate()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run both and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", help="URL of an empty store on PostgreSQL; otherwise SQLite")
    said = parser.parse_args(arguments)
    if said.kills:
        with tempfile.TemporaryDirectory() as folder:
            print(killed_syncs(Path(folder), said.store, said.kills, said.seed))
    if said.histories:
        with tempfile.TemporaryDirectory() as folder:
            workspace = filled_workspace(Path(folder), IN_MODEL)
            project = open_project(workspace.root)
            import_corpus(project)
            project.close()
            begun = time.monotonic()
            run_histories(workspace.root, said.histories)
        print(f"{said.histories} histories: nothing lost, nothing doubled, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
