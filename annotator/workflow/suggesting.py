"""What finders say of an article: ours and those of other systems, from the store when it is fresh, else made anew."""

from annotator.finders.suggest import FINDER, finders_name, suggest
from annotator.finders.together import together
from annotator.model.article import Article
from annotator.model.mention import Candidate
from annotator.model.suggestions import Suggestions
from annotator.store.articles import get_suggestions, put_suggestions
from annotator.store.proposed import digests_of_proposed, get_proposed
from annotator.workflow.project import Project

_SHOWN = 8
"""Characters of a digest that tell one set of proposals from another."""


def suggestions_for(project: Project, article: Article) -> Suggestions:
    """Give the suggestions of today's finders and guidelines for an article, with what other systems propose."""
    name = _name(project, article)
    kept = get_suggestions(project.engine, article)
    if kept is not None and kept.finders == name:
        return kept
    found = suggest(article, project.guidelines)
    if name != found.finders:
        others = get_proposed(project.engine, article).values()
        merged = together(article.text, found.regions, found.candidates, others)
        found = found.model_copy(update={"finders": name, "candidates": merged})
    put_suggestions(project.engine, article, found)
    return found


def own_suggestions_for(project: Project, article: Article) -> Suggestions:
    """Give what our finders alone say of an article: the baseline, whatever other systems propose."""
    if digests_of_proposed(project.engine, article):
        return suggest(article, project.guidelines)
    return suggestions_for(project, article)


def proposers(candidate: Candidate) -> tuple[str, ...]:
    """Give who proposed a candidate; none when it was our finders alone, as it is most often."""
    return () if candidate.finders == (FINDER,) else candidate.finders


def _name(project: Project, article: Article) -> str:
    """Give the name of our finders and of all that other systems propose: other candidates, another name."""
    others = digests_of_proposed(project.engine, article)
    return " + ".join(
        [finders_name(project.guidelines), *(f"{system}@{digest[:_SHOWN]}" for system, digest in others.items())]
    )
