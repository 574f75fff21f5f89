"""What a time counts from inside a report that is told again: "It published yesterday that … after midnight".

A verb of saying with a time of its own, then "that": times behind it count from that report, and not from publication.
"""

from collections.abc import Sequence

from annotator.finders.calendar import in_forms
from annotator.finders.days import Expression
from annotator.finders.words import Word, split
from annotator.model.lexicon import TimeWords
from annotator.text.folding import Folded
from annotator.text.span import Span

REPORT_REACH = 14
"""How many words may stand between a verb of saying and its "that"."""

OWN_REACH = 4
"""Within how many words behind a verb of saying a time is that report's own ("published before midnight")."""


class ReportReader:
    """Tells which times stand inside a dated report."""

    def __init__(self, times: TimeWords) -> None:
        self._reporting = frozenset(word for phrase in times.reporting for word in split(phrase))
        self._that = frozenset(word for phrase in times.that for word in split(phrase))

    def reported(
        self, text: Sequence[Word], expression: Expression, near: Sequence[Expression], folded: Folded, sentence: Span
    ) -> bool:
        """Tell whether an expression stands behind "verb … time … that", with `near` before it in its sentence."""
        if not near:
            return False
        for index in range(expression.first - 1, near[0].first - REPORT_REACH, -1):
            if index < 0 or folded.origin[text[index].start] < sentence.start:
                return False
            if not in_forms(text[index].text, self._reporting):
                continue
            if self._that_behind(text, index, expression, near):
                return True
            if expression.first - index <= OWN_REACH:
                return False
        return False

    def _that_behind(self, text: Sequence[Word], verb: int, expression: Expression, near: Sequence[Expression]) -> bool:
        for index in range(verb + 1, min(verb + REPORT_REACH, expression.first)):
            if text[index].text in self._that:
                return any(verb < other.first < index for other in near)
        return False
