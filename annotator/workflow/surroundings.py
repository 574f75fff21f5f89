"""What stands around a place in an article: sentences, words, and the cue words among them. Proposes nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter

from annotator.finders.sentences import Sentences
from annotator.finders.words import PhraseTable, words
from annotator.model.cues import Cues
from annotator.text.folding import fold
from annotator.text.span import Span, span

REACH = 1500
"""Code points to each side that are looked at: a sentence that is longer is cut."""

COUNT = "count:"
"""In front of a role: the cue says that a number fills it."""


Cue = tuple[int, int, frozenset[str]]
"""Where a cue starts and ends, in code points, and what it says: the names of its lists."""


class CueTable:
    """The cue words of all languages, ready to be found."""

    def __init__(self, cues: Cues) -> None:
        said: dict[str, frozenset[str]] = {}
        lists: dict[str, tuple[str, ...]] = {name: getattr(cues.words, name) for name in type(cues.words).model_fields}
        lists |= {COUNT + role: counts.words for role, counts in cues.counts.items()}
        for name, phrases in lists.items():
            for phrase in phrases:
                said[phrase] = said.get(phrase, frozenset()) | {name}
        self._table = PhraseTable(said)

    def find(self, folded: str) -> tuple[list[tuple[int, int, bool]], dict[int, tuple[int, frozenset[str]]]]:
        """Give the words of a folded text (start, end, whether of letters), and by the index of its first word where
        each cue ends and what it says.
        """
        text = words(folded)
        found: dict[int, tuple[int, frozenset[str]]] = {}
        taken = 0
        for index in range(len(text)):
            match = self._table.at(text, index) if index >= taken else None
            if match is not None:
                taken = match.until
                found[index] = (match.until, match.item)
        return [(word.start, word.end, word.is_letters or word.is_number) for word in text], found


class Surroundings:
    """The text around a place, read once."""

    def __init__(self, text: str, place: int, cues: CueTable) -> None:
        low, high = max(0, place - REACH), min(len(text), place + REACH)
        window = text[low:high]
        sentences = Sentences(window)
        here = sentences.around(place - low)
        self.sentence = span(low + here.start, low + here.end)
        """The sentence that holds the place, in code points."""
        before = sentences.around(max(0, here.start - 1))
        self.before = span(low + before.start, low + before.end)
        """The one in front of it, where there is one within reach; empty lines are sentences too."""
        folded = fold(window)
        found, cues_found = cues.find(folded.text)
        spans = [folded.span(start, end) for start, end, _ in found]
        self._starts = [low + one.start for one in spans]
        self._ends = [low + one.end for one in spans]
        self._letters = [0, *accumulate(letters for _, _, letters in found)]
        self._cues = [
            (self._starts[index], self._ends[until - 1], says) for index, (until, says) in sorted(cues_found.items())
        ]
        self._text = text

    def words_between(self, start: int, end: int) -> int:
        """Give how many words lie wholly within `[start, end)`, in code points."""
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        return max(0, self._letters[last] - self._letters[first])

    def cues_between(self, start: int, end: int) -> Iterator[Cue]:
        """Give the cues wholly within `[start, end)`, in order."""
        for cue in self._cues[bisect_left(self._cues, start, key=itemgetter(0)) :]:
            if cue[0] >= end:
                return
            if cue[1] <= end:
                yield cue

    def says_between(self, start: int, end: int, wanted: frozenset[str]) -> bool:
        """Tell whether a cue within `[start, end)` says something of `wanted`."""
        return any(says & wanted for _, _, says in self.cues_between(start, end))

    def follows(self, end: int, endings: tuple[str, ...]) -> bool:
        """Tell whether right behind `end`, in code points, one of `endings` stands."""
        return self._text.startswith(endings, end)

    def last_cue(self, start: int, end: int, wanted: frozenset[str]) -> Cue | None:
        """Give the cue nearest to `end` that says something of `wanted`, or None."""
        return max((cue for cue in self.cues_between(start, end) if cue[2] & wanted), default=None, key=itemgetter(0))

    def joined(self, one: Span, other: Span) -> bool:
        """Tell whether two mentions, in this order, go together: nothing but joining words and commas between them.

        A colon parts them: what stands in front of it says only where the article comes from.
        """
        if one.end > other.start:
            return False
        between = self._text[one.end : other.start]
        if not between.strip() or any(mark in between for mark in "()\n:;؛"):
            return False
        cues = self.cues_between(one.end, other.start)
        covered = sum(self.words_between(start, end) for start, end, says in cues if "joins" in says)
        return self.words_between(one.end, other.start) == covered
