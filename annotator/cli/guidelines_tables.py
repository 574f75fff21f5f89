"""The schema and the registries' sizes as HTML tables, for the page of the guidelines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annotator.cli.html_page import safe
from annotator.model.guidelines import Guidelines
from annotator.model.schema import ARITY_BOUNDS, RoleSpec, Schema

TABLES = (
    ("types", "Types"),
    ("roles", "Roles"),
    ("elsewhere", "What the types are called elsewhere"),
    ("units", "Units"),
    ("attributes", "Attributes"),
    ("rejections", "Reasons for a rejection"),
    ("registries", "Registries"),
)
"""Anchor and title of each table, in order."""

_MANY = {(0, 1): "at most one", (0, None): "any number", (1, None): "at least one", (1, 1): "exactly one"}


def schema_tables(guidelines: Guidelines) -> str:
    """Give a section with a table for each part of the schema and one for the registries."""
    schema = guidelines.schema
    inside = (
        _table(("key", "type", "", "what it is"), _types(schema)),
        "".join(_roles(schema)),
        _table(("type", *_systems(schema)), _elsewhere(schema)),
        _table(("unit", "", ""), _units(schema)),
        _table(("attribute", "values"), _attributes(schema)),
        _table(("key", "reason"), ((_code(key), _code(why)) for key, why in schema.rejection_reasons.items())),
        _table(("registry", "entries", "of which"), _registries(guidelines)),
    )
    parts = (
        f'<h3 id="schema.{anchor}">{title}</h3>{table}' for (anchor, title), table in zip(TABLES, inside, strict=True)
    )
    return f'<section id="schema"><h2>The schema</h2>{"".join(parts)}</section>'


def _types(schema: Schema) -> Iterator[Sequence[str]]:
    for name, declared in schema.types.items():
        yield _code(declared.key), _code(name), safe(declared.title), safe(declared.description)


def _roles(schema: Schema) -> Iterator[str]:
    """Give a table of the groups that types share, and one of what each type has beside its groups."""
    yield "<p>What many types share:</p>"
    yield _table(("group", "role", "filled by", "how many"), _specs(schema.groups.items()))
    yield "<p>Each type has the roles of its groups and those of its own:</p>"
    own = ((name, declared.roles) for name, declared in schema.types.items())
    yield _table(("type", "groups", "role", "filled by", "how many"), _with_groups(schema, _specs(own)))


def _specs(named: Iterable[tuple[str, dict[str, RoleSpec]]]) -> Iterator[Sequence[str]]:
    for name, roles in named:
        first = _code(name)
        for role, spec in roles.items() or [("", None)]:
            filled = safe(" or ".join(spec.kinds)) if spec else ""
            yield first, _code(role) if role else "", filled, _MANY[ARITY_BOUNDS[spec.arity]] if spec else ""
            first = ""


def _with_groups(schema: Schema, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    groups = {_code(name): " ".join(map(_code, declared.includes)) for name, declared in schema.types.items()}
    for first, *rest in rows:
        yield first, groups.get(first, ""), *rest


def _systems(schema: Schema) -> list[str]:
    return list(dict.fromkeys(system for declared in schema.types.values() for system in declared.maps))


def _elsewhere(schema: Schema) -> Iterator[Sequence[str]]:
    for name, declared in schema.types.items():
        yield _code(name), *(safe(declared.maps.get(system, "–")) for system in _systems(schema))


def _units(schema: Schema) -> Iterator[Sequence[str]]:
    for name, unit in schema.units.items():
        yield _code(name), safe(unit.title), "a measure" if unit.measure else "a count"


def _attributes(schema: Schema) -> Iterator[Sequence[str]]:
    yield "realis", " ".join(map(_code, schema.realis))
    yield "certainty", " ".join(map(_code, schema.certainty))
    yield "background", "yes or no"


def _registries(guidelines: Guidelines) -> Iterator[Sequence[str]]:
    registry = guidelines.registry
    for name, types in (
        ("actors.toml", Counter(str(one.type) for one in registry.actors.values())),
        ("places.toml", Counter(str(one.type) for one in registry.places.values())),
    ):
        shares = ", ".join(f"{safe(one)} {times}" for one, times in types.most_common())
        yield _code(name), str(types.total()), shares


def _code(text: str) -> str:
    return f"<code>{safe(text)}</code>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table of cells that are HTML already."""

    def line(cells: Iterable[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f'<div class="wide"><table><thead>{line(map(safe, head), "th")}</thead><tbody>{body}</tbody></table></div>'
