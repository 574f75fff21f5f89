"""Which version a release gets. It is computed from what changed since the previous one and never chosen.

What counts as a record's labels is everything in it but its provenance: the same labels decided by other people are
the same gold to a score.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from annotator.model.frozen import Frozen, Name
from annotator.model.record import GoldRecord

_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")
_HEADING = re.compile(r"^##\s+\[?v?(\d+\.\d+\.\d+)\b", re.MULTILINE)


class Version(NamedTuple):
    """A release's version; versions compare by age."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


FIRST = Version(1, 0, 0)
"""The version of the first release."""


def parse_version(written: str) -> Version | None:
    """Give the version that `written` names, or None when it names none."""
    match = _WRITTEN.fullmatch(written)
    return None if match is None else Version(*(int(part) for part in match.groups()))


def headed_versions(changelog: str) -> list[str]:
    """Give the versions that a changelog has headings of, as `1.2.0` of `## 1.2.0`, from its top down."""
    return _HEADING.findall(changelog)


class Changes(Frozen):
    """Ids of the articles whose records are new, differ in their labels, or are gone; each sorted."""

    added: tuple[Name, ...] = ()
    changed: tuple[Name, ...] = ()
    removed: tuple[Name, ...] = ()


def changes_between(before: Iterable[GoldRecord], after: Iterable[GoldRecord]) -> Changes:
    """Give what changed in the labels from the records `before` to those `after`."""
    old = {record.article_id: labels_of(record) for record in before}
    new = {record.article_id: labels_of(record) for record in after}
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def labels_of(record: GoldRecord) -> dict[str, object]:
    """Give what a record says of its article: everything but who said it."""
    return {name: getattr(record, name) for name in GoldRecord.model_fields if name != "provenance"}


def next_version(previous: Version, changes: Changes, schema_before: str, schema_after: str) -> Version:
    """Give the version that follows `previous`.

    MAJOR: a record changed or went, or the schema's major version is another one, so that scores cannot be compared.
    MINOR: records were only added. PATCH: the labels are equal.
    """
    if changes.changed or changes.removed or _major(schema_before) != _major(schema_after):
        return Version(previous.major + 1, 0, 0)
    if changes.added:
        return Version(previous.major, previous.minor + 1, 0)
    return Version(previous.major, previous.minor, previous.patch + 1)


def _major(schema_version: str) -> str:
    return schema_version.partition(".")[0]
