"""Who is to label what, and in which order: slots of articles, for anybody or for people by name.

An assignment only adds; what somebody has or did stays. How slots are handed out is `store/tasks.py`'s.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from annotator.errors import Refusal
from annotator.finders.suggest import FINDER
from annotator.model.canonical import sha256
from annotator.model.suggestions import Candidates
from annotator.store import pages
from annotator.store.articles import find_article_id, get_article
from annotator.store.batches import in_batches
from annotator.store.engine import reading
from annotator.store.membership import membership
from annotator.store.pages import AT_ONCE, each_page
from annotator.store.people import find_pseudonym, pseudonym_of
from annotator.store.proposed import get_proposed
from annotator.store.tasks import Wanted, assign, withdraw
from annotator.store.team_rights import are_set_up
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.overlap import NEEDED
from annotator.workflow.person import checked_name
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for

SEED = 13


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    articles: Sequence[str] = ()
    """Ids or how they begin; none for all of the workspace."""
    people: Sequence[str] = ()
    """Names of those who are to label them; none for whoever comes."""
    overlap: int = NEEDED
    """How many people label each article."""
    adjudicated: float = 1.0
    """The share of articles that an adjudicator settles afterwards."""
    order: str = "given"
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Plan:
    """The slots that a wish comes to."""

    ordered: Sequence[str]
    """Ids of the articles, in the order in which they are handed out."""
    people: Sequence[str]
    """Pseudonyms of who is to label them; none for whoever comes."""
    wish: Wish

    @property
    def articles(self) -> int:
        """How many articles are assigned."""
        return len(self.ordered)

    @property
    def labelling(self) -> int:
        """How many slots there are to label."""
        return len(self.ordered) * self.wish.overlap

    @property
    def adjudicating(self) -> int:
        """How many slots there are to adjudicate."""
        return sum(map(self._is_adjudicated, self.ordered))

    @property
    def wanted(self) -> Iterator[Wanted]:
        """The slots of an article one behind the other, so that articles are finished soon; people take turns."""
        for number, article_id in enumerate(self.ordered):
            yield from self._of(number, article_id)

    def _of(self, number: int, article_id: str) -> Iterator[Wanted]:
        overlap, people = self.wish.overlap, self.people
        for slot in range(overlap):
            person = people[(number * overlap + slot) % len(people)] if people else None
            yield Wanted(article_id, "label", slot, person)
        if self._is_adjudicated(article_id):
            yield Wanted(article_id, "adjudicate", 0)

    def _is_adjudicated(self, article_id: str) -> bool:
        return _drawn(article_id, self.wish.seed) < self.wish.adjudicated


def plan(project: Project, wish: Wish) -> Plan:
    """Give the slots for a wish; nothing is written but the pseudonyms of new people.

    Raises `Refusal` `usage` for an order that there is not, and where fewer people are named than each article wants;
    `person.name` for a name that nobody can have, `person.unknown` for one that is not in the team, `store.rights` for
    who may not assign.
    """
    _refuse_who_may_not_assign(project)
    if wish.order not in ORDERS:
        raise Refusal("usage", f"{wish.order!r} is no order.", f"Orders are {', '.join(ORDERS)}.")
    names = list(dict.fromkeys(map(checked_name, wish.people)))
    if names and len(names) < wish.overlap:
        what = (
            f"{len(names)} {'person' if len(names) == 1 else 'people'} cannot label each article {wish.overlap} times."
        )
        raise Refusal("usage", what, "Name more people, or ask for less overlap.")
    asked = [find_article_id(project.engine, one) for one in wish.articles] if wish.articles else _all(project)
    ordered = ORDERS[wish.order](project, list(dict.fromkeys(asked)), wish.seed)
    _refuse_strangers(project, names)
    people = [pseudonym_of(project.engine, name, "label") for name in names]
    return Plan(ordered, people, wish)


def _refuse_who_may_not_assign(project: Project) -> None:
    refuse_in_checkout(project.workspace, "Nothing is assigned")
    member = membership(project.engine)
    if member is not None and member.role != "lead":
        raise Refusal("store.rights", "You may assign nothing in this team.", "Its lead can.")


def _refuse_strangers(project: Project, names: Sequence[str]) -> None:
    """Refuse to assign something in a team to somebody who is not in it: most likely a slip of the hand."""
    with reading(project.engine) as connection:
        if not are_set_up(connection):
            return
    for name in names:
        if find_pseudonym(project.engine, name, "label") is None:
            what = f"Nobody called {name!r} labels in this team."
            raise Refusal("person.unknown", what, "`annotator team list` tells who is in, `annotator team add` adds.")


def carry_out(project: Project, planned: Plan, progress: Callable[[str], None] = lambda _: None) -> int:
    """Make the slots of a plan that are not there yet; give how many. `progress` is told of each article."""

    def told() -> Iterator[Wanted]:
        for wanted in planned.wanted:
            if (wanted.stage, wanted.slot) == ("label", 0):
                progress(wanted.article_id)
            yield wanted

    return assign(project.engine, told())


def _all(project: Project) -> list[str]:
    """Give the ids of all articles: no more of a million is held."""
    return sorted(article_id for ids in each_page(project.engine) for article_id in ids)


def take_back(project: Project, articles: Sequence[str]) -> int:
    """Take back the slots that nobody took yet, of some articles or of all; give how many."""
    _refuse_who_may_not_assign(project)
    found = [find_article_id(project.engine, one) for one in articles]
    return withdraw(project.engine, found or _all(project))


def _drawn(article_id: str, seed: int) -> float:
    """Give a number from 0 to below 1 that hangs on the seed and the article alone."""
    return int(sha256(f"{seed}:{article_id}".encode())[:13], 16) / 16**13


# Orders

Order = Callable[[Project, list[str], int], list[str]]


def _as_given(_project: Project, articles: list[str], _seed: int) -> list[str]:
    return articles


def _at_random(_project: Project, articles: list[str], seed: int) -> list[str]:
    # What is drawn for an order has nothing to do with what is drawn for adjudication.
    return sorted(articles, key=lambda article_id: (_drawn(article_id, ~seed), article_id))


def _by_language(project: Project, articles: list[str], _seed: int) -> list[str]:
    by_language: dict[str, list[str]] = {}
    for ids in in_batches(articles, AT_ONCE):
        language = {one.article_id: one.metadata.language for one in pages.articles_of(project.engine, ids)}
        for article_id in ids:
            by_language.setdefault(language[article_id], []).append(article_id)
    return [article_id for language in sorted(by_language) for article_id in by_language[language]]


def _by_disagreement(project: Project, articles: list[str], _seed: int) -> list[str]:
    return sorted(articles, key=lambda article_id: -disagreement(project, article_id))


ORDERS: Mapping[str, Order] = MappingProxyType(
    {"given": _as_given, "random": _at_random, "language": _by_language, "disagreement": _by_disagreement}
)
"""The orders in which articles can be handed out."""


def disagreement(project: Project, article_id: str) -> float:
    """Give how far the systems that propose something for an article differ: 0 all alike, 1 nothing in common.

    It is the mean over pairs of systems, our finders one of them, of one minus the share of mentions in common.
    """
    article = get_article(project.engine, article_id)
    ours = suggestions_for(project, article).candidates
    by_system = [_said(ours, FINDER), *(_said(one) for one in get_proposed(project.engine, article).values())]
    pairs = [(one, other) for one, other in combinations(by_system, 2) if one | other]
    return sum(1 - len(one & other) / len(one | other) for one, other in pairs) / len(pairs) if pairs else 0.0


def _said(candidates: Candidates, finder: str | None = None) -> set[tuple[str, int, int]]:
    return {(one.kind, one.start, one.end) for one in candidates if finder is None or finder in one.finders}
