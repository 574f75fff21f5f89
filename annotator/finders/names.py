"""Actors and places of the registry, found by their names and aliases. Proposes; which reading holds is for people."""

from collections.abc import Iterator

from annotator.finders.apart import Apart
from annotator.finders.phrases import Found, Phrases, longest
from annotator.model.mention import Kind
from annotator.model.registry import Actor, Place, Registry
from annotator.text.folding import Folded
from annotator.text.span import Span


class NameFinder:
    """The names of a registry, ready to be found."""

    def __init__(self, registry: Registry) -> None:
        self._actors = Phrases(_names(registry.actors))
        self._places = Phrases(_names(registry.places))

    def find(self, text: str, folded: Folded) -> Iterator[tuple[Kind, Span, str]]:
        """Give kind, span and registry id of each name.

        Among names of one kind that overlap, the longest wins. A name that lies inside a longer one of the other kind
        is a part of that name ("Euphrates Post"); one that is both an actor and a place ("Damascus") is given as both.
        """
        actors = longest(self._actors.find(text, folded))
        places = longest(self._places.find(text, folded))
        yield from (("actor", found.span, found.payload) for found in _free_of(actors, places))
        yield from (("place", found.span, found.payload) for found in _free_of(places, actors))


def _free_of(names: list[Found[str]], others: list[Found[str]]) -> Iterator[Found[str]]:
    apart = Apart(other.span for other in others)
    for name in names:
        longer = apart.overlapping(name.span)
        if longer is None or longer == name.span or not longer.covers(name.span):
            yield name


def _names(entries: dict[str, Actor] | dict[str, Place]) -> Iterator[tuple[str, str]]:
    for key, entry in entries.items():
        for name in (*entry.en, *entry.ar):
            yield name, key
