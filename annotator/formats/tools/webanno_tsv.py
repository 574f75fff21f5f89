"""WebAnno TSV 3: a file an article and person, in which the sentences' text counts and the offsets only inform.

Layers are read as those of UIMA are: named entities by their value, other spans as marks with a sub-type, slots as
roles, relations and chains as links. Tokens stand where their sentence has them, parts of tokens within these.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Read, Source
from annotator.formats.tools.project_export import annotations, lying
from annotator.formats.tools.texts import decoded, stored_text
from annotator.formats.tools.tokens import Tokens, aligned
from annotator.formats.tools.units import InsideCharacter, OutOfText, Ruler
from annotator.formats.tools.unzipping import unzipped
from annotator.formats.tools.webanno_lines import (
    Layer,
    Lines,
    Row,
    Sentence,
    Value,
    parsed,
    plain,
    slots,
    target,
    values,
)
from annotator.model.problem import Level, Problem
from annotator.text.intake import lines_at_lf
from annotator.text.span import Span, span

_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_LABELS = ("value", "label")
_ROLE = "ROLE_"
_NUMBERED = re.compile(r"\[[0-9]+\]$")


def read(source: Source) -> Read:
    """Give the documents of files and archives of them; who lies in a folder named as the article is a person."""
    problems: list[Problem] = []
    documents: list[Document] = []
    for file, data in annotations(unzipped(source.files, problems), (".tsv",)).items():
        text = decoded(data, file, problems)
        document = None if text is None else _document(file, parsed(text, file, problems), source, problems)
        documents += [document] if document is not None else []
    return Read(tuple(documents), tuple(problems))


def _document(file: str, lines: Lines, source: Source, problems: list[Problem]) -> Document | None:
    folder, stem = lying(file)
    names = [folder.removesuffix(".txt"), folder, stem.removesuffix(".txt"), stem]
    article_id = next((one for one in names if one in source.texts), names[0] or names[2])
    person = stem if article_id in names[:2] and article_id not in names[2:] else None
    raw = None if article_id in source.texts else _text_of(lines.sentences)
    text = stored_text(raw, article_id, file, source, problems)
    if text is None:
        return None
    places = _places(lines.sentences, text)
    if isinstance(places, str):
        problems.append(Problem(rule="format.text-differs", level="error", where=file, message=places))
        return None
    found = _Annotations(file, text, lines, places, problems)
    return found.document(article_id, person)


def _text_of(sentences: Sequence[Sentence]) -> str:
    """Give the text that sentences are of: what no sentence has is line ends, as many as the offsets leave room for."""
    text, length = "", 0
    for one in sentences:
        said = lines_at_lf(one.text)
        before = said.find(one.rows[0].form) if one.rows else 0
        start = one.rows[0].start - before if one.rows else length + 1
        gap = max(start - length, 1 if text else 0)
        text += "\n" * min(gap, 1000) + said
        length += gap + len(said.encode("utf-16-le")) // 2
    return text


def _places(sentences: Sequence[Sentence], text: str) -> dict[str, Span] | str:
    """Give where each token and each part of one stands, by name, or what does not follow in the text."""
    places: dict[str, Span] = {}
    at = 0
    for number, one in enumerate(sentences, 1):
        said = lines_at_lf(one.text).strip()
        start = text.find(said, at)
        if start < 0:
            return f"Sentence {number} does not follow in the text of the article: {shown(one.text)}."
        whole = [row for row in one.rows if "." not in row.name]
        tokens = aligned([row.form for row in whole], said)
        if not isinstance(tokens, Tokens):
            return f"Token {whole[tokens].name} does not follow in its sentence: {shown(whole[tokens].form)}."
        places |= {
            row.name: span(start + there.start, start + there.end)
            for row, there in zip(whole, tokens.spans, strict=True)
        }
        at = start + len(said)
    return places


class _Part(NamedTuple):
    """What one row says of one annotation."""

    row: Row
    said: dict[str, Value]
    """By column of the layer."""


class _Annotations:
    """The annotations of one file."""

    def __init__(self, file: str, text: str, lines: Lines, places: dict[str, Span], problems: list[Problem]) -> None:
        self._file, self._text, self._lines, self._problems = file, text, lines, problems
        rows = [row for one in lines.sentences for row in one.rows]
        whole = {row.name: row for row in rows if "." not in row.name}
        parts = [row for row in rows if "." in row.name]
        self._places = places | {row.name: there for row in parts for there in self._part(row, whole, places)}
        self._rows = [row for row in rows if row.name in self._places]
        self._marks: list[Marked] = []
        self._frames: list[Frame] = []
        self._links: list[Link] = []
        self._by_number: dict[int, str] = {}
        self._by_token: dict[str, str] = {}
        self._slots: list[tuple[str, Row, str, list[tuple[str, str]]]] = []

    def document(self, article_id: str, person: str | None) -> Document:
        """Give the document."""
        for layer in self._lines.layers:
            if layer.sort != "relation":
                self._spans(layer)
        for layer in self._lines.layers:
            if layer.sort == "relation":
                self._relations(layer)
        self._fill_slots()
        marks, frames, links = tuple(self._marks), tuple(self._frames), tuple(self._links)
        return Document(article_id=article_id, text=self._text, marks=marks, frames=frames, links=links, person=person)

    def _problem(self, rule: str, level: Level, row: Row, message: str) -> None:
        where = f"{self._file}:{row.line}"
        self._problems.append(Problem(rule=f"format.{rule}", level=level, where=where, message=message))

    def _part(self, row: Row, tokens: dict[str, Row], places: dict[str, Span]) -> Iterator[Span]:
        """Give where a part of a token stands: its offsets are right against those of its token."""
        whole = tokens.get(row.token)
        if whole is None:
            self._problem("out-of-range", "error", row, f"There is no token {row.token} that {row.name} is part of.")
            return
        there = places[whole.name]
        ruler = Ruler(there.of(self._text), "utf16")
        try:
            start, end = ruler.code_point(row.start - whole.start), ruler.code_point(row.end - whole.start)
        except InsideCharacter:
            self._problem("inside-character", "error", row, f"{row.start}-{row.end} begins or ends inside a character.")
            return
        except OutOfText:
            self._problem("out-of-range", "error", row, f"{row.start}-{row.end} leaves the token {row.token}.")
            return
        found = span(there.start + start, there.start + end)
        if found.of(self._text) != row.form:
            told = f"The text has {shown(found.of(self._text))} there, not {shown(row.form)}."
            self._problem("quote-differs", "error", row, told)
        elif start < end:
            yield found

    def _parts(self, layer: Layer) -> dict[object, list[_Part]]:
        """Give what rows say of each annotation of a layer: by its number, else by where it stands."""
        found: dict[object, list[_Part]] = {}
        for row in self._rows:
            columns = row.columns[layer.first : layer.first + max(1, len(layer.columns))]
            stacked = [list(values(column)) for column in columns]
            for place in range(max(map(len, stacked), default=0)):
                said = {
                    name: one[place]
                    for name, one in zip(layer.columns or ("",), stacked, strict=False)
                    if place < len(one)
                }
                numbers = (value.number for name, value in said.items() if _is_text(name) or name.startswith(_ROLE))
                number = next((one for one in numbers if one), 0)
                key: object = number or (row.name, place)
                found.setdefault(key, []).append(_Part(row, said))
        return found

    # --- spans, slots and chains

    def _spans(self, layer: Layer) -> None:
        chains: dict[str, str] = {}
        for key, parts in self._parts(layer).items():
            row, said = parts[0]
            name = f"m{len(self._marks) + 1}"
            there = [self._places[part.row.name] for part in parts]
            spans = (span(min(one.start for one in there), max(one.end for one in there)),)
            told = {column: plain(value.said) for column, value in said.items() if value.said and _is_text(column)}
            kept = next((told.pop(one) for one in _LABELS if one in told), None)
            short = layer.name.rpartition(".")[2]
            entity = layer.name == _ENTITY
            ref = told.pop("identifier", None) if entity else None
            if layer.sort == "chain":
                self._chain(told.pop("referenceRelation", ""), name, chains)
            kind, label = (kept or short, None) if entity else (short, kept)
            attributes = tuple(sorted(told.items()))
            self._marks.append(Marked(id=name, type=kind, spans=spans, label=label, ref=ref, attributes=attributes))
            if isinstance(key, int):
                self._by_number[key] = name
            for part in parts:
                self._by_token.setdefault(part.row.name, name)
            if any(column.startswith(_ROLE) for column in layer.columns):
                self._slots.append((name, row, kept or short, _slots(layer, said)))

    def _chain(self, said: str, name: str, chains: dict[str, str]) -> None:
        relation, _, place = said.partition("->")
        chain = place.partition("-")[0]
        if not chain:
            return
        first = chains.setdefault(chain, name)
        if first != name:
            kind = relation if relation not in ("", "*") else "coreference"
            self._links.append(Link(kind, first, name, symmetric=True))

    def _fill_slots(self) -> None:
        frames = {mark: f"e{number}" for number, (mark, *_) in enumerate(self._slots, 1)}
        for mark, row, kind, filled in self._slots:
            arguments = [
                Filled(role, frames.get(name, name)) for role, written in filled if (name := self._target(written, row))
            ]
            self._frames.append(Frame(id=frames[mark], type=kind, triggers=(mark,), arguments=tuple(arguments)))

    def _target(self, written: str, row: Row) -> str | None:
        there = target(written)
        name = None
        if there is not None:
            name = self._by_number.get(there.number) if there.number else self._by_token.get(there.token)
        if name is None:
            self._problem("unknown-id", "warning", row, f"{shown(written)} is no annotation here, and was passed over.")
        return name

    # --- relations

    def _relations(self, layer: Layer) -> None:
        for row in self._rows:
            columns = row.columns[layer.first : layer.first + len(layer.columns)]
            if len(columns) < len(layer.columns) or not columns:
                continue
            kinds, ends = list(values(columns[0])), list(values(columns[-1]))
            for place, end in enumerate(ends):
                said = kinds[place].said if len(layer.columns) > 1 and place < len(kinds) else None
                source = self._target(f"{end.said or ''}{f'[{end.number}]' if end.number else ''}", row)
                other = self._target(f"{row.name}{f'[{end.other}]' if end.other else ''}", row)
                if source is not None and other is not None:
                    kind = plain(said) if said else layer.name.rpartition(".")[2]
                    self._links.append(Link(kind, source, other))


def _is_text(column: str) -> bool:
    return not column.startswith(_ROLE) and "." not in column


def _slots(layer: Layer, said: dict[str, Value]) -> list[tuple[str, str]]:
    """Give roles with what is written for their fillers: in the column behind that of the roles."""
    found: list[tuple[str, str]] = []
    for place, column in enumerate(layer.columns[:-1]):
        if column.startswith(_ROLE) and column in said:
            feature = column.partition(":")[2].partition("_")[0]
            behind = said.get(layer.columns[place + 1])
            roles, targets = slots(said[column].said), _targets(behind)
            found += [
                (
                    plain(_NUMBERED.sub("", roles[at])) if at < len(roles) and roles[at] not in ("*", "") else feature,
                    one,
                )
                for at, one in enumerate(targets)
            ]
    return found


def _targets(value: Value | None) -> list[str]:
    if value is None or value.said is None:
        return []
    # The number at the end of a value is that of its last target here, not one of the annotation.
    written = f"{value.said}[{value.number}]" if value.number else value.said
    return list(slots(written))
