"""A text as tokens and sentences, for formats that know no others, and tokens of others in a text.

Owns where tokens begin and end, what a span becomes that does not begin and end with them, and how tokens of a file
are found again in the stored text. Positions are code points of the stored text, numbers of tokens are half-open.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

from annotator.finders.sentences import Sentences
from annotator.text.clusters import clusters
from annotator.text.span import Span, span

Item = TypeVar("Item")

_REWRITTEN = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"',
}  # fmt: skip
"""What tokenizers of English treebanks write in the place of what the text has."""


class TokenSpan(NamedTuple):
    """Tokens next to each other, by their numbers."""

    start: int
    end: int
    """One past the last."""


class Tokens:
    """The tokens of one text."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self.text, self.spans = text, spans
        self._starts, self._ends = [one.start for one in spans], [one.end for one in spans]

    def __len__(self) -> int:
        return len(self.spans)

    @cached_property
    def words(self) -> list[str]:
        """The tokens as the text has them."""
        return [one.of(self.text) for one in self.spans]

    def covering(self, one: Span) -> TokenSpan | None:
        """Give the fewest tokens that hold a span; None for one that touches none."""
        first, end = bisect_right(self._ends, one.start), bisect_left(self._starts, one.end)
        return TokenSpan(first, end) if first < end else None

    def span_of(self, found: TokenSpan) -> Span:
        """Give where tokens stand."""
        return span(self.spans[found.start].start, self.spans[found.end - 1].end)

    def sentences(self, whole: Iterable[TokenSpan] = ()) -> list[TokenSpan]:
        """Give the sentences in order, without a gap; none ends within any of `whole`."""
        if not self.spans:
            return []
        there = Sentences(self.text)
        ends = {
            index
            for index in range(1, len(self))
            if there.around(self._starts[index]) != there.around(self._starts[index - 1])
        }
        for one in whole:
            ends.difference_update(range(one.start + 1, one.end))
        cuts = [0, *sorted(ends), len(self)]
        return [TokenSpan(start, end) for start, end in pairwise(cuts)]


def by_sentence(
    sentences: Sequence[TokenSpan], items: Iterable[Item], start: Callable[[Item], int]
) -> list[list[Item]]:
    """Give what begins in each of the sentences, in the order in which it comes."""
    found: list[list[Item]] = [[] for _ in sentences]
    begins = [one.start for one in sentences]
    for item in items:
        found[bisect_right(begins, start(item)) - 1].append(item)
    return found


def tokens_of(text: str) -> Tokens:
    """Give the tokens of a text: words with the marks on them, and each other character that is no blank."""
    found: list[Span] = []
    word = False
    for one in clusters(text, 0, len(text)):
        there = span(one.start, one.end).trimmed(text)
        was, word = word, bool(there.of(text)) and _is_of_word(text[there.start])
        if word and was and found[-1].end == there.start:
            found[-1] = Span(found[-1].start, there.end)
        elif there.start < there.end:
            found.append(there)
    return Tokens(text, found)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def aligned(words: Sequence[str], text: str) -> Tokens | int:
    """Give where tokens stand in a text that they were made of, or the number of the first that does not follow there.

    Between tokens there may be blanks alone. What treebanks write otherwise is found as the text has it.
    """
    found: list[Span] = []
    at = 0
    for index, word in enumerate(words):
        forms = [word, _REWRITTEN[word]] if word in _REWRITTEN else [word]
        while not any(form and text.startswith(form, at) for form in forms):
            if at >= len(text) or not text[at].isspace():
                return index
            at += 1
        form = next(form for form in forms if form and text.startswith(form, at))
        found.append(span(at, at + len(form)))
        at += len(form)
    return Tokens(text, found)


def joined(sentences: Iterable[Sequence[str]]) -> str:
    """Give a text of tokens where nothing says what stood between them: a blank, a line for each sentence."""
    return "\n".join(" ".join(words) for words in sentences)
