"""Parts of a measure in whole finer units: "half an hour" is 30 minutes, "2.5 km" 2500 metres, سنة ونصف 18 months."""

from collections.abc import Sequence

from annotator.finders.edges import is_arabic
from annotator.finders.numbers.counted import Counted, CountedReader
from annotator.finders.numbers.quantity import Quantity
from annotator.finders.words import Match, PhraseTable, Word
from annotator.model.lexicon import NumberWords


class MeasureReader:
    """Reads measures with the words of all languages."""

    def __init__(self, numbers: NumberWords, counted: CountedReader) -> None:
        self._counted = counted
        self._halves = PhraseTable(numbers.halves)
        self._finer = numbers.finer
        self._one = frozenset(numbers.one)

    def refined(
        self, text: Sequence[Word], core: Quantity, counted: Counted | None
    ) -> tuple[Quantity, Counted | None, int]:
        """Give a quantity, what it counts and the index past both, in a finer unit where the number asks for one."""
        parts, noun, until = self._parts(text, core, counted)
        if parts is not None and noun is not None and noun.unit in self._finer:
            factor, unit = self._finer[noun.unit]
            num, den = parts[0] * noun.multiple * factor, parts[1]
            if num % den == 0:
                whole = core._replace(exact=num // den, fraction=None, decimal=None, dotted=False)
                return whole, noun._replace(unit=unit, multiple=1), until
        reaches = counted is not None and counted.measure and core.fraction is None
        return core, counted, counted.until if reaches and counted is not None else core.until

    def _parts(
        self, text: Sequence[Word], core: Quantity, counted: Counted | None
    ) -> tuple[tuple[int, int] | None, Counted | None, int]:
        """Give how many of which measure, as numerator and denominator, and the index past both."""
        if core.fraction is not None:
            one = core.until < len(text) and text[core.until].text in self._one
            noun = self._counted.at(text, core.until + one)
            return core.fraction, noun, noun.until if noun else core.until
        if (core.exact is None and core.decimal is None) or core.high is not None:
            return None, None, core.until
        if core.decimal is not None:
            return core.decimal, counted, counted.until if counted else core.until
        if (half := self._half(text, core.until)) is not None:
            noun = self._counted.behind(text, half.until)
            return self._and(core, half), noun, noun.until if noun else core.until
        if counted is not None and counted.measure and (half := self._half(text, counted.until)) is not None:
            return self._and(core, half), counted, half.until
        return None, None, core.until

    def _half(self, text: Sequence[Word], index: int) -> Match[tuple[int, int]] | None:
        half = self._halves.at(text, index)
        return half if half is not None and (half.joined or not is_arabic(text[index].text[0])) else None

    def _and(self, core: Quantity, half: Match[tuple[int, int]]) -> tuple[int, int]:
        num, den = half.item
        return (core.exact or 0) * den + num, den
