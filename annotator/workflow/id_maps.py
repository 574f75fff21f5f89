"""Which map of article ids holds for which of several systems: one for all, or one of a system's own. Reads no map."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from annotator.errors import Refusal

EVERY = ""
"""Stands for all systems that have no map of their own."""

IdMaps = str | Path | Mapping[str, str | Path] | None
"""A map for all systems, or maps by system."""


def map_of(ids: IdMaps, system: str) -> str | Path | None:
    """Give the map that holds for a system; None where its article ids are ours."""
    return ids.get(system, ids.get(EVERY)) if isinstance(ids, Mapping) else ids


def id_maps(written: Iterable[str], systems: Collection[str]) -> dict[str, str | Path]:
    """Read `MAP`, which is for all, and `SYSTEM=MAP`, which is for that one of the `systems`.

    Raises `Refusal` `usage` for a system that is none of them, and where one gets two maps.
    """
    found: dict[str, str | Path] = {}
    for one in written:
        system, equals, path = one.partition("=")
        if not equals or (system not in systems and Path(one).exists()):
            system, path = EVERY, one
        elif system not in systems:
            named = f"The systems are {', '.join(sorted(systems))}." if systems else "No system has a name here."
            raise Refusal("usage", f"--ids {one} is for no system that there is.", named)
        if system in found:
            raise Refusal("usage", f"There are two maps for {system or 'all systems'}.", "Give one of them.")
        found[system] = path
    return found
