"""What two versions of the schema allow differently. Titles, descriptions and keys are wording and no change."""

from collections.abc import Iterator

from annotator.gold.change import Change, What
from annotator.model.schema import RoleSpec, Schema

_Rules = dict[tuple[What, str], str]


def schema_changes(before: Schema, after: Schema) -> Iterator[Change]:
    """Give the changes from one version of the schema to another, in the order of what they are about and by name."""
    if before.version != after.version:
        yield Change(what="schema version", how="changed", before=before.version, after=after.version)
    old, new = _rules(before), _rules(after)
    for what, name in sorted(old.keys() | new.keys()):
        was, now = old.get((what, name)), new.get((what, name))
        if was is None:
            yield Change(what=what, how="added", after=f"{name} {now}".rstrip())
        elif now is None:
            yield Change(what=what, how="removed", before=f"{name} {was}".rstrip())
        elif was != now:
            yield Change(what=what, how="changed", before=f"{name} {was}".rstrip(), after=f"{name} {now}".rstrip())


def _rules(schema: Schema) -> _Rules:
    """Give what a schema allows, by what it is and its name."""
    rules: _Rules = {}
    for name in schema.types:
        rules["schema type", name] = ""
        rules |= {("schema role", f"{name} {role}"): _written(spec) for role, spec in schema.roles_of(name).items()}
    rules |= {("schema unit", name): "(measure)" if unit.measure else "" for name, unit in schema.units.items()}
    rules |= {("schema realis", name): "" for name in schema.realis}
    rules |= {("schema certainty", name): "" for name in schema.certainty}
    rules |= {("schema rejection reason", name): "" for name in schema.rejection_reasons.values()}
    return rules


def _written(spec: RoleSpec) -> str:
    """Give a role as the schema's file writes it."""
    return "|".join(spec.kinds) + ("" if spec.arity == "1" else spec.arity)
