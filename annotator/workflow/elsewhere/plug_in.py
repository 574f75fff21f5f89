"""Finders that other packages install: entry points of the group `annotator.finders`. Knows none by name.

Such a finder is a callable `find(text, language)` that gives mentions and events as dicts, in the shape of predictions.
Whatever it raises is its own: it is told, and the next article is asked about.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import orjson

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.workflow.elsewhere.source import failure

GROUP = "annotator.finders"

Find = Callable[[str, str], Iterable[Mapping[str, Any]]]
"""Text and language (`en`, `ar`) in, mentions and events out; offsets are code points of the text."""


@dataclass(frozen=True, slots=True)
class PlugIn:
    """A finder of another package."""

    system: str
    find: Find

    def ask(self, article: Article) -> bytes:
        """Give what it finds as a JSON list."""
        try:
            return orjson.dumps([dict(found) for found in self.find(article.text, article.language)])
        except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may raise anything
            raise failure(self.system, error) from None


def load_plug_in(name: str) -> PlugIn:
    """Give the installed finder of that name; its system is the name with its package's version.

    Raises `Refusal`: `finder.unknown` when none or several are called so, `finder.failed` when it cannot be loaded.
    """
    installed = entry_points(group=GROUP)
    meant = list(installed.select(name=name))
    if len(meant) != 1:
        raise _not_one(name, meant, sorted(installed.names))
    (point,) = meant
    system = f"{name} {point.dist.version}" if point.dist else name
    try:
        find = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - somebody else's code may raise anything
        raise failure(system, error) from None
    if not callable(find):
        raise Refusal("finder.failed", f"{system} is no finder: {point.value} cannot be called.", "Mend its package.")
    return PlugIn(system, find)


def _not_one(name: str, meant: list[EntryPoint], known: list[str]) -> Refusal:
    if meant:
        packages = ", ".join(sorted(point.dist.name for point in meant if point.dist))
        what = f"Several packages have a finder called {name!r}: {packages}."
        return Refusal("finder.unknown", what, "Uninstall all but one of them.")
    near = difflib.get_close_matches(name, known, n=1)
    installed = f"Installed are {', '.join(known)}." if known else "No finder is installed."
    what = f"There is neither a file {name!r} nor a finder of that name."
    return Refusal("finder.unknown", what, f"Did you mean {near[0]}?" if near else installed)
