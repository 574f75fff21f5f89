"""A page of the articles that somebody may want to open, and how many there are of them in all.

Of a team's work that is what is somebody's own, and what was not assigned. Counting a million articles takes a moment,
so that is done once for each listing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from annotator.store.articles import count_articles
from annotator.store.log import count_finished
from annotator.store.pages import (
    Stretch,
    count_of_nobody,
    count_of_people,
    ids_of,
    ids_of_nobody,
    ids_of_people,
    nearest,
)
from annotator.store.tasks import has_tasks
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses_of

PAGE = 500
"""Articles of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the articles that there are for somebody."""

    ids: tuple[str, ...] = ()
    """In the order of the database, by which pages follow each other."""
    found: tuple[ArticleStatus, ...] = ()
    """Where the work on each stands, by id."""
    people: tuple[str, ...] = ()
    """The pseudonyms of who asks."""
    assigned: bool = False
    """Whether articles are handed out here."""
    began_before: bool = False
    """Whether there are articles before them."""
    goes_on: bool = False
    """Whether there are articles behind them."""

    @property
    def is_part(self) -> bool:
        """Whether there are others."""
        return self.began_before or self.goes_on


class Listing:
    """The articles of a workspace, page by page."""

    def __init__(self, project: Project) -> None:
        """List a workspace; what is counted is counted as it was when it was asked for first."""
        self._project = project

    @cached_property
    def articles(self) -> int:
        """How many articles there are."""
        return count_articles(self._project.engine)

    @cached_property
    def _unassigned(self) -> int:
        return count_of_nobody(self._project.engine)

    def page(self, people: Collection[str], where: Stretch = Stretch(), most: int = PAGE) -> Page:  # noqa: B008 - frozen
        """Give a page of what there is for somebody, by their pseudonyms."""
        assigned = has_tasks(self._project.engine)
        ids = self._ids(people, where, most + 1, assigned)
        more, ids = len(ids) > most, ids[-most:] if where.backwards else ids[:most]
        begins = Stretch(ids[0], backwards=True) if ids else where
        return Page(
            tuple(ids),
            tuple(statuses_of(self._project, ids)),
            tuple(people),
            assigned,
            began_before=more if where.backwards else bool(ids and self._ids(people, begins, 1, assigned)),
            goes_on=where.backwards or more,
        )

    def size(self, page: Page) -> int:
        """Give how many articles there are for who asked for a page."""
        if not page.is_part:
            return len(page.ids)
        if not page.assigned:
            return self.articles
        return count_of_people(self._project.engine, page.people) + self._unassigned

    def done(self, page: Page, person: str | None) -> int:
        """Give how many of them a person, by pseudonym, marked done."""
        if page.is_part:
            return count_finished(self._project.engine, person) if person else 0
        return sum(1 for status in page.found if (standing := status.of(person)) and standing.finished)

    def _ids(self, people: Collection[str], where: Stretch, most: int, assigned: bool) -> list[str]:
        engine = self._project.engine
        if not assigned:
            return ids_of(engine, where, most)
        theirs = ids_of_people(engine, people, where, most) if people else []
        if not self._unassigned:
            return theirs
        return nearest(engine, {*theirs, *ids_of_nobody(engine, where, most)}, where, most)
