"""Finders of other packages: found by name, asked article by article, and what they raise is told as theirs."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from annotator.errors import Exit, Refusal
from annotator.model.article import Article
from annotator.workflow.elsewhere.door import find_source
from annotator.workflow.elsewhere.plug_in import load_plug_in
from annotator.workflow.elsewhere.taking import take_from
from annotator.workflow.project import Project

RULES = """
import re

NOT_A_FINDER = 7

def find(text, language):
    for found in re.finditer(r"houses|\\b6\\b", text):
        kind = "number" if found[0] == "6" else "actor"
        yield {"kind": kind, "start": found.start(), "end": found.end(), "quote": found[0]}

def broken(text, language):
    yield {"kind": "actor", "start": 0, "end": 1}
    raise KeyError(language)

def leaving(text, language):
    raise SystemExit(5)

def odd(text, language):
    return [{"kind": "actor", "start": object(), "end": 1}]

def words(text, language):
    return text.split()

def nothing(text, language):
    print("looking")

def one(text, language):
    return {"kind": "actor", "start": 0, "end": 1}

def narrow(text):
    return []

def long(text, language):
    raise ValueError("\\n".join(["deep"] * 1000))
"""

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imports_forgotten: None) -> Install:
    """Install a small package with finders, as an installer lays it out, into a folder of its own."""

    def make(package: str = "my_rules", version: str = "2.1", source: str = RULES, **points: str) -> Path:
        folder = tmp_path / package
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(source, encoding="utf-8")
        about = folder / f"{package}-{version}.dist-info"
        about.mkdir()
        named = "".join(f"{name.replace('_', '-')} = {package}:{what}\n" for name, what in points.items())
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", encoding="utf-8"
        )
        (about / "entry_points.txt").write_text(f"[annotator.finders]\n{named}", encoding="utf-8")
        monkeypatch.syspath_prepend(folder)
        return folder

    return make


def test_an_installed_finder_is_found_by_its_name_and_called_with_its_version(
    install: Install, article: Article
) -> None:
    install(my_rules="find")
    source = find_source("my-rules", timeout=1)
    assert source.system == "my-rules 2.1"
    assert orjson.loads(source.ask(article)) == [{"kind": "number", "start": 34, "end": 35, "quote": "6"}]


def test_what_it_finds_comes_in(install: Install, project: Project) -> None:
    install(my_rules="find")
    taken = take_from(project, load_plug_in("my-rules"))
    came = taken.systems["my-rules 2.1"]
    assert (came.articles, came.candidates, came.new + came.merged) == (2, 3, 3)
    assert taken.problems == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("broken", "bad 2.1 failed: KeyError: 'en' (__init__.py, line 13)."),
        ("leaving", "bad 2.1 failed: SystemExit: 5 (__init__.py, line 16)."),
        ("odd", "bad 2.1 gives what JSON cannot hold: Type is not JSON serializable: object."),
        ("words", "bad 2.1 gives a str where an iterable of dicts is wanted."),
        ("nothing", "bad 2.1 gives None where an iterable of dicts is wanted."),
        ("one", "bad 2.1 gives a dict where an iterable of dicts is wanted."),
        ("narrow", "narrow() takes 1 positional argument but 2 were given."),
        ("long", "… (__init__.py, line 34)."),
    ],
)
def test_what_a_finder_raises_is_told_with_its_name_and_place(
    install: Install, article: Article, what: str, said: str
) -> None:
    install(bad=what)
    with pytest.raises(Refusal) as refusal:
        load_plug_in("bad").ask(article)
    assert (refusal.value.code, refusal.value.exit) == ("finder.failed", Exit.ENVIRONMENT)
    assert said in refusal.value.what
    assert len(refusal.value.what) < 300


def test_what_a_finder_prints_is_no_part_of_what_we_print(
    install: Install, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    install(source="print('loading')\ndef find(text, language):\n    print('looking')\n    return []\n", loud="find")
    assert load_plug_in("loud").ask(article) == b"[]"
    assert capsys.readouterr() == ("", "loading\nlooking\n")


def test_one_that_breaks_on_an_article_is_told_for_that_article(install: Install, project: Project) -> None:
    source = (
        "def find(text, language):\n    yield {'kind': 'actor', 'start': (at := text.index('houses')), 'end': at + 6}\n"
    )
    install(source=source, picky="find")
    taken = take_from(project, load_plug_in("picky"))
    assert [problem.line() for problem in taken.problems if problem.level == "error"] == [
        "error: arabic: picky 2.1 failed: ValueError: substring not found (__init__.py, line 2). "
        "Tell whoever maintains it. [finder.failed]"
    ]
    assert taken.systems["picky 2.1"].new == 1
    assert taken.exit == Exit.ENVIRONMENT


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module_here", "ModuleNotFoundError: No module named 'no_such_module_here'"),
        ("", "has no attribute 'find'"),
        ("find = 7", "is no finder: my_rules:find cannot be called"),
    ],
)
def test_one_that_cannot_be_loaded_is_told(install: Install, source: str, said: str) -> None:
    install(source=source, bad="find")
    with pytest.raises(Refusal) as refusal:
        load_plug_in("bad")
    assert (refusal.value.code, said in refusal.value.what) == ("finder.failed", True), refusal.value.what


def test_one_that_is_not_installed_is_told_with_the_nearest(install: Install) -> None:
    install(my_rules="find")
    with pytest.raises(Refusal, match="neither a file 'my-rule' nor a finder") as refusal:
        load_plug_in("my-rule")
    assert (refusal.value.code, refusal.value.do) == ("finder.unknown", "Did you mean my-rules?")
    with pytest.raises(Refusal) as refusal:
        load_plug_in("xyz")
    assert "my-rules" in refusal.value.do


def test_one_name_of_two_packages_is_refused(install: Install) -> None:
    install(my_rules="find")
    install("my_rules_too", my_rules="find")
    with pytest.raises(Refusal, match="Several packages have a finder called 'my-rules': my_rules, my_rules_too"):
        load_plug_in("my-rules")
