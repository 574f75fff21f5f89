"""How far the finders propose what the worked examples of the guidelines say of the seeds: every page in one measure.

A claim that holds is to be proposed over exactly its words, one that does not hold is not. The floors are what was
reached: they rise with the finders, and never fall. What is claimed of types, entries and values is not asked here.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from annotator.finders.suggest import suggest
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.model.mention import Kind
from annotator.model.worked_example import FillsRole, IsMention, OfEvent, SameEvent, read_examples
from tests.finders.conftest import ROOT

Place = tuple[str, int, int, Kind]
"""The article, the stretch, and what is claimed to stand there."""

MOST_MISSED: dict[str, int] = {"trigger": 0, "actor": 0, "place": 1, "number": 0, "time": 0}
"""By kind: how many mentions that gold must hold may be missing among the proposals, or have other edges."""

MOST_WRONG: dict[str, int] = {"trigger": 0, "actor": 0, "place": 0, "number": 0, "time": 0}
"""By kind: how many mentions that gold must not hold may be proposed."""


@pytest.fixture(scope="module")
def claims(guidelines: Guidelines) -> dict[bool, set[Place]]:
    """What the pages claim of mentions, right and wrong; what a claim of an event or a role takes for granted too."""
    found: dict[bool, set[Place]] = {True: set(), False: set()}
    for page in sorted((ROOT / "guidelines").glob("*.md")):
        for example in read_examples(page.read_text(encoding="utf-8"), guidelines.schema, guidelines.registry):
            for claim in example.claims:
                seed, start, end = claim.article[:3], claim.place.start, claim.place.end
                match claim.says:
                    case IsMention(kind=kind, said=said, value=value) if claim.right or said is None is value:
                        found[claim.right].add((seed, start, end, kind))
                    case FillsRole(trigger=trigger) if claim.right:
                        found[True].add((seed, trigger.start, trigger.end, "trigger"))
                    case OfEvent() | SameEvent() if claim.right:
                        found[True].add((seed, start, end, "trigger"))
                    case _:
                        pass
    return found


@pytest.fixture(scope="module")
def proposals(seeds: dict[str, Article], guidelines: Guidelines) -> set[Place]:
    return set(_proposals(seeds, guidelines))


def _proposals(seeds: dict[str, Article], guidelines: Guidelines) -> Iterator[Place]:
    for seed, article in seeds.items():
        for candidate in suggest(article, guidelines).candidates:
            yield seed, candidate.start, candidate.end, candidate.kind


def test_the_pages_claim_enough_to_measure_with(claims: dict[bool, set[Place]]) -> None:
    right, wrong = (Counter(place[3] for place in claims[verdict]) for verdict in (True, False))
    assert min(right[kind] for kind in MOST_MISSED) >= 20
    assert min(wrong[kind] for kind in MOST_WRONG) >= 10


@pytest.mark.parametrize("kind", MOST_MISSED)
def test_what_the_pages_call_right_is_proposed(
    claims: dict[bool, set[Place]], proposals: set[Place], kind: Kind
) -> None:
    missed = {place for place in claims[True] - proposals if place[3] == kind}
    assert len(missed) <= MOST_MISSED[kind], sorted(missed)


@pytest.mark.parametrize("kind", MOST_WRONG)
def test_what_the_pages_call_wrong_is_not_proposed(
    claims: dict[bool, set[Place]], proposals: set[Place], kind: Kind
) -> None:
    proposed = {place for place in claims[False] & proposals if place[3] == kind}
    assert len(proposed) <= MOST_WRONG[kind], sorted(proposed)


def test_one_mention_inside_another_is_never_proposed(proposals: set[Place]) -> None:
    for seed, start, end, kind in proposals:
        inside = [
            other
            for other in proposals
            if other[0] == seed and start <= other[1] and other[2] <= end and other[1:3] != (start, end)
        ]
        assert inside == [], (kind, start, end)
