"""What comes from elsewhere may be made to harm: one test at least for each threat, or where it is held.

| threat | held here by | and by |
|---|---|---|
| text of an article: escapes, C1, bidi overrides, NUL, 10 MB in a line, no UTF-8 | `test_no_verb_…`, `test_ten_…` | \
tests/text/test_intake, test_display; tests/tui/test_hostile; tests/cli/test_bad_input |
| the same in a page that is written | | tests/cli/test_gold_show, test_agree_text, test_guidelines_page |
| JSON: NaN, Infinity, keys twice, half surrogates, depth, digits, what is no offset | `test_every_door_of_json_…` | \
tests/formats/test_lines, test_predictions; tests/gold/test_verify |
| lines that end at something else than LF | `test_lines_end_…` | tests/formats/test_lines |
| XML: entities, external or without end | `test_one_file_reads_xml_…` | tests/formats/tools/test_plain_xml, test_uima |
| archives: bombs, paths, links | `test_a_bomb_…`; nothing is ever put on the disk | tests/formats/test_packed, \
tests/formats/tools/test_unzipping |
| ids and names as file names | `test_no_id_…`, `test_a_name_…` | tests/store/test_corpus, test_locks; \
tests/workflow/test_person |
| two names that some disks take for one | | tests/store/test_corpus |
| cells that a spreadsheet runs | `test_what_looks_like_a_formula_…`, of cells that are read | |
| regular expressions in a lexicon | `test_words_of_a_lexicon_…` | |
| settings: unknown keys, nan, wrong types, absurd numbers | `test_settings_…` | tests/store/test_workspace; \
tests/model/test_slips |
| SQL in any field | tests/security/test_injected_arguments | tests/store/test_injection |
| absurd numbers in a text | `test_absurd_numbers_…` | tests/finders/test_limits |
| an archive of code: pickle, eval | `test_nothing_here_runs_what_it_reads` | |
| telling others: telemetry | tests/security/test_no_telemetry | |
| readers that fall over | tests/security/test_fuzzed_formats, test_fuzzed_toml | |
"""

import ast
import gzip
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import BaseModel

from annotator.errors import Refusal
from annotator.finders.suggest import Finders
from annotator.formats.decision_log import read_log
from annotator.formats.gtt import read_gold, read_output
from annotator.formats.id_map import read_id_map
from annotator.formats.known import Known
from annotator.formats.predictions import read
from annotator.formats.records import read_plain, read_records
from annotator.formats.tools.document import Source
from annotator.formats.tools.plain_xml import elements
from annotator.formats.tools.registry import FORMATS
from annotator.gold.manifest import MANIFEST
from annotator.gold.verify import verify
from annotator.model.article import Article, Metadata
from annotator.model.canonical import canonical_json
from annotator.model.guidelines import read_guidelines
from annotator.model.notation import is_date
from annotator.model.problem import Problem
from annotator.model.settings import Settings
from annotator.model.value import NumberValue, TimeValue
from annotator.store.corpus import texts_in
from annotator.store.workspace import open_workspace
from annotator.text.intake import take_in, text_sha256
from annotator.tui.app import AnnotatorApp
from annotator.workflow.person import checked_name
from annotator.workflow.project import open_project
from tests.tui.test_hostile import HOSTILE, steering

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "annotator").rglob("*.py"))
WORDS = ROOT / "tests" / "words"


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


