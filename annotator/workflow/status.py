"""Who has done what and what is left, by article and person. Counts come from the standings, never from folding all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.store.articles import StoredArticle, count_articles, list_articles
from annotator.store.log import Standing, count_finished, standings
from annotator.store.tasks import Task, tasks
from annotator.workflow.challenging import challenged
from annotator.workflow.overlap import NOT_ASSIGNED, Overlap, overlap_in
from annotator.workflow.project import Project


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """Where the work on one article stands."""

    article: StoredArticle
    labelling: tuple[Standing, ...]
    """Of annotators, on the current text."""
    adjudicating: tuple[Standing, ...]
    """Of adjudicators, on the current text."""
    earlier: tuple[Standing, ...]
    """Of anybody, on texts that this article had before: kept, and not carried over."""

    challenges: int = 0
    """Of the released gold, that nobody answered yet."""
    overlap: Overlap = NOT_ASSIGNED
    """How many annotators it wants, and whose work counts."""

    @property
    def finished(self) -> int:
        """How many annotators finished it whose work counts."""
        return sum(standing.finished and self.overlap.counts(standing.person) for standing in self.labelling)

    @property
    def adjudicated(self) -> bool:
        """Whether an adjudicator finished it."""
        return any(standing.finished for standing in self.adjudicating)

    @property
    def ready(self) -> bool:
        """Whether it can be adjudicated."""
        return self.finished >= self.overlap.wanted

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.challenges:
            return "challenged"
        if self.adjudicated:
            return "adjudicated"
        if self.adjudicating:
            return "in adjudication"
        if self.ready:
            return "to adjudicate"
        if self.labelling:
            return f"labelled by {self.finished} of {self.overlap.wanted}"
        return "new"

    def of(self, person: str | None) -> Standing | None:
        """Give how far an annotator is, or None."""
        return next((standing for standing in self.labelling if standing.person == person), None)


def next_for(found: Sequence[ArticleStatus], person: str, after: str) -> str | None:
    """Give the id of the article that waits for an annotator next, behind the one with id `after`; None for none.

    Those that enough others finished, or that were left to others, wait for nobody.
    """
    waiting = [status.article.article_id for status in found if _waits_for(status, person)]
    waiting = [article_id for article_id in waiting if article_id != after]
    return next((article_id for article_id in waiting if article_id > after), waiting[0] if waiting else None)


def next_to_adjudicate(found: Sequence[ArticleStatus], after: str) -> str | None:
    """Give the id of the article that waits for an adjudicator next, behind the one with id `after`; None for none."""
    waiting = [status.article.article_id for status in found if status.ready and not status.adjudicated]
    return next((article_id for article_id in waiting if article_id > after), waiting[0] if waiting else None)


def _waits_for(status: ArticleStatus, person: str) -> bool:
    own = status.of(person)
    if own is not None:
        return not (own.finished or own.skipped)
    return not (status.ready or status.adjudicating)


def progress_of(project: Project, person: str) -> tuple[int, int]:
    """Give how many articles a person marked done, and how many there are."""
    return count_finished(project.engine, person), count_articles(project.engine)


def statuses(project: Project) -> list[ArticleStatus]:
    """Give the state of every article, by id."""
    by_article: dict[str, list[Standing]] = {}
    for standing in standings(project.engine):
        if standing.decisions:
            by_article.setdefault(standing.article_id, []).append(standing)
    slots: dict[str, list[Task]] = {}
    for task in tasks(project.engine):
        slots.setdefault(task.article_id, []).append(task)
    waiting = Counter(one.challenge.article_id for one in challenged(project) if one.state == "waits")
    return [
        _status(
            article,
            by_article.get(article.article_id, ()),
            waiting[article.article_id],
            overlap_in(slots.get(article.article_id, ())),
        )
        for article in list_articles(project.engine)
    ]


def _status(
    article: StoredArticle, all_standings: Sequence[Standing], challenges: int, overlap: Overlap
) -> ArticleStatus:
    current = [standing for standing in all_standings if standing.text_sha256 == article.text_sha256]
    return ArticleStatus(
        article,
        tuple(standing for standing in current if standing.person.startswith("a")),
        tuple(standing for standing in current if standing.person.startswith("j")),
        tuple(standing for standing in all_standings if standing.text_sha256 != article.text_sha256),
        challenges,
        overlap,
    )
