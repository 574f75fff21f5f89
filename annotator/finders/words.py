"""A folded text as words, numbers and marks, and tables of phrases to look up in it word by word.

Serves numbers, dates and cues, whose meaning depends on the words around them. Positions are those of the folded text.
"""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from annotator.finders.edges import ARTICLE, CONTRACTED_ARTICLE, PRONOUNS, is_arabic, is_proclitic
from annotator.text.folding import fold

Item = TypeVar("Item")

KEPT_WORDS = 16384
"""For how many different words it is kept what was looked up: a text has few for its length."""

_WORD = re.compile(
    r"\d+(?:[.,٬٫]\d+|،\d{3}(?!\d))*"  # a number with its separators
    r"|[\u0620-\u064a\u066e-\u06d3]+"  # Arabic letters: digits behind them are a number of their own
    r"|[^\W\d_](?:[^\W_]|'(?=[^\W\d_]))*"  # other letters: digits behind them belong to the name (T2, M4)
    r"|\n\s*|[^\w\s]"
)


class Word(NamedTuple):
    """A run of letters, a number, a mark, or the end of a line."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()

    @property
    def is_letters(self) -> bool:
        """Whether it is a word."""
        return self.text[0].isalpha()


class Form(NamedTuple):
    """One reading of a word: what is looked up, and how many letters are glued in front of its span."""

    text: str
    lead: int
    joined: bool
    """Whether a و is glued in front."""
    definite: bool = False


class Match(NamedTuple, Generic[Item]):
    """A phrase that stands in a text."""

    item: Item
    start: int
    """Where its span begins, behind glued letters."""
    until: int
    """Index one past its last word."""
    joined: bool


@lru_cache(maxsize=KEPT_WORDS)
def forms(word: str) -> tuple[Form, ...]:
    """Give the readings of a folded word, the word itself first: without what may be glued in front, without ال."""
    if not is_arabic(word[0]):
        return (Form(word, 0, False),)
    found = [Form(word, 0, False)]
    for lead in range(min(3, len(word) - 1)):
        if not is_proclitic(word[:lead]):
            continue
        joined, rest = word[:lead].startswith("و"), word[lead:]
        if lead:
            found.append(Form(rest, lead, joined))
        if rest.startswith(ARTICLE) and len(rest) > len(ARTICLE) + 1:
            found.append(Form(rest.removeprefix(ARTICLE), lead, joined, definite=True))
        if rest.startswith(CONTRACTED_ARTICLE) and len(rest) > len(CONTRACTED_ARTICLE) + 1:
            contracted = lead + len(CONTRACTED_ARTICLE)
            found.append(Form(rest.removeprefix(CONTRACTED_ARTICLE), contracted, joined, definite=True))
    return tuple(found)


@lru_cache(maxsize=KEPT_WORDS)
def stems(word: str) -> tuple[str, ...]:
    """Give what a counted noun may be looked up as: its readings, and each without a pronoun at its end."""
    found = [form.text for form in forms(word)]
    if is_arabic(word[0]):
        found += [text.removesuffix(end) for text in tuple(found) for end in PRONOUNS if text.endswith(end)]
    return tuple(found)


def in_forms(wanted: frozenset[str]) -> Callable[[str], bool]:
    """Give a test that tells whether a folded word, or what it is without glued letters, is one of `wanted`."""
    return lru_cache(maxsize=KEPT_WORDS)(lambda word: any(form.text in wanted for form in forms(word)))


def beyond(text: Sequence[Word], index: int, passed: Collection[str]) -> int:
    """Give the index of the first word from `index` on that is none of `passed`."""
    while index < len(text) and text[index].text in passed:
        index += 1
    return index


def words(folded: str) -> tuple[Word, ...]:
    """Give the words of a folded text in order; equal ones share their letters, which long texts have room for."""
    return tuple(Word(sys.intern(match[0]), *match.span()) for match in _WORD.finditer(folded))


def split(phrase: str) -> tuple[str, ...]:
    """Give the folded words of a phrase of the lexicon."""
    return tuple(word.text for word in words(fold(phrase).text))


class _Beginning(NamedTuple, Generic[Item]):
    """The phrases that begin with one word."""

    alone: tuple[Item, ...]
    """What the word stands for on its own, if it is a phrase."""
    by_second: Mapping[str, Sequence[tuple[tuple[str, ...], Item]]]
    """The others by their second word, the longest first: some words begin hundreds."""

    @classmethod
    def of(cls, phrases: Mapping[tuple[str, ...], Item]) -> "_Beginning[Item]":
        """Part phrases that begin with the same word."""
        by_second: dict[str, list[tuple[tuple[str, ...], Item]]] = {}
        for parts, item in sorted(phrases.items(), key=lambda pair: -len(pair[0])):
            if len(parts) > 1:
                by_second.setdefault(parts[1], []).append((parts, item))
        return cls(tuple(item for parts, item in phrases.items() if len(parts) == 1), by_second)

    def longest(self, text: Sequence[Word], index: int) -> tuple[int, Item] | None:
        """Give how many words the longest of them has that stands at `index`, with its item, or None."""
        if self.by_second and index + 1 < len(text):
            for parts, item in self.by_second.get(text[index + 1].text, ()):
                if len(parts) == 2 or tuple(word.text for word in text[index + 2 : index + len(parts)]) == parts[2:]:
                    return len(parts), item
        return (1, self.alone[0]) if self.alone else None


class PhraseTable(Generic[Item]):
    """Phrases by their first word, to be found where they begin or where they end."""

    def __init__(self, phrases: Mapping[str, Item] | Iterable[tuple[str, Item]]) -> None:
        pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
        table: dict[str, dict[tuple[str, ...], Item]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, item in pairs:
            parts = split(phrase)
            table.setdefault(parts[0], {}).setdefault(parts, item)
            lengths.setdefault(parts[-1], set()).add(len(parts))
        self._table = {first: _Beginning.of(found) for first, found in table.items()}
        self._lengths = {last: sorted(found, reverse=True) for last, found in lengths.items()}
        # Most words begin no phrase, and end none.
        self._beginning = lru_cache(maxsize=KEPT_WORDS)(self._look_up)
        self._ending = lru_cache(maxsize=KEPT_WORDS)(self._look_up_end)

    @property
    def openings(self) -> frozenset[str]:
        """The words that a phrase of the table begins with."""
        return frozenset(self._table)

    def at(self, text: Sequence[Word], index: int) -> Match[Item] | None:
        """Give the longest phrase that begins at the word `index`, or None."""
        if not 0 <= index < len(text):
            return None
        best: Match[Item] | None = None
        for form, beginning in self._beginning(text[index].text):
            found = beginning.longest(text, index)
            if found is not None and (best is None or index + found[0] > best.until):
                best = Match(found[1], text[index].start + form.lead, index + found[0], form.joined)
        return best

    def _look_up(self, word: str) -> tuple[tuple[Form, "_Beginning[Item]"], ...]:
        """Give the phrases that begin with a word, for each of its readings that any begins with."""
        return tuple((form, self._table[form.text]) for form in forms(word) if form.text in self._table)

    def before(self, text: Sequence[Word], index: int) -> tuple[int, Match[Item]] | None:
        """Give the longest phrase that ends right before the word `index`, with its first word's index, or None."""
        for length in self._ending(text[index - 1].text) if index else ():
            found = self.at(text, index - length)
            if found is not None and found.until == index:
                return index - length, found
        return None

    def _look_up_end(self, word: str) -> tuple[int, ...]:
        """Give how many words the phrases have that may end with a word, the longest first."""
        longer = [length for length in self._lengths.get(word, ()) if length > 1]
        alone = any(form.text in self._table for form in forms(word))
        return (*longer, 1) if alone else tuple(longer)


def folded_set(phrases: Iterable[str]) -> frozenset[str]:
    """Give words of the lexicon as they look in a folded text."""
    return frozenset(fold(phrase).text for phrase in phrases)


def single_words(phrases: Iterable[str]) -> frozenset[str]:
    """Give every folded word that stands in phrases of the lexicon."""
    return frozenset(word for phrase in phrases for word in split(phrase))


def phrase_table(phrases: Iterable[str]) -> PhraseTable[None]:
    """Give phrases of the lexicon as a table that only tells whether one stands in a text."""
    return PhraseTable((phrase, None) for phrase in phrases)
