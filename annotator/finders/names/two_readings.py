"""Names that are an actor and a place ("Damascus"): which of the two, where the words beside one leave no doubt."""

from collections.abc import Sequence
from typing import Literal

from annotator.finders.edges import POSSESSIVE, is_arabic
from annotator.finders.words import Word, phrase_table
from annotator.model.lexicon import Words


class TwoReadings:
    """The words of a lexicon that tell an actor from a place."""

    def __init__(self, lexicon: Words) -> None:
        self._within = phrase_table(lexicon.places.within)
        self._acting = phrase_table(lexicon.actors.acting)
        self._links = phrase_table(lexicon.actors.links)
        self._deeds = phrase_table(lexicon.actors.deeds)
        self._openers = phrase_table((*lexicon.times.that, *lexicon.events.breaks))

    def only(self, read: Sequence[Word], first: int, until: int, lead: int) -> Literal["actor", "place"] | None:
        """Give what the words `first` to `until` are beyond doubt, or None; `lead`: letters glued in front of them."""
        if not lead and self._within.before(read, first) is not None:
            return "place"
        if not lead and self._links.before(read, first) is not None:
            return "actor"  # "backed by Iran"
        if is_arabic(read[first].text[0]):
            in_front = None if lead else self._acting.before(read, first)
            return "actor" if in_front or self._acting.at(read, until) else None
        if read[until - 1].text.endswith(POSSESSIVE):
            return "actor" if self._deeds.at(read, until) is not None else None
        acts = self._acting.at(read, until) is not None and self._opens(read, first)
        return "actor" if acts else None

    def _opens(self, read: Sequence[Word], first: int) -> bool:
        """Tell whether a clause opens in front of the word `first`."""
        return first == 0 or not read[first - 1].is_letters or self._openers.before(read, first) is not None
