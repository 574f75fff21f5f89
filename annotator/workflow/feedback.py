"""Where what was settled differs from what one annotator said: for that annotator, once the article is final."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from annotator.adjudication.disagreement import Disagreement
from annotator.adjudication.merge import merge
from annotator.errors import Refusal
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.decision import About, Reason
from annotator.model.mention import Mention
from annotator.store.log import decisions_on
from annotator.text.span import span
from annotator.workflow.comparing import adjudicated_by, compared
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project
from annotator.workflow.session import Session

SETTLED = "settled"
"""Stands for the adjudicated annotation where it is compared with a person's; no pseudonym."""


@dataclass(frozen=True)
class Feedback:
    """One annotator's article beside what was settled."""

    session: Session
    """The annotator's own, to be read."""
    differences: tuple[Disagreement, ...]
    """Mentions in reading order, then events; answers are of the annotator and of `SETTLED`."""
    mentions: Mapping[str, Mention]
    """Every mention in them, by merged id."""
    reasons: tuple[tuple[About, Reason], ...]
    """What the adjudicator said of rulings, with what these are about."""

    def reason_of(self, difference: Disagreement) -> Reason | None:
        """Give why it was settled so, where the adjudicator said; rulings are known by kind and place."""
        kind = difference.about.kind
        return next(
            (
                reason
                for about, reason in self.reasons
                if about.kind == kind and span(about.start, about.end).overlaps(difference.span)
            ),
            None,
        )


@contextmanager
def feedback(project: Project, article_id: str, name: str) -> Iterator[Feedback]:
    """Give where the adjudicated article differs from what the annotator called `name` said.

    Raises `Refusal` while the article is not adjudicated, or the person did not finish it.
    """
    with labelling(project, article_id, name) as session:
        article, own = session.article, session.annotation
        adjudicator = adjudicated_by(project, article)
        if adjudicator is None or not own.finished:
            what = "is not adjudicated yet" if adjudicator is None else "was not finished by you"
            raise Refusal("feedback.not-final", f"{article_id} {what}: there is nothing to compare.")
        final, reasons = _settled(project, article, adjudicator)
        found = merge({session.person: own, SETTLED: final})
        yield Feedback(session, found.disagreements, found.mentions, reasons)


def _settled(
    project: Project, article: Article, adjudicator: str
) -> tuple[Annotation, tuple[tuple[About, Reason], ...]]:
    decisions = decisions_on(project.engine, adjudicator, article.article_id, article.text_sha256)
    final = fold(decisions, compared(project, article, adjudicator).agreed)
    rulings = final.rulings
    said = ((rulings[item].about, reason) for item, reason in final.reasons.items() if item in rulings)
    return final, tuple((about, reason) for about, reason in said if about is not None)
