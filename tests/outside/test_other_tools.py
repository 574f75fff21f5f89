"""Files that other tools wrote, where they are here: every figure that is known of them must come out."""

import pytest

from annotator.formats.tools.brat import read, write
from annotator.formats.tools.brat_schema import read_conf, schema_skeleton
from annotator.formats.tools.document import Document, Source, Wanted
from annotator.gold.release import read_schema
from annotator.model.problem import Problem
from tests.outside.repository import DATA, ROOT

BRAT = DATA / "brat_news"

pytestmark = pytest.mark.skipif(not BRAT.is_dir(), reason="brat's tutorials are not here")


def tutorials() -> dict[str, Document]:
    files = {path.name: path.read_bytes() for path in sorted(BRAT.iterdir())}
    documents, problems = read(Source(files=files))
    assert problems == (), "every quote stands where its offsets say"
    return {document.article_id[:3]: document for document in documents}


def test_the_tutorials_of_brat_are_read_whole() -> None:
    found = tutorials()
    assert {name: len(document.marks) for name, document in found.items()} == {
        "000": 7, "060": 10, "080": 21, "090": 22, "100": 26, "110": 14,
    }  # fmt: skip
    first = found["000"]
    assert [len(frame.arguments) for frame in first.frames] == [4]
    said = [*(mark.attributes for mark in first.marks), *(frame.attributes for frame in first.frames)]
    assert sum(map(len, said)) == 5
    assert [mark.ref for mark in first.marks if mark.ref] == ["Wikipedia:64488"]
    assert [note.text for note in first.notes] == ["100000000 USD"]
    assert len(found["090"].frames) == 6
    assert len(found["100"].frames) == 10
    assert sum(len(one.attributes) for one in (*found["100"].marks, *found["100"].frames)) == 6


def test_the_tutorials_of_brat_come_back_from_what_is_written_of_them() -> None:
    schema = read_schema((ROOT / "gold" / "1.0.0" / "schema.toml").read_bytes())
    written = write(list(tutorials().values()), Wanted(schema))
    assert written.losses == ()
    for path in BRAT.glob("*.ann"):
        new, old = (one.decode().splitlines() for one in (written.files[path.name], path.read_bytes()))
        bound, before = ({line.split("\t", 1)[1] for line in lines if line[0] == "T"} for lines in (new, old))
        beside = int(path.stem.startswith("110"))
        assert len(bound ^ before) == beside, "a note on a relation needs a stretch of its own"
        assert len(new) == len(old) + beside


def test_the_configuration_of_the_tutorials_becomes_a_schema() -> None:
    problems: list[Problem] = []
    made = schema_skeleton(read_conf((BRAT / "annotation.conf").read_text(), "annotation.conf", problems), {}, problems)
    assert len(read_schema(made.encode()).types) == 10
    assert [(one.level, one.where) for one in problems] == [("warning", "annotation.conf:66")]