# The text of an article


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("label",),
        ("check",),
        ("agree",),
        ("suggest", "--out", "-"),
        ("gold", "list"),
        ("gold", "show", "gold/1.0.0"),
        ("gold", "show", "gold/1.0.0", "en-1"),
        ("score", "gold/1.0.0", "said.jsonl"),
        ("predictions", "check", "said.jsonl"),
        ("challenge",),
    ],
    ids=" ".join,
)
def test_no_verb_lets_a_text_or_a_file_steer_the_terminal(run, released: Path, arguments):
    workspace = released.parents[1]
    (workspace / "seeds" / "0-hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (workspace / "seeds" / "articles.toml").write_text(
        '["0-hostile"]\noutlet = "\\u009b31m\\u202eOutlet"\nlanguage = "en"\n["\\u009b2J"]\nlanguage = "en"\n'
    )
    said = {"article_id": "\u009b31m\u202e", "system": "\u009bx", "\u202ekey": [{"kind": "\u202e"}]}
    (workspace / "said.jsonl").write_text(
        orjson.dumps(said).decode() + '\n{"a\u009b":1,"a\u009b":2}\n', encoding="utf-8"
    )
    run("import")
    outcome = run(*arguments)
    assert steering(line for line in (outcome.out + outcome.err).split("\n")) == []
    assert (outcome.out + outcome.err).strip()


async def test_ten_megabytes_in_one_line_are_taken_in_and_open(run, workspace: Path):
    (workspace / "seeds" / "0-big.txt").write_text(
        f"Shelling. {('a' * 79 + ' ') * 125_000}Shelling.\n", encoding="utf-8"
    )
    assert run("import", "--json").json["articles"]["0-big"] == "new"
    project = open_project(workspace)
    app = AnnotatorApp(project, "miriam", "0-big")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "G", "g", "down", "q")
        await pilot.pause()
    project.close()
    found = {row["article_id"]: row for row in run("status", "--json").json}
    assert found["0-big"]["people"][0]["decisions"] == 1


# JSON and lines

DOORS: dict[str, tuple[Callable[[bytes], tuple[Problem, ...]], str, str]] = {
    "predictions": (
        lambda data: read(data, "f")[1],
        '{"article_id":"a","mentions":[{"kind":"place","start":NUMBER,"end":9007,"label":"x"}],"system":TEXT}',
        "offset",
    ),
    "predictions in events": (
        lambda data: read(data, "f")[1],
        '{"article_id":"a","events":[{"type":TEXT,"triggers":[{"start":NUMBER,"end":9007}],"arguments":[]}]}',
        "offset",
    ),
    "predictions in an array": (
        lambda data: read(b"[" + data.strip() + b"]", "f")[1],
        '{"article_id":"a","mentions":[{"kind":"place","start":NUMBER,"end":9007,"label":"x"}],"system":TEXT}',
        "offset",
    ),
    "plain gold": (
        lambda data: read_plain(data, "f", known=Known())[1],
        '{"article_id":TEXT,"mentions":[{"kind":"place","start":NUMBER,"end":9007}]}',
        "offset",
    ),
    "gold": (
        lambda data: read_records(data, "f")[1],
        '{"article_id":TEXT,"language":"en","text_sha256":"'
        + "0" * 64
        + '","regions":[],"mentions":[{"id":"m1","kind":'
        '"place","start":NUMBER,"end":9007,"quote":"x"}],"events":[],"rejected":[],"complete":true,"provenance":'
        '{"annotators":[],"adjudicator":"j1","decisions_sha256":"' + "0" * 64 + '"}}',
        "offset",
    ),
    "GTT's gold": (
        lambda data: read_gold(data, "f")[1],
        '{"docid":TEXT,"doctext":"a text","templates":[{"incident_type":"bombing","Target":[[["a",NUMBER]]]}]}',
        "offset",
    ),
    "a log": (
        lambda data: read_log(data, "f")[1],
        '{"decision":{"id":TEXT,"person":"a1","article_id":"a","text_sha256":"' + "0" * 64 + '","stage":"label",'
        '"made_at":0,"changes":[{"change":"mention","disposition":"confirmed","mention":{"id":"m","kind":"place","quote":"x",'
        '"start":NUMBER,"end":9007}}]},"place":1,"sequence":1}',
        "offset",
    ),
    "a map of ids": (lambda data: read_id_map(data, "f")[1], '{"theirs":TEXT, "other": NUMBER}', "none"),
    "GTT's output": (
        lambda data: read_output(data, "f")[1],
        '{"1":{"pred_templates":[{"incident_type":TEXT,"T":NUMBER}]}}',
        "none",
    ),
    "a manifest": (
        lambda data: verify(dict.fromkeys(("SHA256SUMS", "gold.jsonl", "schema.toml"), b"") | {MANIFEST: data})[1],
        '{"version":TEXT,"articles":NUMBER}',
        "none",
    ),
}
"""By name: what reads bytes, one object that it takes with an offset and a text to be filled in, if it has offsets."""

