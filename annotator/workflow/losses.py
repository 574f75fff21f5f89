"""Which numbers count losses: the nearest word around them that says so ("killed") decides. Proposes no event."""

from collections.abc import Sequence

from annotator.model.cues import Cues
from annotator.model.mention import Mention
from annotator.model.value import NumberValue
from annotator.text.span import Span
from annotator.workflow.surroundings import COUNT, Surroundings

_REACH = 20
"""Words between a number and the word that says what it counts."""


def losses(numbers: Sequence[Mention], around: Surroundings, cues: Cues) -> dict[str, str]:
    """Give, for the numbers that a word near them says the meaning of ("killed"), the role; by the numbers' ids."""
    said = [
        (start, end, {item.removeprefix(COUNT) for item in says if item.startswith(COUNT)})
        for start, end, says in around.cues_between(around.sentence.start, around.sentence.end)
    ]
    found = {}
    for number in numbers:
        alike = [other.span for other in numbers if other.id != number.id and _unit(other) == _unit(number)]
        wanted = {role for role, counts in cues.counts.items() if counts.words and _unit(number) in counts.units}
        near = [
            (_away(number.span, start, end, around), start, min(roles & wanted))
            for start, end, roles in said
            if roles & wanted and not any(_between(other, number.span, start, end) for other in alike)
        ]
        if near and min(near)[0] <= _REACH:
            found[number.id] = min(near)[2]
    return found


def _unit(number: Mention) -> str | None:
    return number.value.unit if isinstance(number.value, NumberValue) else None


def _away(number: Span, start: int, end: int, around: Surroundings) -> int:
    """Give how many words stand between a number and a word, which may be within the number's span."""
    return around.words_between(min(end, number.end), max(start, number.start))


def _between(other: Span, number: Span, start: int, end: int) -> bool:
    """Tell whether another number stands between a number and a word: the word is the other's."""
    low, high = (end, number.start) if end <= number.start else (number.end, start)
    return low <= other.start and other.end <= high
