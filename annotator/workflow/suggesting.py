"""What the finders say of an article: from the store when it is fresh, else found anew and kept."""

from annotator.finders.suggest import finders_name, suggest
from annotator.model.article import Article
from annotator.model.suggestions import Suggestions
from annotator.store.articles import get_suggestions, put_suggestions
from annotator.workflow.project import Project


def suggestions_for(project: Project, article: Article) -> Suggestions:
    """Give the suggestions of today's finders and guidelines for an article."""
    kept = get_suggestions(project.engine, article)
    if kept is not None and kept.finders == finders_name(project.guidelines):
        return kept
    found = suggest(article, project.guidelines)
    put_suggestions(project.engine, article, found)
    return found
