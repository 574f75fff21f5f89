"""Who has done what and what is left, by article and person. Counts come from the standings, never from folding all."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.store.articles import StoredArticle, list_articles
from annotator.store.log import Standing, standings
from annotator.workflow.adjudicating import NEEDED
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

    @property
    def finished(self) -> int:
        """How many annotators finished it."""
        return sum(standing.finished for standing in self.labelling)

    @property
    def adjudicated(self) -> bool:
        """Whether an adjudicator finished it."""
        return any(standing.finished for standing in self.adjudicating)

    @property
    def ready(self) -> bool:
        """Whether it can be adjudicated."""
        return self.finished >= NEEDED

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.adjudicated:
            return "adjudicated"
        if self.adjudicating:
            return "in adjudication"
        if self.ready:
            return "to adjudicate"
        if self.labelling:
            return f"labelled by {self.finished} of {NEEDED}"
        return "new"

    def of(self, person: str | None) -> Standing | None:
        """Give how far an annotator is, or None."""
        return next((standing for standing in self.labelling if standing.person == person), None)


def statuses(project: Project) -> list[ArticleStatus]:
    """Give the state of every article, by id."""
    by_article: dict[str, list[Standing]] = {}
    for standing in standings(project.engine):
        if standing.decisions:
            by_article.setdefault(standing.article_id, []).append(standing)
    return [_status(article, by_article.get(article.article_id, ())) for article in list_articles(project.engine)]


def _status(article: StoredArticle, all_standings: Sequence[Standing]) -> ArticleStatus:
    current = [standing for standing in all_standings if standing.text_sha256 == article.text_sha256]
    return ArticleStatus(
        article,
        tuple(standing for standing in current if standing.person.startswith("a")),
        tuple(standing for standing in current if standing.person.startswith("j")),
        tuple(standing for standing in all_standings if standing.text_sha256 != article.text_sha256),
    )
