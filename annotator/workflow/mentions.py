"""Every mention of an article, by id and in reading order: candidates, what was made of them, what a person added.

Owns the order. A candidate that stands where it was proposed is only its number in it, whether or not something was
said of it, so that a hundred thousand of them cost little; an `Item` is made when somebody looks at it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.model.annotation import Annotation, reading_order
from annotator.model.decision import Disposition
from annotator.model.mention import Candidate, Kind, Mention
from annotator.model.suggestions import Candidates, Place
from annotator.text.span import Span, span


@dataclass(frozen=True, slots=True)
class Item:
    """A mention as it stands on the screen: a candidate, what was made of it, or what a person added."""

    mention: Mention
    disposition: Disposition | None
    """None while nothing was said of it: untouched."""
    candidate: Candidate | None
    """What the finders proposed, when they did."""
    reason: str | None = None
    """Of a rejected one: why, if somebody said so."""

    @property
    def said(self) -> str:
        """What was said of it, in a few words."""
        return f"{self.disposition or 'untouched'}{f': {self.reason}' if self.reason else ''}"

    @property
    def order(self) -> Place:
        """Sort key of reading order."""
        return reading_order(self.mention)


_Handle = int | str
"""A mention in the order: the number of a candidate that stands where it was proposed, else an id."""


class Mentions(Mapping[str, Item]):
    """The mentions of an article under one annotation, by id."""

    def __init__(self, candidates: Candidates, annotation: Annotation) -> None:
        """Overlay what was settled on what was proposed."""
        self._candidates = candidates
        self._annotation = annotation
        self._touched = bytearray(len(candidates))
        """1 for each candidate of which something was said."""
        self._longest = 0
        """No mention is longer, in code points."""
        others, moved = [], set()
        for mention_id in annotation.settled:
            handle, number = self._handle(mention_id), self._touch(mention_id)
            if isinstance(handle, str):
                others.append(handle)
                moved.add(number)
        self._order: list[_Handle] = [number for number in range(len(candidates)) if number not in moved]
        if others:
            self._order = sorted([*self._order, *others], key=self._place)
        self._longest = max((candidates.longest, *(-self._place(one)[1] - self._place(one)[0] for one in others)))

    # By id

    def __getitem__(self, mention_id: str) -> Item:
        settled, number = self._annotation.settled.get(mention_id), self._candidates.number_of(mention_id)
        candidate = None if number is None else self._candidates[number]
        if settled is not None:
            return Item(settled.mention, settled.disposition, candidate, settled.reason)
        if candidate is None:
            raise KeyError(mention_id)
        return Item(candidate.as_mention(), None, candidate)

    def __contains__(self, mention_id: object) -> bool:
        return isinstance(mention_id, str) and self._handle(mention_id) is not None

    def __iter__(self) -> Iterator[str]:
        return (self._id(handle) for handle in self._order)

    def __len__(self) -> int:
        return len(self._order)

    # In order

    @property
    def untouched(self) -> int:
        """How many candidates there are of which nothing was said."""
        return self._touched.count(0)

    def position_of(self, item: Item) -> int:
        """Give the index of an item in reading order."""
        return bisect_left(self._order, item.order, key=self._place)

    def position_at(self, offset: int) -> int:
        """Give how many mentions start before a code point."""
        return bisect_left(self._order, offset, key=self._start)

    @property
    def number_count(self) -> int:
        """How many numbers there are, rejected ones included."""
        return len(self._numbers)

    def numbers_before(self, item: Item) -> int:
        """Give how many numbers stand before an item."""
        return bisect_left(self._numbers, item.order, key=self._place)

    def number(self, index: int) -> Item:
        """Give a number by its index among the numbers, in reading order."""
        return self[self._id(self._numbers[index])]

    @cached_property
    def _numbers(self) -> list[_Handle]:
        """The numbers among the mentions: made when first asked for, then kept up."""
        return [handle for handle in self._order if self._kind(handle) == "number"]

    def between(self, first: int, last: int) -> list[Item]:
        """Give the items of positions `[first, last)`, in reading order."""
        return [self[self._id(handle)] for handle in self._order[first:last]]

    def around(self, position: int, step: int) -> Iterator[Item]:
        """Give every item once, from the one behind `position` on, or backwards for a `step` of -1; round the end."""
        return (self[self._id(handle)] for handle in self._around(position, step))

    def next_untouched(self, position: int, step: int) -> Item | None:
        """Give the next candidate of which nothing was said, as `around` goes."""
        if not self.untouched:
            return None
        untouched = (one for one in self._around(position, step) if isinstance(one, int) and not self._touched[one])
        found = next(untouched, None)
        return None if found is None else self[self._id(found)]

    def next_standing(self, position: int, step: int, kind: Kind | None = None) -> Item | None:
        """Give the next mention that is not rejected, as `around` goes: of a kind, when one is named."""
        for handle in self._around(position, step):
            if kind in (None, self._kind(handle)) and not self._is_rejected(handle):
                return self[self._id(handle)]
        return None

    def _is_rejected(self, handle: _Handle) -> bool:
        if isinstance(handle, int) and not self._touched[handle]:
            return False
        return self._annotation.settled[self._id(handle)].disposition == "rejected"

    def standing_at(self, kind: Kind, start: int, end: int) -> list[Item]:
        """Give the mentions of a kind over exactly `[start, end)`, in code points, whatever was said of them."""
        here: tuple[int, int, str] = (start, -end, kind)
        first = bisect_left(self._order, here, key=self._kinds_place)
        return self.between(first, bisect_right(self._order, here, key=self._kinds_place))

    def over(self, stretch: Span) -> list[Item]:
        """Give the mentions that share a code point with a stretch, in reading order."""
        first, last = self.position_at(stretch.start - self._longest), self.position_at(stretch.end)
        reaching = (handle for handle in self._order[first:last] if -self._place(handle)[1] > stretch.start)
        return [self[self._id(handle)] for handle in reaching]

    # Changing

    def settle(self, mention_ids: Iterable[str], annotation: Annotation) -> list[Span]:
        """Go over to `annotation`, which differs in these mentions only; give where they stood and stand now."""
        touched = frozenset(mention_ids)
        stretches = [where for one in touched if (where := self._lift(one))]
        self._annotation = annotation
        return stretches + [where for one in touched if (where := self._put(one))]

    def _lift(self, mention_id: str) -> Span | None:
        handle = self._handle(mention_id)
        if handle is None:
            return None
        place = self._place(handle)
        for order in self._orders(handle):
            del order[bisect_left(order, place, key=self._place)]
        return span(place[0], -place[1])

    def _put(self, mention_id: str) -> Span | None:
        self._touch(mention_id)
        handle = self._handle(mention_id)
        if handle is None:
            return None
        for order in self._orders(handle):
            insort(order, handle, key=self._place)
        start, end, *_ = self._place(handle)
        self._longest = max(self._longest, -end - start)
        return span(start, -end)

    def _orders(self, handle: _Handle) -> list[list[_Handle]]:
        """Give the orders in which a mention stands, as far as they were made."""
        among_numbers = self._kind(handle) == "number" and "_numbers" in self.__dict__
        return [self._order, self._numbers] if among_numbers else [self._order]

    def _touch(self, mention_id: str) -> int | None:
        """Note whether something was said of a candidate; give its number."""
        number = self._candidates.number_of(mention_id)
        if number is not None:
            self._touched[number] = mention_id in self._annotation.settled
        return number

    def _handle(self, mention_id: str) -> _Handle | None:
        settled, number = self._annotation.settled.get(mention_id), self._candidates.number_of(mention_id)
        if settled is None or (number is not None and reading_order(settled.mention) == self._candidates.place(number)):
            return number
        return mention_id

    def _id(self, handle: _Handle) -> str:
        return self._candidates.place(handle)[3] if isinstance(handle, int) else handle

    def _kind(self, handle: _Handle) -> Kind:
        if isinstance(handle, int):
            return self._candidates.kind(handle)
        return self._annotation.settled[handle].mention.kind

    def _place(self, handle: _Handle) -> Place:
        if isinstance(handle, int):
            return self._candidates.place(handle)
        return reading_order(self._annotation.settled[handle].mention)

    def _start(self, handle: _Handle) -> int:
        return self._candidates.starts[handle] if isinstance(handle, int) else self._place(handle)[0]

    def _kinds_place(self, handle: _Handle) -> tuple[int, int, str]:
        return self._place(handle)[:3]

    def _around(self, position: int, step: int) -> Iterator[_Handle]:
        total = len(self._order)
        return (self._order[(position + step * far) % total] for far in range(1, total + 1))
