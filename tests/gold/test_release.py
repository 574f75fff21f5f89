"""Building a release: the same records give the same bytes, and anyone can check them."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.gold.manifest import GOLD, MANIFEST, SCHEMA, SUMS, Facts
from annotator.gold.release import Release, build_release, release_problems
from annotator.model.article import Article, Metadata
from annotator.model.canonical import sha256
from annotator.model.record import GoldRecord
from annotator.model.registry import Registry
from annotator.text.intake import text_sha256

Corpora = st.SearchStrategy[list[GoldRecord]]
Make = Callable[..., GoldRecord]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_order_of_the_records_does_not_reach_the_bytes(
    data: st.DataObject, corpora: Corpora, schema_toml: bytes, facts: Facts
) -> None:
    records = data.draw(corpora)
    shuffled = data.draw(st.permutations(records))
    first, second = (build_release(order, schema_toml, None, facts) for order in (records, shuffled))
    assert first.files == second.files


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_line_reads_back_as_its_record(
    data: st.DataObject, corpora: Corpora, schema_toml: bytes, facts: Facts
) -> None:
    records = data.draw(corpora)
    lines = build_release(records, schema_toml, None, facts).files[GOLD].split(b"\n")[:-1]
    read = [GoldRecord.model_validate(orjson.loads(line)) for line in lines]
    assert read == sorted(records, key=lambda record: record.article_id)


def test_sha256sum_checks_a_release(tmp_path: Path, make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    release = build_release([make_record("002"), make_record("001")], schema_toml, None, facts)
    for name, data in release.files.items():
        (tmp_path / name).write_bytes(data)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert checked.stdout.split("\n") == ["gold.jsonl: OK", "manifest.json: OK", "schema.toml: OK", ""]
    (tmp_path / GOLD).write_bytes(release.files[GOLD] + b"\n")
    assert subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True).returncode == 1


def test_what_the_manifest_says(make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    release = build_release([make_record("002"), make_record("001")], schema_toml, None, facts)
    manifest: dict[str, Any] = orjson.loads(release.files[MANIFEST])
    first, second = release.files[GOLD].splitlines(keepends=True)
    counted = {
        "articles": 2,
        "complete": 2,
        "mentions": {"trigger": 2, "number": 2},
        "events": {"clash.armed": 2},
        "arguments": {"killed": 2},
        "rejected": 0,
    }
    assert manifest == {
        "format": "annotator-gold/1",
        "version": "1.0.0",
        "schema_version": "1.2.0",
        "guidelines_sha256": sha256(b"the guidelines"),
        "guidelines_version": None,
        "pages_sha256": None,
        "made_by": None,
        "agreement": None,
        "challenges": [],
        "tool_version": "0.1.0",
        "articles": [
            {"article_id": "001", "text_sha256": sha256(b"text"), "record_sha256": sha256(first)},
            {"article_id": "002", "text_sha256": sha256(b"text"), "record_sha256": sha256(second)},
        ],
        "counts": {**counted, "languages": {"en": counted}, "hubs": 0},
        "people": {"annotators": ["a1", "a2"], "adjudicators": ["j1"]},
        "changes": {"added": ["001", "002"], "changed": [], "removed": []},
        "files": {"gold.jsonl": sha256(first + second), "schema.toml": sha256(schema_toml)},
        "limits": ["Only five articles so far."],
    }


def test_a_chain_of_releases(make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    def after(previous: Release | None, *records: GoldRecord, schema: bytes = schema_toml) -> Release:
        return build_release(records, schema, previous, facts)

    first = after(None, make_record("001"))
    wider = after(first, make_record("001"), make_record("002"))
    again = after(wider, make_record("001", decided=b"twice"), make_record("002"))
    corrected = after(again, make_record("001", word="wounded"), make_record("002"))
    smaller = after(corrected, make_record("001", word="wounded"))
    renewed = after(smaller, make_record("001", word="wounded"), schema=schema_toml.replace(b'"1.2.0"', b'"2.0.0"'))
    versions = [str(release.version) for release in (first, wider, again, corrected, smaller, renewed)]
    assert versions == ["1.0.0", "1.1.0", "1.1.1", "2.0.0", "3.0.0", "4.0.0"]
    assert corrected.manifest.previous is not None
    assert corrected.manifest.previous.manifest_sha256 == sha256(again.files[MANIFEST]) == again.manifest_sha256
    assert corrected.manifest.changes.changed == ("001",)
    assert smaller.manifest.changes.removed == ("002",)


def test_two_records_of_one_article_are_refused(make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    with pytest.raises(Refusal, match="two records of the article '001'") as refusal:
        build_release([make_record("001"), make_record("001", word="wounded")], schema_toml, None, facts)
    assert refusal.value.code == "release.refused"


@pytest.mark.parametrize("schema", [b"", b"version = ", b"\xff", b'version = "1.0.0"'])
def test_a_schema_that_is_none_is_refused(schema: bytes, make_record: Make, facts: Facts) -> None:
    with pytest.raises(Refusal, match=SCHEMA) as refusal:
        build_release([make_record("001")], schema, None, facts)
    assert refusal.value.code == "guidelines.content"


def test_what_stands_in_the_way_of_a_release(make_record: Make, schema_toml: bytes, facts: Facts) -> None:
    text = "killed by the troops 6 men"
    digest = text_sha256(text)
    article = Article(
        article_id="001", text=text, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en")
    )
    schema = build_release([], schema_toml, None, facts).schema
    good = make_record("001").model_copy(update={"text_sha256": digest})
    records = [good, make_record("001"), make_record("009")]
    found = release_problems(records, {"001": article}, schema, Registry(actors={}, places={}))
    assert [(problem.rule, problem.where) for problem in found] == [
        ("mention.quote", "001 [20, 21)"),
        ("record.text", "001"),
        ("mention.quote", "001 [20, 21)"),
        ("record.article", "009"),
    ]
