"""What stands around a number and moves its bounds: "at least", "some", "or more", also several at once."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from annotator.finders.numbers.counted import Counted
from annotator.finders.numbers.quantity import QuantityReader
from annotator.finders.words import Match, PhraseTable, Word
from annotator.model.lexicon import NumberWords
from annotator.model.value import Qualifier

STACKED = 3
"""How many modifiers may stand in front of one number: "at least some 40"."""


class Before(NamedTuple):
    """The modifiers in front of a number."""

    qualifier: Qualifier | None
    start: int | None
    """Where the first one begins, in the folded text; None without any."""
    until: int
    """Index of the number's first word."""


class ModifierReader:
    """Reads modifiers with the words of all languages."""

    def __init__(self, numbers: NumberWords, quantities: QuantityReader) -> None:
        self._before = PhraseTable((phrase, name) for name, phrases in numbers.before.items() for phrase in phrases)
        self._after = PhraseTable((phrase, name) for name, phrases in numbers.after.items() for phrase in phrases)
        self._quantities = quantities

    @cached_property
    def begins(self) -> frozenset[str]:
        """The folded words that a modifier in front of a number may begin with."""
        return self._before.openings

    def before(self, text: Sequence[Word], index: int) -> Before:
        """Give the modifiers that begin at the word `index`, none included."""
        told = Before(None, None, index)
        for _ in range(STACKED):
            found = self._before.at(text, told.until)
            if found is None:
                break
            start = found.start if told.start is None else told.start
            told = Before(stronger(told.qualifier, found.item), start, found.until)
        return told

    def behind(self, text: Sequence[Word], until: int, counted: Counted | None) -> tuple[Qualifier, int] | None:
        """Give a modifier behind a number, or behind the noun that stands right behind it, and the index past it."""
        places = [until, counted.until] if counted is not None and counted.first - until <= 1 else [until]
        for place in places:
            found = self._after.at(text, place)
            if found is not None and not self._goes_on(text, found):
                return found.item, found.until
        return None

    def _goes_on(self, text: Sequence[Word], found: Match[Qualifier]) -> bool:
        return found.until < len(text) and self._quantities.at(text, found.until) is not None


def stronger(first: Qualifier | None, second: Qualifier | None) -> Qualifier | None:
    """Give what two modifiers of one number say together: a bound says more than "about"."""
    return second if first in (None, "about") and second is not None else first
