"""What finders say of an article: ours and those of other systems, from the store when it is fresh, else made anew."""

from collections.abc import Iterable, Iterator

from annotator.errors import Refusal
from annotator.finders.suggest import FINDER, finders_name, suggest
from annotator.finders.together import together
from annotator.model.article import Article
from annotator.model.mention import Candidate
from annotator.model.suggestions import Suggestions
from annotator.store.articles import get_suggestions, put_suggestions
from annotator.store.membership import membership
from annotator.store.proposed import digests_of_proposed, get_proposed
from annotator.workflow.dask_cluster import Jobs
from annotator.workflow.finder_processes import answers
from annotator.workflow.project import Project

_SHOWN = 8
"""Characters of a digest that tell one set of proposals from another."""


def suggestions_for(project: Project, article: Article) -> Suggestions:
    """Give the suggestions of today's finders and guidelines for an article, with what other systems propose."""
    kept = get_suggestions(project.engine, article)
    if kept is not None and kept.finders == _name(project, article):
        return kept
    if kept is not None and kept.finders == finders_name(project.guidelines):
        return _keep(project, article, kept)  # ours are as they were: only others' came
    return _keep(project, article, suggest(article, project.guidelines))


def suggestions_for_all(
    project: Project, articles: Iterable[Article], jobs: Jobs = 1, *, own: bool = False
) -> Iterator[tuple[Article, Suggestions | Refusal]]:
    """Give the same for many articles in order, `jobs` of them at work at a time (0: one a core).

    Where the finders fail, the `Refusal` that says so. What is made anew is kept before it is given, one after the
    other. With `own`, give what our finders alone say, whatever other systems propose.
    """
    known: set[str] = set()

    def asked() -> Iterator[tuple[Article, Suggestions | None]]:
        for article in articles:
            kept = None if own and digests_of_proposed(project.engine, article) else _fresh(project, article)
            if kept is not None:
                known.add(article.article_id)
            yield article, kept

    for article, found in answers(asked(), project.guidelines, jobs):
        if isinstance(found, Refusal) or article.article_id in known:
            known.discard(article.article_id)
            yield article, found
        else:
            whole = _keep(project, article, found)
            yield article, found if own else whole


def _fresh(project: Project, article: Article) -> Suggestions | None:
    """Give what is kept of an article, if it is what would be said today."""
    kept = get_suggestions(project.engine, article)
    return kept if kept is not None and kept.finders == _name(project, article) else None


def _keep(project: Project, article: Article, found: Suggestions) -> Suggestions:
    """Keep what our finders say together with what other systems propose, and give it.

    Who may not keep it in a team's store has it for themselves.
    """
    name = _name(project, article)
    if name != found.finders:
        others = get_proposed(project.engine, article).values()
        merged = together(found.regions, found.candidates, others)
        found = found.model_copy(update={"finders": name, "candidates": merged})
    member = membership(project.engine)
    if member is None or member.may_write_articles:
        put_suggestions(project.engine, article, found)
    return found


def proposers(candidate: Candidate) -> tuple[str, ...]:
    """Give who proposed a candidate; none when it was our finders alone, as it is most often."""
    return () if candidate.finders == (FINDER,) else candidate.finders


def _name(project: Project, article: Article) -> str:
    """Give the name of our finders and of all that other systems propose: other candidates, another name."""
    others = digests_of_proposed(project.engine, article)
    return " + ".join(
        [finders_name(project.guidelines), *(f"{system}@{digest[:_SHOWN]}" for system, digest in others.items())]
    )
