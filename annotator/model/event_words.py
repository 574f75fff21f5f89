"""The words that name events, by their dictionary form: their other forms are made when the finders are built.

Owns what `[events]` of a lexicon file may say. A word with its forms, its company, and what its neighbours make of it
are rows there and never branches in the code.

A row is a word or a phrase ("open fire on"). The first word of a verb row is inflected; of a noun row it is the last
word in English and the first in Arabic. Forms that no rule gives follow behind slashes: "strike / struck", "قصف / يقصف"
(past and present), "هجوم / هجمات" (singular and broken plural). Words in brackets at either end must stand there and
are no part of the trigger: "(tried to) move", "fell (to)".
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from annotator.model.frozen import Frozen, Name, Quantity
from annotator.model.mention import Mark
from annotator.model.toml_lines import Path

Phrases = tuple[Name, ...]

CASUALTY = "casualty"
"""Stands where an event type may stand: the word tells of losses, and takes the type of the event that caused them."""


class Reading(Frozen):
    """What a word means in some company."""

    type: Name | None = None
    """The event type, or `casualty`; without it the word names no event there and is not proposed."""
    near: Phrases
    """Names of sets of `company`: one of their words must be there."""
    where: Literal["around", "before", "behind"] = "around"
    """Where the company stands: anywhere in the clause (for want of any, in the sentence), or on one side."""
    within: Quantity | None = None
    """How many words may lie between; without it any number inside the clause."""
    mark: Mark | None = None
    """What is to be said of the trigger besides: mostly `idiom`."""


class Sense(Frozen):
    """Words of one meaning whose event type, or whether they name an event at all, hangs on what stands near."""

    verbs: Phrases = ()
    nouns: Phrases = ()
    words: Phrases = ()
    """Phrases that are found as they are written."""
    readings: tuple[Reading, ...] = ()
    """The first whose company is there holds."""
    otherwise: Name | None = None
    """The event type, or `casualty`, when none holds; without it the words are then not proposed."""


class Compound(Frozen):
    """Nouns and the words that, beside them, say the type: "air" + "strike", غارة + جوي."""

    type: Name
    nouns: Phrases
    beside: Phrases
    """In English in front of the noun; in Arabic behind it, where an adjective in ي agrees with it."""


class Cues(Frozen):
    """Words that say of a trigger in their clause that it did not happen or only may, and over how many words."""

    before: dict[Name, Quantity] = Field(default_factory=dict)
    """In front of the trigger: "not", "threatened to"."""
    behind: dict[Name, Quantity] = Field(default_factory=dict)
    """Behind it: "was foiled"."""
    neutral: Phrases = ()
    """Phrases in which a cue says nothing of the kind: "not only"."""


class EventWords(Frozen):
    """One language's words for events and casualties."""

    verbs: dict[Name, Phrases] = Field(default_factory=dict)
    """By event type, or under `casualty`."""
    nouns: dict[Name, Phrases] = Field(default_factory=dict)
    """By event type, or under `casualty`."""
    compounds: tuple[Compound, ...] = ()
    senses: tuple[Sense, ...] = ()
    company: dict[Name, Phrases] = Field(default_factory=dict)
    """Sets of words that decide what stands near them, by name, as they are written. Languages share the names.

    A longer one hides what stands in it, so that a set which no reading names ("anti-aircraft") keeps words out.
    """
    decoys: Phrases = ()
    """Phrases whose words name no event: "operations room", "هيئة تحرير الشام"."""
    idioms: Phrases = ()
    """Phrases that hold a trigger and mean something else: "battle of words". Proposed, with the mark."""
    marks: dict[Mark, Cues] = Field(default_factory=dict)
    breaks: Phrases = ()
    """Words at which a clause ends: "but", "while"."""

    @model_validator(mode="after")
    def _company_known(self) -> "EventWords":
        for name in (one for sense in self.senses for reading in sense.readings for one in reading.near):
            if name not in self.company:
                raise ValueError(f"a sense asks for the company of {name!r}, and there is no such set")
        return self

    def types(self) -> Iterator[tuple[Path, str]]:
        """Give every event type that its rows name, each with the way to where it stands, `casualty` left out."""
        return ((path, name) for path, name in self._named() if name is not None and name != CASUALTY)

    def _named(self) -> Iterator[tuple[Path, str | None]]:
        for table, by_type in (("verbs", self.verbs), ("nouns", self.nouns)):
            yield from (((table, name), name) for name, rows in by_type.items() if rows)
        for number, row in enumerate(self.compounds):
            yield ("compounds", number, "type"), row.type
        for number, sense in enumerate(self.senses):
            for at, reading in enumerate(sense.readings):
                yield ("senses", number, "readings", at, "type"), reading.type
            yield ("senses", number, "otherwise"), sense.otherwise
