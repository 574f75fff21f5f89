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
from annotator.workflow.elsewhere.source import others_code

GROUP = "annotator.finders"

Find = Callable[[str, str], Iterable[Mapping[str, Any]]]
"""Text and language (`en`, `ar`) in, mentions and events out; offsets are code points of the text."""


@dataclass(frozen=True, slots=True)
class PlugIn:
    """A finder of another package."""

    system: str
    find: Find

    def speaks(self, _language: str) -> bool:
        """Give true: it is told the language, and judges for itself."""
        return True

    def asides(self) -> list[str]:
        """Give nothing: all that it says belongs to an article."""
        return []

    def ask(self, article: Article) -> bytes:
        """Give what it finds as a JSON list."""
        given: Any = None
        with others_code(self.system):
            given = self.find(article.text, article.language)
            if isinstance(given, Iterable) and not isinstance(given, Mapping | str | bytes):
                given = list(given)
        return _as_json(self.system, given)


def _as_json(system: str, given: Any) -> bytes:
    """Give what a finder gave as a JSON list. Raises `Refusal` `finder.failed` for what is no list of dicts."""
    stray = [one for one in given if not isinstance(one, Mapping)][:1] if isinstance(given, list) else [given]
    if stray:
        what = f"{system} gives {_shown(stray[0])} where an iterable of dicts is wanted."
        raise Refusal("finder.failed", what, "Tell whoever maintains it.")
    try:
        return orjson.dumps([dict(one) for one in given])
    except orjson.JSONEncodeError as error:
        what = f"{system} gives what JSON cannot hold: {error}."
        raise Refusal("finder.failed", what, "Tell whoever maintains it.") from None


def _shown(stray: object) -> str:
    return "None" if stray is None else f"a {type(stray).__name__}"


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
    with others_code(system):
        find = point.load()
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
