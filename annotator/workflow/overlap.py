"""How many people an article wants, and whose work counts: what was assigned says so, else two, whoever comes."""

from collections.abc import Iterable
from typing import NamedTuple

from annotator.store.tasks import Task, tasks
from annotator.workflow.project import Project

NEEDED = 2
"""How many people must have finished an article before it is adjudicated, where nothing was assigned."""


class Overlap(NamedTuple):
    """Who is to label an article."""

    wanted: int = NEEDED
    owners: frozenset[str] | None = None
    """Pseudonyms of who has a slot; None where nothing was assigned, and everybody counts."""

    def counts(self, person: str) -> bool:
        """Tell whether somebody's work on the article counts. What is surplus is kept, and nothing rests on it."""
        return self.owners is None or person in self.owners


NOT_ASSIGNED = Overlap()


def overlap_in(slots: Iterable[Task]) -> Overlap:
    """Give the overlap that the slots of one article come to."""
    labelling = [task for task in slots if task.stage == "label"]
    if not labelling:
        return NOT_ASSIGNED
    return Overlap(len(labelling), frozenset(task.owner for task in labelling if task.owner is not None))


def overlap_of(project: Project, article_id: str) -> Overlap:
    """Give the overlap of an article."""
    return overlap_in(tasks(project.engine, article_id=article_id))
