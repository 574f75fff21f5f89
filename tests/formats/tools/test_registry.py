"""Each row of the registry is true: its module has what it says, its example is there and can be read."""

import pytest

from annotator.formats.tools.document import LOSSES, Source
from annotator.formats.tools.registry import FORMATS, OURS_ALONE, Format, format_named

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize("row", FORMATS, ids=[row.name for row in FORMATS])
def test_a_row_is_true(row: Format) -> None:
    assert row.reads or row.writes
    assert not row.reads or callable(row.read)
    assert not row.writes or callable(row.write)
    assert set(row.loses) <= LOSSES.keys()
    assert set(row.holds) | set(row.lost) == LOSSES.keys()
    assert row.is_ours == (set(OURS_ALONE) <= set(row.holds))
    assert row.title
    assert row.note.endswith(".")
    assert all(ending.startswith(".") for ending in row.endings)
    assert format_named(row.name) is row


@pytest.mark.parametrize("row", [row for row in FORMATS if row.reads], ids=lambda row: row.name)
def test_an_example_is_there_and_has_no_fault(row: Format) -> None:
    if row.extra:
        pytest.importorskip({"cas": "cassis"}.get(row.extra, row.extra))
    files = {
        path.relative_to(row.example).as_posix(): path for path in sorted(row.example.rglob("*")) if path.is_file()
    }
    read = row.read(Source(files={name: path.read_bytes() for name, path in files.items()}))
    assert read.documents
    assert [problem for problem in read.problems if problem.level == "error"] == []


def test_a_format_of_mentions_alone_holds_nothing_of_events() -> None:
    conll = format_named("conll")
    assert conll is not None
    assert not {"argument", "trigger", "hub", "of"} & set(conll.holds)


def test_names_are_told_apart() -> None:
    assert len({row.name for row in FORMATS}) == len(FORMATS)
    assert format_named("decisions") is None
