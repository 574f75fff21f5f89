"""What two versions of the schema allow differently. Titles, descriptions and keys are wording and no change."""

from collections.abc import Iterator, Mapping

from annotator.gold.change import Change, How, What
from annotator.model.schema import Schema
from annotator.model.schema_rules import Rule, rules_of

_WHAT: Mapping[str, What] = {
    "type": "schema type",
    "role": "schema role",
    "unit": "schema unit",
    "realis": "schema realis",
    "certainty": "schema certainty",
    "rejection reason": "schema rejection reason",
}
"""What a change of a rule is about, by what the rule is about."""


def schema_changes(before: Schema, after: Schema) -> Iterator[Change]:
    """Give the changes from one version of the schema to another, in the order of what they are about and by name."""
    if before.version != after.version:
        yield Change(what="schema version", how="changed", before=before.version, after=after.version)
    old, new = rules_of(before), rules_of(after)
    for rule in sorted(old.keys() | new.keys()):
        was, now = _told(rule, old), _told(rule, new)
        if was != now:
            how: How = "added" if was is None else "removed" if now is None else "changed"
            yield Change(what=_WHAT[rule.what], how=how, before=was, after=now)


def _told(rule: Rule, rules: Mapping[Rule, str]) -> str | None:
    return f"{rule.name} {rules[rule]}".rstrip() if rule in rules else None
