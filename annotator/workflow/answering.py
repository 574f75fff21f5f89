"""What a migration of the schema asks of the labels of one article, and what becomes of them by a person's answer.

Annotators are asked until an adjudicator begins; from then on it is the adjudicator, from whose hand gold comes.
"""

from collections.abc import Iterable

from annotator.model.annotation import History
from annotator.model.migrating import Question, answering, questions
from annotator.store.log import adjudication_began
from annotator.workflow.migrating import asked_of
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.status import ArticleStatus


class Asked:
    """The questions that wait for one person in one article."""

    def __init__(self, session: Session) -> None:
        """Ask about the labels of a session, which may change meanwhile."""
        self._session = session
        self._migrations = session.project.migrations
        if not any(migration.asks for migration in self._migrations) or _is_anothers(session):
            self._migrations = ()
        self._found: list[Question] = []
        self._after: History | None = None
        """The decisions after which the questions are those."""

    @property
    def left(self) -> list[Question]:
        """The questions that nobody answered yet, in reading order."""
        if not self._migrations:
            return []
        if self._after is not self._session.history:  # a key asks more often than they change
            self._found = questions(self._session.annotation, self._migrations)
            self._after = self._session.history
        return self._found

    def answer(self, question: Question, name: str) -> None:
        """Say what a label is now, as one decision; an article that is done stays done."""
        self._session.amend(*answering(question, name, self._session.annotation, self._migrations))


def _is_anothers(session: Session) -> bool:
    """Tell whether an adjudicator is asked about the labels of an annotator's session."""
    article = session.article
    began = adjudication_began(session.project.engine, article.article_id, article.text_sha256)
    return session.stage == "label" and began is not None


class Waiting:
    """How many questions wait in articles. What was counted is kept until somebody decides something there."""

    def __init__(self, project: Project) -> None:
        """Count in a workspace."""
        self._project = project
        self._asks = any(migration.asks for migration in project.migrations)
        self._counted: dict[str, tuple[object, dict[str, int]]] = {}
        """By article: what was decided when it was counted, and the questions by who is asked."""

    def count(self, found: Iterable[ArticleStatus]) -> dict[tuple[str, str], int]:
        """Give the questions that wait, by article and the pseudonym of who is asked."""
        return {
            (status.article.article_id, person): left
            for status in (found if self._asks else ())
            for person, left in self._in(status).items()
            if left
        }

    def _in(self, status: ArticleStatus) -> dict[str, int]:
        article, people = status.article, (*status.labelling, *status.adjudicating)
        decided = (article.text_sha256, *((one.person, one.decisions, one.finished) for one in people))
        if article.article_id not in self._counted or self._counted[article.article_id][0] != decided:
            migrations = self._project.migrations
            counted = {
                person: len(questions(said, migrations)) for person, said in asked_of(self._project, status).items()
            }
            self._counted[article.article_id] = decided, counted
        return self._counted[article.article_id][1]
