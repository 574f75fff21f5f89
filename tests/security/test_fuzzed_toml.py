"""Every reader of a file that a team writes by hand (TOML, pages of guidelines), over ten thousand damaged files each.

The files are small ones with every table that there is: tomllib takes a hundred times as long for those that ship.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from annotator.checks.articles import check_articles
from annotator.checks.guidelines import check_guidelines
from annotator.errors import Refusal
from annotator.gold.release import read_schema
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.model.migration import read_migrations, read_schemas
from annotator.model.pages import handbook, read_pages
from annotator.model.problem import Problem
from annotator.model.slips import BadGuidelines, toml_files
from annotator.model.worked_example import read_examples
from annotator.store.corpus import read_corpus
from annotator.store.engine import open_engine
from annotator.store.workspace import open_workspace
from tests.new_schema import RENAME, SPLIT
from tests.security.mutating import COMMON, TOML
from tests.security.trying import Reader, try_all

SCHEMA = b"""version = "1.0.0"
realis = ["actual", "future"]
certainty = ["asserted"]
[rejection_reasons]
i = "idiom"
[groups.toll]
killed = "number*"
[types."strike.air"]
title = "Air strike"
description = "From the air."
key = "a"
includes = ["toll"]
roles = { attacker = "actor*", target = "actor|place*" }
maps.acled = "Air strike"
[types.clash]
title = "Clash"
description = "Both fight."
key = "c"
[units]
persons = { title = "persons" }
km = { title = "kilometres", measure = true }
"""
ACTORS = """[us]
type = "external_forces"
en = ["US", "American"]
ar = ["أمريكا"]
part_of = "co"
[co]
type = "external_forces"
en = ["coalition"]
""".encode()
PLACES = b"""[homs]
type = "city"
en = ["Homs"]
part_of = "sy"
coordinates = [34.7, 36]
[sy]
type = "country"
en = ["Syria"]
"""
WORDS = b"""[numbers]
cardinals = { one = 1, two = 2 }
halves = { "and a half" = [1, 2] }
vague = { dozens = [24], several = [3, 9] }
before = { at_least = ["at least"] }
finer = { km = [1000, "km"] }
nouns = { persons = ["men"] }
none_of = ["persons"]
"""
TIMES = b"""[times]
months = { May = 5 }
nearby = { month = { "last month" = -1 } }
loose = { "in recent days" = "unresolved" }
[actors]
heads = ["gunmen"]
"""
EVENTS = b"""[events.verbs]
clash = ["fight / fought"]
[[events.senses]]
nouns = ["raid"]
readings = [{ type = "strike.air", near = ["air"], where = "before", within = 3 }]
[events.company]
air = ["jets"]
"""
CUES = b"""verb_first = ["ar"]
[roles]
doer = ["attacker"]
[words]
by = ["by"]
[counts.killed]
units = ["persons"]
words = ["killed"]
"""
MERGE = RENAME.encode() + b'[merge]\nunits = { places = ["towns", "villages"] }\n'
SETTINGS = b"""corpus = "seeds"
[store]
url = "sqlite:///work.db"
[screen]
bidi = "visual"
preset = "vi"
[audit]
withheld = 0.1
seed = 3
[adjudication]
majority = 0.67
[release]
limits = ["none"]
"""
ARTICLES = b"""[a1]
language = "en"
outlet = "SOHR"
published = "2018-05-24"
published_from = "dateline"
[b2]
language = "ar"
published = 2018-05-24
translation_of = "a1"
"""
PAGE = b"""# Numbers: `number`

