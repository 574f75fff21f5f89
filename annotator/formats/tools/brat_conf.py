"""`annotation.conf` and `visual.conf` of brat, made of a schema: what its server needs to show what we write.

Owns what is written there; `brat_schema` reads such files.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotator.formats.tools.brat_names import brat_name, brat_word
from annotator.formats.tools.brat_reading import ABOUT, ALSO, PLACED
from annotator.formats.tools.brat_writing import trigger_types
from annotator.formats.tools.document import Document
from annotator.model.mention import KINDS
from annotator.model.schema import RoleSpec, Schema

_COLOURS = {
    "trigger": "#ffd27f", "actor": "#a8d1ff", "number": "#ffb3b3", "place": "#b8e6b8", "time": "#e0c7f0",
}  # fmt: skip
_SEPARATORS = str.maketrans({"|": "/", "\t": " ", "\n": " ", "\r": " "})


def conf_of(schema: Schema, documents: Sequence[Document]) -> str:
    """Give the `annotation.conf` for a schema, and for types, roles and attributes of `documents` beyond it."""
    sections = {
        "entities": _entities(documents),
        "relations": _relations(documents),
        "events": _events(schema, documents),
        "attributes": _attributes(schema, documents),
    }
    return "\n".join(f"[{name}]\n\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())


def visual_of(schema: Schema, documents: Sequence[Document]) -> str:
    """Give the `visual.conf`: what the types are called on brat's screen, and a colour for each kind of mention."""
    labels = [(brat_name(name), kind.title) for name, kind in schema.types.items()]
    labels += [
        (brat_name(name), name) for name in (*KINDS, *_roles_beside(schema, documents)) if "_" in brat_name(name)
    ]
    known = {name: title.translate(_SEPARATORS) for name, title in labels}
    drawing = [f"{kind}\tbgColor:{colour}" for kind, colour in _COLOURS.items()]
    drawing += [f"{brat_name(name)}\tbgColor:{_COLOURS['trigger']}" for name in schema.types]
    drawing += ["SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken", "ARC_DEFAULT\tcolor:black"]
    written = "".join(f"{name} | {title}\n" for name, title in known.items())
    return f"[labels]\n\n{written}\n[drawing]\n\n" + "".join(f"{line}\n" for line in drawing)


def _entities(documents: Sequence[Document]) -> Iterator[str]:
    foreign = (
        mark.type
        for document in documents
        for mark in document.marks
        if mark.id not in trigger_types(document.frames) and mark.type not in KINDS
    )
    yield from (brat_name(name) for name in dict.fromkeys((*KINDS, *PLACED, *sorted(set(foreign)))))


def _relations(documents: Sequence[Document]) -> Iterator[str]:
    links = {(link.type, link.symmetric) for document in documents for link in document.links}
    for name in sorted({kind for kind, _ in links}):
        both = ", <REL-TYPE>:symmetric-transitive" if (name, True) in links else ""
        yield f"{brat_name(name)}\tArg1:<ANY>, Arg2:<ANY>{both}"
    yield "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"


def _events(schema: Schema, documents: Sequence[Document]) -> Iterator[str]:
    """Give the types of events, those whose names begin alike (`strike.air`) below a heading nobody can choose."""
    used: dict[str, dict[str, None]] = {}
    for document in documents:
        for frame in document.frames:
            used.setdefault(frame.type, {}).update(dict.fromkeys(one.role for one in frame.arguments))
    headings: set[str] = set()
    types = [*schema.types, *sorted(used.keys() - schema.types.keys())]
    for name in sorted(types, key=lambda one: (one.partition(".")[0], types.index(one))):
        group = name.partition(".")[0]
        below = group != name and group not in types
        if below and group not in headings:
            headings.add(group)
            yield f"!{brat_name(group)}"
        roles = schema.roles_of(name)
        written = [_role(role, spec) for role, spec in roles.items()]
        written += [f"{brat_name(role, numbered=True)}*:<ANY>" for role in used.get(name, {}) if role not in roles]
        indent = "\t" if below else ""
        yield f"{indent}{brat_name(name)}\t{', '.join([*written, f'{ALSO}*:trigger'])}"


def _role(name: str, spec: RoleSpec) -> str:
    arity = "" if spec.arity == "1" else spec.arity
    return f"{brat_name(name, numbered=True)}{arity}:{'|'.join(spec.kinds)}"


def _roles_beside(schema: Schema, documents: Sequence[Document]) -> Iterator[str]:
    groups = [*schema.groups.values(), *(kind.roles for kind in schema.types.values())]
    used = [{one.role: None for frame in document.frames for one in frame.arguments} for document in documents]
    yield from dict.fromkeys(role for roles in groups for role in roles)
    yield from dict.fromkeys(role for roles in used for role in roles)


def _attributes(schema: Schema, documents: Sequence[Document]) -> Iterator[str]:
    yield f"realis\tArg:<EVENT>, Value:{'|'.join(schema.realis)}"
    yield f"certainty\tArg:<EVENT>, Value:{'|'.join(schema.certainty)}"
    yield "background\tArg:<EVENT>"
    marks = [mark for document in documents for mark in document.marks]
    frames = [frame for document in documents for frame in document.frames]
    labels = {mark.label for mark in marks if mark.label is not None and mark.label not in schema.types}
    if labels:
        yield f"label\tArg:<ENTITY>, Value:{_values(labels)}"
    yield f"{ABOUT}\tArg:{'|'.join(PLACED)}"
    for owner, sayings in (("<ENTITY>", marks), ("<EVENT>", frames)):
        yield from _others([one.attributes for one in sayings], owner)


def _others(said: Iterable[Sequence[tuple[str, str]]], owner: str) -> Iterator[str]:
    """Give the attributes that are said of `owner`: binary ones, and those with values."""
    values: dict[str, set[str]] = {}
    for name, value in (pair for pairs in said for pair in pairs):
        values.setdefault(name, set()).add(value)
    for name, among in sorted(values.items()):
        written = "" if among == {"true"} else f", Value:{_values(among)}"
        yield f"{brat_name(name)}\tArg:{owner}{written}"


def _values(values: Iterable[str]) -> str:
    return "|".join(brat_word(value) for value in sorted(values))
