"""A migration of the schema as a file says it: what names of an old version become in the next one.

Owns what such a file may say, and what becomes of one label. The log is not rewritten: this is decided anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from pydantic import Field

from annotator.model.annotation import Settled
from annotator.model.event import Argument, Event
from annotator.model.frozen import Frozen, Name
from annotator.model.schema import Key, Schema, SchemaVersion
from annotator.model.schema_rules import as_numbers
from annotator.model.slips import Reading, TomlFile
from annotator.model.value import NumberValue

FOLDER, SCHEMAS = "migrations/", "migrations/schemas/"
"""Where migrations lie within `guidelines/`, and where a schema may lie that no release has, by its version."""

Sort = Literal["types", "roles", "units", "rejection_reasons"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""What has names that a migration can change, as the schema calls its tables."""


class Split(Frozen):
    """One name becomes several: a person says which, event by event or mention by mention."""

    question: Name = Field(examples=["Do the attackers stay, or strike and leave?"])
    """What the person is asked."""
    answers: dict[Key, Name] = Field(min_length=2, examples=[{"r": "attack.raid", "s": "attack.assault"}])
    """The new names, by the keys that choose them."""


class Renames(Frozen):
    """Old names, each with the new one."""

    types: dict[Name, Name] = Field(default_factory=dict, examples=[{"strike.artillery": "strike.shelling"}])
    """Event types."""
    roles: dict[Name, Name] = Field(default_factory=dict, examples=[{"clash.armed/ally": "supporter"}])
    """Roles: in every type, or as `TYPE/ROLE` in one, which goes by its old name here."""
    units: dict[Name, Name] = Field(default_factory=dict, examples=[{"km": "kilometres"}])
    """Units of numbers."""
    rejection_reasons: dict[Name, Name] = Field(default_factory=dict, examples=[{"generic": "not_specific"}])
    """Reasons for which candidates are rejected."""


class Merges(Frozen):
    """New names, each with the old ones that become it; it may be one of them."""

    types: dict[Name, tuple[Name, ...]] = Field(default_factory=dict, examples=[{"build.any": ["build.a", "build.b"]}])
    """Event types."""
    roles: dict[Name, tuple[Name, ...]] = Field(default_factory=dict, examples=[{"helper": ["ally", "backer"]}])
    """Roles: in every type, or as `TYPE/ROLE` in one, which goes by its old name here."""
    units: dict[Name, tuple[Name, ...]] = Field(default_factory=dict, examples=[{"places": ["towns", "villages"]}])
    """Units of numbers."""
    rejection_reasons: dict[Name, tuple[Name, ...]] = Field(
        default_factory=dict, examples=[{"other": ["generic", "other"]}]
    )
    """Reasons for which candidates are rejected."""


class Splits(Frozen):
    """Old names, each with the question that says what becomes of it."""

    types: dict[Name, Split] = Field(default_factory=dict)
    """Event types: asked of every event, and of every trigger that has none."""
    roles: dict[Name, Split] = Field(default_factory=dict)
    """Roles: asked of every argument; in every type, or as `TYPE/ROLE` in one, which goes by its old name here."""
    units: dict[Name, Split] = Field(default_factory=dict)
    """Units: asked of every number."""
    rejection_reasons: dict[Name, Split] = Field(default_factory=dict)
    """Reasons: asked of every candidate that was rejected for one."""


class MigrationFile(Frozen):
    """One file of `guidelines/migrations/`. Its steps read old names and write new ones: no order among them."""

    before: SchemaVersion = Field(alias="from", examples=["1.0.0"])
    """The version of the schema that labels were made by."""
    to: SchemaVersion = Field(examples=["2.0.0"])
    """The version that they follow afterwards."""
    why: Name = Field(examples=["Shelling is what annotators call it."])
    """Why the schema changed, in a sentence."""
    rename: Renames = Renames()
    """Names that only change."""
    merge: Merges = Merges()
    """Several names that become one."""
    split: Splits = Splits()
    """Names that become several: for these a person is asked."""