NO_JSON = {
    "NaN": ("NaN", '"x"'),
    "Infinity": ("Infinity", '"x"'),
    "minus Infinity": ("-Infinity", '"x"'),
    "more than a double": ("1e999", '"x"'),
    "a hundred thousand digits": ("9" * 100_000, '"x"'),
    "a hundred thousand lists": ("[" * 100_000 + "]" * 100_000, '"x"'),
    "a hundred thousand objects": ('{"a":' * 100_000 + "1" + "}" * 100_000, '"x"'),
    "lists without end": ("[" * 100_000, '"x"'),
    "half a surrogate pair": ("1", '"\\ud800"'),
    "surrogates the wrong way round": ("1", '"\\udc00\\ud800"'),
    "a text without end": ("1", '"x'),
    "a raw control character": ("1", '"x\x1b"'),
    "no UTF-8": ("1", '"\udcff"'),
}
NO_OFFSET = ["true", "1.0", "1e0", "-1", "-0.0", "9007", "9008", "9007199254740992", "9" * 300, '"1"', "[]", "{}"]


def _errors(door: str, number: str, text: str) -> list[Problem]:
    read_door, written, _ = DOORS[door]
    data = written.replace("TEXT", text).replace("NUMBER", number).encode(errors="surrogateescape") + b"\n"
    return [problem for problem in read_door(data) if problem.level == "error"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("horror", NO_JSON)
def test_every_door_of_json_refuses_what_is_none_with_its_place(door: str, horror: str) -> None:
    errors = _errors(door, *NO_JSON[horror])
    assert errors
    where = {error.where.partition(" ")[0] for error in errors}
    assert MANIFEST in where if door == "a manifest" else where == {"f:1"}


@pytest.mark.parametrize("door", [name for name, (_, _, has) in DOORS.items() if has == "offset"])
@pytest.mark.parametrize("offset", NO_OFFSET)
def test_every_door_of_json_refuses_what_is_no_offset_with_line_and_field(door: str, offset: str) -> None:
    assert _errors(door, "1", '"x"') == []
    errors = _errors(door, offset, '"x"')
    if door == "GTT's gold":  # an offset at which the string does not stand is passed over with a warning
        assert bool(errors) is not (offset.startswith("9") and len(offset) < 20)
    else:
        assert any(field in errors[0].message for field in ("start", "end", "mention"))


@pytest.mark.parametrize("door", DOORS)
def test_every_door_of_json_refuses_a_key_that_stands_twice(door: str) -> None:
    read_door, written, _ = DOORS[door]
    key, _, rest = written.removeprefix("{").partition(":")
    twice = ("{" + f"{key}:TEXT,{key}:{rest}").replace("TEXT", '"x"').replace("NUMBER", "1").encode()
    assert any(problem.level == "error" for problem in read_door(twice))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\\f", "\\r"])
@pytest.mark.parametrize("door", ["predictions", "plain gold", "gold", "GTT's gold", "a log"])
def test_lines_end_at_lf_alone_so_that_a_fault_is_on_the_line_that_an_editor_shows(door: str, mark: str) -> None:
    read_door, written, _ = DOORS[door]
    first = written.replace("TEXT", f'"x{mark}y"').replace("NUMBER", "1")
    (error,) = [one for one in read_door(f"{first}\r\n\x0c{{\n".encode()) if one.level == "error"]
    assert error.where == "f:2"


def test_one_file_reads_xml_and_one_archives_of_files():
    """Who adds a reader of XML has `plain_xml` look first: it reads no document type. No folder is put on the disk."""
    known = {(path.name, name) for path in SOURCES for name in _imports(path)}
    strange = {"xml", "lxml", "zipfile", "tarfile", "bz2", "lzma", "shutil.unpack_archive"}
    assert {(path, name) for path, name in known if name.partition(".")[0] in strange} == {
        ("plain_xml.py", "xml.parsers"),
        ("unzipping.py", "zipfile"),
        ("uima_files.py", "lxml.etree"),  # for the name of its errors
        ("label_studio_config.py", "xml.sax.saxutils"),  # to write a quoted attribute: it reads nothing
    }
    assert {path for path, name in known if name in ("gzip", "zlib")} == {"packed.py", "unzipping.py"}


@pytest.mark.parametrize(
    "declared", ['<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">', "<!ENTITY % a SYSTEM 'http://x/'> %a;"]
)
def test_no_entity_is_read_at_any_door_of_xml(declared: str):
    hostile = f'<?xml version="1.0"?><!DOCTYPE x [{declared}]><x>&a;</x>'.encode()
    assert elements(hostile, "config.xml", []) == []  # so is a config of Label Studio read
    xml = [one for one in FORMATS if one.reads and ".xmi" in one.endings]
    assert xml
    for one in xml:
        documents, problems = one.read(Source(files={"hostile.xmi": hostile}))
        assert documents == ()
        assert ["document type" in problem.message for problem in problems] == [True]


def test_nothing_here_runs_what_it_reads():
    strange = {"pickle", "marshal", "shelve", "dill", "yaml", "cloudpickle"}
    imported = {(path.name, name) for path in SOURCES for name in _imports(path)}
    assert {(path, name) for path, name in imported if name.partition(".")[0] in strange} == set()
    called = {
        (path.name, node.func.id)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert {name for _, name in called} & {"eval", "exec", "compile", "__import__"} == set()


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return gzip.compress(b"0" * (80 << 20), 9)


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "gold/1.0.0", "BOMB"),
        ("score", "BOMB", "BOMB"),
        ("predictions", "check", "BOMB"),
        ("import", "--from", "decisions", "BOMB"),
        ("suggest", "--from", "BOMB"),
        ("compare", "gold/1.0.0", "BOMB", "BOMB"),
        ("gold", "diff", "gold/1.0.0", "BOMB"),
    ],
    ids=" ".join,
)
def test_a_bomb_is_refused_at_every_door(run, released: Path, bomb: bytes, arguments):
    (released.parents[1] / "BOMB").write_bytes(bomb)
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "BOMB" in outcome.err


