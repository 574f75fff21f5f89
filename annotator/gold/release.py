"""What a release holds: its files as bytes, made of settled records. No disk, no clock.

`build_release` builds whatever it is given; whether the records are fit to be released is asked before, with
`release_problems`, by the workflow, which can then show all that stands in the way at once.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.checks.labels import repeated
from annotator.checks.records import check_record
from annotator.checks.rule import unknown
from annotator.errors import Refusal
from annotator.gold.counts import counts_of
from annotator.gold.manifest import (
    GOLD,
    MANIFEST,
    SCHEMA,
    SUMS,
    Facts,
    Manifest,
    Previous,
    entry_of,
    people_of,
    record_line,
    sources_of,
    sums_of,
)
from annotator.gold.version import FIRST, Version, changes_between, next_version, parse_version
from annotator.model.article import Article
from annotator.model.canonical import canonical_json, sha256
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.model.registry import Registry
from annotator.model.schema import Schema


@dataclass(frozen=True)
class Release:
    """A frozen version of gold, with the very bytes that it consists of."""

    manifest: Manifest
    records: tuple[GoldRecord, ...]
    """Sorted by article id."""
    schema: Schema
    files: Mapping[str, bytes]
    """By name: `gold.jsonl`, `manifest.json`, `schema.toml`, `SHA256SUMS`."""

    @property
    def version(self) -> Version:
        """The release's version."""
        return parse_version(self.manifest.version) or FIRST

    @cached_property
    def manifest_sha256(self) -> str:
        """The hash that a pin names."""
        return sha256(self.files[MANIFEST])


def build_release(records: Iterable[GoldRecord], schema_toml: bytes, previous: Release | None, facts: Facts) -> Release:
    """Give the release that the records make after `previous`, the same bytes for the same records in any order.

    Raises `Refusal`: `release.refused` for two records of one article, `guidelines.content` for a schema that is none.
    """
    ordered = tuple(sorted(records, key=lambda record: record.article_id))
    if twice := list(repeated((record.article_id, record.article_id) for record in ordered)):
        raise Refusal("release.refused", f"There are two records of the article {twice[0]!r}.", "Keep one of them.")
    schema = read_schema(schema_toml)
    lines = [record_line(record) for record in ordered]
    files = {GOLD: b"".join(lines), SCHEMA: schema_toml}
    changes = changes_between(previous.records if previous else (), ordered)
    version = FIRST
    if previous is not None:
        version = next_version(previous.version, changes, previous.manifest.schema_version, schema.version)
    manifest = Manifest(
        version=str(version),
        schema_version=schema.version,
        articles=tuple(entry_of(record, line) for record, line in zip(ordered, lines, strict=True)),
        counts=counts_of(ordered),
        people=people_of(ordered),
        sources=sources_of(ordered),
        changes=changes,
        previous=reference_to(previous),
        files={name: sha256(data) for name, data in files.items()},
        **dict(facts),
    )
    files[MANIFEST] = canonical_json(manifest.plain())
    files[SUMS] = sums_of(files)
    return Release(manifest, ordered, schema, files)


def reference_to(release: Release | None) -> Previous | None:
    """Give what a release says of the one that it follows."""
    if release is None:
        return None
    return Previous(
        version=release.manifest.version,
        schema_version=release.manifest.schema_version,
        manifest_sha256=release.manifest_sha256,
    )


def read_schema(schema_toml: bytes) -> Schema:
    """Read the copy of the schema that a release carries. Raises `Refusal` `guidelines.content` when it is none."""
    try:
        return Schema.model_validate(tomllib.loads(schema_toml.decode("utf-8")))
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, no schema; a number of thousands of digits
        reason = str(error).splitlines()[0]
        raise Refusal("guidelines.content", f"{SCHEMA} is no schema: {reason}.", "Mend it and try again.") from None


def release_problems(
    records: Iterable[GoldRecord], articles: Mapping[str, Article], schema: Schema, registry: Registry
) -> tuple[Problem, ...]:
    """Give all that is wrong with the records; a release with an error among them should not be cut."""
    problems: list[Problem] = []
    for record in records:
        article = articles.get(record.article_id)
        if article is None:
            message = unknown(record.article_id, "the id of an article", articles)
            problems.append(Problem(rule="record.article", level="error", where=record.article_id, message=message))
        else:
            problems += check_record(record, article, schema, registry)
    return tuple(problems)