@dataclass(frozen=True)
class Migration:
    """A migration with its name, ready to be asked what becomes of a label."""

    name: str
    """That of its file, without `.toml`."""
    file: MigrationFile

    @cached_property
    def moved(self) -> Mapping[Sort, Mapping[str, str]]:
        """Give for each sort the new names by the old ones, of renames and merges."""
        found: dict[Sort, dict[str, str]] = {}
        for sort in SORTS:
            merged = {old: new for new, several in getattr(self.file.merge, sort).items() for old in several}
            found[sort] = merged | getattr(self.file.rename, sort)
        return found

    def splits(self, sort: Sort) -> Mapping[str, Split]:
        """Give the splits of a sort by the old name."""
        found: Mapping[str, Split] = getattr(self.file.split, sort)
        return found

    @property
    def asks(self) -> bool:
        """Whether it asks anybody anything."""
        return any(self.splits(sort) for sort in SORTS)

    def gone(self, sort: Sort) -> set[str]:
        """Give the old names that there are no longer; of roles, with the type before a slash where only there."""
        return {old for old, new in self.moved[sort].items() if old != new} | set(self.splits(sort))

    # What becomes of one label

    def split_of(self, sort: Sort, name: str | None, within: str = "") -> Split | None:
        """Give the split that says what becomes of a name, if one does; `within`: the old type, for a role."""
        if name is None:
            return None
        splits = self.splits(sort)
        own = f"{within}/{name}"
        return splits.get(own) or (None if own in self.moved[sort] else splits.get(name))

    def named(self, sort: Sort, name: str, within: str = "") -> str:
        """Give what becomes of a name: itself, where nothing does or a person has to say it."""
        own, moved = f"{within}/{name}", self.moved[sort]
        if own in moved or own in self.splits(sort):
            return moved.get(own, name)
        return moved.get(name, name)

    def event(self, event: Event) -> Event:
        """Give an event under the new names; one whose type is split keeps it until somebody is asked."""
        arguments: dict[tuple[str, str], Argument] = {}
        for held in event.arguments:
            role = self.named("roles", held.role, event.type)
            renamed = held if role == held.role else held.model_copy(update={"role": role})
            there = arguments.setdefault((role, held.mention), renamed)
            if there.of is None and held.of is not None:  # two roles that become one say it once
                arguments[role, held.mention] = renamed
        changed = {"type": self.named("types", event.type), "arguments": tuple(arguments.values())}
        return (
            event if changed == {name: getattr(event, name) for name in changed} else event.model_copy(update=changed)
        )

    def settled(self, item: Settled) -> Settled:
        """Give what was said of a mention under the new names.

        A rejected trigger whose type is split loses its type: it is none of the new ones, and nobody is asked.
        """
        mention, reason = item.mention, item.reason
        changed: dict[str, object] = {}
        if mention.kind == "trigger" and mention.label is not None:
            label: str | None = self.named("types", mention.label)
            if item.disposition == "rejected" and self.split_of("types", mention.label):
                label = None
            changed |= {} if label == mention.label else {"label": label}
        if isinstance(mention.value, NumberValue) and mention.value.unit is not None:
            unit = self.named("units", mention.value.unit)
            same = unit == mention.value.unit
            changed |= {} if same else {"value": mention.value.model_copy(update={"unit": unit})}
        new_reason = reason if reason is None else self.named("rejection_reasons", reason)
        if not changed and new_reason == reason:
            return item
        return Settled(mention.model_copy(update=changed), item.disposition, new_reason)


def read_migrations(files: Mapping[str, bytes]) -> tuple[tuple[Migration, TomlFile], ...]:
    """Give the migrations among the files of the guidelines, each with its file, in the order of their versions.

    Raises `BadGuidelines` with all that is wrong in them, each with file, line and field.
    """
    reading = Reading(files)
    found: list[tuple[Migration, TomlFile]] = []
    for name in sorted(name for name in files if name.startswith(FOLDER) and not name.startswith(SCHEMAS)):
        file = reading.file(name)
        steps = reading.model(MigrationFile, file) if file else None
        if file and steps:
            found.append((Migration(name.removeprefix(FOLDER).removesuffix(".toml"), steps), file))
    reading.refuse_what_is_wrong()
    return tuple(sorted(found, key=lambda one: (as_numbers(one[0].file.before), one[0].name)))


def read_schemas(files: Mapping[str, bytes]) -> tuple[Schema, ...]:
    """Give the older schemas that lie among the files of the guidelines.

    Raises `BadGuidelines` with all that is wrong in them, each with file, line and field.
    """
    reading = Reading(files)
    there = [reading.file(name) for name in sorted(files) if name.startswith(SCHEMAS)]
    found = [reading.model(Schema, file) for file in there if file is not None]
    reading.refuse_what_is_wrong()
    return tuple(schema for schema in found if schema is not None)
