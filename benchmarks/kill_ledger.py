"""What killed programs said, held against the store that they left: in a process that was no part of it."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import select

from annotator.model.annotation import history
from annotator.store import tables
from annotator.store.articles import get_article
from annotator.store.engine import reading
from annotator.store.log import Standing, check_log, decisions_on, standings
from annotator.store.outbox import Outbox
from annotator.store.people import names
from annotator.store.workspace import STORE_VARIABLE
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.outgoing import send_waiting, waiting_to_go
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from benchmarks.killed_program import Said


@dataclass(slots=True)
class Ledger:
    """What was said, by which start of a program."""

    made: dict[str, int] = field(default_factory=dict)
    """The number of the life in which each decision was made, in the order in which they were."""
    texts: dict[str, str] = field(default_factory=dict)
    """The article that each is on."""
    acknowledged: set[str] = field(default_factory=set)
    """Said to be saved."""
    kept: set[str] = field(default_factory=set)
    """Said to be kept on the machine, which promises as much."""
    undoings: set[str] = field(default_factory=set)
    """Undos and redos of a person with two windows. One that is not saved yet is left out when the other window saves
    something: what it would undo is then no longer the last."""

    def note(self, life: int, said: Said, *, two_windows: bool) -> None:
        """Take down what a program says."""
        match said.what:
            case "made":
                self.made.setdefault(said.decision, life)
                self.texts[said.decision] = said.text
            case "saved":
                self.acknowledged.add(said.decision)
            case "kept":
                self.kept.add(said.decision)
            case "undoing" if two_windows:
                self.undoings.add(said.decision)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a fresh process found in the store."""

    logged: int
    """Decisions in it."""
    lost: tuple[str, ...]
    """Acknowledged, kept or standing in an outbox, and not in it, each with which of these."""
    doubled: int
    """More than once in it."""
    unknown: int
    """In it, and never made by anybody."""
    disordered: int
    """In it in another order than they were made in, or behind one of the same life that is not in it."""
    resent: int
    """That stood in outboxes at the end, and were sent by the next start."""
    problems: tuple[str, ...]
    """What is wrong with chains, or with what the store keeps beside the log."""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.unknown or self.disordered or self.problems)


def examine(url: str, ledger: Ledger, workspaces: Iterable[Path], before: frozenset[str], answer: Connection) -> None:
    """Start the program once more in each workspace, and then answer what is in the store.

    `before` are decisions that were in it when the programs began.
    """
    os.environ[STORE_VARIABLE] = url
    waiting: set[str] = set()
    for folder in workspaces:
        project = open_project(folder)
        waiting.update(_in_outboxes(project))
        send_waiting(project)
        project.close()
    project = open_project(folder)
    logged = [one for one in _logged(project) if one not in before]
    there = Counter(logged)
    findings = Findings(
        logged=len(logged),
        lost=tuple(_lost(ledger, waiting, there.keys())),
        doubled=sum(number > 1 for number in there.values()),
        unknown=sum(one not in ledger.made for one in there),
        disordered=sum(1 for _ in _disorder(ledger, logged)),
        resent=len(waiting),
        problems=(*(f"{one.where}: {one.message}" for one in check_log(project.engine)), *_not_as_replayed(project)),
    )
    project.close()
    answer.send(findings)


def decisions_in(url: str, folder: Path, answer: Connection) -> None:
    """Answer the ids of the decisions in a workspace's store."""
    os.environ[STORE_VARIABLE] = url
    project = open_project(folder)
    answer.send(frozenset(_logged(project)))
    project.close()


def _logged(project: Project) -> list[str]:
    with reading(project.engine) as connection:
        return list(connection.execute(select(tables.decision.c.decision_id).order_by(tables.decision.c.seq)).scalars())


def _lost(ledger: Ledger, waiting: Set[str], there: Set[str]) -> Iterator[str]:
    """Say which decisions were promised and are not there."""
    promised = {
        "acknowledged": ledger.acknowledged,
        "kept": ledger.kept - ledger.undoings,
        "in an outbox": waiting - ledger.undoings,
    }
    for what, ids in promised.items():
        for one in sorted(ids - there):
            undoing = ", an undo of a person with two windows" if one in ledger.undoings else ""
            yield f"{one} of life {ledger.made.get(one)} on {ledger.texts.get(one)} was {what}{undoing}"


def _in_outboxes(project: Project) -> Iterator[str]:
    url, work = project.workspace.store_url, project.workspace.work
    for one in waiting_to_go(project):
        for decision in Outbox(work, url, one.person, one.article_id, one.text_sha256).waiting():
            yield decision.id


def _disorder(ledger: Ledger, logged: list[str]) -> Iterator[str]:
    """Give the decisions that stand before one made earlier in the same life on the same article, or behind a gap."""
    place = {one: number for number, one in enumerate(logged)}
    made: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for one, life in ledger.made.items():
        if one in place or one not in ledger.undoings:
            made[life, ledger.texts[one]].append(one)
    for in_turn in made.values():
        last, gap = -1, False
        for one in in_turn:
            if one not in place:
                gap = True
            elif gap or place[one] < last:
                yield one
            last = max(last, place.get(one, -1))


def _not_as_replayed(project: Project) -> Iterator[str]:
    """Give where what the store keeps of a person's work is not what their decisions come to."""
    known = names(project.engine)
    for kept in standings(project.engine):
        article = get_article(project.engine, kept.article_id)
        logged = decisions_on(project.engine, kept.person, kept.article_id, article.text_sha256)
        if not logged:
            continue
        if logged[0].stage == "adjudicate":
            with adjudicating(project, kept.article_id, known[kept.person]) as adjudication:
                told = _replayed(adjudication.session, kept, len(logged))
        else:
            with labelling(project, kept.article_id, known[kept.person]) as session:
                told = _replayed(session, kept, len(logged))
                assert session.history == history(logged)
        if told != kept:
            yield f"{kept.person} on {kept.article_id}: kept {kept}, replayed {told}"


def _replayed(session: Session, kept: Standing, decisions: int) -> Standing:
    """Give the standing that the decisions come to; where the cursor stood and for how long is nowhere else."""
    said = session.annotation
    return Standing(
        person=kept.person,
        article_id=kept.article_id,
        text_sha256=session.article.text_sha256,
        decisions=decisions,
        untouched=session.untouched,
        finished=said.finished,
        cursor=kept.cursor,
        active_ms=kept.active_ms,
        flagged=said.flagged,
        skipped=said.skipped,
        questions=sum(note.kind == "question" for note in said.notes.values()),
    )
