"""Which errors are looked at: by part, kind, language and article, and by words that are typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from annotator.scoring.errors import Reading, ScoringError
from annotator.scoring.scoring_error import standing
from annotator.text.finding import sought
from annotator.text.span import Span

Side = Literal["part", "kind", "language", "article"]

SIDES: Mapping[Side, Callable[[ScoringError], str]] = {
    "part": lambda one: one.part,
    "kind": lambda one: one.kind,
    "language": lambda one: one.language,
    "article": lambda one: one.article_id,
}
"""What an error may be chosen by, with what gives it."""

Said = Callable[[ScoringError], str]
"""Gives all that is said of an error, to be searched."""


@dataclass(frozen=True, slots=True)
class ErrorFilter:
    """What an error must be like to be looked at."""

    chosen: Mapping[Side, str] = field(default_factory=dict)
    """What it must be, by what it is chosen by."""
    words: str = ""
    """Each of these, parted by blanks, must stand in it; case, diacritics and ways to write a letter do not count."""

    def choosing(self, side: Side, value: str | None) -> "ErrorFilter":
        """Give it with another choice at one side, or with none there."""
        others = {name: kept for name, kept in self.chosen.items() if name != side}
        return ErrorFilter(others if value is None else {**others, side: value}, self.words)

    def typing(self, words: str) -> "ErrorFilter":
        """Give it with other words."""
        return ErrorFilter(self.chosen, " ".join(words.split()))

    def of(self, errors: Iterable[ScoringError], said: Said) -> list[ScoringError]:
        """Give the errors that pass, in their order."""
        wanted = sought(self.words).split()
        return [
            one
            for one in errors
            if all(SIDES[side](one) == value for side, value in self.chosen.items())
            and (not wanted or _holds(said(one), wanted))
        ]

    def values(self, side: Side, errors: Iterable[ScoringError], said: Said) -> dict[str, int]:
        """Give what there is to choose from at one side as the others are, commonest first, with how many errors."""
        counts: dict[str, int] = {}
        for one in self.choosing(side, None).of(errors, said):
            value = SIDES[side](one)
            counts[value] = counts.get(value, 0) + 1
        return dict(sorted(counts.items(), key=lambda found: (-found[1], found[0])))

    def told(self) -> str:
        """Give what it asks for, in a few words; nothing for one that everything passes."""
        words = [f"“{self.words}”"] if self.words else []
        return ", ".join([*(f"{side} {value}" for side, value in self.chosen.items()), *words])


def grouped(errors: Iterable[ScoringError]) -> dict[str, list[ScoringError]]:
    """Give the errors by group, the commonest group first; in a group they keep their order."""
    groups: dict[str, list[ScoringError]] = {}
    for one in errors:
        groups.setdefault(one.group, []).append(one)
    return dict(sorted(groups.items(), key=lambda found: (-len(found[1]), found[0])))


def words_at(span: Span | None, text: str | None) -> str:
    """Give the words of a stretch on one line; nothing where it is nowhere, or its text is not at hand."""
    where = standing(span)
    return "" if where is None or text is None else " ".join(where.of(text).split())


def saying(texts: Mapping[str, str]) -> Said:
    """Give what gives all that is said of an error, made once each: it is asked again at every letter typed.

    `texts` are those at hand, by article id.
    """

    @cache
    def said(one: ScoringError) -> str:
        text = texts.get(one.article_id)
        sides: Sequence[Reading] = [reading for reading in (one.gold, one.predicted) if reading is not None]
        readings = (f"{reading.label} {reading.said} {words_at(reading.span, text)}" for reading in sides)
        return sought(" ".join((one.group, one.part, one.kind, one.language, one.source, one.article_id, *readings)))

    return said


def _holds(said: str, wanted: Iterable[str]) -> bool:
    return all(word in said for word in wanted)
