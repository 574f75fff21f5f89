"""What the finders say about one article. Finders make it, the store keeps it, screens overlay decisions.

A long article has a hundred thousand candidates and few different things to say of them, so they are kept packed: a
place each, and by number what is said there. A `Candidate` is made when somebody looks at it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from operator import lt, sub
from typing import Annotated, Any, Self, overload

from pydantic import Field, model_validator

from annotator.model.article import Region
from annotator.model.frozen import Frozen, Name, Offset, Quantity
from annotator.model.mention import Candidate, Kind, Mark, TriggerClass, candidate_id
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import CodePoint, Span

Place = tuple[int, int, str, str]
"""A place in reading order: where a mention starts, longest first, then kind and id."""


class Said(Frozen):
    """What a finder says of a place, whichever it is."""

    kind: Kind
    label: Name | None = None
    ref: Name | None = None
    value: NumberValue | TimeValue | None = None
    finders: Annotated[tuple[Name, ...], Field(min_length=1)]
    trigger_class: TriggerClass | None = None
    marks: tuple[Mark, ...] = ()
    head: tuple[Offset, Offset] | None = None


class Packed(Frozen):
    """Candidates as the store keeps them: the columns of a table, in reading order."""

    said: tuple[Said, ...]
    """Every different thing that is said."""
    starts: tuple[Offset, ...]
    ends: tuple[Offset, ...]
    which: tuple[Quantity, ...]
    """For each candidate the number of what is said of it."""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not len(self.starts) == len(self.ends) == len(self.which):
            raise ValueError("the columns differ in length")
        if not all(map(lt, self.starts, self.ends)) or any(later < former for former, later in pairwise(self.starts)):
            raise ValueError("spans are empty, reversed or out of order")
        if not all(0 <= number < len(self.said) for number in self.which):
            raise ValueError("it names something that is not said")
        return self


class Candidates(Sequence[Candidate]):
    """The candidates of one text, in reading order; ids are unique, and name kind and span."""

    def __init__(self, text: str, packed: Packed) -> None:
        """Take what the store keeps about `text`."""
        self._text = text
        self._said = packed.said
        self.starts: Sequence[int] = array("L", packed.starts)
        """Where each begins, in code points."""
        self._ends = array("L", packed.ends)
        self._which = array("L", packed.which)
        self.longest = max(map(sub, packed.ends, packed.starts), default=0)
        """Code points of the longest one."""

    @classmethod
    def of(cls, text: str, candidates: Iterable[Candidate] = ()) -> Self:
        """Pack candidates of `text` that are in reading order."""
        return cls.of_places(text, ((Span(one.start, one.end), _said_of(one)) for one in candidates))

    @classmethod
    def of_places(cls, text: str, places: Iterable[tuple[Span, Said]]) -> Self:
        """Pack what is said of stretches of `text` that are in reading order; of a kind and stretch it is said once."""
        numbers: dict[Said, int] = {}
        starts: list[CodePoint] = []
        ends: list[CodePoint] = []
        which: list[int] = []
        for where, said in places:
            starts.append(where.start)
            ends.append(where.end)
            which.append(numbers.setdefault(said, len(numbers)))
        return cls(text, Packed(said=tuple(numbers), starts=tuple(starts), ends=tuple(ends), which=tuple(which)))

    def packed(self) -> Packed:
        """Give them as the store keeps them."""
        columns: dict[str, Any] = {"starts": self.starts, "ends": self._ends, "which": self._which}
        return Packed(said=self._said, **{name: tuple(column) for name, column in columns.items()})

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Candidate]:
        return (self[number] for number in range(len(self)))

    @overload
    def __getitem__(self, number: int) -> Candidate: ...

    @overload
    def __getitem__(self, number: slice) -> list[Candidate]: ...

    def __getitem__(self, number: int | slice) -> Candidate | list[Candidate]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        said = self._said[self._which[number]]
        start, end = CodePoint(self.starts[number]), CodePoint(self._ends[number])
        return Candidate.model_construct(
            id=candidate_id(said.kind, start, end),
            kind=said.kind,
            start=start,
            end=end,
            quote=self._text[start:end],
            label=said.label,
            ref=said.ref,
            value=said.value,
            finders=said.finders,
            trigger_class=said.trigger_class,
            marks=said.marks,
            head=said.head,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candidates) and self.packed() == other.packed()

    __hash__ = None  # type: ignore[assignment]  # like other sequences that compare by content

    def kind(self, number: int) -> Kind:
        """Give the kind of a candidate."""
        return self._said[self._which[number]].kind

    def place(self, number: int) -> Place:
        """Give where a candidate stands in reading order."""
        start, end, kind = self.starts[number], self._ends[number], self.kind(number)
        return start, -end, kind, candidate_id(kind, start, end)

    def over(self, stretch: Span, kind: Kind) -> list[int]:
        """Give the numbers of the candidates of a kind that share a code point with a stretch."""
        first, last = bisect_left(self.starts, stretch.start - self.longest), bisect_left(self.starts, stretch.end)
        return [one for one in range(first, last) if self._ends[one] > stretch.start and self.kind(one) == kind]

    def changed(self, gone: Collection[int], added: Iterable[Candidate]) -> Self:
        """Give them without the ones of these numbers, and with others, whose ids are none of those that stay."""
        said = list(self._said)
        numbers = {one: number for number, one in enumerate(said)}
        rows = [(self.starts[one], self._ends[one], self._which[one]) for one in range(len(self)) if one not in gone]
        for one in added:
            if (new := _said_of(one)) not in numbers:
                numbers[new] = len(said)
                said.append(new)
            rows.append((one.start, one.end, numbers[new]))
        rows.sort(key=lambda row: (row[0], -row[1], said[row[2]].kind))
        starts, ends, which = zip(*rows, strict=True) if rows else ((), (), ())
        return type(self)(self._text, Packed(said=tuple(said), starts=starts, ends=ends, which=which))

    def number_of(self, mention_id: str) -> int | None:
        """Give the number of the candidate with an id; None when no candidate has it."""
        _kind, _, where = mention_id.partition(":")
        start, _, end = where.partition("-")
        if not (start.isdecimal() and end.isdecimal()):
            return None
        number = bisect_left(self.starts, int(start))
        while number < len(self) and self.starts[number] == int(start):
            if self.place(number)[3] == mention_id:
                return number
            number += 1
        return None


def _said_of(one: Candidate) -> Said:
    return Said.model_validate({name: getattr(one, name) for name in Said.model_fields})


class Suggestions(Frozen, arbitrary_types_allowed=True):
    """Regions and candidates of one article, both in reading order."""

    finders: Name
    """Name and version of the finders, with the digest of the guidelines that they ran with."""
    regions: tuple[Region, ...]
    candidates: Candidates


class KeptSuggestions(Frozen):
    """The same as a document, without the text: what the store keeps, and what a line of articles brings along."""

    finders: Name
    regions: tuple[Region, ...]
    candidates: Packed

    @property
    def end(self) -> int:
        """Where the last of it ends, in code points."""
        return max((*(region.end for region in self.regions), *self.candidates.ends), default=0)

    def of(self, text: str) -> Suggestions:
        """Give them of the text that they are about."""
        return Suggestions(finders=self.finders, regions=self.regions, candidates=Candidates(text, self.candidates))

    @classmethod
    def keeping(cls, suggestions: Suggestions) -> Self:
        """Give what is to be kept of suggestions."""
        packed = suggestions.candidates.packed()
        return cls(finders=suggestions.finders, regions=suggestions.regions, candidates=packed)
