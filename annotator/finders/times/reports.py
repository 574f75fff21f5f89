"""What a time counts from inside a report that is told again: "It published yesterday that … after midnight".

A verb of saying with a time of its own, then "that": times behind it count from that report, and not from publication.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from annotator.finders.times.days import Expression
from annotator.finders.words import Word, in_forms, single_words
from annotator.model.lexicon import TimeWords

REPORT_REACH = 14
"""How many words may stand between a verb of saying and its "that"."""

OWN_REACH = 4
"""Within how many words behind a verb of saying a time is that report's own ("published before midnight")."""

VERBS = 8
"""How many verbs of saying before a time are asked; a sentence has hardly more."""


class ReportReader:
    """Tells which times of a text stand inside a dated report."""

    def __init__(self, times: TimeWords) -> None:
        self._is_saying = in_forms(single_words(times.reporting))
        self._that = single_words(times.that)

    def verbs(self, text: Sequence[Word]) -> list[int]:
        """Give the indices of the verbs of saying in a text."""
        return [index for index, word in enumerate(text) if self._is_saying(word.text)]

    def reported(self, text: Sequence[Word], expression: Expression, near: Sequence[int], verbs: Sequence[int]) -> bool:
        """Tell whether an expression stands behind "verb … time … that".

        `near` are the first words of the times before it in its sentence, `verbs` the verbs of the text.
        """
        behind = bisect_left(verbs, expression.first)
        for verb in reversed(verbs[max(0, behind - VERBS) : behind]):
            if not near or verb < near[0] - REPORT_REACH:
                return False
            if self._that_behind(text, verb, expression, near):
                return True
            if expression.first - verb <= OWN_REACH:
                return False
        return False

    def _that_behind(self, text: Sequence[Word], verb: int, expression: Expression, near: Sequence[int]) -> bool:
        for index in range(verb + 1, min(verb + REPORT_REACH, expression.first)):
            if text[index].text in self._that:
                return bisect_right(near, verb) < bisect_left(near, index)
        return False
