"""The words that finders look for: triggers, number words, time words, boilerplate. Read from `lexicon/*.toml`.

Owns what a lexicon file may say. A new word, decoy or dual is a row in those files and never a branch in the code.
Words are written as they are read; finders fold both sides before they compare.
"""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from annotator.model.article import RegionKind
from annotator.model.frozen import Frozen, Name, Quantity
from annotator.model.value import Precision, Qualifier, Scope

Phrases = tuple[Name, ...]
Bounds = Annotated[tuple[Quantity, ...], Field(min_length=1, max_length=2)]
"""Lowest and highest value of a vague word; without the second it is open above."""


class Unknown(Frozen):
    """How a text says that a figure is not known: a head, and a few words on a tail ("no information … casualties")."""

    heads: Phrases = ()
    tails: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit: the words that end the phrase."""


class NumberWords(Frozen):
    """How a language writes numbers, what it puts around them, and what it counts."""

    cardinals: dict[Name, Quantity] = Field(default_factory=dict)
    """Words below a hundred, and hundreds that are one word."""
    scales: dict[Name, Quantity] = Field(default_factory=dict)
    """Words that multiply what stands before them: hundred, thousand, million."""
    fixed: dict[Name, Quantity] = Field(default_factory=dict)
    """Whole phrases with a value of their own: "a dozen", "ألفين"."""
    one: Phrases = ()
    """Articles that mean one before a scale or a measure ("a week")."""
    joiners: Phrases = ()
    """Words between the parts of one number: "and"."""
    vague: dict[Name, Bounds] = Field(default_factory=dict)
    fractions: dict[Name, tuple[Quantity, Quantity]] = Field(default_factory=dict)
    """Numerator and denominator."""
    before: dict[Qualifier, Phrases] = Field(default_factory=dict)
    """Modifiers in front of a number."""
    after: dict[Qualifier, Phrases] = Field(default_factory=dict)
    """Modifiers behind a number or its noun."""
    between: Phrases = ()
    """Words that open a range: "between"."""
    upto: Phrases = ()
    """Words between the two ends of a range: "to", "or". After a word of `between` joiners will do as well."""
    scopes: dict[Scope, Phrases] = Field(default_factory=dict)
    """What in front of a number says that it is a running total, or comes on top of one."""
    nouns: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit of the schema: the nouns that are counted in it."""
    multiples: dict[Name, Quantity] = Field(default_factory=dict)
    """Nouns that stand for several of their unit: a week is 7 days."""
    duals: dict[Name, Phrases] = Field(default_factory=dict)
    """By unit: nouns whose form says two."""
    partitives: Phrases = ()
    """Words between a number and what it counts: "of", "of the", ", the number of", "من"."""
    breaks: Phrases = ()
    """Words behind which what a number counts is not looked for: "in", "were"."""
    unknown: Unknown = Unknown()
    decoys: Phrases = ()
    """Phrases whose numbers count nothing: "between two fires", "one of the"."""


class TimeWords(Frozen):
    """How a language writes dates and times."""

    months: dict[Name, Quantity] = Field(default_factory=dict)
    weekdays: dict[Name, Quantity] = Field(default_factory=dict)
    """Monday is 1, Sunday 7."""
    relative: dict[Name, Quantity] = Field(default_factory=dict)
    """Words for a day, by distance in days: "yesterday"."""
    parts: Phrases = ()
    """Parts of a day: "morning", "midnight"."""
    openings: Phrases = ()
    """Words that belong to a part of a day in front of it: "after", "before"."""
    fillers: Phrases = ()
    """Words between the parts of one time expression: "of", "the"."""
    past_day: Phrases = ()
    """Words that say that a date lies behind: "last", "الماضي"."""
    next_day: Phrases = ()
    """Words that say that a date lies ahead: "next", "المقبل"."""
    ago_before: Phrases = ()
    """In front of a duration, away from now: "قبل"."""
    ago_after: Phrases = ()
    """Behind a duration, away from now: "ago"."""
    later_before: Phrases = ()
    """In front of a duration, away from another event: "بعد"."""
    later_after: Phrases = ()
    """Behind a duration, away from another event: "after"."""
    earlier_after: Phrases = ()
    """Behind a duration, back from another event: "before"."""
    event_links: Phrases = ()
    """What must follow when a duration counts from an event: "من"."""
    years: Phrases = ()
    """Words in front of a year that stands alone: "in", "عام"."""
    loose: dict[Name, Precision] = Field(default_factory=dict)
    """Expressions that are no point in time: "in recent days"."""
    reporting: Phrases = ()
    """Verbs of saying; with a time of their own and a `that`, times behind it count from the report."""
    that: Phrases = ()


class Words(Frozen):
    """One language's part of the lexicon."""

    triggers: dict[Name, Phrases] = Field(default_factory=dict)
    """By event type of the schema."""
    casualties: Phrases = ()
    """Triggers of class `casualty`: they take the type of the violent event in their sentence."""
    numbers: NumberWords = NumberWords()
    times: TimeWords = TimeWords()


class Boilerplate(Frozen):
    """How lines that are not the article look, and the marks of a byline."""

    lines: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: whole lines."""
    openings: dict[RegionKind, Phrases] = Field(default_factory=dict)
    """By kind: how a line begins."""
    closing: tuple[RegionKind, ...] = ()
    """Below a line of these kinds nothing is the article any more."""
    bylines: Phrases = ()
    """How a byline begins; only a short line under the title is one."""


class Lexicon(Frozen):
    """All words, by language, and the boilerplate of all outlets."""

    languages: dict[Name, Words]
    boilerplate: Boilerplate = Boilerplate()

    def all_words(self) -> Words:
        """Give the words of all languages as one: scripts keep them apart, and texts mix languages."""
        tables = [words.model_dump() for words in self.languages.values()]
        return Words.model_validate(_union(tables)) if tables else Words()


def _union(parts: Sequence[Any]) -> Any:
    """Give tables with the same fields as one: lists behind each other, tables key by key, otherwise the first."""
    first = parts[0]
    if isinstance(first, dict):
        keys = dict.fromkeys(key for part in parts for key in part)
        return {key: _union([part[key] for part in parts if key in part]) for key in keys}
    if isinstance(first, tuple) and all(isinstance(item, str) for part in parts for item in part):
        return tuple(item for part in parts for item in part)
    return first
