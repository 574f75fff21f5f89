"""What a user says that another tool's words mean: a TOML file with the tables `mentions`, `events` and `roles`.

Owns the file and the skeleton of one that is printed to be filled in. A word that is given as "-" is left out.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from annotator.errors import Refusal
from annotator.formats.inspection import shown
from annotator.model.mention import KINDS
from annotator.model.schema import Schema
from annotator.text.counted import counted

Table = Literal["mentions", "events", "roles"]
TABLES: tuple[Table, ...] = get_args(Table)

LEFT_OUT = "-"


@dataclass(frozen=True, slots=True)
class LabelMap:
    """For each word of a file what it means here, or `-`."""

    mentions: Mapping[str, str] = field(default_factory=dict)
    """By type of mention the kind."""
    events: Mapping[str, str] = field(default_factory=dict)
    """By type of event ours."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """By role, or by type of event and role with a full stop between, ours."""


class Word(NamedTuple):
    """A word of a file that nothing says the meaning of."""

    table: Table
    word: str


def read_label_map(data: bytes, file: str, schema: Schema) -> LabelMap:
    """Give the map in a file. Raises `Refusal` `guidelines.content` for what is none, or means nothing here."""

    def refuse(told: str) -> Refusal:
        return Refusal("guidelines.content", f"{file}: {told}.", "Mend the map and try again.")

    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refuse(f"this is no TOML: {str(error).splitlines()[0]}") from None
    roles = {role for event_type in schema.types for role in schema.roles_of(event_type)}
    known: Mapping[str, Iterable[str]] = {"mentions": KINDS, "events": schema.types, "roles": roles}
    for name, table in tables.items():
        if name not in known:
            raise refuse(f"{shown(name)} is no table; the tables are {', '.join(TABLES)}")
        if not isinstance(table, dict):
            raise refuse(f"{name} must be a table of words")
        for word, meaning in table.items():
            if meaning != LEFT_OUT and (not isinstance(meaning, str) or meaning not in known[name]):
                told = f"[{name}] {shown(word)} is {shown(meaning)}, which is none of ours, nor {LEFT_OUT!r}"
                raise refuse(f"{told} for what is to be left out (or is its word in quotes?)")
    return LabelMap(**{name: dict(tables.get(name, {})) for name in TABLES})


def skeleton(words: Mapping[Word, int], choices: Mapping[Word, Iterable[str]]) -> str:
    """Give a map to be filled in: each word with how often it stands in the file, and what it may mean."""
    lines = ["# What these words mean here; - leaves out what is called so. Fill in, and give it with --labels FILE."]
    for table in TABLES:
        of_it = sorted(word for word in words if word.table == table)
        if of_it:
            lines += ["", f"[{table}]  # {_MEANS[table]}"]
        for word in of_it:
            may = ", ".join(choices.get(word, ()))
            told = counted(words[word], "time") + (f"; {may}?" if may else "")
            lines.append(f'{json.dumps(word.word, ensure_ascii=False)} = "-"  # {told}')
    return "\n".join(lines) + "\n"


_MEANS: Mapping[Table, str] = {
    "mentions": f"one of {', '.join(KINDS)}",
    "events": "one of the schema's event types",
    "roles": "one of the roles that the event's type has",
}
