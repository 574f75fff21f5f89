"""From brat's `annotation.conf` to a skeleton of `schema.toml`: types, roles and how many fill them.

What only people know is left to them: kinds of mention are guessed from the names of brat's types, descriptions are to
be written, and what a schema has no place for stands at the end as a comment. Never loses a line in silence.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, get_args

import orjson

from annotator.formats.inspection import shown
from annotator.formats.tools.brat_names import plain_name
from annotator.formats.tools.brat_reading import ALSO
from annotator.model.event import Certainty, Realis
from annotator.model.mention import KINDS
from annotator.model.problem import Problem

_SECTION = re.compile(r"\s*\[(.*)\]\s*")
_MACRO = re.compile(r"<([a-zA-Z_-]+)>=\s*(.*?)\s*")
_ENTRY = re.compile(r"([\t ]*)(!?)(\S+)(?:\s+(.*))?")
_ROLE = re.compile(r"([^\s:?*+{]+)([?*+]|\{[0-9,-]{1,20}\})?:(\S+)")
_LONGEST = 10_000
"""Characters of a line with its macros put in: macros of macros could fill a memory."""

_GUESSES: Mapping[str, str] = {
    "place": r"gpe|loc|place|city|country|region|site|facility|village|area",
    "number": r"num|money|quantity|percent|count|cardinal|amount|toll|casualt",
    "time": r"time|date|day|year|duration",
}
"""Which of our kinds a type of brat's may be, by what is in its name; an actor otherwise."""


class Entry(NamedTuple):
    """One line of a section."""

    where: str
    name: str
    abstract: bool
    """Whether it is a heading that nobody can choose."""
    under: tuple[str, ...]
    """The names above it in the hierarchy, the outermost first."""
    arguments: tuple[str, ...]


@dataclass
class Conf:
    """The lines of an `annotation.conf`, by section."""

    sections: dict[str, list[Entry]]

    def of(self, section: str) -> Sequence[Entry]:
        """Give the lines of a section, none where it is missing."""
        return self.sections.get(section, ())


def read_conf(text: str, file: str, problems: list[Problem]) -> Conf:
    """Give what an `annotation.conf` says; lines that cannot be read are in `problems`."""
    conf, section, macros, above = Conf({}), "", dict[str, str](), list[tuple[int, str]]()
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        where = f"{file}:{number}"
        if not line.strip() or line.lstrip().startswith("#") or not line.strip(" \t-"):
            continue
        if found := _SECTION.fullmatch(line):
            section, above = found[1], []
        elif found := _MACRO.fullmatch(line):
            macros[f"<{found[1]}>"] = found[2]
        elif (found := _ENTRY.fullmatch(_with_macros(line, macros))) and not found[3].startswith("|"):
            indent, mark, terms, rest = found.groups()
            name = terms.split("|")[0]
            while above and above[-1][0] >= len(indent):
                above.pop()
            arguments = tuple(one.strip() for one in (rest or "").split(",") if one.strip())
            under = tuple(one for _, one in above)
            conf.sections.setdefault(section, []).append(Entry(where, name, bool(mark), under, arguments))
            above.append((len(indent), name))
        else:
            message = f"{shown(line)} is no line of an annotation.conf: write a type, then its arguments."
            problems.append(Problem(rule="format.syntax", level="error", where=where, message=message))
    return conf


def _with_macros(line: str, macros: Mapping[str, str]) -> str:
    for name, written in macros.items():
        if name in line and len(line) + line.count(name) * len(written) <= _LONGEST:
            line = line.replace(name, written)
    return line


@lru_cache(maxsize=8)
def numbered_roles(text: str) -> frozenset[str]:
    """Give the roles of the events of an `annotation.conf` whose own names end in digits."""
    roles = (_ROLE.fullmatch(one) for entry in read_conf(text, "", []).of("events") for one in entry.arguments)
    return frozenset(found[1] for found in roles if found and found[1][-1] in "0123456789")


def labels_of(text: str) -> Mapping[str, str]:
    """Give what a `visual.conf` calls types on the screen."""
    section, labels = "", {}
    for line in text.splitlines():
        if found := _SECTION.fullmatch(line):
            section = found[1]
        terms = [term.strip() for term in line.split("|")]
        if section == "labels" and len(terms) > 1 and terms[1]:
            labels[terms[0]] = terms[1]
    return labels


