"""Whether numbers that an article adds up still add up in what was decided: 924 = 557 + 367.

The text is taken at its word: where the values as the finders read them make a sum within a paragraph, the decided ones
should make it too. A quiet warning, never a refusal: articles get sums wrong themselves.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, takewhile

from annotator.model.value import NumberValue
from annotator.text.span import Span
from annotator.workflow.mentions import Item
from annotator.workflow.regions import paragraph_at
from annotator.workflow.session import Session

_LEAST_WHOLE = 10
"""Smaller numbers add up by chance all the time."""

_PARTS = (2, 3, 4)
"""How many parts are tried."""

_NEAR = 8
"""How many numbers on each side of a whole are looked at for its parts."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A number and its parts, as the text has them."""

    whole: Item
    parts: tuple[Item, ...]

    @property
    def holds(self) -> bool:
        """Whether the values as they were decided add up."""
        total, parts = figure(self.whole.mention.value), [figure(part.mention.value) for part in self.parts]
        return total is None or None in parts or total == sum(part for part in parts if part is not None)

    def said(self) -> str:
        """Give it as a person would write it: `924 = 557 + 367`, or what is wrong with it."""
        parts = " + ".join(str(figure(part.mention.value)) for part in self.parts)
        total = figure(self.whole.mention.value)
        if self.holds:
            return f"{total} = {parts}"
        right = sum(figure(part.mention.value) or 0 for part in self.parts)
        return f"{total} is not {parts} ({right}), as the text has it"


def figure(value: object) -> int | None:
    """Give the one figure by which a number is added: the text's own, else its lower bound; None for none."""
    if not isinstance(value, NumberValue) or value.num is not None:
        return None
    return value.best if value.best is not None else value.low


def sums_with(session: Session, item: Item) -> list[Sum]:
    """Give the sums of the text in which a number is the whole or a part, in reading order of their wholes."""
    numbers = _numbers_around(session, item)
    wanted = item.mention.id
    return [found for found in _sums(numbers) if wanted in {one.mention.id for one in (found.whole, *found.parts)}]


def broken_sums(session: Session) -> list[Sum]:
    """Give the sums of the whole article that hold as the finders read it, and no longer as it was decided."""
    by_paragraph: dict[int, list[Item]] = {}
    for item in session.in_order():
        if _adds(item):
            start = paragraph_at(session.article.text, item.mention.start).start
            by_paragraph.setdefault(start, []).append(item)
    return [found for numbers in by_paragraph.values() for found in _sums(numbers) if not found.holds]


def _numbers_around(session: Session, item: Item) -> list[Item]:
    """Give a number with those of its paragraph that add and are near enough to be in one sum with it, in order."""
    paragraph = paragraph_at(session.article.text, item.mention.start)
    items = session.items
    here = items.numbers_before(item)
    before = _adding(map(items.number, range(here - 1, -1, -1)), paragraph)
    behind = _adding(map(items.number, range(here + 1, items.number_count)), paragraph)
    return [*reversed(before), item, *behind]


def _adding(numbers: Iterable[Item], paragraph: Span) -> list[Item]:
    inside = takewhile(lambda one: paragraph.start <= one.mention.start < paragraph.end, numbers)
    return list(islice(filter(_adds, inside), 2 * _NEAR))


def _adds(item: Item) -> bool:
    return item.mention.kind == "number" and item.disposition != "rejected" and _as_read(item) is not None


def _as_read(item: Item) -> int | None:
    """Give a number's figure as the finders read it, or as it was added."""
    return figure(item.candidate.value if item.candidate else item.mention.value)


def _unit(item: Item) -> str | None:
    value = item.candidate.value if item.candidate else item.mention.value
    return value.unit if isinstance(value, NumberValue) else None


def _sums(numbers: Sequence[Item]) -> Iterator[Sum]:
    for place, whole in enumerate(numbers):
        total = _as_read(whole)
        if total is None or total < _LEAST_WHOLE:
            continue
        for near in (numbers[place + 1 : place + 1 + _NEAR], numbers[max(0, place - _NEAR) : place]):
            parts = _parts(total, whole, near)
            if parts:
                yield Sum(whole, parts)
                break


def _parts(total: int, whole: Item, near: Sequence[Item]) -> tuple[Item, ...]:
    """Give the fewest numbers, the first in the text, that count the same as the whole and add up to it."""
    fitting = [one for one in near if 0 < (_as_read(one) or 0) < total and _unit(one) in (None, _unit(whole))]
    for count in _PARTS:
        for parts in combinations(fitting, count):
            if sum(_as_read(part) or 0 for part in parts) == total:
                return parts
    return ()
