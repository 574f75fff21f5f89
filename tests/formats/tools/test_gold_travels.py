"""The project's own gold goes through every tool that holds it, and comes back saying the same."""

from functools import cache
from pathlib import Path

import pytest

from annotator.formats.tools.document import Document, Source, Wanted
from annotator.formats.tools.from_ours import document_of_record
from annotator.formats.tools.into_ours import to_ours
from annotator.formats.tools.labels import Labels
from annotator.formats.tools.registry import FORMATS, Format
from annotator.gold.release import read_schema
from annotator.model.record import GoldRecord
from annotator.model.registry import Actor, Place, Registry
from annotator.text.intake import take_in

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "gold" / "1.0.0"
SCHEMA = read_schema((GOLD / "schema.toml").read_bytes())

HARMLESS = {"complete", "language"}
"""What a format may lose without a label being another one."""

WHOLE = ("jsonl", "prodigy", "brat", "label-studio", "web-annotation", "uima-xmi", "uima-json")
"""The formats that promise the labels of our gold."""


@cache
def gold() -> tuple[Document, ...]:
    records = [GoldRecord.model_validate_json(line) for line in (GOLD / "gold.jsonl").read_bytes().splitlines()]
    files = {record.article_id: (ROOT / "seeds" / f"{record.article_id}.txt").read_bytes() for record in records}
    return tuple(document_of_record(one, take_in(files[one.article_id], "article").text) for one in records)


def everybody() -> Registry:
    refs = {
        kind: {mark.ref for one in gold() for mark in one.marks if mark.type == kind} for kind in ("actor", "place")
    }
    sides = {filled.of for one in gold() for frame in one.frames for filled in frame.arguments}
    return Registry(
        actors={ref: Actor(type="state_forces") for ref in (refs["actor"] | sides) - {None}},
        places={ref: Place(type="city") for ref in refs["place"] - {None}},
    )


def said(document: Document) -> tuple[object, ...]:
    """What a document says in our words, whatever it calls things and in whichever order."""
    labels = Labels(SCHEMA, everybody())
    ours = to_ours(document, labels)
    assert (labels.unknown, labels.left_out) == ({}, {})
    events = [
        (one.type, one.triggers, sorted(map(repr, one.arguments)), one.realis, one.certainty, one.background, one.hub)
        for one in ours.events
    ]
    return document.article_id, document.text, sorted(map(repr, ours.mentions)), sorted(map(repr, events))


@pytest.mark.parametrize("row", [row for row in FORMATS if row.name in WHOLE], ids=lambda row: row.name)
def test_gold_comes_back_as_it_went(row: Format) -> None:
    if row.extra is not None:
        pytest.importorskip("cassis")
    written = row.write(gold(), Wanted(SCHEMA, "gold 1.0.0", everybody()))
    assert {loss.what for loss in written.losses} <= HARMLESS
    found, problems = row.read(Source(files=written.files))
    assert [problem for problem in problems if problem.level == "error"] == []
    assert sorted(map(said, found), key=str) == sorted(map(said, gold()), key=str)


def test_all_of_them_are_there() -> None:
    assert set(WHOLE) <= {row.name for row in FORMATS if row.reads and row.writes}
