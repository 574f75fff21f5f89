"""Label Studio's labelling config: written for what we write, and read for which field of a task holds its text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from xml.sax.saxutils import quoteattr

from annotator.formats.tools.document import Document
from annotator.formats.tools.label_studio_reading import (
    ABOUT,
    ALSO,
    EVENT,
    HUB,
    MARGIN,
    MARGIN_OF,
    MENTION,
    OF,
    REF,
    SAME,
    SUBTYPE,
)
from annotator.formats.tools.label_studio_regions import control_of
from annotator.formats.tools.label_studio_writing import TEXT
from annotator.formats.tools.plain_xml import elements
from annotator.model.mention import KINDS
from annotator.model.schema import Schema

_SHOWN = ("Text", "HyperText", "Paragraphs")
_COLOURS = {"trigger": "#ffd27f", "actor": "#a8d1ff", "number": "#ffb3b3", "place": "#b8e6b8", "time": "#e0c7f0"}


def shown_fields(data: bytes, file: str) -> list[str]:
    """Give the fields of tasks whose text a config shows; none where it cannot be read."""
    values = [one.attributes.get("value", "") for one in elements(data, file, []) if one.name in _SHOWN]
    return [value.removeprefix("$") for value in values if value.startswith("$")]


def config_of(schema: Schema, documents: Sequence[Document]) -> bytes:
    """Give the config for a schema, and for types, roles and attributes of `documents` beyond it."""
    lines = ["<View>", *(f"  {line}" for line in _controls(schema, documents)), "</View>"]
    return "".join(f"{line}\n" for line in lines).encode()


def _controls(schema: Schema, documents: Sequence[Document]) -> Iterator[str]:
    marks = [mark for document in documents for mark in document.marks]
    frames = [frame for document in documents for frame in document.frames]
    yield from _labels(MENTION, [*KINDS, *sorted({mark.type for mark in marks} - set(KINDS))])
    events = [*schema.types, *sorted({frame.type for frame in frames} - schema.types.keys())]
    yield from _labels(EVENT, events, _COLOURS["trigger"])
    yield from _labels(MARGIN_OF, MARGIN)
    yield f'<Text name="{TEXT}" value="${TEXT}"/>'
    roles = [role for name in schema.types for role in schema.roles_of(name)]
    roles += sorted({one.role for frame in frames for one in frame.arguments})
    links = sorted({link.type for document in documents for link in document.links})
    yield "<Relations>"
    for name in dict.fromkeys((*roles, ALSO, SAME, ABOUT, *links)):
        yield f"  <Relation value={quoteattr(name)}/>"
    yield "</Relations>"
    yield from _choices("realis", schema.realis, EVENT)
    yield from _choices("certainty", schema.certainty, EVENT)
    yield from _choices("background", ("true", "false"), EVENT)
    said: dict[str, set[str]] = {}
    for name, value in chain.from_iterable([*(mark.attributes for mark in marks), *(one.attributes for one in frames)]):
        said.setdefault(name, set()).add(value)
    for name, values in sorted(said.items()):
        yield from _choices(control_of(name), sorted(values), None)
    for name, tag in ((SUBTYPE, MENTION), (REF, MENTION), ("number", MENTION), ("time", MENTION), (HUB, EVENT)):
        yield _area(name, tag)
    yield _area(OF, EVENT)
    for kind in MARGIN.values():
        yield _area(kind, None)


def _labels(control: str, labels: Iterable[str], colour: str | None = None) -> Iterator[str]:
    yield f'<Labels name={quoteattr(control)} toName="{TEXT}">'
    for label in labels:
        drawn = colour or _COLOURS.get(label, "#d9d9d9")
        yield f'  <Label value={quoteattr(label)} background="{drawn}"/>'
    yield "</Labels>"


def _choices(control: str, values: Collection[str], tag: str | None) -> Iterator[str]:
    yield f"<Choices name={quoteattr(control)} {_per_region(tag)}>"
    yield from (f"  <Choice value={quoteattr(value)}/>" for value in values)
    yield "</Choices>"


def _area(control: str, tag: str | None) -> str:
    return f"<TextArea name={quoteattr(control)} {_per_region(tag)}/>"


def _per_region(tag: str | None) -> str:
    when = f' whenTagName="{tag}"' if tag else ""
    return f'toName="{TEXT}" perRegion="true"{when}'
