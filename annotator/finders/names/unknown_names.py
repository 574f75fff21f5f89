"""Names that no registry knows, in scripts with capitals: a run of capitalised words, and what stands around it.

Owns how such a name is cut out of its sentence, and what makes it an actor or a place. Where nothing around a name says
what it is, none is proposed: it may as well be a person, a month or the beginning of a sentence.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.finders.edges import POSSESSIVE, is_arabic
from annotator.finders.names.spellings import Spellings, skeleton
from annotator.finders.words import Word, folded_set, phrase_table
from annotator.model.lexicon import Words
from annotator.model.mention import Kind
from annotator.model.registry import Registry
from annotator.text.folding import Folded
from annotator.text.span import Span

ACRONYM = 6
"""How many letters a name in capitals only may have and still be no place: the short form of something else."""

TELLING = 6
"""How many letters the skeleton of a single word has at least, to be told from a common word by its spelling alone."""


class UnknownName(NamedTuple):
    """A name, with what it seems to be the name of."""

    kind: Kind
    span: Span
    ref: str | None = None
    """Registry id, where it is another spelling of a name that the registry knows."""


class Run(NamedTuple):
    """A run of capitalised words."""

    first: int
    """Index of its first word."""
    until: int
    """Index one past its last word."""
    span: Span
    name: str
    """As it is written."""
    front: int
    """Index of the first word of what describes it in front ("Russian-occupied Donetsk"), or of its own first word."""

    @property
    def tells(self) -> bool:
        """Whether a spelling like it is no chance: it has several words, or is long."""
        return self.until - self.first > 1 or len(skeleton(self.name)) >= TELLING

    @property
    def is_acronym(self) -> bool:
        """Whether it is short and in capitals only."""
        return self.name.isupper() and 1 < len(self.name) <= ACRONYM


class UnknownNameFinder:
    """The words around names, ready to be found."""

    def __init__(self, lexicon: Words, registry: Registry) -> None:
        actors, places = lexicon.actors, lexicon.places
        self._spelt_actors = Spellings((name, key) for key, entry in registry.actors.items() for name in entry.en)
        self._spelt_places = Spellings((name, key) for key, entry in registry.places.items() for name in entry.en)
        self._particles, self._never = folded_set(places.particles), folded_set(places.never)
        self._peoples, self._saying = folded_set(actors.peoples), folded_set(actors.saying)
        self._followers, self._name_endings = folded_set(actors.name_followers), folded_set(actors.name_endings)
        self._name_openings, self._titles = phrase_table(actors.name_openings), phrase_table(actors.titles)
        self._openings, self._joiners = folded_set(places.openings), folded_set(lexicon.numbers.joiners)
        self._before, self._after = phrase_table(places.before), phrase_table(places.after)
        self._suffixes = folded_set(actors.suffixes)

    def runs(self, text: str, folded: Folded, read: Sequence[Word]) -> Iterator[Run]:
        """Give the runs of capitalised words of `text` in reading order; `read`: the words of `folded`."""
        reading = _Capitals(text, folded, read, self._particles, self._never)
        index = 0
        while index < len(read):
            until = reading.run(index)
            first = self._past_compound(read, index)
            if until > first:
                end = read[until - 1].end
                span = folded.span(read[first].start, end - len(POSSESSIVE) * read[until - 1].text.endswith(POSSESSIVE))
                yield Run(first, until, span, span.of(text), index)
            index = max(until, index + 1)

    def _past_compound(self, read: Sequence[Word], index: int) -> int:
        """Give the index behind an adjective like "Russian-occupied", which is no part of a name, or `index` itself."""
        hyphened = index + 2 < len(read) and read[index + 1].text == "-" and read[index + 1].start == read[index].end
        return index + 3 if hyphened and read[index + 2].text in self._suffixes else index

    def find(
        self, runs: Iterable[Run], read: Sequence[Word], actors: frozenset[int], places: frozenset[int]
    ) -> Iterator[UnknownName]:
        """Give the names among `runs`; `actors`, `places`: indices of the words that known names stand in."""
        enumerated = -1
        for run in runs:
            known = not places.isdisjoint(range(run.first, run.until))
            actor, place = self._spelt_actors.ref(run.name), self._spelt_places.ref(run.name)
            if self._is_actor(read, run) or (actor is not None and run.tells):
                yield UnknownName("actor", run.span, actor)
                continue
            in_context = run.first == enumerated or self._is_place(read, run)
            is_place = (known or run.first not in actors) and (in_context or (place is not None and run.tells))
            if is_place:
                yield UnknownName("place", run.span, place)
            if (is_place or known) and run.until < len(read) and read[run.until].text in self._joiners:
                enumerated = run.until + 1

    def _is_actor(self, read: Sequence[Word], run: Run) -> bool:
        opening = self._name_openings.at(read, run.first)
        several = run.until - run.first > 1
        if several and (_last(read, run) in self._name_endings or (opening is not None and opening.until < run.until)):
            return True
        behind = read[run.until].text if run.until < len(read) else ""
        if run.is_acronym and behind in self._saying:
            return True
        named = behind in self._followers or self._titles.before(read, run.front) is not None
        return named and _last(read, run) not in self._peoples

    def _is_place(self, read: Sequence[Word], run: Run) -> bool:
        if run.is_acronym or _last(read, run) in self._peoples:
            return False
        if read[run.first].text in self._openings and run.until - run.first > 1:
            return True
        return self._before.before(read, run.front) is not None or self._after.at(read, run.until) is not None


class _Capitals:
    """One text, read for words with capitals."""

    def __init__(
        self, text: str, folded: Folded, read: Sequence[Word], particles: Collection[str], never: Collection[str]
    ) -> None:
        self._text, self._folded, self._read = text, folded, read
        self._particles, self._never = particles, never

    def run(self, index: int) -> int:
        """Give the index behind the run that begins at the word `index`, which is `index` itself when none does."""
        until = self._piece(index)
        while until > index and not self._closes(until - 1) and self._near(until):
            further = self._piece(until)
            if further == until:
                break
            until = further
        return until

    def _piece(self, index: int) -> int:
        """Give the index behind one part of a name: a capitalised word, with its article and what hyphens add to it."""
        if not self._is_letters(index):
            return index
        first = index
        if self._read[index].text in self._particles:
            # "al-Bab", "Al Bab"; a word that is a preposition as well, as in "at Tabqa", wants its hyphen.
            first = index + (2 if self._hyphen(index + 1) else self._read[index].text not in self._never)
        if not self._capital(first):
            first = index
        if not self._capital(first):
            return index
        until = first + 1
        while self._hyphen(until) and self._is_letters(until + 1) and self._glued(until + 1):
            until += 2
        return until

    def _capital(self, index: int) -> bool:
        if not self._is_letters(index):
            return False
        word = self._read[index]
        written = self._text[self._folded.origin[word.start]]
        return written.isupper() and word.text not in self._never and (index == 0 or self._read[index - 1].text != "'")

    def _is_letters(self, index: int) -> bool:
        """Tell whether there is a word in a script that has capitals."""
        if index >= len(self._read):
            return False
        letter = self._read[index].text[0]
        return letter.isalpha() and not is_arabic(letter)

    def _hyphen(self, index: int) -> bool:
        return index < len(self._read) and self._read[index].text == "-" and self._glued(index)

    def _glued(self, index: int) -> bool:
        return self._read[index].start == self._read[index - 1].end

    def _near(self, index: int) -> bool:
        """Tell whether only a space parts the word from the one in front."""
        return index < len(self._read) and self._read[index].start - self._read[index - 1].end == 1

    def _closes(self, index: int) -> bool:
        return self._read[index].text.endswith(POSSESSIVE)


def _last(read: Sequence[Word], run: Run) -> str:
    return read[run.until - 1].text.removesuffix(POSSESSIVE)
