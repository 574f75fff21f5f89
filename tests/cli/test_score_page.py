"""Scores as a page, as Markdown and as CSV: the same figures as in JSON, and nothing that an article could do."""

import csv
import io
import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.cli.score_page import score_page
from annotator.formats.known import Known
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.json_schema import json_schema
from annotator.scoring.signature import GoldName
from annotator.text.span import span
from annotator.workflow.evaluating import Gold
from annotator.workflow.score_details import score_details
from tests.scoring.schema_validation import faults

HOSTILE = "<script>alert('x')</script>|`@all`\u202e\x1b[31m&"


class Read(HTMLParser):
    """What a browser would make of a page."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, written: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self.marks: list[tuple[str | None, str]] = []
        self.directions: set[str | None] = set()
        self.ids: set[str] = set()
        self.addresses: list[str] = []
        self.text = ""
        self.feed(written)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            assert self.rows, "a cell outside of a row"
            self.rows[-1].append("")
        elif tag == "mark":
            self.marks.append((said["class"], ""))
        if tag == "p" and said.get("class") == "words":
            self.directions.add(said.get("dir"))
        self.ids.add(said.get("id") or "")
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "srcset")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        if self.open and self.open[-1] == "mark":
            self.marks[-1] = (self.marks[-1][0], self.marks[-1][1] + data)

    def row(self, *cells: str) -> list[str]:
        return next(row for row in self.rows if row[: len(cells)] == list(cells))


def lines(path: Path, articles: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def actor(start: int, end: int, **more: object) -> dict[str, object]:
    return {"kind": "actor", "start": start, "end": end, **more}


def clash(start: int, name: str = "clash.armed", **more: object) -> dict[str, object]:
    argument = {"role": "side_a", "start": start + 9, "end": start + 12, "kind": "actor"}
    return {"type": name, "triggers": [{"start": start, "end": start + 5}], "arguments": [argument], **more}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Gold of three articles, and predictions with confidences that miss, add and confuse."""
    gold = [
        {"article_id": "a", "language": "en", "mentions": [actor(30, 35), actor(40, 45)], "events": [clash(0)]},
        {"article_id": "b", "language": "ar", "mentions": [actor(30, 35)], "events": [clash(0, "strike.air")]},
        {"article_id": "c", "language": "en", "events": [clash(0)]},
    ]
    predicted = [
        {"article_id": "a", "mentions": [actor(30, 35, confidence=0.9)], "events": [clash(0, confidence=0.8)]},
        {"article_id": "b", "mentions": [actor(30, 37, confidence=0.4)], "events": [clash(0, confidence=0.3)]},
        {"article_id": "c", "mentions": [actor(50, 55, confidence=0.2, label=HOSTILE)], "events": [clash(0)]},
    ]
    return lines(tmp_path / "gold.jsonl", gold), lines(tmp_path / "predicted.jsonl", predicted)


