"""How far the annotators of a workspace agree: reads what they finished, and leaves the figures to `agreement/`.

What counts is what each said before anybody adjudicated the article: whoever opens it again afterwards may have seen
what was settled, and agreeing with that improves no figure.
"""

from collections.abc import Collection, Iterator, Sequence

from annotator.agreement.agree import agree
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import AgreementReport
from annotator.model.annotation import Annotation, fold, history
from annotator.model.article import Article
from annotator.model.decision import Decision, Finish
from annotator.model.migrating import migrated
from annotator.model.migration import Migration
from annotator.store.articles import get_article, list_articles
from annotator.store.log import adjudication_began, count_until, decisions_on
from annotator.workflow.comparing import adjudicated_by, compared, finished_by
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.project import Project


def agreement_of(project: Project) -> AgreementReport:
    """Give how far annotators agree on the articles that they finished, in the texts that are current.

    Under the names that the schema has now: what was settled has them, and old ones would differ from it by name alone.
    """
    refuse_in_checkout(project.workspace, "Agreement is not measured")
    return agree(labelled(project, as_named=project.migrations))


def labelled(
    project: Project, article_ids: Collection[str] | None = None, *, as_named: Sequence[Migration] = ()
) -> Iterator[Labelled]:
    """Give each article that somebody finished, or of those only the ones named, one at a time.

    What annotators said is told under the names that the migrations `as_named` give; without any, as they said it.
    """
    for stored in list_articles(project.engine):
        if article_ids is not None and stored.article_id not in article_ids:
            continue
        article = get_article(project.engine, stored.article_id)
        began = adjudication_began(project.engine, article.article_id, article.text_sha256)
        # A log is long: it is read once, for what it amounts to and for when.
        made = {person: _before(project, article, person, began) for person in finished_by(project, article)}
        if made:
            yield Labelled(
                article_id=article.article_id,
                language=article.metadata.language,
                annotations={person: migrated(fold(decisions), as_named) for person, decisions in made.items()},
                finished_at={person: _finished_at(decisions) for person, decisions in made.items()},
                adjudicated=adjudicated(project, article),
            )


def _before(project: Project, article: Article, person: str, began: int | None) -> list[Decision]:
    """Give what an annotator decided before adjudication began, or of one who was not done then, up to being done."""
    decisions = decisions_on(project.engine, person, article.article_id, article.text_sha256)
    if began is None:
        return decisions
    early = count_until(project.engine, person, article.article_id, article.text_sha256, began)
    if fold(decisions[:early]).finished:
        return decisions[:early]
    done = next((at for at, decision in enumerate(decisions) if at >= early and _finishes(decision)), len(decisions))
    return decisions[: done + 1]


def _finishes(decision: Decision) -> bool:
    return any(isinstance(change, Finish) and change.finished for change in decision.changes)


def _finished_at(decisions: Sequence[Decision]) -> int:
    return max(map(_when_finished, history(decisions).effective), default=0)


def _when_finished(decision: Decision) -> int:
    return decision.made_at if _finishes(decision) else 0


def adjudicated(project: Project, article: Article) -> Annotation | None:
    """Give what an adjudicator settled of the current text of an article, or None while nobody is done with it."""
    adjudicator = adjudicated_by(project, article)
    if adjudicator is None:
        return None
    decisions = decisions_on(project.engine, adjudicator, article.article_id, article.text_sha256)
    return fold(decisions, compared(project, article, adjudicator).agreed)
