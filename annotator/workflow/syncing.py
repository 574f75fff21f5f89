"""A whole checkout sent to its store, article by article, and the two brought to say the same again.

Broken off at any point, the next call goes on. Nothing is ever taken out of a checkout, and once the store has all of
it, its log stands in the store's order, with what the same person decided elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.decision import Decision
from annotator.store.articles import get_article
from annotator.store.atomic import alone_in
from annotator.store.checkouts import Checkout, Taken, keep_checkout
from annotator.store.copied_log import beginning_of_chain, stand_as
from annotator.store.engine import open_engine
from annotator.store.locks import only_window
from annotator.store.log import Standing, Text, standing_of
from annotator.store.membership import membership
from annotator.store.migrate import make_ready
from annotator.store.people import find_pseudonym
from annotator.text.counted import counted
from annotator.workflow.checkout import Wish, bring, choose
from annotator.workflow.from_a_server import own_decisions
from annotator.workflow.in_checkout import unsent
from annotator.workflow.project import Project
from annotator.workflow.sending import Came, Sending
from annotator.workflow.standing_from import standing_from


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of a checkout."""

    articles: tuple[Came, ...]
    more: tuple[str, ...] = ()
    """Articles that were taken along besides."""
    waits_for_window: bool = False
    """Whether what was decided elsewhere could not be taken over, as an article of it is open."""

    @property
    def sent(self) -> int:
        """How many decisions were sent."""
        return sum(one.sent for one in self.articles)

    @property
    def kept(self) -> int:
        """How many the store did not take."""
        return sum(one.kept for one in self.articles)

    @property
    def in_conflict(self) -> tuple[Came, ...]:
        """The articles in which something went otherwise than planned."""
        return tuple(one for one in self.articles if one.conflicts)


@contextmanager
def server_of(project: Project, checkout: Checkout, url: str | None) -> Iterator[Project]:
    """Give the store that a checkout was taken from, open: at `url`, or where it was.

    Raises `Refusal`: `store.unreachable`, `store.older` and `store.newer`, `checkout.other-store` for one that is not
    it, `store.rights` for who has no part in it any more.
    """
    engine = open_engine(url or checkout.server)
    server = Project(project.workspace, engine)
    try:
        _refuse_missing_file(engine)
        make_ready(engine)
        _refuse_other(server, checkout)
        yield server
    finally:
        engine.dispose()


