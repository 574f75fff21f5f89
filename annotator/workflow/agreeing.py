"""How annotators fare, from the store: what they were shown and what they made of it, article by article."""

from collections.abc import Iterator

from annotator.agreement.audit import Audited, AuditFigures, audit_figures
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.store.articles import get_article
from annotator.store.audits import audited_articles
from annotator.store.log import decisions_on, standings
from annotator.workflow.agreement_of import adjudicated
from annotator.workflow.audited_names import audits_on
from annotator.workflow.comparing import is_adjudicator
from annotator.workflow.project import Project


def audit_of_annotators(project: Project) -> list[AuditFigures]:
    """Give what audits on the current texts say of every annotator who was audited, by pseudonym."""
    return audit_figures(_audited(project))


def _audited(project: Project) -> Iterator[Audited]:
    for article_id in audited_articles(project.engine):
        article = get_article(project.engine, article_id)
        if audits := audits_on(project, article):
            yield Audited(audits, _annotations(project, article), adjudicated(project, article))


def _annotations(project: Project, article: Article) -> dict[str, Annotation]:
    """Give what each annotator says of an article, done or not, by pseudonym."""
    return {
        standing.person: fold(decisions_on(project.engine, standing.person, article.article_id, article.text_sha256))
        for standing in standings(project.engine, article.article_id)
        if standing.decisions and standing.text_sha256 == article.text_sha256 and not is_adjudicator(standing.person)
    }
