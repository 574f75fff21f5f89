"""What a schema allows, name by name, and which version it must have after another one.

Titles, descriptions, keys and what types are called elsewhere allow nothing: they may change under one version.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotator.model.schema import RoleSpec, Schema


class Rule(NamedTuple):
    """A name that labels can have."""

    what: str
    """`type`, `role`, `unit`, `realis`, `certainty` or `rejection reason`."""
    name: str
    """Of a role, with the type that has it in front: `strike.air attacker`."""

    def __str__(self) -> str:
        return f"the {self.what} {self.name!r}"


class Revision(NamedTuple):
    """What became of a schema."""

    removed: tuple[Rule, ...]
    changed: tuple[Rule, ...]
    """Roles that take other mentions, or more or fewer of them; units that are a measure now, or no longer."""
    added: tuple[Rule, ...]

    def version_after(self, version: str) -> str:
        """Give the least version that the schema must have after `version`: that one, if nothing was allowed anew."""
        major, minor, _ = map(int, version.split("."))
        if self.removed or self.changed:
            return f"{major + 1}.0.0"
        return f"{major}.{minor + 1}.0" if self.added else version


def rules_of(schema: Schema) -> Mapping[Rule, str]:
    """Give what a schema allows, each with the terms under which it does: `actor|place*`, `(measure)`."""
    rules = {Rule("type", name): "" for name in schema.types}
    for name in schema.types:
        rules |= {Rule("role", f"{name} {role}"): _written(spec) for role, spec in schema.roles_of(name).items()}
    rules |= {Rule("unit", name): "(measure)" if unit.measure else "" for name, unit in schema.units.items()}
    rules |= {Rule("realis", name): "" for name in schema.realis}
    rules |= {Rule("certainty", name): "" for name in schema.certainty}
    rules |= {Rule("rejection reason", name): "" for name in schema.rejection_reasons.values()}
    return rules


def _written(spec: RoleSpec) -> str:
    return "|".join(sorted(spec.kinds)) + ("" if spec.arity == "1" else spec.arity)


def revision(before: Schema, after: Schema) -> Revision:
    """Give what became of a schema; a role of a type that went or came is not told beside the type."""
    old, new = rules_of(before), rules_of(after)
    types = before.types.keys() & after.types.keys()

    def told(rule: Rule) -> bool:
        return rule.what != "role" or rule.name.partition(" ")[0] in types

    return Revision(
        removed=tuple(rule for rule in old if rule not in new and told(rule)),
        changed=tuple(rule for rule, terms in old.items() if new.get(rule, terms) != terms),
        added=tuple(rule for rule in new if rule not in old and told(rule)),
    )


def as_numbers(version: str) -> tuple[int, ...]:
    """Give a version as something that compares by age."""
    return tuple(map(int, version.split(".")))
