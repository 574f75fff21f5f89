"""Arabic nouns whose form says two, made by rule from the nouns that the lexicon knows: منطقتين, قريتا, جنديان, طفليها.

A plural that looks the same (مقاتلين) is a plural: what the lexicon lists as a noun is never read as a dual of another.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.finders.edges import is_arabic
from annotator.finders.words import split
from annotator.model.lexicon import NumberWords

SHORTEST = 3
"""Letters of the shortest noun that makes a dual: two of كم would be كمين, an ambush."""

OWNERS = ("هما", "ها", "هم")
"""Pronouns behind a dual; with ه it reads like an adjective (هجومية folds to هجوميه)."""


class Dual(NamedTuple):
    """What a dual form says."""

    unit: str | None
    """Unit of the schema; None where it has none for the noun."""
    noun: str
    """The noun that it is made of, folded, or the form itself where no rule made it."""
    tail: int = 0
    """Letters of a pronoun at its end."""


class Duals:
    """All dual forms, to be looked up by a folded word."""

    def __init__(self, numbers: NumberWords) -> None:
        units: dict[str, str | None] = dict.fromkeys(numbers.things)
        units |= {noun: unit for unit, nouns in numbers.nouns.items() for noun in nouns}
        plain = {word for noun in units for word in split(noun)}
        self._forms: dict[str, Dual] = {}
        for noun, unit in units.items():
            for form, tail in _duals(noun, plain):
                if form not in plain:
                    self._forms.setdefault(form, Dual(unit, split(noun)[0], tail))
        for unit, nouns in numbers.duals.items():
            self._forms |= {word: Dual(unit, word) for noun in nouns for word in split(noun)}

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def get(self, form: str) -> Dual | None:
        """Give what a folded word says as a dual, or None when it is none."""
        return self._forms.get(form)


def _duals(noun: str, plain: set[str]) -> Iterator[tuple[str, int]]:
    """Give the folded duals of a noun with the letters of their pronouns.

    Only a feminine noun has a construct form that no adjective looks like, and before a pronoun a noun is two only when
    its plural is another word (`plain` holds all that are known).
    """
    words = split(noun)
    if len(words) != 1 or len(words[0]) < SHORTEST or not is_arabic(words[0][0]):
        return
    feminine = noun.endswith("ة")
    stem = words[0][:-1] + "ت" if feminine else words[0]
    yield from ((stem + "ان", 0), (stem + "ين", 0))
    if feminine:
        yield from ((stem + "ا", 0), (stem + "ي", 0))
    if stem + "ين" not in plain:
        yield from ((stem + "ي" + owner, len(owner)) for owner in OWNERS)
