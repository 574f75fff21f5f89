"""spaCy pipelines as finders: a stand-in holds the mapping everywhere, a real pipeline where spaCy is installed."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from annotator.errors import Exit, Refusal
from annotator.model.article import Article, Metadata
from annotator.text.intake import text_sha256
from annotator.workflow.elsewhere.pipeline import KIND_OF, Pipeline, load_pipeline
from annotator.workflow.elsewhere.taking import take_from
from annotator.workflow.project import Project

TEXT = "ISIS 💥 struck Khasham on Tuesday; 6 members at least died.\n"


def entity(quote: str, label: str, ent_id: str = "") -> SimpleNamespace:
    start = TEXT.index(quote)
    return SimpleNamespace(label_=label, start_char=start, end_char=start + len(quote), text=quote, ent_id_=ent_id)


def pipeline(*entities: SimpleNamespace, lang: str = "en", **groups: list[SimpleNamespace]) -> Any:
    def loaded(_: str) -> SimpleNamespace:
        return SimpleNamespace(ents=entities, spans=groups)

    loaded.meta = {"lang": lang, "name": "stand_in", "version": "3.8.0"}  # type: ignore[attr-defined]
    return loaded


def article_of(published: str | None = None) -> Article:
    digest = text_sha256(TEXT)
    described = Metadata(language="en", published=published)
    return Article(article_id="003", text=TEXT, raw_sha256=digest, text_sha256=digest, metadata=described)


def found(
    *entities: SimpleNamespace, published: str | None = None, **groups: list[SimpleNamespace]
) -> list[dict[str, Any]]:
    given: list[dict[str, Any]] = orjson.loads(Pipeline(pipeline(*entities, **groups)).ask(article_of(published)))
    return given


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
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda _: loaded))
    source = load_pipeline("en_stand_in")
    assert source.system == "spacy:en_stand_in 3.8.0"
    assert orjson.loads(source.ask(article)) == [{"kind": "actor", "start": 0, "end": 4, "quote": "ISIS"}]


def test_times_get_the_day_that_is_meant_where_the_day_of_publication_is_known() -> None:
    (known,) = found(entity("Tuesday", "DATE"), published="2018-05-24")
    (unknown,) = found(entity("Tuesday", "DATE"))
    assert (known["value"]["value"], "value" in unknown["value"]) == ("2018-05-22", False)


def test_labels_that_are_no_kind_of_ours_are_counted_and_told_once() -> None:
    source = Pipeline(pipeline(entity("ISIS", "MONEY"), entity("6", "MONEY"), entity("ISIS", "LAW")))
    assert source.asides() == []
    source.ask(article_of())
    source.ask(article_of())
    assert source.asides() == ["Labels that stand for no kind of ours were passed over: MONEY (4), LAW (2)."]


def test_a_pipeline_is_asked_about_articles_of_its_language(project: Project) -> None:
    spoken = {lang: [Pipeline(pipeline(lang=lang)).speaks(one) for one in ("en", "ar")] for lang in ("en", "fr", "xx")}
    assert spoken == {"en": [True, False], "fr": [False, False], "xx": [True, True]}
    taken = take_from(project, Pipeline(pipeline(entity("ISIS", "MONEY"))))
    assert [(problem.rule, problem.level) for problem in taken.problems] == [
        ("finder.language", "warning"),
        ("finder.labels", "warning"),
    ]
    assert taken.exit == Exit.DONE


def test_what_names_no_pipeline_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def load(_: str) -> Any:
        raise OSError("[E053] Could not read config file")

    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
    for name, said in [
        ("", "`spacy:` alone names no pipeline"),
        (str(tmp_path), "holds no spaCy pipeline"),
        (str(tmp_path / "no"), "There is no folder"),
    ]:
        with pytest.raises(Refusal, match=said) as refusal:
            load_pipeline(name)
        assert "spacy download" not in refusal.value.do


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
