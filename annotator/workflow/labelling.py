"""Opening an article for a person to label or adjudicate: candidates made ready, one window at a time."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import get_args

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Stage
from annotator.store.articles import get_article
from annotator.store.engine import reading_on, writing
from annotator.store.locks import only_window
from annotator.store.log import Within, nothing_else, standing_of
from annotator.store.people import find_pseudonym, forget_unused, has_decided, keep_pseudonym, pseudonym_of, pseudonyms
from annotator.workflow.adjudicating import Adjudication, adjudicate
from annotator.workflow.auditing import as_shown_to
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.leasing import Lease, leased
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for


@contextmanager
def labelling(project: Project, article_id: str, name: str) -> Iterator[Session]:
    """Give the session in which the person called `name` labels an article; closing saves what is left.

    Raises `Refusal` for an unknown article, one that this person adjudicates, or while another window of that person
    has it open. Nobody becomes an annotator by opening one and deciding nothing.
    """
    with ExitStack() as held:
        with reading_on(project.engine):
            article = get_article(project.engine, article_id)
            refuse_adjudicator(project, article, name)
            known = held.enter_context(_known_as(project, name, "label"))
            held.enter_context(only_window(project.workspace.work, known.pseudonym, article_id))
            lease = held.enter_context(leased(project, article_id, "label", known.pseudonym, name))
            suggestions = as_shown_to(known.pseudonym, project, article, suggestions_for(project, article))
            session = known.working(Session(project, article, suggestions, known.pseudonym), lease)
        try:
            yield session
        finally:
            session.close()
            known.leave(lease)


@contextmanager
def adjudicating(project: Project, article_id: str, name: str) -> Iterator[Adjudication]:
    """Give the adjudication of an article by the person called `name`; closing saves what is left.

    Raises `Refusal` as `adjudicate` does, in a checkout, or while another window of that person has it open. Nobody
    becomes an adjudicator by opening one and deciding nothing.
    """
    refuse_in_checkout(project.workspace, "Nobody adjudicates")
    with ExitStack() as held:
        with reading_on(project.engine):
            known = held.enter_context(_known_as(project, name, "adjudicate"))
            held.enter_context(only_window(project.workspace.work, known.pseudonym, article_id))
            lease = held.enter_context(leased(project, article_id, "adjudicate", known.pseudonym, name))
            adjudication = adjudicate(project, article_id, name)
            known.working(adjudication.session, lease)
        try:
            yield adjudication
        finally:
            adjudication.session.close()
            known.leave(lease)


@dataclass(slots=True)
class _Known:
    """A person in a stage, while an article is open."""

    pseudonym: str
    keep: Within
    """Makes sure that the pseudonym is still that person's, until the end of a transaction."""
    session: Session | None = None

    def working(self, session: Session, lease: Lease | None) -> Session:
        """Give the session, in which the first decision makes the pseudonym lasting, and each keeps the lease up."""
        if not has_decided(session.project.engine, self.pseudonym):
            session.before_first, session.within = self._keep_now, self.keep
        if lease is not None:
            session.surplus = not lease.held
        session.after_save = partial(self._saved, lease)
        self.session = session
        return session

    def _keep_now(self) -> None:
        assert self.session is not None
        with writing(self.session.project.engine) as connection:
            self.keep(connection)

    def _saved(self, lease: Lease | None) -> None:
        """Hold on to what was decided: from the first decision on the pseudonym is theirs for good."""
        if self.session is not None:
            self.session.within = nothing_else
        if lease is not None:
            lease.keep_up()

    def leave(self, lease: Lease | None) -> None:
        """Let others have the slot of an article that was only looked at."""
        if lease is not None and self.session is not None and not self.session.began:
            lease.let_go()


@contextmanager
def _known_as(project: Project, name: str, stage: Stage) -> Iterator[_Known]:
    """Give the pseudonym of a person; one that was made for this is taken back if nothing was decided."""
    engine = project.engine
    before = find_pseudonym(engine, name, stage)
    pseudonym = before or pseudonym_of(engine, name, stage)
    known = _Known(pseudonym, lambda connection: keep_pseudonym(connection, name, stage, pseudonym))
    try:
        yield known
    finally:
        if before is None and (known.session is None or not known.session.began):
            with suppress(Refusal):  # an unused pseudonym that stays does no harm
                forget_unused(engine, pseudonym)


def refuse_adjudicator(project: Project, article: Article, name: str) -> None:
    """Refuse to make one of an article's annotators of the person who adjudicates it."""
    known = pseudonyms(project.engine, name)
    began = {stage: _began(project, article, known.get(stage)) for stage in get_args(Stage)}
    if began["adjudicate"] and not began["label"]:
        raise Refusal(
            "label.not-possible",
            f"You adjudicate {article.article_id}, so you are none of its annotators.",
            "j in the queue, or `annotator adjudicate`, goes on with that.",
        )


def _began(project: Project, article: Article, person: str | None) -> bool:
    standing = person and standing_of(project.engine, person, article.article_id, article.text_sha256)
    return bool(standing and standing.decisions)
