"""Names that no registry knows, in Arabic, which has no capitals: a word for a kind of group or place and what follows.

Owns where such a name ends. A name in the construct state runs on to its first definite word (كتائب ثوار الشام); the
adjectives of a definite one are definite as well (المجلس الانتقالي الجنوبي).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.finders.edges import AND, ARTICLE, CONJUNCTIONS, CONTRACTED_ARTICLE, PRONOUNS, is_arabic
from annotator.finders.names.known_names import KnownNames
from annotator.finders.names.unknown_names import UnknownName
from annotator.finders.triggers.inflection import noun_forms, verb_forms
from annotator.finders.words import Word, folded_set, forms, phrase_table, stems
from annotator.model.lexicon import Words
from annotator.model.mention import Kind
from annotator.text.folding import Folded

MOST = 3
"""How many adjectives a name may have."""

SHORTEST = 3
"""How many letters a word of a name has at least, unless names begin with it."""

IN = "ب"
"""Glued in front of the place that a place lies in."""

FEMININE = "ه"
"""What a feminine adjective ends in, folded."""

COMMON_ENDINGS = (*(pronoun for pronoun in PRONOUNS if len(pronoun) > 1), "ين", "ون", "ات")
"""What pronouns, duals and plurals end in: behind a preposition such a word is hardly a place."""


class _Read(NamedTuple):
    """A text: its words, and the names in it that are known."""

    words: Sequence[Word]
    places: KnownNames
    known: Mapping[int, int]
    """For the word in which a known actor or place begins, the index behind it."""


class ArabicNameFinder:
    """The words around Arabic names, ready to be found."""

    def __init__(self, lexicon: Words) -> None:
        actors, places = lexicon.actors, lexicon.places
        self._groups, self._kinds = phrase_table(actors.name_openings), phrase_table(places.kinds)
        self._before, self._loose = phrase_table(places.before), phrase_table(places.loose)
        self._titles = phrase_table(actors.titles)
        self._openings, self._plain = folded_set(places.openings), folded_set(places.never)
        self._fighters = folded_set(actors.heads)
        self._adjectives = folded_set((*actors.after, *actors.peoples))
        self._never = self._plain | folded_set(_otherwise(lexicon))
        self._common = folded_set(places.common)
        self._events = folded_set(_events(lexicon))

    def find(
        self, folded: Folded, words: Sequence[Word], actors: KnownNames, places: KnownNames
    ) -> Iterator[UnknownName]:
        """Give the names in reading order; `words`: those of `folded`; `actors`, `places`: the names that are known."""
        read = _Read(words, places, {**places.until, **actors.until})
        index = 0
        while index < len(words):
            found = self._at(read, index) if is_arabic(words[index].text[0]) else None
            is_place = found.kind == "place" if found is not None else index in places.until
            until = found.until if found is not None else places.until.get(index, index + 1)
            if found is not None:
                yield UnknownName(found.kind, folded.span(found.start, words[until - 1].end))
            index = until
            while is_place and self._joins(words, index):
                # Behind the one letter that joins it.
                yield UnknownName("place", folded.span(words[index].start + 1, words[index].end))
                index += 1

    def _at(self, read: _Read, index: int) -> "_Name | None":
        word = read.words[index]
        group = self._groups.at(read.words, index)
        if group is not None:
            until = self._name(read, group.until, read.known, definite=_is_definite(word, group.start))
            return _Name("actor", group.start, until) if until > group.until else None
        title = self._titles.at(read.words, index)
        if title is not None and title.until < len(read.words) and read.words[title.until].text in self._openings:
            until = self._name(read, title.until, {}, definite=False)
            return _Name("actor", read.words[title.until].start, until) if until > title.until else None
        kind = self._kinds.at(read.words, index)
        if kind is not None and not _is_definite(word, kind.start):
            until = self._name(read, kind.until, read.places.until, definite=False)
            return _Name("place", kind.start, until) if until > kind.until else None
        before = self._before.at(read.words, index)
        if before is not None and not _is_definite(word, before.start):
            return self._place(read, before.until)
        loose = self._loose.at(read.words, index)
        return self._loose_place(read, loose.until) if loose is not None else None

    def _name(self, read: _Read, index: int, known: Mapping[int, int], *, definite: bool) -> int:
        """Give the index behind a name whose first word stands before `index`; `index` itself when there is none."""
        until = index
        if not definite:
            if index in known and not any(form.text in self._never for form in forms(read.words[index].text)):
                return known[index]
            until = self._stem(read, index, known)
            if until == index or not _is_definite(read.words[until - 1]):
                return until
        for _ in range(MOST):
            if until >= len(read.words) or not self._qualifies(read.words[until]):
                break
            until += 1
        return until

    def _stem(self, read: _Read, index: int, known: Mapping[int, int]) -> int:
        """Give the index behind a name without its adjectives: one word, or two of which the second ends it."""
        until = index + 1
        if index < len(read.words) and read.words[index].text in self._fighters:
            named = self._nameable(read.words, until) and _is_definite(read.words[until])
            return until + 1 if named else known.get(until, index)
        if not self._nameable(read.words, index):
            return index
        if _is_definite(read.words[index]):
            return until
        if self._is_event(read.words[index]):
            return index
        if until in known:
            return known[until]
        if self._nameable(read.words, until) and self._continues(read.words, until):
            return until + 1
        return until if read.words[index].text[-1] != FEMININE else index

    def _place(self, read: _Read, index: int) -> "_Name | None":
        """Give the place behind a word that only places stand behind."""
        in_place = self._lies_in_place(read, index + 1)
        if index in read.known or (self._kinds.at(read.words, index) is not None and not in_place):
            return None
        if in_place and is_arabic(read.words[index].text[0]) and len(read.words[index].text) >= SHORTEST:
            return _Name("place", read.words[index].start, index + 1)
        if not self._nameable(read.words, index):
            return None
        until = index + 1
        if self._nameable(read.words, until) and self._continues(read.words, until):
            until += 1
        return _Name("place", read.words[index].start, until)

    def _loose_place(self, read: _Read, index: int) -> "_Name | None":
        """Give the place behind a preposition: a word that the lexicon does not know, and that nothing describes."""
        taken = index in read.known or self._kinds.at(read.words, index) is not None
        if taken or not self._nameable(read.words, index) or self._is_common(read.words[index]):
            return None
        word, until = read.words[index], index + 1
        if word.text in self._openings and self._nameable(read.words, until):
            return _Name("place", word.start, until + 1)
        plain = word.text.endswith(COMMON_ENDINGS) or not self._closed(read.words, until)
        return None if plain and not self._lies_in_place(read, until) else _Name("place", word.start, until)

    def _lies_in_place(self, read: _Read, index: int) -> bool:
        """Tell whether "in" with a known place is at `index`: what stands in front is a place in it."""
        return read.places.lead.get(index, 0) > 0 and read.words[index].text.startswith(IN)

    def _continues(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether the word at `index` ends a name of two words."""
        return _is_definite(words[index]) or words[index - 1].text in self._openings

    def _nameable(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether a word may be (part of) a name: none that the lexicon knows as something else."""
        if index >= len(words) or not is_arabic(words[index].text[0]) or words[index].text in self._plain:
            return False
        if len(words[index].text) < SHORTEST:
            return words[index].text in self._openings
        readings = forms(words[index].text)
        glued = any(form.definite and form.lead for form in readings)
        return not glued and not any(form.text in self._never for form in readings)

    def _qualifies(self, word: Word) -> bool:
        """Tell whether a word may be an adjective of a definite name."""
        if not _is_definite(word):
            return False
        bare = word.text.removeprefix(ARTICLE)
        common = word.text in self._plain or bare in self._plain or self._is_event(word)
        return bare in self._adjectives or not common

    def _closed(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether a noun phrase ends before `index`: at a mark, a preposition, a particle or "and"."""
        if index >= len(words):
            return True
        text = words[index].text
        if not is_arabic(text[0]):
            return not text[0].isalnum()
        if _is_definite(words[index]):
            return False
        followed = text in self._plain or text.startswith(tuple(CONJUNCTIONS))
        return followed or self._before.at(words, index) is not None or self._loose.at(words, index) is not None

    def _joins(self, words: Sequence[Word], index: int) -> bool:
        """Tell whether "and", or "in", with one more place follows a place."""
        if index >= len(words) or not words[index].text.startswith((AND + ARTICLE, IN + ARTICLE)):
            return False
        readings = forms(words[index].text)
        named = (name for form in readings for name in (form.text, ARTICLE + form.text))
        return not any(name in self._never or name in self._common for name in named) and not self._is_event(
            words[index]
        )

    def _is_common(self, word: Word) -> bool:
        """Tell whether a word is common, an event, or with a pronoun behind it something that the lexicon knows."""
        known = word.text in self._common or any(stem in self._never for stem in stems(word.text))
        return known or self._is_event(word)

    def _is_event(self, word: Word) -> bool:
        return any(form.text in self._events for form in forms(word.text))


class _Name(NamedTuple):
    """A name: where it begins in the folded text, and the index one past its last word."""

    kind: Kind
    start: int
    until: int


def _otherwise(lexicon: Words) -> Iterator[str]:
    """Give what the lexicon knows as something else than a name."""
    actors, numbers, times = lexicon.actors, lexicon.numbers, lexicon.times
    for phrases in (
        actors.after, actors.peoples, actors.links, actors.heads, actors.weak, actors.trades, actors.name_openings,
        actors.acting, lexicon.places.before, lexicon.casualties, numbers.cardinals, numbers.scales, numbers.vague,
        times.parts, times.weekdays, times.relative, times.reporting, *numbers.before.values(),
    ):  # fmt: skip
        yield from phrases


def _events(lexicon: Words) -> Iterator[str]:
    """Give the Arabic words for events, in all their forms."""
    for phrases in lexicon.triggers.values():
        yield from phrases
    for rows, forms_of in ((lexicon.events.verbs, verb_forms), (lexicon.events.nouns, noun_forms)):
        for row in (row for named in rows.values() for row in named if is_arabic(row[0])):
            yield from forms_of(row)


def _is_definite(word: Word, start: int | None = None) -> bool:
    """Tell whether a word, or what begins at `start` in it, has the article."""
    lead = 0 if start is None else max(0, start - word.start)
    return word.text.startswith(ARTICLE, lead) or word.text[:lead].endswith(CONTRACTED_ARTICLE)
