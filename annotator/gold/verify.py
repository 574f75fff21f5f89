"""Whether the files of a release are what they say: every byte is hashed, every record parsed and held to the rules.

Two steps. Integrity: the bytes are those that were released. Only then meaning: what the bytes say holds together.
What is verified is what is parsed: the caller hands over bytes, and the release that comes back holds the same ones.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from annotator.checks.records import check_structure
from annotator.errors import Refusal
from annotator.gold.agreed import contradictions
from annotator.gold.counts import counts_of
from annotator.gold.manifest import (
    GOLD,
    MANIFEST,
    SCHEMA,
    SIGNATURE,
    SUMMED,
    SUMS,
    Manifest,
    entry_of,
    people_of,
    sources_of,
    sums_of,
)
from annotator.gold.release import Release, read_schema
from annotator.gold.succession import follows, says_its_version
from annotator.model.canonical import NotCanonicalError, canonical_json, sha256
from annotator.model.frozen import Frozen
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.model.schema import Schema

FINDINGS: Mapping[str, str] = MappingProxyType(
    {
        "gold.files": "A file of the release is missing, or there is one that does not belong to it.",
        "gold.sums": "A file's bytes are not those that `SHA256SUMS` names, or a line of it is not well formed.",
        "gold.manifest": "The manifest cannot be read, or a file's bytes are not those that it names.",
        "gold.article": "The record of an article is missing, or is not the one that the manifest names.",
        "gold.record": "A line of `gold.jsonl` is no record.",
        "gold.canonical": "A line of `gold.jsonl`, or the manifest, is not canonical JSON.",
        "gold.order": "The records are not sorted by article id, or there are two of one article.",
        "gold.schema": "The copy of the schema cannot be read.",
        "gold.derived": "The manifest says something of the records that does not follow from them.",
        "gold.version": "The version is not the one that follows from the changes.",
        "gold.previous": "The release does not follow the one that it names as its previous one.",
    }
)
"""What `verify` finds, by id, beside the rules of `annotator.checks` that a record alone can break."""

_SUM = re.compile(rb"([0-9a-f]{64})  ([^\n]+)")
_FILES = frozenset({*SUMMED, SUMS})

Model = TypeVar("Model", bound=Frozen)


def verify(files: Mapping[str, bytes], previous: Release | None = None) -> tuple[Release | None, tuple[Problem, ...]]:
    """Give the release that the files, by name, make up, and all that is wrong with them.

    There is no release when a problem is an error. Given the `previous` release, its succession is checked too.
    """
    problems = tuple(_file_names(files))
    if missing := _FILES - files.keys():
        return None, problems + tuple(
            _error("gold.files", name, "The file is missing. Get the whole release again.") for name in sorted(missing)
        )
    manifest, unreadable = _parsed(Manifest, files[MANIFEST], "gold.manifest", MANIFEST)
    problems += (*unreadable, *_sums(files, manifest))
    if manifest is not None:
        problems += (*_listed_files(files, manifest), *_listed_records(files[GOLD], manifest))
    if problems or manifest is None:
        return None, problems
    return _understood(files, manifest, previous)


def _error(rule: str, where: str, message: str) -> Problem:
    return Problem(rule=rule, level="error", where=where, message=message)


def _file_names(files: Mapping[str, bytes]) -> Iterator[Problem]:
    for name in sorted(files.keys() - _FILES - {SIGNATURE}):
        yield _error("gold.files", name, "The file does not belong to the release. Move it elsewhere.")


def _sums(files: Mapping[str, bytes], manifest: Manifest | None) -> Iterator[Problem]:
    if files[SUMS] == sums_of(files):
        return
    lines = files[SUMS].split(b"\n")
    if len(lines) != len(SUMMED) + 1 or lines[-1]:
        yield _error("gold.sums", SUMS, f"It should have {len(SUMMED)} lines, each ended by LF.")
    for number, (line, name) in enumerate(zip(lines, SUMMED, strict=False), start=1):
        where = f"{SUMS}:{number}"
        match = _SUM.fullmatch(line)
        if match is None or match[2] != name.encode():
            yield _error("gold.sums", where, f"The line should be a SHA-256, two spaces and {name}.")
        elif match[1].decode() != sha256(files[name]):
            yield _sum_differs(name, where, files, manifest)


def _sum_differs(name: str, where: str, files: Mapping[str, bytes], manifest: Manifest | None) -> Problem:
    if manifest is not None and manifest.files.get(name) == sha256(files[name]):
        return _error("gold.sums", where, f"It names another hash for {name} than the file and the manifest have.")
    return _error("gold.sums", name, f"Its bytes are not those that {where} names. Get the release again.")


def _listed_files(files: Mapping[str, bytes], manifest: Manifest) -> Iterator[Problem]:
    if manifest.files.keys() != {GOLD, SCHEMA}:
        yield _error("gold.manifest", MANIFEST, f"It should list the hashes of {GOLD} and {SCHEMA}, and no others.")
    for name, listed in manifest.files.items():
        if name in files and sha256(files[name]) != listed:
            yield _error("gold.manifest", name, f"Its bytes are not those that {MANIFEST} names.")


def _lines(gold: bytes) -> list[bytes]:
    """Split at LF only, keeping it: what is behind the last LF is a line of its own."""
    lines = [line + b"\n" for line in gold.split(b"\n")]
    last = lines.pop().removesuffix(b"\n")
    return [*lines, last] if last else lines


def _listed_records(gold: bytes, manifest: Manifest) -> Iterator[Problem]:
    listed = [entry.record_sha256 for entry in manifest.articles]
    found = [sha256(line) for line in _lines(gold)]
    if found == listed:
        return
    there = set(found)
    for entry in manifest.articles:
        if entry.record_sha256 not in there:
            message = f"The record is missing from {GOLD}, or is not the one that was released."
            yield _error("gold.article", f"{GOLD} {entry.article_id}", message)
    expected = set(listed)
    for number, digest in enumerate(found, start=1):
        if digest not in expected:
            yield _error("gold.article", f"{GOLD}:{number}", f"{MANIFEST} lists no such record.")
    if there == expected:
        yield _error("gold.order", GOLD, f"Its lines are not in the order of {MANIFEST}, or one stands there twice.")


def _parsed(model: type[Model], data: bytes, rule: str, where: str) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read a model from canonical JSON. The shape is looked at first, which bounds the depth of what follows."""
    try:
        value: Any = orjson.loads(data)
        item = model.model_validate(value)
    except orjson.JSONDecodeError as error:
        return None, (_error(rule, where, f"It is not JSON: {error}."),)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole"
        if first["type"] == "extra_forbidden":
            return None, (_error(rule, where, f"{field}: there is no such field. A newer program may know it."),)
        return None, (_error(rule, where, f"{field}: {first['msg']}."),)
    try:
        canonical = canonical_json(value) == data
    except NotCanonicalError:
        canonical = False
    if not canonical:
        return item, (_error("gold.canonical", where, "It is not written as canonical JSON."),)
    return item, ()


