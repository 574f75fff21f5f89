"""Templates as events with spans, so that our own levels can be counted over them.

A template is an event of its type without a trigger, an entity an argument that stands where its first string does;
where gold's other strings stand are mentions of one `ref`. A string stands where the file says, else at the first place
where the text has it: so GTT's gold places its own. Output leaves out articles and marks (`cano limoncovenas
pipeline`), so that what is not there to the letter is looked for by its letters.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.model.template import Entity, Filled, Name, Template
from annotator.scoring.document import UNKNOWN, Document, ScoredMention
from annotator.text.span import Span, span

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})

Place = Callable[[Name], Span | None]


def placing(text: str) -> Place:
    """Give what tells where a string stands in a text, or None where it does not."""
    letters, at = _letters(text)
    edges = {match.start() for match in _WORD.finditer(text)}, {match.end() for match in _WORD.finditer(text)}

    @cache
    def place(name: Name) -> Span | None:
        start = text.find(name.said) if name.start is None else name.start
        if start >= 0 and name.said:
            return span(start, start + len(name.said))
        wanted, _ = _letters(name.said)
        found = letters.find(wanted) if wanted else -1
        while found >= 0:
            first, last = at[found], at[found + len(wanted) - 1]
            if first in edges[0] and last + 1 in edges[1]:
                return span(first, last + 1)
            found = letters.find(wanted, found + 1)
        return None

    return place


def _letters(text: str) -> tuple[str, list[int]]:
    """Give the letters and digits of a text without its articles, lower-cased, and where each stands."""
    kept = [
        (letter, match.start() + index)
        for match in _WORD.finditer(text)
        if match[0].lower() not in _ARTICLES
        for index, one in enumerate(match[0])
        for letter in one.lower()
    ]
    return "".join(letter for letter, _ in kept), [position for _, position in kept]


def gold_document(gold: Filled) -> Document:
    """Give the events of an article of gold, equal templates once, and every place of their entities as a mention."""
    place, nowhere = placing(gold.text), _nowhere(-1)
    templates = tuple(dict.fromkeys(gold.templates))
    entities = {entity for template in templates for _, filled in template.roles for entity in filled}
    mentions = {
        ScoredMention(UNKNOWN, where, ref=f"e{number}")
        for number, entity in enumerate(sorted(entities, key=repr))
        for name in entity
        if (where := place(name))
    }
    events = tuple(_event(template, place, nowhere) for template in templates)
    return Document(gold.article_id, UNKNOWN, tuple(sorted(mentions, key=lambda one: (one.span, one.ref))), events)


def predicted_document(predicted: Filled, text: str) -> tuple[Document, int]:
    """Give the events of an article of output over a text, and how many entities have no place in it.

    These stand outside of it, where they match nothing.
    """
    place, nowhere = placing(text), _nowhere(-2)
    events = tuple(_event(template, place, nowhere) for template in predicted.templates)
    lost = sum(argument.span.start < 0 for event in events for argument in event.arguments)
    return Document(predicted.article_id, UNKNOWN, (), events), lost


def _event(template: Template, place: Place, nowhere: Iterator[Span]) -> ResolvedEvent:
    arguments = [
        ResolvedArgument(role, _first(entity, place) or next(nowhere))
        for role, filled in template.roles
        for entity in filled
    ]
    return ResolvedEvent(template.type, (), tuple(sorted(arguments, key=lambda one: (one.role, one.span))))


def _first(entity: Entity, place: Place) -> Span | None:
    return place(entity[0]) if entity else None


def _nowhere(first: int) -> Iterator[Span]:
    """Give places outside every text, each another one, and others for gold than for output."""
    for before in count(first, -2):
        yield span(before, before)
