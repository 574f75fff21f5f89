"""Measuring the finders against anything that has the shape of gold, and saying what could not be measured."""

import json
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.scoring.proposals import ALL, Row, Tally
from annotator.store.articles import get_article
from annotator.text.intake import text_sha256
from annotator.workflow.differing import told_cases
from annotator.workflow.importing import import_corpus
from annotator.workflow.measuring import measure
from annotator.workflow.project import Project, open_project


@pytest.fixture
def project(workspace: Path) -> Project:
    project = open_project(workspace)
    import_corpus(project)
    return project


def written(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def stretch(project: Project, quote: str, **said: object) -> dict[str, object]:
    start = get_article(project.engine, "en-1").text.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote, **said}


def test_a_plain_gold_is_measured_by_kind(project: Project, tmp_path: Path) -> None:
    mentions = [
        stretch(project, "12", kind="number"),
        stretch(project, "14", kind="number", value={"low": 14, "high": 14, "best": 14, "unit": "strikes"}),
        stretch(project, "outskirts", kind="number"),
    ]
    report = measure(project, written(tmp_path, {"article_id": "en-1", "mentions": mentions}))
    told = report.found.sums()[Row("en", "number", ALL)]
    assert (told.gold, told.found, told.judged, told.right) == (3, 2, 1, 1)
    assert told.proposed > told.good
    assert report.signature.kinds == "number"
    assert [note for note in report.notes if "not in gold" in note] == [
        "1 article of this workspace not in gold and not measured: ar-1."
    ]


def test_predictions_in_the_short_shape_are_a_gold_too(project: Project, tmp_path: Path) -> None:
    event = {
        "type": "strike.air",
        "triggers": [{"quote": "carried out 14 airstrikes"}],
        "arguments": [{"role": "strikes", "quote": "14", "value": {"low": 14}}],
    }
    report = measure(project, written(tmp_path, {"article_id": "en-1", "system": "x", "events": [event]}))
    sums = report.found.sums()
    assert sums[Row("en", "trigger", ALL)].gold == sums[Row("en", "number", ALL)].gold == 1
    assert sums[Row("en", "number", ALL)].found == 1


def test_articles_that_are_lacking_or_differ_are_left_out_and_said(project: Project, tmp_path: Path) -> None:
    beyond = {"kind": "actor", "start": 9999, "end": 10000}
    lines = [
        {"article_id": "en-1", "text_sha256": text_sha256("another"), "mentions": [beyond]},
        {"article_id": "elsewhere", "mentions": [beyond]},
        {"article_id": "ar-1", "mentions": []},
    ]
    report = measure(project, written(tmp_path, *lines))
    assert report.found.counts == {}
    assert report.signature.n == 1
    assert report.notes == (
        "1 article of gold not in this workspace and left out: elsewhere.",
        "1 article of gold with another text here and left out: en-1.",
    )


def test_a_gold_that_is_wrong_is_refused_with_its_line(project: Project, tmp_path: Path) -> None:
    wrong = {"article_id": "en-1", "mentions": [{"kind": "actor", "start": 0, "end": 5, "quote": "no"}]}
    with pytest.raises(Refusal, match=r"gold.jsonl:1") as refused:
        measure(project, written(tmp_path, wrong))
    assert refused.value.code == "gold.invalid"


def test_our_own_output_is_found_to_the_last_candidate_whatever_the_jobs(project: Project, tmp_path: Path) -> None:
    from annotator.workflow.baseline import prediction_lines

    path = tmp_path / "own.jsonl"
    lines = list(prediction_lines(project))
    path.write_bytes(b"".join(line for line in lines if isinstance(line, bytes)))
    report = measure(project, str(path))
    total = report.found.sums()[Row(ALL, ALL, ALL)]
    assert total.gold == total.found == total.exact == total.proposed == total.good > 20
    assert total.judged == total.right
    assert measure(project, str(path), jobs=2) == report


def test_each_case_is_told_with_its_place_and_the_words_around(project: Project, tmp_path: Path) -> None:
    mention = stretch(project, "outskirts", kind="place")
    report = measure(project, written(tmp_path, {"article_id": "en-1", "mentions": [mention]}))
    (missed,) = told_cases(project, report, ["missed"])
    assert (missed.quote, missed.start, missed.kind) == ("outskirts", mention["start"], "place")
    assert "the [outskirts] of Idlib" in missed.context
    assert missed.line().startswith(f"missed\tplace\ten-1:{mention['start']}-{mention['end']}\toutskirts\t")
    spurious = list(told_cases(project, report, ["spurious"]))
    assert len(spurious) == report.found.sums()[Row("en", "place", ALL)].proposed
    assert all("\n" not in case.line() for case in spurious)


def test_a_kind_that_gold_lacks_is_not_judged(project: Project, tmp_path: Path) -> None:
    report = measure(
        project, written(tmp_path, {"article_id": "en-1", "mentions": [stretch(project, "Idlib", kind="place")]})
    )
    assert {row.kind for row in report.found.counts} == {"place"}
    assert report.found.sums()[Row("en", "place", ALL)] != Tally()
