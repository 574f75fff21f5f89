"""What the words of another tool mean here: by the guidelines, by what is common, and by a map that the user gives.

Owns the order of who knows better, and the tally of what nobody knows and of what was left out.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar, cast

from annotator.formats.tools.common_labels import COMMON
from annotator.formats.tools.label_map import LEFT_OUT, LabelMap, Table, Word
from annotator.model.mention import Kind
from annotator.model.registry import Registry
from annotator.model.schema import Schema

_JOINT = re.compile(r"[\W_]+")
_Word = TypeVar("_Word", bound=str)


class Labels:
    """What foreign words mean here, and a tally of those that mean nothing and of what was left out."""

    def __init__(self, schema: Schema, registry: Registry, given: LabelMap | None = None) -> None:
        self._schema, self._registry, self._given = schema, registry, given or LabelMap()
        self._events = _by_key((name, name) for name in schema.types)
        self._elsewhere = _by_key(
            (called, name)
            for name, declared in schema.types.items()
            for mapped in declared.maps.values()
            for called in mapped.split("; ")
        )
        self.unknown: Counter[Word] = Counter()
        """Words that nothing says the meaning of, with how often they stand in the files."""
        self.left_out: Counter[str] = Counter()
        """What an annotation here does not have, in words, with how often it came."""

    def kind(self, word: str) -> Kind | None:
        """Give the kind that a type of mention is here; None: it is left out, or unknown, which is counted."""
        given = self._given.mentions.get(word)
        if given is not None:
            return self._kind_given(word, given)
        found = COMMON.get(key(word))
        if found is None:
            self.unknown[Word("mentions", word)] += 1
        return found

    def _kind_given(self, word: str, given: str) -> Kind | None:
        if given == LEFT_OUT:
            self.left_out[f"mention {word!r}, as the map says"] += 1
            return None
        return cast(Kind, given)

    def event_type(self, word: str) -> str | None:
        """Give the type that an event is here; None: it is left out, or unknown, which is counted."""
        given = self._given.events.get(word)
        if given == LEFT_OUT:
            self.left_out[f"event {word!r}, as the map says"] += 1
            return None
        found = given or self.known_event(word)
        if found is None:
            self.unknown[Word("events", word)] += 1
        return found

    def known_event(self, word: str) -> str | None:
        """Give the type that a word means by itself, or None."""
        if word in self._schema.types:
            return word
        return _only(self._events.get(key(word), ())) or _only(self._elsewhere.get(key(word), ()))

    def role(self, word: str, foreign_type: str, event_type: str) -> str | None:
        """Give the role of our `event_type` that a word means; None: it is left out, or unknown, which is counted."""
        roles = self._schema.roles_of(event_type)
        for name in (f"{foreign_type}.{word}", word):
            given = self._given.roles.get(name)
            if given == LEFT_OUT:
                self.left_out[f"argument {word!r}, as the map says"] += 1
                return None
            if given in roles:
                return given
        found = _only(_by_key((role, role) for role in roles).get(key(word), ()))
        if found is None:
            self.unknown[Word("roles", f"{foreign_type}.{word}")] += 1
        return found

    def choices(self) -> Mapping[Word, tuple[str, ...]]:
        """Give for unknown words what they may mean, where the schema says so of several types."""
        return {
            word: self._elsewhere[key(word.word)]
            for word in self.unknown
            if word.table == "events" and key(word.word) in self._elsewhere
        }

    def ref(self, said: str | None, kind: Kind) -> str | None:
        """Give the registry's entry that a mention of a kind refers to; what it does not have is left out."""
        known: Mapping[Kind, Collection[str]] = {"actor": self._registry.actors, "place": self._registry.places}
        if said is None or said in known.get(kind, ()):
            return said
        self.left_out[f"ref {said!r}: the registry has no such {kind}"] += 1
        return None

    def among(self, said: str | None, known: Collection[_Word], name: str) -> _Word | None:
        """Give a word that is one of the few that the schema knows; others are left out."""
        for one in known:
            if one == said:
                return one
        if said is not None:
            self.left_out[f"{name} {said!r}"] += 1
        return None

    @property
    def schema(self) -> Schema:
        """The schema whose words ours are."""
        return self._schema

    def means(self, table: Table, word: str) -> bool:
        """Tell whether anything says what a word means, counting nothing."""
        if table == "mentions":
            return word in self._given.mentions or key(word) in COMMON
        return word in self._given.events or self.known_event(word) is not None


def key(word: str) -> str:
    """Give a word as words are compared: small, `_` for whatever is no letter or digit. Tools spell names so."""
    return _JOINT.sub("_", word).strip("_").casefold()


def _by_key(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for called, name in names:
        found.setdefault(key(called), {})[name] = None
    return {called: tuple(those) for called, those in found.items()}


def _only(found: tuple[str, ...]) -> str | None:
    return found[0] if len(found) == 1 else None