def page(run, tmp_path: Path, *arguments: object) -> str:
    outcome = run("score", *arguments, "--html", tmp_path / "page.html", at=tmp_path)
    assert outcome.status == 0, outcome.err
    assert f"The page is in {tmp_path / 'page.html'}." in outcome.err
    return (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_page_parses_fetches_nothing_and_runs_nothing(run, files, tmp_path):
    written = page(run, tmp_path, *files)
    read = Read(written)
    assert "default-src 'none'" in written
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(read.tags)
    assert "url(" not in written
    assert "@import" not in written
    assert read.addresses
    assert all(address.startswith("#") and address[1:] in read.ids for address in read.addresses)


def test_every_table_has_named_columns_and_rows(run, files, tmp_path):
    written = page(run, tmp_path, *files)
    assert written.count("<table") == written.count("</table>") > 5
    for one in re.findall(r"<table.*?</table>", written, re.DOTALL):
        assert 'scope="col"' in one
        assert 'scope="row"' in one
    assert written.count('<div class="wide" tabindex="0">') == written.count("<table")


def test_its_figures_are_those_of_the_json(run, files, tmp_path):
    read = Read(page(run, tmp_path, *files))
    said = run("score", *files, "--json", at=tmp_path).json["levels"]
    for name, level in said.items():
        row = next(row for row in read.rows if row[0] == name and len(row) == 10)
        told = [level[figure] for figure in ("f1", "precision", "recall")]
        assert [row[2], row[4], row[5]] == ["n/a" if one is None else f"{100 * one:.2f}" for one in told]
        assert row[7:9] == [str(level["pred"]), str(level["gold"])]
    strike = said["trigger-C"]["by"]["type"]["strike.air"]
    assert [strike["pred"], strike["gold"]] == [0, 1]
    assert read.row("strike.air", "", "0.00")[7:9] == ["0", "1"]


def test_hostile_labels_stand_there_and_do_nothing(run, files, tmp_path):
    written = page(run, tmp_path, *files)
    assert "<script" not in written
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in written
    assert not re.search("[\x1b\u202a-\u202e\u2066-\u2069]", written)


def test_the_same_scores_give_the_same_bytes_whatever_the_order_of_lines(run, files, tmp_path):
    gold, predicted = files
    before = page(run, tmp_path, gold, predicted)
    shuffled = predicted.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(3).shuffle(shuffled)
    predicted.write_text("".join(shuffled), encoding="utf-8")
    assert page(run, tmp_path, gold, predicted) == before


def test_types_that_were_taken_for_others_stand_in_a_square(run, files, tmp_path):
    read = Read(page(run, tmp_path, *files))
    columns = read.row("gold ↓ predicted →", "clash.armed")
    assert columns[1:] == ["clash.armed", "strike.air", "missed", "all in gold"]
    assert read.row("clash.armed", "2")[1:] == ["2", "", "", "2"]
    assert next(row for row in read.rows if row[0] == "strike.air" and len(row) == 5)[1:] == ["1", "", "", "1"]
    assert read.row("all predicted")[1:3] == ["3", "0"]


def test_what_one_side_alone_has_stands_at_the_margins(run, tmp_path):
    gold = lines(
        tmp_path / "g.jsonl", [{"article_id": "a", "events": [clash(0), clash(100), clash(200, "strike.air")]}]
    )
    said = [{"article_id": "a", "events": [clash(0), clash(300, "strike.air"), clash(400, "strike.air")]}]
    read = Read(page(run, tmp_path, gold, lines(tmp_path / "p.jsonl", said)))
    square = [row for row in read.rows if len(row) == 5]
    assert square == [
        ["gold ↓ predicted →", "clash.armed", "strike.air", "missed", "all in gold"],
        ["clash.armed", "1", "", "1", "2"],
        ["strike.air", "", "", "1", "1"],
        ["nothing there", "", "2", "", ""],
        ["all predicted", "1", "2", "", ""],
    ]


def test_curves_name_the_best_threshold_and_levels_without_confidence_have_none(run, files, tmp_path):
    gold, predicted = files
    read = Read(page(run, tmp_path, gold, predicted))
    told = run("score", gold, predicted, "--json", "--full", at=tmp_path).json["by_confidence"]
    assert set(told) == {"mentions-strict", "trigger-C", "argument-C"}
    best = told["trigger-C"]["best"]
    assert read.row("trigger-C", f"{best:.4g}")
    assert told["trigger-C"]["without_confidence"] == 1
    assert [point["threshold"] for point in told["trigger-C"]["points"]] == [1.0, 0.8, 0.3]
    bare = [json.loads(line) for line in predicted.read_text(encoding="utf-8").splitlines()]
    for article in bare:
        for item in (*article.get("mentions", ()), *article["events"]):
            item.pop("confidence", None)
    assert "By confidence" not in page(run, tmp_path, gold, lines(predicted, bare))


def test_without_draws_there_are_no_intervals_and_with_one_level_only_its_own(run, files, tmp_path):
    read = Read(page(run, tmp_path, *files, "--boot", "0", "--level", "triggers"))
    assert [row[0] for row in read.rows if len(row) == 9] == ["level", "trigger-C"]
    assert "argument-C" not in read.text
    assert "side_a" not in read.text
    assert "95 %" not in read.text


ENGLISH = "Shelling began.\nOn Monday the <army> shelled Idlib again."
ARABIC = "قال المصدر إن الجيش قصف إدلب أمس.\nلم يسقط ضحايا."


def detailed(tmp_path: Path, texts: dict[str, str]) -> Read:
    """Give the page where "Idlib" is predicted a word too far, and in Arabic "the army" is missed."""
    idlib = ENGLISH.index("Idlib")
    army = ARABIC.index("الجيش")
    gold = (
        Document("x", "en", (ScoredMention("place", span(idlib, idlib + 5)),)),
        Document("y", "ar", (ScoredMention("actor", span(army, army + 5)),)),
    )
    predicted = [{"article_id": "x", "mentions": [{"kind": "place", "start": idlib, "end": idlib + 11}]}]
    known = Known(articles=frozenset({"x", "y"}), texts=texts)
    details = score_details(Gold(GoldName(), gold, (), known), lines(tmp_path / "p.jsonl", predicted), boot=0)
    return Read(score_page(details))


def test_errors_stand_in_their_sentences_marked_and_in_their_direction(tmp_path):
    read = detailed(tmp_path, {"x": ENGLISH, "y": ARABIC})
    assert read.marks[4:] == [("gold", "الجيش"), ("gold predicted", "Idlib"), ("predicted", " again")]
    assert "On Monday the <army> shelled Idlib again." in read.text
    assert "قال المصدر إن الجيش قصف إدلب أمس." in read.text
    assert "Shelling began" not in read.text
    assert "لم يسقط" not in read.text
    assert read.directions == {None, "ltr", "rtl"}  # the legend says none


def test_where_no_text_is_at_hand_errors_are_told_by_their_place(tmp_path):
    read = detailed(tmp_path, {})
    assert read.directions == {None}
    assert "place: ends too late, 1 time" in read.text
    start = ENGLISH.index("Idlib")
    assert f"{start}–{start + 5}" in read.text
    assert f"{start}–{start + 11}" in read.text


def test_a_missing_folder_is_refused_before_anything_is_read(run, files, tmp_path):
    outcome = run("score", *files, "--html", tmp_path / "nowhere" / "page.html", at=tmp_path)
    assert (outcome.status, outcome.out) == (3, "")
    assert f"there is no folder {tmp_path / 'nowhere'}" in outcome.err


@pytest.mark.parametrize(
    "options",
    [("--json", "--csv"), ("--json", "--markdown"), ("--markdown", "--csv"), ("--full",), ("--full", "--csv")],
)
def test_ways_to_print_that_exclude_each_other_are_refused(run, files, tmp_path, options):
    outcome = run("score", *files, *options, at=tmp_path)
    assert (outcome.status, outcome.out) == (2, "")


def test_markdown_says_first_whether_floors_were_reached_and_escapes_labels(run, files, tmp_path):
    outcome = run(
        "score", *files, "--markdown", "--fail-under", "triggers=0.6", "--fail-under", "arguments=0.9", at=tmp_path
    )
    assert outcome.status == 1
    said = outcome.out.splitlines()
    assert said[0] == "### Scores against gold unreleased"
    assert said[2] == "- ✅ reached triggers: F1 is 0.6667, at least 0.6."
    assert said[3].startswith("- ❌ **missed** arguments: F1 is 0.6667")
    tables = [line for line in said if line.startswith("|")]
    assert tables[0].startswith("| level | F1 % | F1 95 % |")
    assert [line for line in tables if line.startswith("| trigger-C | 66.67 | ")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {9, 10}
    assert "\\|\\`\\@all\\`" in outcome.out
    assert "<script" not in outcome.out
    assert outcome.out.count("<details>") == outcome.out.count("</details>") == 1
    assert said[-1].startswith("`gold:unreleased|sha:")


def test_csv_has_the_figures_of_the_json_in_a_row_for_each_part(run, files, tmp_path):
    said = run("score", *files, "--json", "--full", at=tmp_path).json
    written = run("score", *files, "--csv", at=tmp_path).out
    rows = list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"))))
    assert {row["signature"] for row in rows} == {said["signature"]}
    by_place = {(row["level"], row["facet"], row["value"]): row for row in rows}
    assert len(by_place) == len(rows)
    for name, level in said["levels"].items():
        places = {(name, "", ""): (level, level["intervals"])}
        for facet, parts in level["by"].items():
            for value, part in parts.items():
                if value != HOSTILE:
                    places[name, facet, value] = part, level["intervals_by"][facet][value]
        for place, (figures, intervals) in places.items():
            row = by_place[place]
            for figure in ("tp", "pred", "gold", "precision", "recall", "f1"):
                assert row[figure] == "" if figures[figure] is None else float(row[figure]) == figures[figure]
            told = [float(row[f"f1_{end}"]) for end in ("low", "high") if row[f"f1_{end}"]]
            assert told == (intervals["f1"] or [])
            assert int(row["articles"]) == intervals["articles"]


@pytest.mark.parametrize("boot", ["20", "0"])
def test_full_json_holds_to_its_schema(run, files, tmp_path, boot):
    said = run("score", *files, "--json", "--full", "--boot", boot, at=tmp_path).json
    assert list(faults(said, json_schema())) == []
    plain = run("score", *files, "--json", "--boot", boot, at=tmp_path).json
    del said["by_confidence"]
    for level in said["levels"].values():
        assert (level.pop("intervals_by") is None) == (boot == "0")
    assert said == plain


def test_the_page_goes_beside_any_way_to_print(run, files, tmp_path):
    outcome = run("score", *files, "--json", "--html", tmp_path / "page.html", at=tmp_path)
    assert outcome.out == run("score", *files, "--json", at=tmp_path).out
    assert (tmp_path / "page.html").exists()
