"""Arabic nouns whose form says two, made by rule from the nouns that the lexicon knows: منطقتين, قريتا, جنديان.

A plural that looks the same (مقاتلين) is a plural: what the lexicon lists as a noun is never read as a dual of another.
"""

from collections.abc import Iterator

from annotator.finders.edges import is_arabic
from annotator.finders.words import split
from annotator.model.lexicon import NumberWords

SHORTEST = 3
"""Letters of the shortest noun that makes a dual: two of كم would be كمين, an ambush."""


class Duals:
    """All dual forms, to be looked up by a folded word."""

    def __init__(self, numbers: NumberWords) -> None:
        known = {(noun, unit) for unit, nouns in numbers.nouns.items() for noun in nouns}
        listed = {(word, unit) for unit, nouns in numbers.duals.items() for noun in nouns for word in split(noun)}
        nouns = {*known, *((noun, None) for noun in numbers.things)}
        plain = {word for noun, _ in nouns for word in split(noun)}
        made = {(form, unit, split(noun)[0]) for noun, unit in nouns for form in _duals(noun) if form not in plain}
        self._units: dict[str, str | None] = {form: unit for form, unit, _ in sorted(made, key=str)} | dict(listed)
        self._nouns = {form: noun for form, _, noun in made}

    def __contains__(self, form: str) -> bool:
        return form in self._units

    def __iter__(self) -> Iterator[str]:
        return iter(self._units)

    def unit(self, form: str) -> str | None:
        """Give the unit that a dual is counted in; None where the schema has none for it."""
        return self._units[form]

    def singular(self, form: str) -> str:
        """Give the noun that a dual is made of, folded, or the form itself where no rule made it."""
        return self._nouns.get(form, form)


def _duals(noun: str) -> Iterator[str]:
    """Give the folded duals of a noun; only a feminine one has a construct form that no adjective looks like."""
    words = split(noun)
    if len(words) != 1 or len(words[0]) < SHORTEST or not is_arabic(words[0][0]):
        return
    feminine = noun.endswith("ة")
    stem = words[0][:-1] + "ت" if feminine else words[0]
    yield from (stem + "ان", stem + "ين")
    if feminine:
        yield from (stem + "ا", stem + "ي")