def _understood(
    files: Mapping[str, bytes], manifest: Manifest, previous: Release | None
) -> tuple[Release | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    records: list[GoldRecord] = []
    for number, line in enumerate(_lines(files[GOLD]), start=1):
        record, wrong = _parsed(GoldRecord, line, "gold.record", f"{GOLD}:{number}")
        problems += wrong
        records += [] if record is None else [record]
    try:
        schema = read_schema(files[SCHEMA])
    except Refusal as refusal:
        problems.append(_error("gold.schema", SCHEMA, refusal.what))
        return None, tuple(problems)
    if not problems:
        problems += _order(records)
        problems += _derived(manifest, records, files[GOLD], schema)
        problems += (problem for record in records for problem in check_structure(record, schema))
        problems += (_error("gold.version", MANIFEST, message) for message in says_its_version(manifest))
    own = MappingProxyType({name: files[name] for name in (*SUMMED, SUMS)})
    release = Release(manifest, tuple(records), schema, own)
    if previous is not None and not problems:
        problems += (_error("gold.previous", MANIFEST, message) for message in follows(release, previous))
    refused = any(problem.level == "error" for problem in problems)
    return (None if refused else release), tuple(problems)


def _order(records: list[GoldRecord]) -> Iterator[Problem]:
    for before, after in pairwise(record.article_id for record in records):
        if before >= after:
            yield _error("gold.order", f"{GOLD} {after}", f"The record stands behind {before!r}; it belongs before it.")


def _derived(manifest: Manifest, records: list[GoldRecord], gold: bytes, schema: Schema) -> Iterator[Problem]:
    entries = tuple(entry_of(record, line) for record, line in zip(records, _lines(gold), strict=True))
    follow: dict[str, tuple[object, object]] = {
        "articles": (manifest.articles, entries),
        "counts": (manifest.counts, counts_of(records)),
        "people": (manifest.people, people_of(records)),
        "sources": (manifest.sources, sources_of(records)),
        "schema_version": (manifest.schema_version, schema.version),
    }
    for field, (said, follows_from_records) in follow.items():
        if said != follows_from_records:
            yield _error("gold.derived", MANIFEST, f"`{field}` is not what {GOLD} and {SCHEMA} give.")
    if manifest.agreement is not None:
        people = frozenset(people_of(records).annotators)
        for message in contradictions(manifest.agreement, people, len(records)):
            yield _error("gold.derived", MANIFEST, message)
