"""Every byte of a release is held against its hashes, and what the bytes say against itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.gold.manifest import GOLD, MANIFEST, SCHEMA, SIGNATURE, SUMS, Facts, sums_of
from annotator.gold.release import Release, build_release
from annotator.gold.verify import FINDINGS, verify
from annotator.model.canonical import canonical_json, sha256
from annotator.model.record import GoldRecord

Corpora = st.SearchStrategy[list[GoldRecord]]
Make = Callable[..., GoldRecord]
Json = dict[str, Any]


@pytest.fixture(scope="module")
def release(make_record: Make, schema_toml: bytes, facts: Facts) -> Release:
    return build_release([make_record("001"), make_record("002"), make_record("003")], schema_toml, None, facts)


def with_lines(release: Release, lines: list[bytes]) -> dict[str, bytes]:
    """The release with other lines, and with manifest and sums made to agree with them: a careful forgery."""
    manifest = orjson.loads(release.files[MANIFEST])
    manifest["files"][GOLD] = sha256(b"".join(lines))
    for entry, line in zip(manifest["articles"], lines, strict=True):
        entry["record_sha256"] = sha256(line)
    return with_manifest({**release.files, GOLD: b"".join(lines)}, manifest)


def with_manifest(files: dict[str, bytes], manifest: Json) -> dict[str, bytes]:
    changed = {**files, MANIFEST: canonical_json(manifest)}
    return {**changed, SUMS: sums_of(changed)}


def lines_of(release: Release) -> list[bytes]:
    return release.files[GOLD].splitlines(keepends=True)


def rules(files: dict[str, bytes], previous: Release | None = None) -> list[str]:
    found, problems = verify(files, previous)
    assert (found is None) == any(problem.level == "error" for problem in problems)
    return [problem.rule for problem in problems]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_was_built_verifies(data: st.DataObject, corpora: Corpora, schema_toml: bytes, facts: Facts) -> None:
    previous = build_release(data.draw(corpora), schema_toml, None, facts)
    built = build_release(data.draw(corpora), schema_toml, previous, facts)
    read, problems = verify(built.files, previous)
    assert [problem for problem in problems if problem.level == "error"] == []
    assert read == built


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_is_found_and_its_file_named(data: st.DataObject, release: Release) -> None:
    name = data.draw(st.sampled_from(sorted(release.files)))
    flipped = bytearray(release.files[name])
    position = data.draw(st.integers(0, len(flipped) - 1))
    flipped[position] ^= 1 << data.draw(st.integers(0, 7))
    found, problems = verify({**release.files, name: bytes(flipped)})
    assert found is None
    assert any(name in problem.line() for problem in problems)
    if name == GOLD:
        article = release.records[release.files[GOLD].count(b"\n", 0, position)].article_id
        assert any(problem.where == f"{GOLD} {article}" for problem in problems)


def test_every_flipped_bit_of_the_sums_is_found(release: Release) -> None:
    for position in range(len(release.files[SUMS])):
        for bit in range(8):
            flipped = bytearray(release.files[SUMS])
            flipped[position] ^= 1 << bit
            found, problems = verify({**release.files, SUMS: bytes(flipped)})
            assert found is None
            assert any(SUMS in problem.line() for problem in problems)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_bytes_that_are_cut_or_put_in_are_found(data: st.DataObject, release: Release) -> None:
    name = data.draw(st.sampled_from(sorted(release.files)))
    whole = release.files[name]
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    other = whole[:start] + data.draw(st.binary(max_size=3) | st.just(b"\n")) + whole[end:]
    found, problems = verify({**release.files, name: other})
    assert (found is not None) == (other == whole)
    assert other == whole or any(name in problem.line() for problem in problems)


def test_a_wrong_sum_is_blamed_on_the_sums_when_the_manifest_knows_the_file(release: Release) -> None:
    sums = release.files[SUMS].replace(sha256(release.files[GOLD]).encode(), b"0" * 64)
    _, problems = verify({**release.files, SUMS: sums})
    assert [(problem.rule, problem.where) for problem in problems] == [("gold.sums", "SHA256SUMS:1")]


@pytest.mark.parametrize("name", [GOLD, MANIFEST, SCHEMA, SUMS])
def test_a_missing_file(name: str, release: Release) -> None:
    files = {other: data for other, data in release.files.items() if other != name}
    _, problems = verify(files)
    assert [(problem.rule, problem.where) for problem in problems] == [("gold.files", name)]


def test_a_file_that_does_not_belong(release: Release) -> None:
    found, problems = verify({**release.files, "notes.txt": b""})
    assert found is None
    assert [(problem.rule, problem.where) for problem in problems] == [("gold.files", "notes.txt")]


def test_what_is_missing_and_what_does_not_belong_is_named_in_order(release: Release) -> None:
    others = dict.fromkeys(("e.txt", "b.txt", "d.txt", "a.txt", "c.txt", "g.txt", "f.txt"), b"")
    _, problems = verify({**release.files, **others})
    assert [problem.where for problem in problems] == sorted(others)
    _, problems = verify(others)
    assert [problem.where for problem in problems] == [*sorted(others), *sorted((GOLD, MANIFEST, SCHEMA, SUMS))]


def test_a_signature_may_lie_beside(release: Release) -> None:
    assert rules({**release.files, SIGNATURE: b"signed"}) == []


def test_a_changed_record_is_named_by_article(release: Release) -> None:
    first, second, third = lines_of(release)
    changed = second.replace(b'"killed"', b'"wounds"', 1)
    gold = first + changed + third
    _, problems = verify({**release.files, GOLD: gold, SUMS: sums_of({**release.files, GOLD: gold})})
    assert [(problem.rule, problem.where) for problem in problems] == [
        ("gold.manifest", "gold.jsonl"),
        ("gold.article", "gold.jsonl 002"),
        ("gold.article", "gold.jsonl:2"),
    ]


def test_a_record_that_is_gone_is_named_by_article(release: Release) -> None:
    first, _, third = lines_of(release)
    _, problems = verify({**release.files, GOLD: first + third})
    assert "gold.jsonl 002" in [problem.where for problem in problems]


def test_records_in_another_order(release: Release) -> None:
    gold = b"".join(reversed(lines_of(release)))
    manifest = orjson.loads(release.files[MANIFEST])
    manifest["files"][GOLD] = sha256(gold)
    assert rules(with_manifest({**release.files, GOLD: gold}, manifest)) == ["gold.order"]
    manifest["articles"].reverse()
    assert rules(with_manifest({**release.files, GOLD: gold}, manifest)) == ["gold.order", "gold.order"]


def test_a_record_twice(release: Release) -> None:
    first, second, _ = lines_of(release)
    assert "gold.order" in rules(with_lines(release, [first, second, second]))


def edited(line: bytes, edit: Callable[[Json], object]) -> bytes:
    record = orjson.loads(line)
    edit(record)
    return canonical_json(record)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"null\n",
        b"[]\n",
        b"\xff\n",
        b'{"article_id": "\\ud800"}\n',
        b"[" * 100_000 + b"]" * 100_000 + b"\n",
        b'{"article_id":' + b"[" * 900 + b"]" * 900 + b"}\n",
        b"1" * 100_000 + b"\n",
        b"{",
    ],
    ids=lambda line: line[:12].decode("latin-1"),
)
def test_a_line_that_is_no_record(line: bytes, release: Release) -> None:
    first, second, _ = lines_of(release)
    assert rules(with_lines(release, [first, second, line])) == ["gold.record"]


@pytest.mark.parametrize("offset", ["true", "1.0", "NaN", "-1", '"0"', "null", "9007199254740992", "1" + "0" * 400])
def test_an_offset_that_is_none(offset: str, release: Release) -> None:
    first, second, third = lines_of(release)
    forged = third.replace(b'"start":0', b'"start":' + offset.encode())
    assert forged != third
    assert rules(with_lines(release, [first, second, forged])) == ["gold.record"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"article_id":"003"', b'{"article_id":"009","article_id":"003"'),
        (b'"complete":true', b'"complete": true'),
        (b'"killed"', b'"k\\u0069lled"'),
        (b"}\n", b"} \n"),
        (b"}\n", b"}\r\n"),
    ],
)
def test_a_line_that_is_not_canonical(old: bytes, new: bytes, release: Release) -> None:
    first, second, third = lines_of(release)
    forged = third[: third.rindex(old)] + new + third[third.rindex(old) + len(old) :]
    assert rules(with_lines(release, [first, second, forged])) == ["gold.canonical"]


def test_a_last_line_without_an_end(release: Release) -> None:
    first, second, third = lines_of(release)
    assert rules(with_lines(release, [first, second, third[:-1]])) == ["gold.canonical"]


def test_a_record_that_breaks_a_rule(release: Release) -> None:
    first, second, third = lines_of(release)
    forged = edited(third, lambda record: record["events"][0].update(triggers=["m9"]))
    assert rules(with_lines(release, [first, second, forged])) == ["event.trigger", "trigger.unused"]


def test_a_warning_does_not_stop_a_release(release: Release) -> None:
    first, second, third = lines_of(release)
    forged = edited(third, lambda record: record["mentions"][1].pop("value"))
    found, problems = verify(with_lines(release, [first, second, forged]))
    assert found is not None
    assert [problem.rule for problem in problems] == ["number.missing"]


@pytest.mark.parametrize(
    "schema", [b"version =", b"version = 1", b"\xff", b"x = " + b"[" * 5000, b"x = " + b"9" * 5000]
)
def test_a_schema_that_is_none(schema: bytes, release: Release) -> None:
    manifest = orjson.loads(release.files[MANIFEST])
    manifest["files"][SCHEMA] = sha256(schema)
    assert rules(with_manifest({**release.files, SCHEMA: schema}, manifest)) == ["gold.schema"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda m: m.pop("counts"), "gold.manifest"),
        (lambda m: m.update(format="annotator-gold/2"), "gold.manifest"),
        (lambda m: m.update(surprise=1), "gold.manifest"),
        (lambda m: m["files"].pop(SCHEMA), "gold.manifest"),
        (lambda m: m["files"].update({"../x": "0" * 64}), "gold.manifest"),
        (lambda m: m["articles"][1].update(text_sha256="0" * 64), "gold.derived"),
        (lambda m: m["articles"][1].update(article_id="002b"), "gold.derived"),
        (lambda m: m["counts"]["mentions"].update(actor=1), "gold.derived"),
        (lambda m: m["counts"].update(complete=2), "gold.derived"),
        (lambda m: m["people"]["annotators"].append("a3"), "gold.derived"),
        (lambda m: m.update(schema_version="1.2.1"), "gold.derived"),
        (lambda m: m.update(version="1.0.1"), "gold.version"),
        (lambda m: m.update(version="01.0.0"), "gold.version"),
        (lambda m: m["changes"]["added"].pop(), "gold.version"),
        (lambda m: m["changes"]["removed"].append("001"), "gold.version"),
        (lambda m: m["changes"]["changed"].append("004"), "gold.version"),
    ],
)
def test_a_manifest_that_does_not_hold(edit: Callable[[Json], object], expected: str, release: Release) -> None:
    manifest = orjson.loads(release.files[MANIFEST])
    edit(manifest)
    assert set(rules(with_manifest(dict(release.files), manifest))) >= {expected}


@pytest.mark.parametrize("path", [(), ("counts",), ("articles", 0)])
def test_a_field_that_nobody_knows_is_refused_with_a_sentence(path: tuple[str | int, ...], release: Release) -> None:
    manifest = orjson.loads(release.files[MANIFEST])
    place: Any = manifest
    for step in path:
        place = place[step]
    place["surprise"] = 1
    _, (problem,) = verify(with_manifest(dict(release.files), manifest))
    field = ".".join(map(str, (*path, "surprise")))
    assert (problem.rule, problem.where) == ("gold.manifest", MANIFEST)
    assert problem.message == f"{field}: there is no such field. A newer program may know it."


def test_a_manifest_that_is_not_canonical(release: Release) -> None:
    files = {**release.files, MANIFEST: release.files[MANIFEST].replace(b":", b": ")}
    assert rules({**files, SUMS: sums_of(files)}) == ["gold.canonical"]


def test_a_release_that_follows_another(release: Release, make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    wider = build_release([*release.records, make_record("004")], schema_toml, release, facts)
    stranger = build_release(release.records[:2], schema_toml, None, facts)
    assert rules(dict(wider.files), release) == []
    assert rules(dict(wider.files), stranger) == ["gold.previous"]
    manifest = orjson.loads(wider.files[MANIFEST])
    manifest["previous"]["version"] = "1.00.0"
    assert rules(with_manifest(dict(wider.files), manifest)) == ["gold.version"]
    manifest = orjson.loads(wider.files[MANIFEST])
    manifest["changes"]["added"] = ["003"]
    assert rules(with_manifest(dict(wider.files), manifest)) == []
    assert rules(with_manifest(dict(wider.files), manifest), release) == ["gold.previous"]


@pytest.mark.parametrize(
    "changes",
    [
        {"added": [], "changed": [], "removed": ["001"]},
        {"added": [], "changed": ["004"], "removed": []},
        {"added": ["004"], "changed": ["001"], "removed": []},
    ],
)
def test_changes_that_the_list_of_articles_contradicts(
    changes: Json, release: Release, make_record: Make, schema_toml: bytes, facts: Facts
) -> None:
    renewed = build_release([make_record(name, word="wounded") for name in ("001", "002")], schema_toml, release, facts)
    manifest = {**orjson.loads(renewed.files[MANIFEST]), "changes": changes}
    assert rules(with_manifest(dict(renewed.files), manifest)) == ["gold.version"]


def test_a_consistent_rewrite_verifies_but_has_another_pin(release: Release) -> None:
    forged = with_manifest(dict(release.files), {**orjson.loads(release.files[MANIFEST]), "limits": []})
    found, problems = verify(forged)
    assert found is not None
    assert problems == ()
    assert found.manifest_sha256 != release.manifest_sha256


def test_every_finding_is_shown_somewhere_here() -> None:
    written = Path(__file__).read_text("utf-8")
    assert [rule for rule in FINDINGS if f'"{rule}"' not in written] == []
