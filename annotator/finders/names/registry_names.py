"""Names and aliases of the registry, found in a text. Overlaps are not settled here."""

from collections.abc import Iterator

from annotator.finders.phrases import Found, Phrases
from annotator.model.registry import Actor, Place, Registry
from annotator.text.folding import Folded

ADVERBIAL = "\u064b"
"""The ending of an indefinite accusative, which no name has."""


class NameFinder:
    """The names of a registry, ready to be found."""

    def __init__(self, registry: Registry) -> None:
        self._actors = Phrases(_names(registry.actors))
        self._places = Phrases(_names(registry.places))

    def actors(self, text: str, folded: Folded) -> Iterator[Found[str]]:
        """Give every occurrence of an actor's name, overlapping ones too, with the actor's id."""
        return _names_only(self._actors.find(text, folded), text)

    def places(self, text: str, folded: Folded) -> Iterator[Found[str]]:
        """Give every occurrence of a place's name, overlapping ones too, with the place's id."""
        return _names_only(self._places.find(text, folded), text)


def _names_only(found: Iterator[Found[str]], text: str) -> Iterator[Found[str]]:
    """Leave out adjectives that differ from a name in their ending only: تركياً is "Turkish", تركيا is Turkey."""
    return (item for item in found if not item.span.of(text).endswith(ADVERBIAL))


def _names(entries: dict[str, Actor] | dict[str, Place]) -> Iterator[tuple[str, str]]:
    for key, entry in entries.items():
        for name in (*entry.en, *entry.ar):
            yield name, key
