"""Showing an annotator what an audit leaves: the choice is made and recorded when an article is opened first.

Who began an article before audits were switched on sees it as it was; so do adjudicators, always.
"""

from annotator.agreement.selecting import select_audit
from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.suggestions import Suggestions
from annotator.store.audits import get_audit, put_audit
from annotator.store.log import standing_of
from annotator.workflow.project import Project


def as_shown_to(person: str, project: Project, article: Article, suggestions: Suggestions) -> Suggestions:
    """Give of what is proposed for an article what the annotator with that pseudonym is shown."""
    audit = get_audit(project.engine, person, article) or _begun(person, project, article, suggestions)
    if audit is None:
        return suggestions
    return suggestions.model_copy(update={"candidates": audit.shown(suggestions.candidates)})


def _begun(person: str, project: Project, article: Article, suggestions: Suggestions) -> Audit | None:
    settings = project.workspace.settings.audit
    if not settings.on:
        return None
    standing = standing_of(project.engine, person, article.article_id, article.text_sha256)
    if standing is not None and standing.decisions:
        return None
    guidelines = project.guidelines
    chosen = select_audit(person, article, suggestions, guidelines.schema, guidelines.registry, settings)
    return put_audit(project.engine, person, article, chosen)
