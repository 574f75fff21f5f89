"""A session to try things out in: a real article and its candidates, in a store that is thrown away afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from annotator.errors import Refusal
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.articles import get_article, put_article
from annotator.store.pages import AT_ONCE, Stretch, articles_of, ids_of
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for
from annotator.workflow.throwaway import throwaway_store

_ENOUGH = 10
"""Candidates that a beginner is given to settle."""


@contextmanager
def touring(project: Project) -> Iterator[Session]:
    """Give a session on the first English article, or else the first, of which nothing is kept.

    Raises `Refusal` when there is no article.
    """
    article = get_article(project.engine, article_for_tour(project))
    suggestions = shortened(article.text, suggestions_for(project, article))
    with throwaway_store() as engine:
        put_article(engine, article)
        session = Session(replace(project, engine=engine), article, suggestions, "tour")
        try:
            yield session
        finally:
            session.close()


def article_for_tour(project: Project) -> str:
    """Give the id of the article on which the tour is taken. Raises `Refusal` when there is none."""
    found = articles_of(project.engine, ids_of(project.engine, Stretch(), AT_ONCE))
    if not found:
        raise Refusal("article.unknown", "There is no article to take the tour on.", "Put one into the corpus first.")
    return next((one for one in found if one.metadata.language == "en"), found[0]).article_id


def shortened(text: str, suggestions: Suggestions) -> Suggestions:
    """Give the first few candidates of `text`, a trigger and a number among them where there are any."""
    found = suggestions.candidates
    kept = {candidate.id for candidate in islice(found, _ENOUGH)}
    for kind in ("trigger", "number"):
        kept |= {candidate.id for candidate in islice((one for one in found if one.kind == kind), 1)}
    few = Candidates.of(text, (candidate for candidate in found if candidate.id in kept))
    return suggestions.model_copy(update={"candidates": few})
