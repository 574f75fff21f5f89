"""Other tools' files on the command line: in, out, told, and straight on to agreement, adjudication and gold."""

import hashlib
import shutil
from pathlib import Path

import orjson
import pytest

from annotator.formats.tools.document import LOSSES
from annotator.formats.tools.registry import FORMATS

ROOT = Path(__file__).parents[2]
TEXT = "Rebels shelled Aleppo on Friday, killing 12 civilians. 🔥 قُتِلَ ٢٣ مدنيًّا في حلب.\n"


def span(words: str, **more: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "quote": words, "id": words} | more


def line(article_id: str = "aleppo", person: str | None = "anna", **more: object) -> bytes:
    mentions = [
        span("shelled", kind="trigger", label="strike.artillery"),
        span("Rebels", kind="actor"),
        span("Aleppo", kind="place"),
        span("12", kind="number", value={"low": 12, "high": 12, "best": 12, "unit": "persons"}),
        span("قُتِلَ", kind="trigger", label="attack.ground"),
    ]
    roles = (("attacker", "Rebels"), ("place", "Aleppo"), ("killed", "12"))
    event = {"id": "e1", "type": "strike.artillery", "triggers": ["shelled"]}
    event["arguments"] = [{"role": role, "mention": name} for role, name in roles]
    record = {"article_id": article_id, "text": TEXT, "mentions": mentions, "events": [event], "complete": True}
    return orjson.dumps(record | ({} if person is None else {"person": person}) | more) + b"\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "work.jsonl"
    path.write_bytes(line())
    return path


def test_work_of_an_article_that_is_not_here_brings_it_along(run, workspace, file):
    came = run("import", "--from", "jsonl", file)
    assert (came.status, came.err) == (0, "")
    assert (
        came.out == "new        aleppo\n5 mentions and 1 event by 1 annotator on 1 article taken in, 0 here already\n"
    )
    assert (workspace / "seeds" / "aleppo.txt").read_text(encoding="utf-8") == TEXT
    assert "a1: done" in run("status").out
    exported = orjson.loads(run("export", "--to", "jsonl").out)
    assert (exported["person"], exported["complete"], exported["text"]) == ("a1", True, TEXT)
    assert [one["quote"] for one in exported["mentions"]] == ["Rebels", "shelled", "Aleppo", "12", "قُتِلَ"]
    assert [one["role"] for one in exported["events"][0]["arguments"]] == ["attacker", "place", "killed"]
    assert run("check").status == 0


def test_the_log_says_where_work_came_from_and_it_is_not_undone(run, file):
    run("import", "--from", "jsonl", file)
    (decision,) = [orjson.loads(one)["decision"] for one in run("export", "--to", "decisions").out.splitlines()]
    told = decision["imported"]
    assert (told["format"], told["file"], len(told["sha256"])) == ("jsonl", "work.jsonl", 64)
    assert decision["changes"][-1] == {"change": "finish", "finished": True, "read_to_end": True}


def test_the_same_again_changes_nothing_and_something_else_is_a_conflict(run, file):
    run("import", "--from", "jsonl", file)
    before = run("export", "--to", "decisions").out
    again = run("import", "--from", "jsonl", file)
    assert again.out.endswith("0 articles taken in, 1 here already\n")
    file.write_bytes(line(events=[]))
    other = run("import", "--from", "jsonl", file)
    assert other.status == 2
    assert "aleppo: work.jsonl said something else of it for anna" in other.err
    assert "nothing was taken in" in other.err
    assert run("export", "--to", "decisions").out == before
    assert run("import", "--from", "jsonl", file, "--person", "anna=berta").status == 0


def test_the_same_file_with_other_options_is_told_as_that(run, file):
    run("import", "--from", "jsonl", file)
    other = run("import", "--from", "jsonl", file, "--unfinished")
    assert other.status == 2
    assert "aleppo: work.jsonl was taken in for anna with other options" in other.err


def test_below_what_is_wrong_stands_what_to_do_once_for_each_rule(run, file):
    far = [span("Rebels", kind="actor") | {"end": 9999}, span("12", kind="number") | {"end": 9999}]
    file.write_bytes(line(mentions=far, events=[]))
    came = run("import", "--from", "jsonl", file)
    assert came.status == 2
    assert came.err.count("leaves the text, which ends at 83") == 2
    assert came.err.count("\nformat.out-of-range: Say in what the offsets count (--unit), or export again") == 1


