"""Two laptops and the office of one person, and somebody else, in any order: a model of what must come of it.

The tests run it for a few dozen histories, `benchmarks/offline.py` for as many as are asked for.
"""

import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from annotator.errors import Refusal
from annotator.model.annotation import fold, history
from annotator.model.decision import Change, Decision, Finish, Redo, Rule, Undo
from annotator.store.articles import get_article
from annotator.store.engine import file_url, open_engine, writing
from annotator.store.log import Standing, append, check_log, decisions_on
from annotator.store.people import pseudonym_of
from annotator.store.tasks import Wanted, assign, lease, tasks
from annotator.store.workspace import open_workspace
from annotator.workflow import sending
from annotator.workflow.checkout import Wish, check_out
from annotator.workflow.in_checkout import required_checkout
from annotator.workflow.project import Project, open_project
from annotator.workflow.syncing import Sync

ARTICLES = ("ar-1", "en-1")
LAPTOPS = ("first", "second")
HOUR = 3_600_000


class Killed(BaseException):
    """The program ends here."""


class Offline(RuleBasedStateMachine):
    """Noor decides at the office and on two laptops that were checked out; sami gets what noor's leases let go."""

    made_workspace: Path
    """A workspace with the two articles, taken in."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(self.made_workspace / ".annotator" / "work.db", self.folder / "work.db")
        self.url = file_url(self.folder / "work.db")
        self.office = Project(open_workspace(self.made_workspace), open_engine(self.url))
        self.person = pseudonym_of(self.office.engine, "noor", "label")
        self.other = pseudonym_of(self.office.engine, "sami", "label")
        self.texts = {one: get_article(self.office.engine, one).text_sha256 for one in ARTICLES}
        self.laptops: dict[str, Project] = {}
        self.made: dict[tuple[str, str], list[str]] = {}
        """By where and on which article, the ids of what was decided there, in order."""
        self.batches = sending.AT_ONCE
        sending.AT_ONCE = 2

    @initialize(slots=strategies.integers(0, 1))
    def hand_out(self, slots: int) -> None:
        assign(self.office.engine, [Wanted(one, "label", slot) for one in ARTICLES for slot in range(slots)])

    @rule(laptop=strategies.sampled_from(LAPTOPS))
    @precondition(lambda self: len(self.laptops) < len(LAPTOPS))
    def checkout(self, laptop: str) -> None:
        if laptop in self.laptops:
            return
        try:
            check_out(self.office, "noor", self.folder / laptop, Wish())
        except Refusal as refusal:
            assert refusal.code == "checkout.nothing"
            return
        self.laptops[laptop] = open_project(self.folder / laptop)

    @rule(
        where=strategies.sampled_from(("office", *LAPTOPS)),
        article=strategies.sampled_from(ARTICLES),
        data=strategies.data(),
    )
    def decide(self, where: str, article: str, data: strategies.DataObject) -> None:
        project = self.office if where == "office" else self.laptops.get(where)
        if project is None or (where != "office" and article not in self._articles(project)):
            return
        before = self._log(project, article)
        past = history(before)
        can: list[Callable[[], Change]] = [
            lambda: Rule(item=str(len(before)), choice="none"),
            lambda: Finish(finished=not fold(before).finished),
        ]
        if past.last is not None:
            can.append(lambda: Undo(of=past.effective[-1].id))
        if past.undone:
            can.append(lambda: Redo(of=past.undone[-1].id))
        change = data.draw(strategies.sampled_from(can), "what")()
        decision = Decision(
            id=uuid.UUID(int=data.draw(strategies.integers(0, 2**128 - 1), "id")).hex,
            person=self.person,
            article_id=article,
            text_sha256=self.texts[article],
            stage="label",
            made_at=0,
            changes=(change,),
        )
        if any(decision.id in ids for ids in self.made.values()):
            return
        finished = fold([*before, decision]).finished
        standing = Standing(self.person, article, self.texts[article], len(before) + 1, 0, finished, 0)
        append(project.engine, [decision], len(before), standing)
        self.made.setdefault((where, article), []).append(decision.id)

    @rule(
        laptop=strategies.sampled_from(LAPTOPS),
        killed_at=strategies.none() | strategies.integers(1, 4),
        late=strategies.booleans(),
    )
    def sync(self, laptop: str, killed_at: int | None, late: bool) -> None:
        """Send what is there; perhaps the program is killed around the so-many-th batch, before or after it arrived."""
        if laptop in self.laptops:
            self._sync(laptop, killed_at, late=late)

    def _sync(self, laptop: str, killed_at: int | None = None, *, late: bool = False) -> None:
        calls = 0

        def may_kill(*arguments: Any, **more: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == killed_at and not late:
                raise Killed
            append(*arguments, **more)
            if calls == killed_at:
                raise Killed

        sending.append = may_kill  # type: ignore[assignment]
        try:
            came = Sync(self.laptops[laptop], required_checkout(self.laptops[laptop].workspace)).run(self.url)
        except Killed:
            return
        finally:
            sending.append = append
        for one in came.articles:
            assert self._ids(self.laptops[laptop], one.article_id) == self._ids(self.office, one.article_id)
            assert one.kept == 0

    @rule(article=strategies.sampled_from(ARTICLES))
    def vanish(self, article: str) -> None:
        """A lease runs out, and sami has the slot."""
        with writing(self.office.engine) as connection:
            ours = {"owner": self.person, "article": article}
            connection.execute(
                text("UPDATE task SET lease_until = 1 WHERE owner = :owner AND article_id = :article"),
                ours,
            )
        lease(self.office.engine, article, "label", self.other, HOUR)

    @rule(article=strategies.sampled_from(ARTICLES))
    def back(self, article: str) -> None:
        """Sami's lease runs out in turn."""
        with writing(self.office.engine) as connection:
            ours = {"owner": self.other, "article": article}
            connection.execute(
                text("UPDATE task SET lease_until = 1 WHERE owner = :owner AND article_id = :article"), ours
            )

    @invariant()
    def nothing_is_doubled_or_torn(self) -> None:
        for project in (self.office, *self.laptops.values()):
            assert check_log(project.engine) == ()
            for article in ARTICLES:
                ids = self._ids(project, article)
                assert len(set(ids)) == len(ids)

    @invariant()
    def nothing_is_lost_where_it_was_made(self) -> None:
        for (where, article), ids in self.made.items():
            there = self._ids(self.office if where == "office" else self.laptops[where], article)
            assert [one for one in there if one in ids] == ids

    def teardown(self) -> None:
        """In the end everybody syncs, twice: then all have everything, in one order."""
        try:
            for laptop in (*self.laptops, *self.laptops):
                self._sync(laptop)
            for article in ARTICLES:
                log = self._ids(self.office, article)
                every = [one for (_, on), ids in self.made.items() if on == article for one in ids]
                assert sorted(log) == sorted(every)
                for (_, on), ids in self.made.items():
                    assert on != article or [one for one in log if one in ids] == ids
                for laptop in self.laptops.values():
                    if article in self._articles(laptop):
                        assert self._ids(laptop, article) == log
                        self._slot_is_right(article)
        finally:
            sending.AT_ONCE = self.batches
            for project in (self.office, *self.laptops.values()):
                project.close()
            shutil.rmtree(self.folder)

    def _slot_is_right(self, article: str) -> None:
        """A slot that noor has after a sync is done where the work is, and no other."""
        own = [one for one in tasks(self.office.engine, article_id=article) if one.owner == self.person]
        for one in own:
            assert (one.state == "done") == fold(self._log(self.office, article)).finished

    def _articles(self, project: Project) -> set[str]:
        return {one.article_id for one in required_checkout(project.workspace).articles}

    def _log(self, project: Project, article: str) -> list[Decision]:
        return decisions_on(project.engine, self.person, article, self.texts[article])

    def _ids(self, project: Project, article: str) -> list[str]:
        return [one.id for one in self._log(project, article)]


def run_histories(made_workspace: Path, number: int) -> None:
    """Try so many histories on copies of the store of a workspace. Raises what the first that fails says."""

    class Here(Offline):
        pass

    Here.made_workspace = made_workspace
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=number, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
