"""Articles as lines of JSON: many in one file, each with its text, what is known of it, and perhaps its candidates.

Owns which fields a line has and what is wrong with one, by file and line. Takes no text in and stores nothing.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

import orjson
from pydantic import ValidationError

from annotator.errors import Refusal
from annotator.formats.lines import Line, read_lines
from annotator.model.article import Metadata
from annotator.model.problem import Problem
from annotator.model.suggestions import KeptSuggestions, Said

RULE = "article.line"
"""The code of what is wrong with a line."""

_KNOWN_OF_IT = frozenset(Metadata.model_fields)
_FIELDS = _KNOWN_OF_IT | {"article_id", "text", "suggestions"}


class ArticleLine(NamedTuple):
    """One article of a file, as it is written there."""

    where: str
    """FILE:LINE."""
    article_id: str
    text: str
    known: Mapping[str, Any]
    """What is said of it beside its text, unread: fields as `articles.toml` has them."""
    suggestions: KeptSuggestions | None
    """What finders said of it, where the line brings that along."""
    document: str
    """The same as it is written."""


def read_articles(source: BinaryIO, file: str) -> Iterator[ArticleLine | Refusal]:
    """Give each article of a file of lines, or the `Refusal` that says what is wrong with one; none is held whole."""
    problems: list[Problem] = []
    for line in read_lines(source, file, RULE, problems):
        yield from _told(problems)
        yield _read(line)
    yield from _told(problems)


def _told(problems: list[Problem]) -> Iterator[Refusal]:
    """Give what was wrong with lines since the last time, and forget it."""
    yield from (_wrong(problem.where, problem.message) for problem in problems)
    problems.clear()


def _read(line: Line) -> ArticleLine | Refusal:
    where, content = line
    for name in ("article_id", "text"):
        if not isinstance(content.get(name), str) or not content[name]:
            return _wrong(where, f"An article has a text under {name!r}.")
    if unknown := content.keys() - _FIELDS:
        return _wrong(where, f"{min(unknown)!r} is not a field. The fields here are {', '.join(sorted(_FIELDS))}.")
    text, said = content["text"], content.get("suggestions")
    try:
        kept = None if said is None else KeptSuggestions.model_validate(_with_what_is_known(said))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(("suggestions", *map(str, first["loc"])))
        return _wrong(where, f"{path}: {first['msg']}.")
    if kept is not None and kept.end > len(text):
        return _wrong(where, f"suggestions end at {kept.end}, behind the text of {len(text)} code points.")
    known = MappingProxyType({name: content[name] for name in _KNOWN_OF_IT & content.keys()})
    return ArticleLine(
        where, content["article_id"], text, known, kept, "" if kept is None else orjson.dumps(said).decode()
    )


@lru_cache(maxsize=1 << 16)
def _said(written: bytes) -> Said:
    """Give what is said of a place. In a million articles the same few thousand things are said again and again."""
    return Said.model_validate_json(written)


def _with_what_is_known(suggestions: Any) -> Any:
    """Give suggestions with what they say of places read already, where they have the shape for that."""
    match suggestions:
        case {"candidates": {"said": list(said)} as candidates}:
            read = [_said(orjson.dumps(one)) for one in said]
            return {**suggestions, "candidates": {**candidates, "said": read}}
    return suggestions


def _wrong(where: str, message: str) -> Refusal:
    return Refusal(RULE, f"{where}: {message}", "Mend the line and import the file again.")
