"""`guidelines/SCHEMA.md` says of every field what the models say: none is missing or stale, and each example holds."""

import ast
import inspect
import json
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from annotator.checks.migrations import check_migrations
from annotator.model.event import Certainty, Realis
from annotator.model.guidelines import read_guidelines
from annotator.model.migration import Merges, MigrationFile, Renames, Split, Splits, read_migrations
from annotator.model.schema import EventType, RoleSpec, Schema, Unit
from annotator.model.schema_rules import revision

PAGE = Path(__file__).parents[2] / "guidelines" / "SCHEMA.md"
TABLES: dict[str, type[BaseModel]] = {
    "The file": Schema,
    "An event type": EventType,
    "A unit": Unit,
    "The file of a migration": MigrationFile,
    "Renames": Renames,
    "Merges": Merges,
    "Splits": Splits,
    "One split": Split,
}
"""The models by the heading under which the page tells their fields."""


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Give what is written under each field of a model."""
    (body,) = (one.body for one in ast.parse(inspect.getsource(model)).body if isinstance(one, ast.ClassDef))
    said = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            assert isinstance(below.value, ast.Constant)
            said[field.target.id] = " ".join(str(below.value.value).split())
    return said


def kind(annotation: Any) -> str:
    """Give a type in the words of somebody who writes TOML."""
    if annotation in (Realis, Certainty):
        return "text"
    if annotation is RoleSpec:
        return "role"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "table"
    inner = get_args(annotation)
    if get_origin(annotation) is tuple:
        return f"list of {kind(inner[0])}"
    if get_origin(annotation) is dict:
        of = kind(inner[1])
        return "tables by name" if of == "table" else f"table of {of}"
    if hasattr(annotation, "__metadata__"):
        return kind(inner[0])
    return {"str": "text", "bool": "true or false"}[annotation.__name__]


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key_of(key)} = {toml(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


def key_of(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else json.dumps(name)


def default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    return f"`{toml(value)}`" if isinstance(value, bool | str) else "none"


def table_of(model: type[BaseModel]) -> str:
    """Give the table that the page must hold for a model."""
    rows = ["| field | type | default | meaning | example |", "|---|---|---|---|---|"]
    told = meanings(model)
    for name, field in model.model_fields.items():
        shown = field.alias or name
        examples = [f"`{key_of(shown)} = {toml(one)}`" for one in field.examples or ()]
        cells = (f"`{shown}`", kind(field.annotation), default(field), told[name], " ".join(examples))
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows).replace("|  |", "| |")


def sections() -> dict[str, str]:
    """Give what stands under each heading of the page."""
    parts = PAGE.read_text("utf-8").split("\n## ")
    return {heading: text for heading, _, text in (part.partition("\n") for part in parts)}


def blocks(heading: str) -> Iterator[str]:
    """Give the TOML that stands under a heading."""
    for part in sections()[heading].split("```toml\n")[1:]:
        yield part.partition("```")[0]


@pytest.mark.parametrize("heading", TABLES)
def test_the_page_has_every_field_as_the_model_has_it(heading: str) -> None:
    assert table_of(TABLES[heading]) in sections()[heading]


def test_every_model_that_the_files_are_made_of_is_on_the_page() -> None:
    def within(model: type[BaseModel]) -> set[type[BaseModel]]:
        found = {model}
        waiting = [field.annotation for field in model.model_fields.values()]
        while waiting:
            one = waiting.pop()
            waiting += get_args(one)
            if isinstance(one, type) and issubclass(one, BaseModel) and one not in found:
                found |= within(one)
        return found

    assert within(Schema) | within(MigrationFile) == {*TABLES.values(), RoleSpec}


@pytest.mark.parametrize("model", TABLES.values())
def test_an_example_is_what_the_field_takes(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        for example in field.examples or ():
            model.__pydantic_validator__.validate_assignment(model.model_construct(), name, example)


GROUND = """[types."attack.ground"]
title = "Ground attack"
description = "A known attacker attacks on the ground."
key = "g"
"""
EDITS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ('"strike.artillery"', '"strike.shelling"'),
        ("attacker =", "aggressor ="),
        ('target = "actor|place*" }\n\n[units]', 'objective = "actor|place*" }\n\n[units]'),
    ),
    (('towns = { title = "towns" }\nvillages = { title = "villages" }', 'places = { title = "towns and villages" }'),),
    ((GROUND, GROUND.replace("ground", "raid").replace('"g"', '"r"') + "\n" + GROUND.replace("ground", "assault")),),
)
"""What the author of each migration on the page does to the schema."""


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_each_migration_on_the_page_leads_from_the_schema_there_to_the_next(number: int) -> None:
    (schema,) = blocks("A whole schema")
    before = read_guidelines({"schema.toml": schema.encode(), "actors.toml": b"", "places.toml": b""}).schema
    migrations = list(blocks("Migrations"))
    assert len(migrations) == len(EDITS)
    for old, new in (('version = "1.0.0"', 'version = "2.0.0"'), *EDITS[number]):
        assert old in schema
        schema = schema.replace(old, new)
    after = Schema.model_validate(tomllib.loads(schema))
    ((migration, file),) = read_migrations({"migrations/one.toml": migrations[number].encode()})
    assert check_migrations([(migration, file)], {before.version: before}, after) == ()
    assert revision(before, after).version_after(before.version) == "2.0.0"


def test_the_readmes_migration_can_be_read() -> None:
    readme = (PAGE.parents[1] / "README.md").read_text("utf-8")
    steps = readme.partition("<!-- guidelines/migrations/NAME.toml -->\n```toml\n")[2].partition("```")[0]
    ((migration, _),) = read_migrations({"migrations/NAME.toml": steps.encode()})
    assert migration.asks
    assert migration.named("units", "villages") == "places"