def test_a_dry_run_takes_nothing_in(run, workspace, file):
    came = run("import", "--from", "jsonl", file, "--dry-run")
    assert came.out.startswith("would be new  aleppo\n5 mentions and 1 event")
    assert not (workspace / "seeds" / "aleppo.txt").exists()
    assert run("export", "--to", "decisions").out == ""


def test_a_file_that_names_nobody_needs_a_name(run, file):
    file.write_bytes(line(person=None))
    came = run("import", "--from", "jsonl", file)
    assert came.status == 2
    assert "--person NAME" in came.err
    assert run("import", "--from", "jsonl", file, "--person", "anna").status == 0
    assert "nobody in the file" in run("import", "--from", "jsonl", file, "--person", "x=anna").err.lower()


def test_words_that_nobody_knows_come_as_a_map_to_fill_in(run, file, tmp_path):
    mentions = [span("Rebels", kind="Bande"), span("shelled", kind="Beschuss")]
    file.write_bytes(line(mentions=mentions, events=[]))
    came = run("import", "--from", "jsonl", file)
    assert came.status == 2
    assert "Nothing says what 'Bande' of the mentions is here; it comes 1 time" in came.err
    labels = tmp_path / "map.toml"
    labels.write_text(came.out.replace('"Bande" = "-"', '"Bande" = "actor"'), encoding="utf-8")
    mapped = run("import", "--from", "jsonl", file, "--labels", labels)
    assert mapped.status == 0, mapped.err
    assert "Left out, 1 time: mention 'Beschuss', as the map says." in mapped.err
    assert mapped.out.endswith("1 mention and 0 events by 1 annotator on 1 article taken in, 0 here already\n")


def test_a_map_without_words_is_not_printed(run, workspace, tmp_path):
    path = tmp_path / "x.conll"
    path.write_bytes(b"Rebels FOO-ORG\n")
    came = run("import", "--from", "conll", path, "--person", "anna")
    assert (came.status, came.out) == (2, "")
    assert "x.conll:1: 'FOO-ORG' is no tag" in came.err


