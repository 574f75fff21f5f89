"""What a migration of the schema asks of the labels of one article, and what becomes of them by a person's answer.

Annotators are asked until an adjudicator begins; from then on it is the adjudicator, from whose hand gold comes.
"""

from annotator.model.annotation import History
from annotator.model.migrating import Question, answering, questions
from annotator.store.log import adjudication_began
from annotator.workflow.session import Session


class Asked:
    """The questions that wait for one person in one article."""

    def __init__(self, session: Session) -> None:
        """Ask about the labels of a session, which may change meanwhile."""
        self._session = session
        self._migrations = session.project.migrations
        if any(migration.asks for migration in self._migrations) and _is_anothers(session):
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
