"""Opening an article for a person to label: candidates made ready, one window at a time, the place remembered."""

from collections.abc import Iterator
from contextlib import contextmanager

from annotator.store.articles import get_article
from annotator.store.locks import only_window
from annotator.store.people import pseudonym_of
from annotator.workflow.adjudicating import Adjudication, adjudicate
from annotator.workflow.auditing import as_shown_to
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for


@contextmanager
def labelling(project: Project, article_id: str, name: str) -> Iterator[Session]:
    """Give the session in which the person called `name` labels an article; closing saves what is left.

    Raises `Refusal` for an unknown article, or while another window of that person has it open.
    """
    article = get_article(project.engine, article_id)
    person = pseudonym_of(project.engine, name, "label")
    with only_window(project.workspace.work, person, article_id):
        suggestions = as_shown_to(person, project, article, suggestions_for(project, article))
        session = Session(project, article, suggestions, person)
        try:
            yield session
        finally:
            session.close()


@contextmanager
def adjudicating(project: Project, article_id: str, name: str) -> Iterator[Adjudication]:
    """Give the adjudication of an article by the person called `name`; closing saves what is left.

    Raises `Refusal` as `adjudicate` does, or while another window of that person has it open.
    """
    person = pseudonym_of(project.engine, name, "adjudicate")
    with only_window(project.workspace.work, person, article_id):
        adjudication = adjudicate(project, article_id, name)
        try:
            yield adjudication
        finally:
            adjudication.session.close()
