"""Templates as MUC-4 and the systems after it fill them: an incident's type, and strings in the place of spans.

Owns the shape alone, apart from any file format and any way to count. Strings are as they were written.
"""

from typing import NamedTuple

from annotator.text.span import CodePoint


class Name(NamedTuple):
    """One string that an entity goes by."""

    said: str
    start: CodePoint | None = None
    """Where it stands first in the article's text, where the file says so."""


Entity = tuple[Name, ...]
"""All strings that stand for one entity: any of them is as good."""


class Template(NamedTuple):
    """One incident."""

    type: str
    """`attack`; gold may give two, as `attack / bombing`."""
    roles: tuple[tuple[str, tuple[Entity, ...]], ...] = ()
    """Who and what fills each role, by role."""


class Filled(NamedTuple):
    """An article with its templates."""

    article_id: str
    text: str
    """Empty where it is not given."""
    templates: tuple[Template, ...] = ()