- **1. `killed` counts** see [numbers](numbers.md#who) and [here](#numbers).

```example
right 003 3409-3427 "6 members at least" number 6+ persons
wrong 003 3409-3418 "6 \\"mem\\\\bers\\n" number
right 003 3409-3427 "6" killed of 3310-3317 losses us
right 003 1-2 "x" event strike.air actual
right 003 1-2 "x" same as 004 5-6
wrong 003 1-2 "x" rejected idiom
right 003 1-2 "y" time 2018-05-24
```
| page | about | words |
|---|---|---|
| [numbers](numbers.md) | x | `number` |
"""

BASE = {"schema.toml": SCHEMA, "actors.toml": b"", "places.toml": b""}
GUIDELINES = read_guidelines(BASE | {"actors.toml": ACTORS, "places.toml": PLACES})


def _told(act: Callable[[], object]) -> Sequence[Problem]:
    """Give all that is wrong with guidelines, which the words of the refusal tell only the first of."""
    try:
        act()
    except BadGuidelines as refusal:
        return refusal.problems
    return ()


def _guidelines(name: str) -> Callable[[bytes], Sequence[Problem]]:
    def read(data: bytes) -> Sequence[Problem]:
        files = BASE | {name: data}
        return _told(lambda: _checked(read_guidelines(files), files))

    return read


def _checked(read: Guidelines, files: dict[str, bytes]) -> None:
    """What can be read can be held to the rules, too, and counted as wrong without falling over it."""
    for problem in check_guidelines(read.schema, read.registry, read.lexicon, toml_files(files)):
        assert problem.message


def _copy_of_a_schema(data: bytes) -> Sequence[Problem]:
    read_schema(data)
    return ()


def _page(data: bytes) -> Iterator[Problem]:
    book = handbook(read_pages({"README.md": data}))
    assert book.about(["number", "killed"]) is not None
    for page in book.pages:
        assert page.title
        assert all(1 <= link.line <= page.text.count("\n") + 1 for link in page.links())
        for example in read_examples(page.text, GUIDELINES.schema, GUIDELINES.registry):
            for slip in example.slips:
                yield Problem(rule="page", level="error", where=f"line {slip.line}", message=slip.message)


READERS = {
    "schema.toml": Reader(_guidelines("schema.toml"), [SCHEMA], COMMON + TOML),
    "actors.toml": Reader(_guidelines("actors.toml"), [ACTORS], COMMON + TOML),
    "places.toml": Reader(_guidelines("places.toml"), [PLACES], COMMON + TOML),
    "lexicon": Reader(_guidelines("lexicon/en.toml"), [WORDS, TIMES, EVENTS], COMMON + TOML),
    "cues.toml": Reader(_guidelines("cues.toml"), [CUES], COMMON + TOML),
    "migrations": Reader(
        lambda data: _told(lambda: read_migrations({"migrations/a.toml": data})), [SPLIT.encode(), MERGE], COMMON + TOML
    ),
    "older schemas": Reader(
        lambda data: _told(lambda: read_schemas({"migrations/schemas/1.toml": data})), [SCHEMA], COMMON + TOML
    ),
    "the schema of a release": Reader(_copy_of_a_schema, [SCHEMA], COMMON + TOML),
    "pages": Reader(
        _page, [PAGE], (*COMMON, b"```", b"```example", b"right 003 ", b"0-0", b"`", b"|", b"[a](a.md)", b"~~~")
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_whatever_guidelines_say_only_they_problems_or_a_refusal_come_out(name: str) -> None:
    try_all(READERS[name])


def test_whatever_settings_say_only_they_or_a_refusal_come_out(tmp_path: Path) -> None:
    def read(data: bytes) -> Sequence[Problem]:
        (tmp_path / "annotator.toml").write_bytes(data)
        opened = open_workspace(tmp_path)
        assert opened.corpus.name is not None
        open_engine(opened.store_url).dispose()
        return ()

    try_all(Reader(read, [SETTINGS], COMMON + TOML))


def test_whatever_is_said_of_articles_only_they_or_refusals_come_out(tmp_path: Path) -> None:
    for name in ("a1", "b2"):
        (tmp_path / f"{name}.txt").write_text(f"Six died in {name}.\n", encoding="utf-8")
    today = datetime.date(2026, 1, 1)

    def read(data: bytes) -> Sequence[Problem]:
        (tmp_path / "articles.toml").write_bytes(data)
        found = list(read_corpus(tmp_path))
        refused = [one for one in found if isinstance(one, Refusal)]
        problems = [Problem(rule=one.code, level="error", where="x", message=str(one)) for one in refused]
        return [*problems, *check_articles([one for one in found if isinstance(one, Article)], today)]

    try_all(Reader(read, [ARTICLES], COMMON + TOML))
