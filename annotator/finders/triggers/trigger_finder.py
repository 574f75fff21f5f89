"""Words that name an event, or a casualty of one, with the event type that they most likely stand for.

What is found may not have happened, or mean something else: that is said of it in marks, and people decide.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from annotator.finders.apart import Apart
from annotator.finders.phrases import Found, Phrases, longest
from annotator.finders.sentences import Sentences
from annotator.finders.triggers.arabic import COMING
from annotator.finders.triggers.causes import FALLBACK, Causes
from annotator.finders.triggers.inflection import compound_forms, noun_forms, verb_forms
from annotator.finders.triggers.outside import NOTHING, Outside, plain
from annotator.finders.triggers.surroundings import Surroundings, SurroundingsFinder
from annotator.model.event_words import CASUALTY, EventWords, Reading
from annotator.model.lexicon import Lexicon, Words
from annotator.model.mention import Mark, TriggerClass
from annotator.model.schema import Schema
from annotator.text.folding import Folded
from annotator.text.span import Span


class Trigger(NamedTuple):
    """A trigger with its proposed type."""

    span: Span
    event_type: str
    trigger_class: TriggerClass
    marks: tuple[Mark, ...] = ()


class _Meaning(NamedTuple):
    """What the lexicon says of a word."""

    readings: tuple[Reading, ...]
    otherwise: str | None
    """An event type or `casualty`; None for a word that names an event in some company only."""
    future: bool = False
    """Whether the form itself says that it has not happened: سنهاجم."""
    outside: Outside = NOTHING
    """What of the phrase does not belong to the trigger."""


class _Reading(NamedTuple):
    """What a word turned out to mean where it stands."""

    event_type: str | None
    """An event type or `casualty`; None for a word that names no event."""
    mark: Mark | None = None
    outside: Outside = NOTHING


_NAMES_NONE = _Meaning((Reading(near=()),), None)
"""What the phrases mean whose words name no event."""


class TriggerFinder:
    """The triggers of a lexicon, ready to be found."""

    def __init__(self, schema: Schema, lexicon: Lexicon) -> None:
        words = tuple(lexicon.languages.values())
        # Of readings of one word the first stays: what hangs on company, then events, then casualties.
        rows = (_decoys, _senses, _plain_events, _casualties)
        self._phrases = Phrases(map(_row, chain.from_iterable(row(one) for row in rows for one in words)))
        self._surroundings = SurroundingsFinder(one.events for one in words)
        self._violent = {key for key in schema.types if "killed" in schema.roles_of(key)} - {FALLBACK}

    def find(self, text: str, folded: Folded, sentences: Sentences, names: Iterable[Span] = ()) -> Iterator[Trigger]:
        """Give the triggers of a text in reading order; where two overlap, the longest wins.

        A word inside one of `names` ("Operation Inherent Resolve") is no trigger.
        """
        near = self._surroundings.around(text, folded, sentences)
        understood = (_understood(found, near) for found in self._phrases.find(text, folded))
        meant = [
            found._replace(span=found.payload.outside.cut(found.span, text))
            for found in longest(found for found in understood if found is not None)
        ]
        named = Apart(sorted(names, key=lambda name: (name.start - name.end, name.start)))
        found = [item for item in meant if item.payload.event_type is not None and not named.covers(item.span)]
        causes = Causes(
            ((item.span, item.payload.event_type) for item in found if item.payload.event_type), self._violent
        )
        for item in found:
            marks = tuple(dict.fromkeys(mark for mark in (*near.marks(item.span), item.payload.mark) if mark))
            if item.payload.event_type == CASUALTY:
                event_type = causes.of_casualty(item.span, near, sentences.around(item.span.start))
                yield Trigger(item.span, event_type, "casualty", marks)
            elif item.payload.event_type is not None:
                yield Trigger(item.span, item.payload.event_type, "event", marks)


def _row(row: tuple[str, _Meaning]) -> tuple[str, _Meaning]:
    """Give a row as it is looked for, and say of it what of it is outside and whether it is a form of the future."""
    form, outside = plain(row[0])
    if outside is NOTHING and not form.startswith(COMING):
        return row
    return form, row[1]._replace(outside=outside, future=form.startswith(COMING))


def _decoys(words: Words) -> Iterator[tuple[str, _Meaning]]:
    return ((phrase, _NAMES_NONE) for phrase in words.events.decoys)


def _senses(words: Words) -> Iterator[tuple[str, _Meaning]]:
    for sense in words.events.senses:
        meaning = _Meaning(sense.readings, sense.otherwise)
        for form in chain(sense.words, *map(verb_forms, sense.verbs), *map(noun_forms, sense.nouns)):
            yield form, meaning


def _plain_events(words: Words) -> Iterator[tuple[str, _Meaning]]:
    for event_type, form in chain(_listed(words), _inflected(words.events)):
        if event_type != CASUALTY:
            yield form, _Meaning((), event_type)


def _casualties(words: Words) -> Iterator[tuple[str, _Meaning]]:
    inflected = (form for event_type, form in _inflected(words.events) if event_type == CASUALTY)
    return ((form, _Meaning((), CASUALTY)) for form in chain(words.casualties, inflected))


def _listed(words: Words) -> Iterator[tuple[str, str]]:
    return ((event_type, phrase) for event_type, phrases in words.triggers.items() for phrase in phrases)


def _inflected(words: EventWords) -> Iterator[tuple[str, str]]:
    for compound in words.compounds:
        yield from ((compound.type, form) for form in compound_forms(compound))
    for event_type, rows in words.nouns.items():
        yield from ((event_type, form) for row in rows for form in noun_forms(row))
    for event_type, rows in words.verbs.items():
        yield from ((event_type, form) for row in rows for form in verb_forms(row))


def _understood(found: Found[_Meaning], near: Surroundings) -> Found[_Reading] | None:
    """Give what a word means where it stands; None where it needs company to mean anything and has none."""
    meaning = found.payload
    if meaning is _NAMES_NONE:
        return Found(found.span, _Reading(None))
    reading = near.holding(meaning.readings, found.span) if meaning.readings else None
    mark: Mark | None = "hypothetical" if meaning.future else None
    if reading is not None:
        return Found(found.span, _Reading(reading.type, reading.mark or mark, meaning.outside))
    return None if meaning.otherwise is None else Found(found.span, _Reading(meaning.otherwise, mark, meaning.outside))
