"""Whether a person may work on an article, and for how long nobody else gets their slot of it.

Where nothing was assigned, everybody labels what they open. How slots are kept and handed out is `store/tasks.py`'s.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import get_args

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.engine import writing
from annotator.store.log import standings
from annotator.store.people import pseudonym_of, pseudonyms
from annotator.store.tasks import Task, close, give_back, has_tasks, lease, lease_next, tasks
from annotator.workflow.project import Project

HOUR = 3_600_000
LEASE = 72 * HOUR
"""Milliseconds for which a slot waits for a person who does nothing: over a weekend."""

_RENEWED = HOUR
"""Milliseconds of work after which a lease is made to last as long again."""


class Lease:
    """A person's hold on a slot of an article while it is open."""

    def __init__(self, project: Project, article_id: str, stage: Stage, person: str, also: Sequence[str]) -> None:
        self._ask: Callable[[], bool] = lambda: lease(project.engine, article_id, stage, person, LEASE, also)
        self._give: Callable[[], None] = lambda: give_back(project.engine, article_id, stage, person, LEASE)
        self._renewed = time.monotonic()
        self.held = self._ask()
        """Whether the person has a slot. Without one the work is kept and counts for none."""

    def keep_up(self) -> None:
        """Make the lease last again, at most once an hour; a store that refuses is asked at the next saving."""
        if self.held and (time.monotonic() - self._renewed) * 1000 > _RENEWED:
            with suppress(Refusal):
                self.held = self._ask()
                self._renewed = time.monotonic()

    def let_go(self) -> None:
        """Let others have the slot."""
        if self.held:
            with suppress(Refusal):  # it runs out by itself
                self._give()


@contextmanager
def leased(project: Project, article_id: str, stage: Stage, person: str, name: str) -> Iterator[Lease | None]:
    """Give the lease of a person, by pseudonym and name, on an article; None where it has no slots in that stage.

    Raises `Refusal` `label.not-assigned` when others have all its slots and the person did nothing on it yet.
    """
    slots = [task for task in tasks(project.engine, article_id=article_id) if task.stage == stage]
    if not slots:
        yield None
        return
    taken = Lease(project, article_id, stage, person, others_of(project, name, stage))
    if not taken.held and not _worked_on(project, article_id, person):
        raise Refusal("label.not-assigned", _told(article_id, slots), "What waits for you is in the queue.")
    yield taken


def claim(project: Project, article_id: str, person: str, name: str, lasts: int) -> bool:
    """Lease a slot of an article to label for so many milliseconds; tell whether it has slots at all.

    Raises `Refusal` `label.not-assigned` when others have all of them.
    """
    slots = [task for task in tasks(project.engine, article_id=article_id) if task.stage == "label"]
    if slots and not lease(project.engine, article_id, "label", person, lasts, others_of(project, name, "label")):
        raise Refusal("label.not-assigned", _told(article_id, slots), "What waits for you is in the queue.")
    return bool(slots)


def claim_next(project: Project, person: str, name: str, lasts: int) -> str | None:
    """Lease the next article to label for so many milliseconds, and give its id; None when none waits."""
    return lease_next(project.engine, "label", person, lasts, others_of(project, name, "label"))


def mark_done(project: Project, article_id: str, person: str) -> None:
    """Mark the slot to label of a person who finished an article done, if they have one."""
    with writing(project.engine) as connection:
        close(connection, article_id, "label", person, done=True)


def next_article(project: Project, name: str, stage: Stage) -> str | None:
    """Lease the article that a person is to work on next, and give its id; None when none waits for them."""
    known = pseudonyms(project.engine, name)
    person = known.get(stage) or pseudonym_of(project.engine, name, stage)
    return lease_next(project.engine, stage, person, LEASE, _others(known, stage))


def pseudonyms_of(project: Project, name: str) -> list[str]:
    """Give the pseudonyms under which a person works, in all stages."""
    found = pseudonyms(project.engine, name)
    return [found[stage] for stage in get_args(Stage) if stage in found]


def others_of(project: Project, name: str, stage: Stage) -> list[str]:
    """Give the person's pseudonyms in the other stages: who labels an article does not adjudicate it."""
    return _others(pseudonyms(project.engine, name), stage)


def _others(known: Mapping[str, str], stage: Stage) -> list[str]:
    return [known[other] for other in get_args(Stage) if other in known and other != stage]


def is_assigned(project: Project) -> bool:
    """Tell whether work is handed out in this workspace."""
    return has_tasks(project.engine)


def _worked_on(project: Project, article_id: str, person: str) -> bool:
    found = standings(project.engine, article_id)
    return any(standing.person == person and standing.decisions > 0 for standing in found)


def _told(article_id: str, slots: Sequence[Task]) -> str:
    if not any(task.state == "open" for task in slots):
        return f"{article_id} has {len(slots)} slot(s) in this stage, and others have all of them."
    return f"{article_id} is not for you: it waits for somebody else, or you have another part in it."
