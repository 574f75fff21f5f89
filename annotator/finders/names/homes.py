"""Names that every country has ("government forces"): whose they are, where the text names the country.

Owns when such a name means the actor of the registry. Finds nothing itself, and never says whose they are otherwise.
"""

from collections.abc import Iterable

from annotator.model.registry import Place, Registry
from annotator.text.folding import fold


class Homes:
    """The names of a registry that hang on a country, ready to be asked about."""

    def __init__(self, registry: Registry) -> None:
        self._bare = {
            key: frozenset(fold(name).text for name in actor.bare)
            for key, actor in registry.actors.items()
            if actor.bare
        }
        self._home = {key: actor.home for key, actor in registry.actors.items() if actor.home is not None}
        self._country = {key: _country(registry.places, key) for key in registry.places}

    def foreign(self, actors: Iterable[tuple[str, str]], places: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Give those of `actors`, ids with the name as written, that bear a bare name in a text about other countries.

        `places`: ids of the places that the text names.
        """
        found = frozenset(actors)
        bare = frozenset(actor for actor in found if self._is_bare(*actor))
        if not bare:
            return bare
        named = {self._country.get(place) for place in places}
        named |= {self._home.get(ref) for ref, _ in found - bare}
        return frozenset(actor for actor in bare if self._home.get(actor[0]) not in named)

    def _is_bare(self, ref: str, name: str) -> bool:
        return ref in self._bare and fold(name).text in self._bare[ref]


def _country(places: dict[str, Place], key: str) -> str:
    """Give the outermost place that a place lies in."""
    seen = {key}
    while (outer := places[key].part_of) is not None and outer in places and outer not in seen:
        seen.add(outer)
        key = outer
    return key