def _refuse_missing_file(engine: Engine) -> None:
    """SQLite would make the file anew, empty."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        what = f"There is no store at {engine.url.database}."
        raise Refusal("store.unreachable", what, "If it moved, name it in ANNOTATOR_STORE.")


def _refuse_other(server: Project, checkout: Checkout) -> None:
    member = membership(server.engine)
    if member is not None and member.role is None:
        what = f"{member.name!r} has no part in this team any more."
        raise Refusal("store.rights", what, "Whoever looks after the team gives parts: `annotator team add`.")
    if member is not None and member.name != checkout.name:
        what = f"You are connected as {member.name!r}, and this was checked out by {checkout.name!r}."
        raise Refusal("store.rights", what, "Connect as who checked it out.")
    known = find_pseudonym(server.engine, checkout.name, "label")
    begins = beginning_of_chain(server.engine, checkout.person)
    if known != checkout.person or (begins and checkout.first and begins != checkout.first):
        raise Refusal(
            "checkout.other-store",
            f"This was not checked out of that store: {checkout.name} has another log there.",
            f"It was checked out of {checkout.server}; does ANNOTATOR_STORE name another one?",
        )


class Sync:
    """One sending of a whole checkout."""

    def __init__(self, here: Project, checkout: Checkout) -> None:
        """Take a checkout, open. Nothing is sent yet."""
        self._here = here
        self.checkout = checkout
        """What is remembered of it, as it is now."""
        self._sent = 0

    def run(
        self,
        url: str | None = None,
        more: int = 0,
        step: Callable[[str], None] = lambda _: None,
        *,
        dry_run: bool = False,
    ) -> Synced:
        """Send all, then take `more` articles along; `step` is told each article before.

        With `dry_run` nothing is written anywhere. Raises `Refusal` as `server_of` does, and the storage refusals: they
        say how far it came, and all that was not sent stays here.
        """
        try:
            with alone_in(self._here.workspace.work), server_of(self._here, self.checkout, url) as server:
                came = tuple(self._articles(server, step, dry_run=dry_run))
                if dry_run:
                    return Synced(came)
                self._keep(first=beginning_of_chain(server.engine, self.checkout.person))
                apart = [one for one in self.checkout.articles if _is_apart(one, came)]
                waits = bool(apart) and not self._taken_over(server, apart)
                return Synced(came, tuple(self._more(server, more, step)) if more else (), waits)
        except Refusal as refusal:
            left = sum(unsent(self._here, self.checkout).values())
            told = f" Sent so far: {counted(self._sent, 'decision')}; kept here for the next time: {left}."
            raise Refusal(refusal.code, refusal.what + told, refusal.do) from refusal

    def _articles(self, server: Project, step: Callable[[str], None], *, dry_run: bool) -> Iterator[Came]:
        sending = Sending(self._here, server, self.checkout, dry_run, self._acknowledged)
        for taken in self.checkout.articles:
            step(taken.article_id)
            came, now = sending.article(taken)
            if now != taken:
                self._keep(articles=_with(self.checkout.articles, now))
            yield came

    def _acknowledged(self, decisions: int) -> None:
        self._sent += decisions

    def _keep(self, **changed: object) -> None:
        after = self.checkout.model_copy(update=changed)
        if after != self.checkout:
            keep_checkout(self._here.workspace, after)
            self.checkout = after

    def _taken_over(self, server: Project, apart: Sequence[Taken]) -> bool:
        """Take over the store's log of these articles; tell whether no window and no new decision was in the way."""
        person = self.checkout.person
        sending = Sending(self._here, server, self.checkout)
        logs: dict[Text, list[Decision]] = {}
        standings: list[Standing] = []
        with ExitStack() as windows:
            try:
                for one in apart:
                    windows.enter_context(only_window(self._here.workspace.work, person, one.article_id))
                    text = (person, one.article_id, one.text_sha256)
                    logs[text] = own_decisions(server, person, get_article(self._here.engine, one.article_id))
                    was = standing_of(self._here.engine, *text)
                    standing = standing_from(text, logs[text], sending.shown(one))
                    standings.append(replace(standing, cursor=was.cursor, active_ms=was.active_ms) if was else standing)
                stand_as(self._here.engine, person, logs, standings)
            except Refusal as refusal:
                if refusal.code in ("label.open-elsewhere", "store.fork"):
                    return False
                raise
            now = [one.model_copy(update={"sent": len(logs[person, one.article_id, one.text_sha256])}) for one in apart]
            self._keep(articles=_with(self.checkout.articles, *now))
        return True

    def _more(self, server: Project, number: int, step: Callable[[str], None]) -> Iterator[str]:
        """Take further articles along."""
        checkout = self.checkout
        wish = Wish(number=number, days=checkout.days)
        have = {one.article_id for one in checkout.articles}
        for article_id in choose(server, checkout.name, checkout.person, wish, have):
            step(article_id)
            taken = bring(server, self._here, checkout.person, checkout.days, article_id)
            self._keep(articles=(*self.checkout.articles, taken))
            yield article_id


def _is_apart(taken: Taken, came: Sequence[Came]) -> bool:
    """Tell whether the store has all of an article, and more than is here."""
    return any(one.article_id == taken.article_id and one.elsewhere and not one.kept for one in came)


def _with(articles: Sequence[Taken], *changed: Taken) -> tuple[Taken, ...]:
    now = {one.article_id: one for one in changed}
    return tuple(now.get(one.article_id, one) for one in articles)