def test_unknown_words_are_left_out_where_that_is_allowed(run, file):
    file.write_bytes(line(mentions=[span("Rebels", kind="Bande")], events=[]))
    came = run("import", "--from", "jsonl", file, "--allow", "unknown-types")
    assert came.status == 0
    assert "It is left out. [format.unknown-type]" in came.err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (line("en-1"), "format.text-differs"),
        (line("EN-1"), "differs from en-1 only by case"),
        (line("../up"), "cannot be an article id here"),
        (line("con"), "cannot be an article id here"),
        (line() + line(), "twice"),
        (line() + line(person="berta", text=TEXT + "!"), "two texts"),
        (line(person="#"), "cannot be a person's name"),
        (line(person="n" * 70), "cannot be a person's name"),
        (line(mentions=[{"kind": "actor", "start": 0, "end": 10**9}], events=[]), "format.out-of-range"),
        (b"\xff\n", "no UTF-8"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_nothing_is(run, workspace, file, lines, told):
    file.write_bytes(lines + line("second"))
    came = run("import", "--from", "jsonl", file)
    assert came.status == 2
    assert told in came.err
    assert "Traceback" not in came.err
    assert not (workspace / "seeds" / "second.txt").exists()
    assert run("export", "--to", "decisions").out == ""
    told_as_data = run("import", "--from", "jsonl", file, "--json").json
    assert told_as_data["refused"] is True
    assert (told_as_data["taken"], told_as_data["mentions"], told_as_data["events"]) == ([], 0, 0)


def test_a_file_without_work_and_a_name_that_is_none_are_told_once(run, workspace, file):
    file.write_bytes(b"\n")
    empty = run("import", "--from", "jsonl", file, "--person", "anna")
    assert (empty.status, empty.err.count("error")) == (2, 1)
    assert "No annotations are in it, read as Our own JSON Lines. Check --from." in empty.err
    file.write_bytes(line(person=None))
    odd = run("import", "--from", "jsonl", file, "--person", "../x")
    assert (odd.status, odd.err.count("error")) == (2, 1)
    assert "error: --person: '../x' cannot be a person's name" in odd.err


def test_nobodys_work_here_is_laid_over(run, adjudicated, file, tmp_path):
    text = (adjudicated / "seeds" / "en-1.txt").read_text(encoding="utf-8")
    file.write_bytes(line("en-1", "miriam", text=text, mentions=[], events=[]))
    came = run("import", "--from", "jsonl", file)
    assert "miriam worked on it here" in came.err
    assert came.status == 2
    gold = run("import", "--from", "jsonl", file, "--as-gold", "--person", "miriam=boss")
    assert gold.status == 2
    assert "People work on it here already" in gold.err


# Several people


def two_people(path: Path) -> Path:
    """Two annotators' work on one article, who disagree on the place."""
    other = orjson.loads(line(person="berta"))
    other["mentions"][2] |= {"end": other["mentions"][2]["end"] + len(" on Friday"), "quote": "Aleppo on Friday"}
    path.write_bytes(line() + orjson.dumps(other) + b"\n")
    return path


@pytest.mark.parametrize("to", ["brat", "prodigy", "uima-xmi", "uima-json"])
def test_work_of_several_goes_through_other_tools_into_agreement_and_adjudication(run, workspace, tmp_path, to):
    if to.startswith("uima"):
        pytest.importorskip("cassis")
    run("import", "--from", "jsonl", two_people(tmp_path / "both.jsonl"))
    out = tmp_path / "out"
    done = run("export", "--to", to, "--out", out)
    assert done.status == 0, done.err
    elsewhere = Path(
        shutil.copytree(workspace, tmp_path / "elsewhere", ignore=shutil.ignore_patterns(".annotator", "aleppo*"))
    )
    came = run("import", "--from", to, out, "--person", "a1=anna", "--person", "a2=berta", "--complete", at=elsewhere)
    assert came.status == 0, came.err
    assert "10 mentions and 2 events by 2 annotators on 1 article taken in" in came.out
    agreed = run("agree", "--json", at=elsewhere).json
    assert agreed == run("agree", "--json").json
    assert "to adjudicate" in run("status", at=elsewhere).out


def test_the_losses_are_listed_beside_an_export_and_summed_up(run, released, tmp_path):
    out = tmp_path / "brat"
    done = run("export", "--to", "brat", "--gold", released, "--out", out)
    assert done.status == 0
    assert (out / "en-1.ann").exists()
    listed = [orjson.loads(one) for one in (tmp_path / "brat.losses.jsonl").read_bytes().splitlines()]
    assert {one["what"] for one in listed} <= LOSSES.keys()
    assert {one["article_id"] for one in listed} == {"en-1"}
    for sort in {one["what"] for one in listed}:
        assert f"{sort:<10} {LOSSES[sort]}" in done.err


@pytest.mark.parametrize("row", [row for row in FORMATS if row.writes], ids=lambda row: row.name)
def test_gold_goes_out_in_every_format(run, released, tmp_path, row):
    if row.extra:
        pytest.importorskip({"cas": "cassis"}.get(row.extra, row.extra))
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        assert run("export", "--to", row.name, "--gold", released, "--out", out).status == 0
    contents = [
        {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        if out.is_dir()
        else out.read_bytes()
        for out in (first, second)
    ]
    assert contents[0] == contents[1] != {}
    lost = {orjson.loads(one)["what"] for one in (tmp_path / "first.losses.jsonl").read_bytes().splitlines()}
    assert lost <= set(row.lost)


def test_a_score_takes_what_is_exported_as_our_own_lines(run, released, tmp_path):
    run("export", "--to", "jsonl", "--gold", released, "--out", tmp_path / "gold.jsonl")
    report = run("score", released, tmp_path / "gold.jsonl", "--boot", "0", "--json")
    assert report.status == 0, report.err
    assert report.json["levels"]["argument-C"]["f1"] == 1


# Gold


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def test_settled_work_of_others_becomes_gold_with_its_source_named(run, workspace, file):
    came = run("import", "--from", "jsonl", file, "--as-gold")
    assert came.status == 0, came.err
    cut = run("release")
    assert cut.status == 0, cut.err
    assert "taken from work.jsonl (jsonl, sha256:" in cut.out
    release = workspace / "gold" / "1.0.0"
    (source,) = orjson.loads((release / "manifest.json").read_bytes())["sources"]
    assert (source["file"], source["format"], source["people"]) == ("work.jsonl", "jsonl", ["j1"])
    assert source["articles"] == ["aleppo"]
    record = orjson.loads((release / "gold.jsonl").read_bytes())
    assert record["provenance"]["annotators"] == []
    assert record["provenance"]["taken_from"][0]["sha256"] == source["sha256"]
    assert record["complete"] is True
    assert run("gold", "verify", release).status == 0
    assert "j1 taken from work.jsonl" in run("gold", "show", release, "aleppo").out
    assert run("release").status == 1


def test_gold_of_two_on_one_article_is_not_silently_that_of_one(run, workspace, file):
    file.write_bytes(line() + line(person="berta", events=[]))
    came = run("import", "--from", "jsonl", file, "--as-gold")
    assert came.status == 2
    assert "error: aleppo: It is settled by anna and by berta" in came.err
    assert run("export", "--to", "decisions").out == ""
    assert run("import", "--from", "jsonl", file).status == 0


def test_a_source_that_does_not_follow_from_the_records_does_not_verify(run, workspace, file, tmp_path):
    run("import", "--from", "jsonl", file, "--as-gold")
    run("release")
    copy = Path(shutil.copytree(workspace / "gold" / "1.0.0", tmp_path / "1.0.0"))
    manifest, sums = copy / "manifest.json", copy / "SHA256SUMS"
    before = manifest.read_bytes()
    forged = before.replace(b'"people":["j1"]', b'"people":["j2"]', 1)
    for path, data in ((manifest, forged), (sums, sums.read_bytes().replace(sha(before), sha(forged)))):
        path.chmod(0o644)
        path.write_bytes(data)
    assert "`sources`" in run("gold", "verify", copy).out


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "--from", "jsonl"), "none is named"),
        (("import", "--from", "jsonl", "nowhere.jsonl"), "could not be read"),
        (("import", "--from", "jsonl", "."), "There is no .jsonl"),
        (("import", "--from", "jsonl", "a", "--unfinished", "--complete"), "neither complete nor gold"),
        (("import", "--dry-run"), "--dry-run is for other tools' files"),
        (("import", "--from", "decisions", "a", "--complete"), "--complete is for other tools' files"),
        (("import", "--from", "jsonl", "a", "--person", "x="), "does not say who is who"),
        (("import", "--from", "jsonl", "a", "--person", "=x"), "does not say who is who"),
        (("export", "--to", "brat"), "Nobody labelled anything"),
        (("export", "--to", "brat", "--person", "x"), "'x' did nothing here"),
        (("export", "--to", "brat", "--gold", "g", "--person", "x"), "nobody's own work"),
        (("export", "--to", "decisions", "--person", "x"), "the whole log"),
        (("export", "--to", "brat", "--out", "seeds"), "goes into a new folder"),
        (("formats", "brut"), "Did you mean brat?"),
    ],
)
def test_wrong_use_is_told(arguments, told, run, workspace):
    outcome = run(*arguments)
    assert outcome.status in (2, 3)
    assert told in outcome.err


