"""One set of rules serves a gold record, one person's annotation, and a release without its articles."""

import tomllib
from pathlib import Path

import pytest

from annotator.checks.records import check_annotation, check_record, check_structure
from annotator.checks.rule import unknown
from annotator.model.annotation import Annotation, Settled
from annotator.model.article import Article, Metadata, Region
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord, Provenance
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.text.intake import text_sha256
from annotator.text.span import CodePoint

CASES = Path(__file__).parents[1] / "cases"
SCHEMA = Schema.model_validate(tomllib.loads((CASES / "schema.toml").read_text("utf-8")))
REGISTRY = Registry.model_validate(tomllib.loads((CASES / "registry.toml").read_text("utf-8")))
TEXT = "jets raided Raqqa; cookies"
DIGEST = text_sha256(TEXT)
ARTICLE = Article(article_id="001", text=TEXT, raw_sha256=DIGEST, text_sha256=DIGEST, metadata=Metadata(language="en"))
JETS = Mention(id="m1", kind="actor", start=CodePoint(0), end=CodePoint(4), quote="jets", ref="coalition")
RAIDED = Mention(id="m2", kind="trigger", start=CodePoint(5), end=CodePoint(11), quote="raided", label="strike.air")
RAID = Event(id="e1", type="strike.air", triggers=("m2",), arguments=(Argument(role="attacker", mention="m1"),))


def annotated(*settled: Settled, event: Event = RAID) -> list[tuple[str, str]]:
    annotation = Annotation({item.mention.id: item for item in settled}, {event.id: event})
    found = check_annotation(annotation, "a1", ARTICLE, (), SCHEMA, REGISTRY)
    return [(problem.rule, problem.where) for problem in found]


def test_an_annotation_in_which_nothing_is_wrong() -> None:
    assert annotated(Settled(RAIDED, "confirmed"), Settled(JETS, "added")) == []


def test_an_annotation_obeys_the_rules_of_records_and_the_person_is_named() -> None:
    slipped = JETS.model_copy(update={"quote": "jet "})
    assert annotated(Settled(RAIDED, "confirmed"), Settled(slipped, "corrected")) == [
        ("mention.quote", "001 (a1) [0, 4)"),
    ]


def test_an_event_whose_trigger_was_rejected_stands_no_longer() -> None:
    assert annotated(Settled(RAIDED, "rejected", "idiom"), Settled(JETS, "added")) == []


def test_a_rejection_needs_a_reason_of_the_schema() -> None:
    assert annotated(Settled(RAIDED, "rejected", "boring")) == [("rejected.reason", "001 (a1) [5, 11)")]


def test_what_is_unsure_is_neither_accepted_nor_rejected() -> None:
    assert annotated(Settled(RAIDED, "unsure", "boring"), Settled(JETS, "unsure")) == []


def test_where_an_event_stands_is_said() -> None:
    assert annotated(Settled(RAIDED, "confirmed"), event=RAID.model_copy(update={"type": "strike"})) == [
        ("event.type", "001 (a1) event e1 [5, 11)"),
    ]


def record(*mentions: Mention) -> GoldRecord:
    return GoldRecord(
        article_id="001",
        language="en",
        text_sha256=DIGEST,
        regions=(Region(kind="cookie_banner", start=CodePoint(19), end=CodePoint(26)),),
        mentions=mentions,
        events=(RAID,),
        complete=True,
        provenance=Provenance(annotators=("a1",), adjudicator="j1", decisions_sha256=DIGEST),
    )


def test_without_the_article_and_the_registry_only_the_structure_is_looked_at() -> None:
    bad = record(RAIDED, JETS.model_copy(update={"quote": "planes", "ref": "nobody"}))
    assert [problem.rule for problem in check_structure(bad, SCHEMA)] == ["mention.order"]
    found = [problem.rule for problem in check_record(bad, ARTICLE, SCHEMA, REGISTRY)]
    assert found == ["mention.quote", "mention.order", "mention.ref"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("stirke.air", "'stirke.air' is not an event type; the nearest is 'strike.air'."),
        ("wedding", "'wedding' is not an event type."),
    ],
)
def test_the_nearest_known_name_is_offered(name: str, sentence: str) -> None:
    assert unknown(name, "an event type", SCHEMA.types) == sentence