# Names

NO_FILE = ["../secret", "..", ".", "/etc/passwd", "a/b", "a\\b", "a\0b", "x" * 300, "CON", "con.x", "a.", " a", "-a"]


@pytest.mark.parametrize("article_id", NO_FILE)
def test_no_id_leads_out_of_the_folder_in_which_texts_are_looked_for(article_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("Secret.\n")
    hashes = {article_id: text_sha256("Secret.\n")}
    assert texts_in(folder, hashes) == {}
    assert texts_in(folder, hashes, named_so=False) == {}


def test_no_id_of_somebody_elses_gold_leads_to_a_file_of_ours(run, workspace: Path, tmp_path: Path):
    (workspace / "secret.txt").write_text("Secret and more.\n")
    digest = hashlib.sha256(b"Secret and more.\n").hexdigest()
    mention = {"kind": "place", "start": 0, "end": 6}
    gold = {"article_id": "../secret", "text_sha256": digest, "mentions": [mention]}
    (tmp_path / "gold.jsonl").write_bytes(orjson.dumps(gold))
    outcome = run("gold", "show", tmp_path / "gold.jsonl", "../secret")
    assert outcome.status == 2
    assert "Secret" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    "name", ["../x", "/x", "x\0y", "x" * 65, "", " ", "x/y", "\u202ex", "x\ny", ".x", "'; DROP TABLE person; --"]
)
def test_a_name_of_a_person_is_a_name(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_name(name)
    assert refused.value.code == "person.name"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", '=cmd|" /C calc"!A0', "＝1"])
def test_what_looks_like_a_formula_in_a_map_of_ids_is_an_id_like_any_other(cell: str) -> None:
    quoted = cell.replace('"', '""')
    found, problems = read_id_map(f'"{quoted}",001\n'.encode(), "ids.csv")
    assert (list(found.ours), problems) == ([cell.strip()], ())


# What a team writes by hand


def _settings(model: type[BaseModel], table: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        nested = field.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            yield from _settings(nested, f"{table}{name}.")
        else:
            yield table + name


@pytest.mark.parametrize("field", sorted(_settings(Settings)))
@pytest.mark.parametrize(
    "value", ["nan", "-inf", "1e400", "-1", "[[]]", "{ a = 1 }", "1979-05-27", "99999999999999999999", '""']
)
def test_settings_take_no_value_of_another_sort(field: str, value: str, tmp_path: Path) -> None:
    (tmp_path / "annotator.toml").write_text(f"{field} = {value}\n")
    if (field, value) == ("audit.seed", "-1"):
        assert open_workspace(tmp_path).settings.audit.seed == -1
        return
    with pytest.raises(Refusal) as refused:
        open_workspace(tmp_path)
    assert refused.value.code == "workspace.settings"
    assert str(tmp_path / "annotator.toml") in refused.value.what
    assert field in refused.value.what


def _found(text: str, **words: bytes) -> list[Any]:
    """Give what the finders say of an English text with the tests' own words, and more."""
    files = {path.relative_to(WORDS).as_posix(): path.read_bytes() for path in sorted(WORDS.rglob("*.toml"))}
    files |= {"schema.toml": (ROOT / "guidelines" / "schema.toml").read_bytes()}
    files = {name: data + words.get(Path(name).stem, b"") for name, data in files.items()}
    digest = text_sha256(text)
    metadata = Metadata(language="en", published="2018-05-24")
    article = Article(article_id="a", text=text, raw_sha256=digest, text_sha256=digest, metadata=metadata)
    return list(Finders(read_guidelines(files)).suggest(article).candidates)


@pytest.mark.parametrize("word", ["a.b", "(x+x+)+y", "[a-z]*", "^", "\\\\d+", "a|b", "(?:a{9}){9}"])
def test_words_of_a_lexicon_and_names_are_no_patterns(word: str) -> None:
    registry = f'\n[strange]\ntype = "rebel_group"\nen = ["{word}"]\n'.encode()
    text = "Fighters of aXb met 12 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx aaaaaaaa zzz near Idlib.\n"
    assert not [one for one in _found(text, actors=registry) if one.ref == "strange"]


ABSURD = [
    f"Strikes killed {'9' * 100_000} people.",
    f"Strikes killed {'million ' * 3000}people.",
    f"Strikes killed {'two hundred ' * 2000}people.",
    f"Strikes killed 1/{'9' * 5000} of the men and 1.{'9' * 5000} million people.",
    f"Strikes killed between {'9' * 4000} and {'1' * 4000} people.",
    f"Strikes killed {','.join(['999'] * 3000)} people.",
    "Strikes killed 9007199254740991 and a half million people, ²³¹ ①② ⅷ ½ 𝟗𝟗𝟗 people and 00000000000000000000 people.",
    f"Strikes {'9' * 18} weeks ago, 5000000 years ago, 3000 years ago, {'9' * 20} days later, on 31 February 0000.",
    "Strikes 2018 years ago, 24000 months ago, 99999999 days ago and on the 99th of May 9999999.",
]


@pytest.mark.parametrize("text", ABSURD, ids=range(len(ABSURD)))
def test_absurd_numbers_in_a_text_get_a_value_that_gold_may_hold_or_none(text: str) -> None:
    found = _found(take_in(f"{text}\n".encode(), "a").text)
    for candidate in found:
        if isinstance(candidate.value, TimeValue):
            assert candidate.value.value is None or is_date(candidate.value.value)
        if isinstance(candidate.value, NumberValue | TimeValue):
            canonical_json(candidate.value.plain())