def schema_skeleton(conf: Conf, labels: Mapping[str, str], problems: list[Problem]) -> str:
    """Give the text of a `schema.toml` with the types of events and their roles.

    Where there is no type of event, or a role cannot be taken over, `problems` says so.
    """
    events = {one.name: one for one in conf.of("events") if not one.abstract}
    if not events:
        message = "There is no type of event under [events]: a schema has one at least."
        problems.append(Problem(rule="format.no-events", level="error", where="annotation.conf", message=message))
    blocks = [_HEAD.format(realis=_texts(get_args(Realis)), certainty=_texts(get_args(Certainty)))]
    keys = _keys(list(events))
    entities, abstract = conf.of("entities"), [one.name for one in conf.of("events")]
    for name, one in events.items():
        roles = list(_roles(one, entities, abstract, problems))
        title = labels.get(name, plain_name(name).replace("_", " ").replace("-", " ").strip() or name)
        told = f"{' > '.join((*one.under, name))} of brat: say here what it is, and what tells it from its neighbours."
        blocks.append(
            f"[types.{_text(plain_name(name))}]\ntitle = {_text(title)}\ndescription = {_text(told)}\n"
            f"key = {_text(keys[name])}\nroles = {{ {', '.join(roles)} }}\n"
        )
    beyond = [f"# {kind}: {_told(one)}" for kind in ("relations", "attributes") for one in conf.of(kind)]
    if beyond:
        blocks.append("\n".join(("# A schema has no place for these of brat's:", *beyond)) + "\n")
    return "\n".join(blocks)


_HEAD = """\
# A skeleton, made of brat's annotation.conf. Kinds of mention were guessed: see to each role.
version = "1.0.0"
realis = [{realis}]
certainty = [{certainty}]

[rejection_reasons]
e = "not_an_event"
d = "duplicate"
x = "other"

[units]
persons = {{ title = "persons" }}
"""


def _roles(one: Entry, entities: Sequence[Entry], events: Sequence[str], problems: list[Problem]) -> Iterator[str]:
    for argument in one.arguments:
        found = _ROLE.fullmatch(argument)
        if found is None:
            message = f"{shown(argument)} is no role: write ROLE:TYPE, with ?, * or + behind ROLE where it may be."
            problems.append(Problem(rule="format.syntax", level="error", where=one.where, message=message))
            continue
        kinds = frozenset[str]().union(*(_kinds(word, entities, events) for word in found[3].split("|")))
        if found[1] == ALSO:
            continue
        if not kinds:
            message = (
                f"The role {shown(found[1])} of {one.name} is filled by events, which no role here takes: left out."
            )
            problems.append(Problem(rule="format.role", level="warning", where=one.where, message=message))
            continue
        arity = found[2] or ""
        arity = ("*" if arity[1] == "0" else "+") if arity.startswith("{") else arity
        yield f"{_text(plain_name(found[1]))} = {_text('|'.join(one for one in KINDS if one in kinds) + arity)}"


_FILLING: frozenset[str] = frozenset(KINDS) - {"trigger"}
"""Kinds of mention that fill roles."""


def _kinds(word: str, entities: Sequence[Entry], events: Sequence[str]) -> frozenset[str]:
    """Give the kinds of mention that a type of brat's stands for; none for an event."""
    if word in ("<ENTITY>", "<ANY>"):
        return _FILLING
    if word == "<EVENT>" or word in events:
        return frozenset()
    if word in KINDS:
        return _FILLING & {word}
    below = [one.name for one in entities if word in one.under]
    above = next((one.under for one in entities if one.name == word), ())
    return frozenset(_guess((name, *above)) for name in (word, *below))


def _guess(names: Sequence[str]) -> str:
    """Guess by a name, or else by those above it."""
    for name in names:
        for kind, pattern in _GUESSES.items():
            if re.search(pattern, name.lower()):
                return kind
    return "actor"


def _keys(names: Sequence[str]) -> Mapping[str, str]:
    """Give each name a key of its own: the first of its letters that is free, or any."""
    keys: dict[str, str] = {}
    for name in names:
        wanted = [one for one in name.lower() if one.isascii() and one.isalnum()]
        free = (one for one in (*wanted, *_ANY_KEY) if one not in keys.values())
        keys[name] = next(free)
    return keys


_ANY_KEY = [*"abcdefghijklmnopqrstuvwxyz0123456789", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *map(chr, range(0x3B1, 0x3500))]


def _told(one: Entry) -> str:
    return re.sub(r"[\x00-\x08\x0a-\x1f\x7f]", " ", f"{one.name} {', '.join(one.arguments)}")


def _text(written: str) -> str:
    return orjson.dumps(written).decode().replace("\x7f", "\\u007f")


def _texts(written: Sequence[str]) -> str:
    return ", ".join(map(_text, written))
