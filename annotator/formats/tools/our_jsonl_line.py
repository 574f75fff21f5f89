"""One of our own lines while it is being read: everything that a document can say, each fault with its path."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from annotator.formats.inspection import Inspection, shown
from annotator.formats.lines import Line
from annotator.formats.tools.document import (
    Attributes,
    Document,
    Filled,
    Frame,
    Link,
    Marked,
    Source,
)
from annotator.formats.tools.placing import Said, placed
from annotator.formats.tools.texts import stored_text
from annotator.model.article import Region
from annotator.model.mention import KINDS
from annotator.model.note import Note, NoteKind
from annotator.model.problem import Problem
from annotator.model.record import Rejected
from annotator.text.intake import text_sha256
from annotator.text.span import Span

_ARTICLE = {
    "article_id",
    "language",
    "text",
    "text_sha256",
    "mentions",
    "events",
    "links",
    "notes",
    "person",
    "complete",
}
_OURS_ALONE = {"regions", "rejected"}
_NOT_TAKEN_IN = {"provenance", "system"}
"""What a gold record or a prediction has besides, and no document."""
_MENTION = {"id", "kind", "start", "end", "quote", "spans", "label", "ref", "value", "attributes"}
_EVENT = {"id", "type", "triggers", "arguments", "realis", "certainty", "background", "hub", "attributes"}
_PREDICTED = {"confidence", "trigger_class"}
_ARGUMENT = {"role", "mention", "event", "of", "confidence"}


_Placed = TypeVar("_Placed", Rejected, Region)


class OurLine:
    """One line while it is being read."""

    def __init__(self, line: Line, source: Source, problems: list[Problem]) -> None:
        self._content, self._where, self._source, self._problems = line.content, line.where, source, problems
        self._check = Inspection(line.where, "format", problems)

    def document(self) -> Document | None:
        check, content = self._check, self._content
        check.known_fields(content, _ARTICLE | _OURS_ALONE | _NOT_TAKEN_IN, "")
        article_id = check.text(content, "article_id", "", required=True)
        if article_id is None:
            return None
        raw = content.get("text")
        text = stored_text(raw, article_id, self._where, self._source, self._problems)
        if text is None:
            return None
        self._check_hash(text, raw)
        marks = self._marks(raw if isinstance(raw, str) else text, text)
        ids = {mark.id for mark in marks}
        frames = tuple(self._frames(ids))
        ids |= {frame.id for frame in frames}
        return Document(
            article_id=article_id,
            text=text,
            marks=marks,
            frames=tuple(self._resolved(frame, ids) for frame in frames),
            links=tuple(self._links(ids)),
            notes=tuple(self._notes(text, ids)),
            language=check.text(content, "language", ""),
            person=check.text(content, "person", ""),
            complete=check.truth(content, "complete", "") or False,
            rejected=tuple(self._models(Rejected, "rejected", text)),
            regions=tuple(self._models(Region, "regions", text)),
        )

    def _models(self, model: type[_Placed], field: str, text: str) -> Iterator[_Placed]:
        """Give what only our own files have, each held against the text."""
        for path, item in self._check.objects(self._content, field, ""):
            try:
                one = model.model_validate(item)
            except ValidationError as error:
                fault = error.errors(include_url=False)[0]
                self._check.error("field", f"{path}{'.'.join(map(str, fault['loc']))}: {fault['msg']}.")
                continue
            quote = getattr(one, "quote", None)
            if not one.start < one.end <= len(text):
                self._check.error("out-of-range", f"{path}start and {path}end are no place in the text.")
            elif quote is not None and quote != text[one.start : one.end]:
                self._check.error("quote-differs", f"{path}quote is {shown(quote)}, and other words stand there.")
            else:
                yield one

    def _check_hash(self, text: str, raw: object) -> None:
        given = self._check.text(self._content, "text_sha256", "")
        if given is not None and raw is None and given != text_sha256(text):
            self._check.error("text-differs", "text_sha256 is that of another text than the one that is here.")

    def _marks(self, raw: str, text: str) -> tuple[Marked, ...]:
        items, said = [], []
        for path, item in self._check.objects(self._content, "mentions", ""):
            self._check.known_fields(item, _MENTION | _PREDICTED, path)
            pieces = [one for _, one in self._check.objects(item, "spans", path)] or [item]
            items.append((path, item, len(pieces)))
            where = f"{self._where} {path.rstrip('.')}"
            said += [Said(where, one.get("start"), one.get("end"), _quote(one)) for one in pieces]
        unit = self._source.unit
        places = iter(placed(said, file=self._where, raw=raw, text=text, problems=self._problems, unit=unit))
        found, seen = [], set[str]()
        for number, (path, item, pieces_of) in enumerate(items):
            spans = [next(places) for _ in range(pieces_of)]
            mark = self._mark(path, item, spans, number)
            if mark is not None and self._is_new(mark.id, seen, path):
                found.append(mark)
        return tuple(found)

    def _mark(self, path: str, item: dict[str, Any], spans: Sequence[Span | None], number: int) -> Marked | None:
        kind = self._check.text(item, "kind", path, required=True)
        name = self._check.text(item, "id", path) or f"#{number}"
        value = self._check.value(item, path, kind if kind in KINDS else None)
        standing = [one for one in spans if one is not None]
        if kind is None or len(standing) < len(spans):
            return None
        if any(one.end > other.start for one, other in pairwise(standing)):
            self._check.error("out-of-range", f"{path}spans must come in reading order, without overlap.")
            return None
        return Marked(
            id=name,
            type=kind,
            spans=tuple(standing),
            label=self._check.text(item, "label", path),
            ref=self._check.text(item, "ref", path),
            value=value,
            attributes=self._attributes(item, path),
        )

    def _is_new(self, name: str, seen: set[str], path: str) -> bool:
        if name in seen:
            self._check.error("duplicate-id", f"{path}id {shown(name)} is the id of something else as well.")
            return False
        seen.add(name)
        return True

    def _attributes(self, item: dict[str, Any], path: str) -> Attributes:
        found = []
        for place, pair in self._check.items(item, "attributes", path):
            if type(pair) is list and len(pair) == 2 and all(type(one) is str and one for one in pair):
                found.append((pair[0], pair[1]))
            else:
                self._check.error("field", f"{place} must be a name with a value, not {shown(pair)}.")
        return tuple(sorted(found))

    def _frames(self, marks: set[str]) -> Iterator[Frame]:
        seen = set(marks)
        for number, (path, item) in enumerate(self._check.objects(self._content, "events", "")):
            self._check.known_fields(item, _EVENT | _PREDICTED, path)
            event_type = self._check.text(item, "type", path, required=True)
            name = self._check.text(item, "id", path) or f"#e{number}"
            if event_type is None or not self._is_new(name, seen, path):
                continue
            yield Frame(
                id=name,
                type=event_type,
                triggers=tuple(self._triggers(item, path, marks)),
                arguments=tuple(self._arguments(item, path)),
                realis=self._check.text(item, "realis", path),
                certainty=self._check.text(item, "certainty", path),
                background=self._check.truth(item, "background", path),
                hub=self._check.text(item, "hub", path),
                attributes=self._attributes(item, path),
            )

    def _triggers(self, item: dict[str, Any], path: str, marks: set[str]) -> Iterator[str]:
        for place, name in self._check.items(item, "triggers", path):
            if type(name) is str and name in marks:
                yield name
            else:
                self._check.error("reference", f"{place}: there is no mention {shown(name)}.")

    def _arguments(self, item: dict[str, Any], path: str) -> Iterator[Filled]:
        for place, filled in self._check.objects(item, "arguments", path):
            self._check.known_fields(filled, _ARGUMENT, place)
            role = self._check.text(filled, "role", place, required=True)
            field = "event" if "event" in filled else "mention"
            target = self._check.text(filled, field, place, required=True)
            if role is not None and target is not None:
                yield Filled(role, target, self._check.text(filled, "of", place))

    def _resolved(self, frame: Frame, ids: set[str]) -> Frame:
        for filled in frame.arguments:
            if filled.target not in ids:
                self._check.error("reference", f"The event {shown(frame.id)} has {shown(filled.target)}: who is that?")
        return replace(frame, arguments=tuple(one for one in frame.arguments if one.target in ids))

    def _links(self, ids: set[str]) -> Iterator[Link]:
        for path, item in self._check.objects(self._content, "links", ""):
            kind, one, other = (
                self._check.text(item, name, path, required=True) for name in ("type", "source", "target")
            )
            symmetric = self._check.truth(item, "symmetric", path) or False
            if kind is None or one is None or other is None:
                continue
            if {one, other} <= ids:
                yield Link(kind, one, other, symmetric)
            else:
                self._check.error("reference", f"{path.rstrip('.')} links what is not there.")

    def _notes(self, text: str, ids: set[str]) -> Iterator[Note]:
        for number, (path, item) in enumerate(self._check.objects(self._content, "notes", "")):
            kind = self._check.choice(item, "kind", path, ("note", "question"))
            said = self._check.text(item, "text", path, required=True)
            start, end, about = item.get("start"), item.get("end"), item.get("mention")
            if type(start) is not int or type(end) is not int or not 0 <= start <= end <= len(text):
                self._check.error("out-of-range", f"{path}start and {path}end are no place in the text.")
            elif said is not None:
                yield Note(
                    id=self._check.text(item, "id", path) or f"n{number}",
                    kind=cast(NoteKind, kind or "note"),
                    start=start,  # type: ignore[arg-type]
                    end=end,  # type: ignore[arg-type]
                    mention=about if type(about) is str and about in ids else None,
                    text=said,
                )


def _quote(item: dict[str, Any]) -> str | None:
    quote = item.get("quote")
    return quote if isinstance(quote, str) else None
