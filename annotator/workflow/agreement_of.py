"""How far the annotators of a workspace agree: reads what they finished, and leaves the figures to `agreement/`."""

from collections.abc import Iterator, Sequence

from annotator.agreement.agree import agree
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import AgreementReport
from annotator.model.annotation import Annotation, fold, history
from annotator.model.article import Article
from annotator.model.decision import Decision, Finish
from annotator.store.articles import get_article, list_articles
from annotator.store.log import decisions_on
from annotator.workflow.comparing import adjudicated_by, compared, finished_by
from annotator.workflow.project import Project


def agreement_of(project: Project) -> AgreementReport:
    """Give how far annotators agree on the articles that they finished, in the texts that are current."""
    return agree(labelled(project))


def labelled(project: Project) -> Iterator[Labelled]:
    """Give each article that somebody finished, one at a time."""
    for stored in list_articles(project.engine):
        article = get_article(project.engine, stored.article_id)
        people = finished_by(project, article)
        # A log is long: it is read once, for what it amounts to and for when.
        made = {
            person: decisions_on(project.engine, person, article.article_id, article.text_sha256) for person in people
        }
        if made:
            yield Labelled(
                article_id=article.article_id,
                language=article.metadata.language,
                annotations={person: fold(decisions) for person, decisions in made.items()},
                finished_at={person: _finished_at(decisions) for person, decisions in made.items()},
                adjudicated=adjudicated(project, article),
            )


def _finished_at(decisions: Sequence[Decision]) -> int:
    return max(map(_when_finished, history(decisions).effective), default=0)


def _when_finished(decision: Decision) -> int:
    done = any(isinstance(change, Finish) and change.finished for change in decision.changes)
    return decision.made_at if done else 0


def adjudicated(project: Project, article: Article) -> Annotation | None:
    """Give what an adjudicator settled of the current text of an article, or None while nobody is done with it."""
    adjudicator = adjudicated_by(project, article)
    if adjudicator is None:
        return None
    decisions = decisions_on(project.engine, adjudicator, article.article_id, article.text_sha256)
    return fold(decisions, compared(project, article, adjudicator).agreed)
