"""One article, compared: every pair of annotators, all together, and each with what was settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.agreement.among import Among, among
from annotator.agreement.between import Between, between
from annotator.agreement.held import held_in
from annotator.agreement.labelled import Labelled

Pair = tuple[str, str]
"""Two pseudonyms, in order."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is kept of an article once it was compared: counts, never texts."""

    article_id: str
    language: str
    people: Sequence[str]
    """Who finished it, in order."""
    pairs: Mapping[Pair, Between]
    empty: frozenset[Pair]
    """The pairs of whom neither marked anything."""
    among: Among
    settled: Mapping[str, Between]
    """By annotator: what they have in common with the adjudicated annotation, which comes second."""
    order: tuple[int, str]
    """Sort key: when the last of them finished it, then its id."""


def compared(article: Labelled) -> Compared:
    """Compare the annotations of one article."""
    people = sorted(article.annotations, key=by_name)
    held = {person: held_in(article.annotations[person]) for person in people}
    pairs = list(combinations(people, 2))
    settled = held_in(article.adjudicated) if article.adjudicated is not None else None
    return Compared(
        article_id=article.article_id,
        language=article.language,
        people=people,
        pairs={(one, other): between(held[one], held[other]) for one, other in pairs},
        empty=frozenset((one, other) for one, other in pairs if held[one].empty and held[other].empty),
        among=among(article.article_id, held),
        settled={} if settled is None else {person: between(held[person], settled) for person in people},
        order=(max((article.finished_at.get(person, 0) for person in people), default=0), article.article_id),
    )


def compare_all(articles: Iterable[Labelled]) -> list[Compared]:
    """Compare the annotations of each article, one after the other; by article id, in whatever order they come."""
    return sorted(map(compared, articles), key=lambda one: one.article_id)


def by_name(person: str) -> tuple[int, str]:
    """Sort key of pseudonyms: a2 before a10."""
    return len(person), person
