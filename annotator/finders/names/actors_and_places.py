"""Actors and places of a text: names of the registry, names that it does not know, and actors that are only described.

Owns what becomes of overlaps. Proposes; which reading holds is for people.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.finders.apart import Apart
from annotator.finders.names.arabic_names import ArabicNameFinder
from annotator.finders.names.descriptions import DescriptionFinder
from annotator.finders.names.homes import Homes
from annotator.finders.names.kinds_of_place import KindsOfPlace
from annotator.finders.names.known_names import KnownNames
from annotator.finders.names.registry_names import NameFinder
from annotator.finders.names.two_readings import TwoReadings
from annotator.finders.names.unknown_names import UnknownNameFinder
from annotator.finders.names.without_article import WithoutArticle
from annotator.finders.phrases import Found, Phrases, longest
from annotator.finders.words import Word, folded_set, words
from annotator.model.lexicon import Lexicon
from annotator.model.mention import Kind
from annotator.model.registry import Registry
from annotator.text.folding import Folded
from annotator.text.span import Span

_COMPOUND = re.compile("-([a-z]+)", re.IGNORECASE)


class Said(NamedTuple):
    """What is said of a span."""

    ref: str | None
    """Registry id, where the registry knows the name."""
    head: Span | None = None
    """The noun that a description is built on."""


class Named(NamedTuple):
    """An actor or a place that is proposed."""

    kind: Kind
    span: Span
    said: Said


class ActorAndPlaceFinder:
    """A registry and the words of a lexicon, ready to be found."""

    def __init__(self, registry: Registry, lexicon: Lexicon) -> None:
        words_of_all = lexicon.all_words()
        self._names = NameFinder(registry)
        self._homes = Homes(registry)
        self._kinds = KindsOfPlace(words_of_all, registry)
        self._without_article = WithoutArticle(words_of_all)
        self._unknown = UnknownNameFinder(words_of_all, registry)
        self._arabic = ArabicNameFinder(words_of_all)
        self._readings = TwoReadings(words_of_all)
        self._descriptions = DescriptionFinder(words_of_all)
        self._doing = folded_set(words_of_all.places.doing)
        self._decoys = Phrases((phrase, None) for phrase in words_of_all.places.decoys)

    def find(self, text: str, folded: Folded, read: Sequence[Word] | None = None) -> Iterator[Named]:
        """Give the actors and places of `text`, whose folded copy is `folded`; those of one kind do not overlap.

        Among those of one kind that overlap, the longest wins, of equally long ones that of the registry. A name inside
        a longer one of the other kind is a part of that name ("Euphrates Post", "militias backed by Iran").
        `read`: the words of the folded text, where somebody has read them already.
        """
        read = words(folded.text) if read is None else read
        decoys = Apart(found.span for found in longest(self._decoys.find(text, folded)))
        actors = longest(Found(item.span, Said(item.payload)) for item in self._names.actors(text, folded))
        named = [(found.span, found.payload.ref) for found in actors if found.payload.ref is not None]
        bare = self._without_article.find(text, folded, read, named)
        actors = longest([*actors, *(Found(item.span, Said(item.payload)) for item in bare)])
        places = longest(
            Found(item.span, Said(item.payload))
            for item in self._names.places(text, folded)
            if not (decoys.covers(item.span) or self._does(text, item.span))
        )
        known_actors, known_places = (
            KnownNames.of(folded, read, (name.span for name in names)) for names in (actors, places)
        )
        unknown = [
            *self._unknown.find(self._unknown.runs(text, folded, read), read, known_actors.words, known_places.words),
            *self._arabic.find(folded, read, known_actors, known_places),
        ]
        actors = longest([*actors, *(Found(name.span, Said(name.ref)) for name in unknown if name.kind == "actor")])
        new = (Found(name.span, Said(name.ref)) for name in unknown if name.kind == "place")
        places = longest([*places, *(name for name in new if not decoys.covers(name.span))])
        places = self._as_they_stand(places, text, folded)
        described = self._descriptions.find(folded, read, (name.span for name in actors))
        actors = longest([*actors, *(Found(item.span, Said(None, item.head)) for item in described)])
        actors = self._at_home(text, actors, places)
        both = {found.span for found in actors if found.payload.ref} & {
            found.span for found in places if found.payload.ref
        }
        only = self._only(folded, read, sorted(both))
        yield from (Named("actor", *found) for found in _free_of(actors, places) if only.get(found.span) != "place")
        yield from (Named("place", *found) for found in _free_of(places, actors) if only.get(found.span) != "actor")

    def _as_they_stand(self, places: Iterable[Found[Said]], text: str, folded: Folded) -> list[Found[Said]]:
        """Give the places without words for their kind that stand outside, and those of a row as what the row says."""
        bare = [found._replace(span=self._kinds.bare(found.span, found.payload.ref, text)) for found in places]
        told = dict(self._kinds.in_rows((found.span for found in bare), text, folded))
        return [found._replace(payload=Said(told[found.span])) if found.span in told else found for found in bare]

    def _at_home(self, text: str, actors: list[Found[Said]], places: Iterable[Found[Said]]) -> list[Found[Said]]:
        """Give the actors, those without a ref whose name hangs on a country that the text does not name."""
        named = {found: (found.payload.ref, found.span.of(text)) for found in actors if found.payload.ref is not None}
        foreign = self._homes.foreign(
            ((ref, name) for ref, name in named.values() if ref is not None),
            (found.payload.ref for found in places if found.payload.ref is not None),
        )
        if not foreign:
            return actors
        return [found._replace(payload=Said(None)) if named.get(found) in foreign else found for found in actors]

    def _does(self, text: str, name: Span) -> bool:
        """Tell whether a name is the first part of an adjective that says who does something: "Turkey-backed"."""
        compound = _COMPOUND.match(text, name.end)
        return compound is not None and compound[1].lower() in self._doing

    def _only(self, folded: Folded, read: Sequence[Word], names: Sequence[Span]) -> dict[Span, Kind | None]:
        """Give of names that are an actor and a place which they are, where that is beyond doubt."""
        stand = KnownNames.of(folded, read, names)
        return {
            name: self._readings.only(read, first, until, stand.lead[first])
            for name, (first, until) in zip(names, stand.until.items(), strict=True)
        }


def _free_of(names: list[Found[Said]], others: Iterable[Found[Said]]) -> Iterator[Found[Said]]:
    apart = Apart(other.span for other in others)
    for name in names:
        longer = apart.overlapping(name.span)
        if longer is None or longer == name.span or not longer.covers(name.span):
            yield name
