"""The letter of each role: one for a role wherever it is offered, so that fingers can learn it."""

from collections.abc import Iterator

from annotator.model.schema import RoleSpec, Schema

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def role_keys(schema: Schema) -> dict[str, str]:
    """Give every role of a schema its letter; roles that take the same kind of mention have different ones.

    Type by type each takes its first letter if that is free, then the others take one out of their names, else any.
    When no letter is left a role goes without, and is found by arrows.
    """
    specs = {role: spec for name in schema.types for role, spec in schema.roles_of(name).items()}
    keys: dict[str, str] = {}
    for names in _batches(schema):
        for role in names:
            _give(role, role[:1], keys, specs)
        for role in names:
            initials = "".join(part[:1] for part in role.split("_"))
            _give(role, initials + role + _LETTERS, keys, specs)
    return keys


def _batches(schema: Schema) -> Iterator[list[str]]:
    """Give the roles of each type, its own before those that it shares."""
    for declared in schema.types.values():
        yield [*declared.roles, *(role for group in declared.includes for role in schema.groups.get(group, {}))]


def _give(role: str, wanted: str, keys: dict[str, str], specs: dict[str, RoleSpec]) -> None:
    """Give a role that has no letter the first of the wanted ones that no role of the same kind has."""
    taken = {key for other, key in keys.items() if set(specs[other].kinds) & set(specs[role].kinds)}
    letter = next((one for one in wanted if one in _LETTERS and one not in taken), None)
    if role not in keys and letter is not None:
        keys[role] = letter