def test_an_export_of_several_files_wants_a_folder(run, file):
    run("import", "--from", "jsonl", file)
    outcome = run("export", "--to", "brat")
    assert (outcome.status, outcome.out) == (2, "")
    assert "Name a folder for them with --out" in outcome.err


def test_the_formats_are_listed_and_told_of(run):
    listed = run("formats").out
    told = run("formats", "--json").json
    assert [one["name"] for one in told] == [row.name for row in FORMATS]
    assert all((one["holds"] is None) == (one["lost"] is None) == (not one["writes"]) for one in told)
    for row in FORMATS:
        assert any(one.startswith(f"{row.name} ") for one in listed.splitlines())
        page = run("formats", row.name).out
        assert row.note in page
        assert not row.writes or all(LOSSES[sort] in page for sort in row.lost)
        assert "Example, " in page or not row.reads


# The README


def block(language: str, behind: str) -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.partition(behind)[2].partition(f"```{language}\n")[2].partition("```")[0]


def test_the_readmes_commands_work_as_they_stand(run, released, tmp_path, monkeypatch):
    monkeypatch.chdir(released.parents[1])
    for folder in ("ann1", "ann2"):
        Path("project", folder).mkdir(parents=True)
        Path("project", folder, "shared.txt").write_text(TEXT, encoding="utf-8")
        Path("project", folder, "shared.ann").write_text("T1\tactor 0 6\tRebels\n", encoding="utf-8")
    task = {"text": TEXT, "_session_id": "jane", "answer": "accept", "_input_hash": 1}
    task["spans"] = [{"start": 0, "end": 6, "label": "PRODUCT"}, {"start": 7, "end": 14, "label": "Attack"}]
    Path("news.jsonl").write_bytes(orjson.dumps(task))
    Path("map.toml").write_text(block("toml", "A word that means"), encoding="utf-8")
    Path("gold.jsonl").write_bytes(line("settled", None))
    commands = [one.partition("#")[0].partition(">")[0].split() for one in block("sh", "<!-- tools -->").splitlines()]
    assert len(commands) == 9
    for program, *arguments in commands:
        assert program == "annotator"
        done = run(*arguments, at=released.parents[1])
        assert done.status == 0, (arguments, done.err)
    assert "to adjudicate" in run("status").out
