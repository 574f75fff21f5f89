"""Where in a text, word by word, the names stand that a registry knows."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from annotator.finders.words import Word
from annotator.text.folding import Folded
from annotator.text.span import Span


class KnownNames(NamedTuple):
    """Names by the words that they stand in, as indices."""

    until: Mapping[int, int]
    """For the word in which a name begins, the index one past the name's last word."""
    lead: Mapping[int, int]
    """For the same word, how many letters are glued in front of the name."""
    words: frozenset[int]
    """The words of all names."""

    @classmethod
    def of(cls, folded: Folded, read: Sequence[Word], names: Iterable[Span]) -> Self:
        """Give where `names`, spans of the stored text, stand among `read`, the words of its folded copy."""
        starts = [folded.origin[word.start] for word in read]
        until: dict[int, int] = {}
        lead: dict[int, int] = {}
        for name in names:
            first = bisect_right(starts, name.start) - 1
            until[first] = bisect_right(starts, name.end - 1)
            lead[first] = name.start - starts[first]
        return cls(until, lead, frozenset(word for first, last in until.items() for word in range(first, last)))
