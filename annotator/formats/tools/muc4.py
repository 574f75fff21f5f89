"""MUC-4's answer keys: 25 slots a template, strings without offsets, alternatives with `/`, doubts with `?`.

A string of a slot that names somebody or something is a mention where the article has it first; what other slots say of
it, numbers too, is an attribute of it as the key has it, and what they say of the incident one of the template.
Texts are those that are here, or files of the same source named as the messages are.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from annotator.formats.anchoring import Quotes
from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Read, Source
from annotator.formats.tools.texts import decoded, stored_text
from annotator.model.problem import Level, Problem

_SLOT = re.compile(r"\s*([0-9]{1,2})\.\s+([A-Z][A-Z ]*:[A-Z ]*?[A-Z])(?:\s{2,}|\t|\s*$)(.*)")
_STRING = re.compile(r'"([^"]*)"')
_MESSAGE, _TEMPLATE, _TYPE, _LAST = 0, 1, 4, 24
_NAMING = frozenset({6, 9, 10, 12, 18, 19})
"""Slots whose strings name who acted, what was used, and who and what was hit."""
_NOTHING = frozenset({"", "-", "*"})


class _Said(NamedTuple):
    """One filler of a slot, on a line of its own."""

    line: int
    slot: int
    name: str
    """What the key calls the slot."""
    fill: str


def read(source: Source) -> Read:
    """Give a document for each message of the keys."""
    problems: list[Problem] = []
    beside = {file for file, data in source.files.items() if file.endswith(".txt") and b"MESSAGE: ID" not in data}
    texts = {PurePosixPath(file).stem: source.files[file] for file in beside}
    documents: dict[str, Document] = {}
    for file, data in source.files.items():
        written = None if file in beside else decoded(data, file, problems)
        for article_id, said in _messages(written or "", file, problems).items():
            raw = decoded(texts[article_id], f"{article_id}.txt", problems) if article_id in texts else None
            text = stored_text(raw, article_id, f"{file}:{said[0].line}", source, problems)
            if article_id in documents:
                message = f"The message {shown(article_id)} stands in another file too."
                problems.append(Problem(rule="format.duplicate-id", level="error", where=file, message=message))
            elif text is not None:
                documents[article_id] = _Key(article_id, text, file, problems).document(said)
    return Read(tuple(documents.values()), tuple(problems))


def _messages(written: str, file: str, problems: list[Problem]) -> dict[str, list[_Said]]:
    """Give all that is said of each message, in order; lines that begin with `;` are remarks."""
    found: dict[str, list[_Said]] = {}
    message, slot, name = "", -1, ""
    for number, line in enumerate(written.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip() or line.lstrip().startswith(";"):
            continue
        there = _SLOT.match(line)
        if (there is None and (slot < 0 or not line[0].isspace())) or (there is not None and int(there[1]) > _LAST):
            said = f"{shown(line.strip())} is no slot, and goes on none."
            where = f"{file}:{number}"
            problems.append(Problem(rule="format.unknown-line", level="error", where=where, message=said))
            continue
        fill = line.strip()
        if there is not None:
            slot, name, fill = int(there[1]), there[2], there[3].strip()
        if slot == _MESSAGE:
            message = fill.split()[0] if fill.split() else ""
        if message:
            found.setdefault(message, []).append(_Said(number, slot, name, fill))
    return found


class _Key:
    """The templates of one message."""

    def __init__(self, article_id: str, text: str, file: str, problems: list[Problem]) -> None:
        self._id, self._text, self._file, self._problems = article_id, text, file, problems
        self._quotes = Quotes(text)
        self._marks: dict[str, Marked] = {}
        self._said_of: dict[str, dict[str, str]] = {}
        self._links: dict[Link, None] = {}
        self._frames: list[Frame] = []

    def document(self, said: list[_Said]) -> Document:
        """Give the document."""
        for template in _templates(said):
            self._add(template)
        marks = [
            Marked(id=one.id, type=one.type, spans=one.spans, attributes=tuple(sorted(self._said_of[one.id].items())))
            for one in self._marks.values()
        ]
        links, frames = tuple(self._links), tuple(self._frames)
        return Document(article_id=self._id, text=self._text, marks=tuple(marks), frames=frames, links=links)

    def _add(self, template: list[_Said]) -> None:
        kind = next((one.fill for one in template if one.slot == _TYPE and one.fill not in _NOTHING), None)
        if kind is None:
            return  # a message with no incident has one template of nothing
        names: dict[str, str] = {}
        filled: list[Filled] = []
        attributes: dict[str, str] = {}
        for one in template:
            if one.slot in _NAMING:
                filled += self._named(one, names)
        for one in template:
            if one.slot > _TEMPLATE and one.slot not in _NAMING and one.slot != _TYPE and one.fill not in _NOTHING:
                self._say(one, names, attributes)
        name = f"e{len(self._frames) + 1}"
        said = tuple(sorted(attributes.items()))
        self._frames.append(Frame(id=name, type=kind, arguments=tuple(dict.fromkeys(filled)), attributes=said))

    def _named(self, one: _Said, names: dict[str, str]) -> Iterator[Filled]:
        """Give what a naming slot fills, and keep in `names` the mentions of its strings."""
        before, _, after = one.fill.partition(": ")
        first: str | None = None
        for string in _STRING.findall(before):
            mark = self._mark(string, one)
            if mark is None:
                continue
            if before.lstrip().startswith("?"):
                self._said_of[mark]["optional"] = "true"
            names.setdefault(string, mark)
            if first is None:
                first = mark
            elif first != mark:
                self._links[Link("coreference", first, mark, symmetric=True)] = None
        same = next((names[string] for string in _STRING.findall(after) if string in names), None)
        if first is not None and same is not None and first != same:
            self._links[Link("coreference", same, first, symmetric=True)] = None
        elif first is not None:
            yield Filled(one.name, first)

    def _say(self, one: _Said, names: Mapping[str, str], attributes: dict[str, str]) -> None:
        """Keep what another slot says of a mention, or of the incident."""
        about = [names[string] for string in _STRING.findall(one.fill) if string in names]
        said = one.fill.partition(': "')[0].strip() if about else one.fill
        for mark in about or [""]:
            kept = self._said_of[mark] if mark else attributes
            kept[one.name] = f"{kept[one.name]}; {said}" if kept.get(one.name, said) != said else said

    def _mark(self, string: str, one: _Said) -> str | None:
        """Give the id of the mention of a string, where the text has it first."""
        places = self._quotes.places(string).spans if string.strip() else ()
        if not places:
            self._problem("quote-differs", "warning", one.line, f"{shown(string)} stands nowhere in the text.")
            return None
        key = f"{places[0].start}-{places[0].end} {one.name}"
        if key not in self._marks:
            name = f"m{len(self._marks) + 1}"
            self._marks[key] = Marked(id=name, type=one.name, spans=(places[0],))
            self._said_of[name] = {}
        return self._marks[key].id

    def _problem(self, rule: str, level: Level, line: int, message: str) -> None:
        where = f"{self._file}:{line}"
        self._problems.append(Problem(rule=f"format.{rule}", level=level, where=where, message=message))


def _templates(said: list[_Said]) -> Iterator[list[_Said]]:
    """Give the templates of a message: each begins with the message's id again."""
    found: list[_Said] = []
    for one in said:
        if one.slot == _MESSAGE and found:
            yield found
            found = []
        found.append(one)
    yield found
