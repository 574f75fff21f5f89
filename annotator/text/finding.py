"""Looking for strings in a text, as a person means them: case, diacritics and the ways to write a letter do not count.

Owns the folded copy of one text that is searched. It is made once, in steps if the caller wants to do something else
meanwhile, and takes no more room than the text: the way back to the stored code points is worked out for the hits that
are asked about. What stands for equal is said in `text/folding.py`; here line ends count as blanks besides.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotator.text.folding import fold_character
from annotator.text.span import Span, span

_BLOCK = 1024
"""Code points that are folded together, and folded again when a place in them is asked for."""

_BLOCKS_KEPT = 64
"""Blocks of which is known what each folded character stands for: more than a screen shows."""


class _Folding(dict[int, str]):
    """What each character folds to, as `str.translate` asks for it."""

    def __missing__(self, code_point: int) -> str:
        character = chr(code_point)
        folded = self[code_point] = " " if character == "\n" else fold_character(character)
        return folded


_FOLDING = _Folding()


def sought(query: str) -> str:
    """Give what is looked for when a person types `query`; empty when there is nothing in it to look for."""
    folded = query.translate(_FOLDING)
    return folded if folded.strip() else ""


class Finder:
    """One text, ready to be searched."""

    def __init__(self, text: str) -> None:
        """Begin with nothing folded: `ready`, `prepare` and `find` do that."""
        self.text = text
        self._parts: list[str] = []
        self._folded = ""
        self._begins = array("Q", [0])
        """Where each block begins in the folded copy, and where the last one ends."""
        self._origins: dict[int, array[int]] = {}
        """For each folded character of some blocks, the code point of which it is one."""

    @property
    def ready(self) -> bool:
        """Whether the whole text is folded, so that the next search is quick."""
        return (len(self._begins) - 1) * _BLOCK >= len(self.text)

    def prepare(self, size: int) -> bool:
        """Fold the next `size` code points or a few more; tell whether the whole text is folded now."""
        start = (len(self._begins) - 1) * _BLOCK
        for at in range(start, min(start + size, len(self.text)), _BLOCK):
            self._parts.append(self.text[at : at + _BLOCK].translate(_FOLDING))
            self._begins.append(self._begins[-1] + len(self._parts[-1]))
        return self.ready

    def find(self, query: str) -> "Hits":
        """Give every place that reads as `query`, in reading order and none overlapping one before it."""
        while not self.prepare(len(self.text)):
            pass
        if self._parts:
            self._folded = "".join(self._parts)
            self._parts.clear()
        wanted = sought(query)
        starts = (found.start() for found in re.finditer(re.escape(wanted), self._folded)) if wanted else ()
        return Hits(self, query, array("Q", starts), len(wanted))

    def folded_position(self, offset: int) -> int:
        """Give how many characters of the folded copy stand for what is before the code point at `offset`."""
        block = min(max(0, offset), len(self.text)) // _BLOCK
        return self._begins[block] + len(self.text[block * _BLOCK : max(0, offset)].translate(_FOLDING))

    def stretch(self, start: int, end: int) -> Span:
        """Give the stored stretch of `[start, end)` of the folded copy, not empty, its last marks included.

        A letter that folds to several ("ß") is given whole when any of them is asked for.
        """
        first, last = self._origin(start), self._origin(end - 1) + 1
        while last < len(self.text) and not _FOLDING[ord(self.text[last])]:
            last += 1
        return span(first, last)

    def _origin(self, position: int) -> int:
        """Give the code point of which the folded character at `position` is one."""
        block = bisect_right(self._begins, position) - 1
        if block not in self._origins:
            if len(self._origins) >= _BLOCKS_KEPT:
                self._origins.clear()
            start, end = block * _BLOCK, min(len(self.text), (block + 1) * _BLOCK)
            places = (at for at in range(start, end) for _ in _FOLDING[ord(self.text[at])])
            self._origins[block] = array("Q", places)
        return self._origins[block][position - self._begins[block]]


class Hits:
    """Where a text reads as what was looked for."""

    def __init__(self, finder: Finder, query: str, starts: "array[int]", length: int) -> None:
        """Keep the hits by where they start in the folded copy, all of one length there."""
        self.query = query
        """What was looked for, as it was typed."""
        self._finder = finder
        self._starts = starts
        self._length = length

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, index: int) -> Span:
        start = self._starts[index]
        return self._finder.stretch(start, start + self._length)

    def __iter__(self) -> Iterator[Span]:
        return (self[index] for index in range(len(self)))

    def at_or_after(self, offset: int) -> int:
        """Give the index of the first hit that starts at the code point `offset` or behind it; `len` if none does."""
        return bisect_left(self._starts, self._finder.folded_position(offset))

    def within(self, stretch: Span) -> list[Span]:
        """Give the hits that share a code point with `stretch`."""
        position = self._finder.folded_position
        first = bisect_left(self._starts, position(stretch.start) - self._length)
        last = bisect_left(self._starts, position(stretch.end))
        return [found for index in range(first, last) if (found := self[index]).overlaps(stretch)]
