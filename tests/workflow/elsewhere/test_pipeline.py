"""spaCy pipelines as finders: a stand-in holds the mapping everywhere, a real pipeline where spaCy is installed."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.workflow.elsewhere.pipeline import KIND_OF, found_by, load_pipeline
from annotator.workflow.elsewhere.taking import take_from
from annotator.workflow.project import Project

TEXT = "ISIS 💥 struck Khasham on Tuesday; 6 members at least died.\n"


def entity(quote: str, label: str, ent_id: str = "") -> SimpleNamespace:
    start = TEXT.index(quote)
    return SimpleNamespace(label_=label, start_char=start, end_char=start + len(quote), text=quote, ent_id_=ent_id)


def pipeline(*entities: SimpleNamespace, **groups: list[SimpleNamespace]) -> Any:
    return lambda _: SimpleNamespace(ents=entities, spans=groups)


def found(*entities: SimpleNamespace, **groups: list[SimpleNamespace]) -> list[dict[str, Any]]:
    return list(found_by(pipeline(*entities, **groups))(TEXT, "en"))


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PERSON", "actor"), ("PER", "actor"), ("ORG", "actor"), ("NORP", "actor"), ("GPE", "place"), ("LOC", "place"),
        ("FAC", "place"), ("DATE", "time"), ("TIME", "time"), ("CARDINAL", "number"), ("QUANTITY", "number"),
        ("actor", "actor"), ("trigger", "trigger"),
    ],
)  # fmt: skip
def test_its_labels_are_our_kinds(label: str, kind: str) -> None:
    (mention,) = found(entity("Khasham", label))
    assert (mention["kind"], "label" in mention) == (kind, False)
    assert TEXT[mention["start"] : mention["end"]] == mention["quote"] == "Khasham"


def test_what_is_none_of_our_kinds_is_passed_over() -> None:
    assert found(entity("ISIS", "MONEY"), entity("ISIS", "WORK_OF_ART")) == []
    assert "MONEY" not in KIND_OF


def test_a_pipeline_that_was_trained_on_gold_names_types_and_registry_entries() -> None:
    assert found(entity("struck", "strike.air"), entity("ISIS", "ORG", "isis"), entity("6", "CARDINAL", "six"))[:2] == [
        {"kind": "trigger", "start": 7, "end": 13, "quote": "struck", "label": "strike.air"},
        {"kind": "actor", "start": 0, "end": 4, "quote": "ISIS", "ref": "isis"},
    ]


def test_span_groups_count_as_well_and_numbers_get_their_value() -> None:
    (number,) = found(sc=[entity("6 members at least", "QUANTITY")])
    assert (number["value"]["low"], number["value"]["qualifier"]) == (6, "at_least")


def test_a_pipeline_is_called_by_its_name_and_version(monkeypatch: pytest.MonkeyPatch, article: Article) -> None:
    loaded = pipeline(entity("ISIS", "ORG"))
    loaded.meta = {"lang": "en", "name": "stand_in", "version": "3.8.0"}
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda _: loaded))
    source = load_pipeline("en_stand_in")
    assert source.system == "spacy:en_stand_in 3.8.0"
    assert orjson.loads(source.ask(article)) == [{"kind": "actor", "start": 0, "end": 4, "quote": "ISIS"}]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError("[E050]"), "finder.unknown", "There is no spaCy pipeline 'en_x'."),
        (ValueError("[E002] broken"), "finder.failed", "spacy:en_x failed: ValueError: [E002] broken"),
    ],
)
def test_what_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception, code: str, said: str) -> None:
    def load(_: str) -> Any:
        raise error

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    with pytest.raises(Refusal) as refusal:
        load_pipeline("en_x")
    assert refusal.value.code == code
    assert said in refusal.value.what


def test_without_spacy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(Refusal, match="spacy, which is not installed") as refusal:
        load_pipeline("en_core_web_sm")
    assert (refusal.value.code, refusal.value.exit) == ("extra.missing", Exit.ENVIRONMENT)
    assert "annotator[spacy]" in refusal.value.do


def test_a_real_pipeline_comes_in(tmp_path: Path, project: Project) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is an extra: pip install 'annotator[spacy]'")
    made = spacy.blank("xx")
    made.meta["name"], made.meta["version"] = "rules", "0.1"
    made.add_pipe("sentencizer")
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": "International Coalition", "id": "coalition"},
            {"label": "GPE", "pattern": "خشام"},
            {"label": "strike.air", "pattern": "bombed"},
        ]
    )
    made.to_disk(tmp_path / "pipeline")
    source = load_pipeline(str(tmp_path / "pipeline"))
    taken = take_from(project, source)
    assert taken.systems["spacy:xx_rules 0.1"].articles == 2
    assert taken.systems["spacy:xx_rules 0.1"].candidates >= 3
    assert [problem for problem in taken.problems if problem.level == "error"] == []
