"""What a program does until it is killed: a person's work on articles, told through a pipe as it happens.

It is the program's own code from opening the workspace to the disk: only the screen is left out. Nothing here knows
when it will be killed. `Planted` faults are for controls: with them decisions must get lost, and be found to be.
"""

import os
import queue
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from annotator.errors import Refusal
from annotator.model.decision import Decision, Redo, Stage, Undo
from annotator.store import writer
from annotator.store.articles import list_articles
from annotator.store.log import Standing, Within
from annotator.store.workspace import STORE_VARIABLE
from annotator.store.writer import SaveState
from annotator.workflow import mention_edits, session
from annotator.workflow.adjudicating import Adjudication
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.outgoing import send_waiting
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session

Planted = Literal["", "acknowledges early", "no outbox"]

DISPUTED = "disputed"
"""Begins the ids of articles that two people have labelled, each in another way."""

_STEPS = 40
"""Things that a person does on an article before going on to another, at most."""

_AWAY = 0.05
"""Seconds until a person tries again to open an article, where another window has it or the store does not answer."""


@dataclass(frozen=True, slots=True)
class Life:
    """One start of the program."""

    number: int
    url: str
    workspace: Path
    person: str
    stage: Stage = "label"
    planted: Planted = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a program says of a decision."""

    what: Literal["made", "undoing", "saved", "kept"]
    """It was made, as an undo or redo too; it is saved; it is kept on this machine."""
    decision: str
    text: str = ""
    """Which article it is on."""


class Told:
    """Tells what becomes of the decisions of one session, as the screen is told of it."""

    def __init__(self, pipe: Connection, one: Session) -> None:
        self._pipe, self._session = pipe, one
        self._open: set[str] = set()
        """Made here and not said to be saved yet."""
        self._kept: set[str] = set()
        self.forked = threading.Event()
        one.on_save = self.changed

    def changed(self, state: SaveState) -> None:
        """Be told the truth about saving; the writer holds its lock meanwhile, so that nothing comes in between."""
        unsaved = self._session.unsaved()
        if threading.current_thread() is threading.main_thread():
            made = unsaved[-1:]
            if any(one.id in self._open for one in made):  # again: what was not made again after a fork is dropped
                self._open.clear()
            self._say("made", made)
            self._say("undoing", [one for one in made if isinstance(one.changes[0], Undo | Redo)])
            self._open.update(one.id for one in made)
            return
        if state.state == "forked":
            self.forked.set()
            return
        waiting = {one.id for one in unsaved}
        for one in sorted(self._open - waiting):
            self._pipe.send(Said("saved", one))
        self._open &= waiting
        self._say("kept", [one for one in unsaved[: state.kept] if one.id not in self._kept])
        self._kept.update(one.id for one in unsaved[: state.kept])

    def join_fork(self) -> None:
        """Take over what another window saved, as the screen does; what this one holds is then made once more."""
        self.forked.clear()
        held = self._session.unsaved()
        self._open.clear()
        try:
            self._session.reload()
        except Refusal:  # the store does not answer: tried again at the next step
            self._open.update(decision.id for decision in held)
            self.forked.set()

    def _say(self, what: Literal["made", "undoing", "kept"], decisions: Sequence[Decision]) -> None:
        for one in decisions:
            self._pipe.send(Said(what, one.id, one.article_id))


def live(life: Life, pipe: Connection) -> None:
    """Work until somebody kills this process."""
    os.environ[STORE_VARIABLE] = life.url
    _plant(life.planted)
    dice = random.Random(f"{life.number} {life.person}")
    while True:
        try:
            project = open_project(life.workspace)
            send_waiting(project)
            articles = [one.article_id for one in list_articles(project.engine)]
            break
        except Refusal:
            time.sleep(_AWAY)
    wanted = [one for one in articles if one.startswith(DISPUTED) == (life.stage == "adjudicate")]
    while True:
        try:
            _work_on(project, dice.choice(wanted), life, dice, pipe)
        except Refusal:
            time.sleep(_AWAY)


def _work_on(project: Project, article: str, life: Life, dice: random.Random, pipe: Connection) -> None:
    if life.stage == "adjudicate":
        with adjudicating(project, article, life.person) as adjudication:
            _sit(adjudication.session, adjudication, dice, Told(pipe, adjudication.session))
    else:
        with labelling(project, article, life.person) as one:
            _sit(one, None, dice, Told(pipe, one))


def _sit(one: Session, adjudication: Adjudication | None, dice: random.Random, told: Told) -> None:
    """Do things to an article, now in a burst and now with thought."""
    for _ in range(dice.randrange(1, _STEPS)):
        if told.forked.is_set():
            told.join_fork()
        if one.annotation.finished:
            one.reopen()
        elif dice.random() < 0.1:
            one.undo() or one.redo()
        elif dice.random() < 0.1:
            one.redo() or one.undo()
        elif adjudication is not None:
            rest = adjudication.disagreements
            picked = dice.choice(rest)
            adjudication.pick(picked, dice.choice(picked.answers))
        elif one.untouched == 0 and dice.random() < 0.3:
            one.finish()
        else:
            untouched = [item for item in one.in_order() if item.disposition is None]
            step = dice.choice((mention_edits.confirm, mention_edits.reject, mention_edits.unsure))
            step(one, dice.choice(untouched or one.in_order()))
        if dice.random() < 0.3:
            time.sleep(dice.random() * 0.02)


def _plant(fault: Planted) -> None:
    """Make this program a wrong one."""
    if fault == "no outbox":
        vars(session)["_outbox"] = lambda *_: None
    if fault == "acknowledges early":
        vars(writer)["append"] = _in_the_background()


def _in_the_background() -> Any:
    """Give an `append` that returns at once, while the decisions are committed a little later."""
    real, waiting = writer.append, queue.Queue[Any]()

    def commit() -> None:
        while True:
            time.sleep(0.05)
            real(*waiting.get())

    threading.Thread(target=commit, daemon=True).start()

    def append(engine: Any, decisions: Sequence[Decision], seen: int, standing: Standing, within: Within) -> None:
        waiting.put((engine, list(decisions), seen, standing, within))

    return append
