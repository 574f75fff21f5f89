"""What the annotators of an article say, compared: for the adjudicator, for a release, for whoever looks on."""

from collections.abc import Mapping

from annotator.adjudication.merge import Merge, Policy, merge
from annotator.adjudication.ruled import ruled_items
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.decision import Rule
from annotator.store.log import Standing, decisions_on, last_place, standings
from annotator.workflow.audited_names import planted_by_any_name
from annotator.workflow.overlap import overlap_of
from annotator.workflow.project import Project


def is_adjudicator(person: str) -> bool:
    """Tell whether a pseudonym is that of an adjudicator."""
    return person.startswith("j")


def finished_by(project: Project, article: Article) -> list[str]:
    """Give the pseudonyms of those who finished the current text of an article and whose work counts."""
    overlap = overlap_of(project, article.article_id)
    done = (standing.person for standing in _label_standings(project, article) if standing.finished)
    return [person for person in done if overlap.counts(person)]


def adjudicated_by(project: Project, article: Article) -> str | None:
    """Give the pseudonym of who finished adjudicating the current text of an article, or None."""
    done = (
        standing.person
        for standing in standings(project.engine, article.article_id)
        if standing.finished and standing.text_sha256 == article.text_sha256 and is_adjudicator(standing.person)
    )
    return next(done, None)


def annotations_of(project: Project, article: Article, until: int | None = None) -> dict[str, Annotation]:
    """Give the finished annotations of the current text of an article, by pseudonym; `until`: at a place in the log."""
    return {
        person: fold(decisions_on(project.engine, person, article.article_id, article.text_sha256, until))
        for person in finished_by(project, article)
    }


def compared(project: Project, article: Article, adjudicator: str | None, until: int | None = None) -> Merge:
    """Give what the annotators say, with what an adjudicator ruled on known again; `until`: as it was in the log."""
    rulings = {} if adjudicator is None else rulings_of(project, article, adjudicator)
    return merged(project, article, annotations_of(project, article, until), rulings)


def rulings_of(project: Project, article: Article, adjudicator: str) -> Mapping[str, Rule]:
    """Give what an adjudicator ruled on the current text of an article, by disagreement."""
    return fold(decisions_on(project.engine, adjudicator, article.article_id, article.text_sha256)).rulings


def merged(
    project: Project, article: Article, annotations: Mapping[str, Annotation], rulings: Mapping[str, Rule]
) -> Merge:
    """Give what annotations of an article come to, with what was ruled on known again."""
    settings = project.workspace.settings.adjudication
    policy = Policy(settings.unanimous, settings.majority)
    planted = planted_by_any_name(project, article)
    return merge(annotations, policy, ruled=ruled_items(rulings), planted=planted)


def new_since(project: Project, article: Article, adjudicator: str, now: Merge) -> frozenset[str]:
    """Give the ids of the disagreements that came up, or changed, after the adjudicator's last decision on a text."""
    last = last_place(project.engine, adjudicator, article.article_id, article.text_sha256)
    if last is None:
        return frozenset()
    before = {one.about for one in compared(project, article, adjudicator, last).disagreements}
    return frozenset(one.id for one in now.disagreements if one.about not in before)


def _label_standings(project: Project, article: Article) -> list[Standing]:
    return [
        standing
        for standing in standings(project.engine, article.article_id)
        if standing.text_sha256 == article.text_sha256 and not is_adjudicator(standing.person)
    ]
