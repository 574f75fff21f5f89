"""Archives give their files by name; bombs, names that lead out, and what is damaged are problems."""

import io
import zipfile

import pytest

from annotator.formats.tools import unzipping
from annotator.formats.tools.unzipping import unzipped
from annotator.model.problem import Problem


def _zip(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return packed.getvalue()


def _unzipped(data: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    problems: list[Problem] = []
    return unzipped({"x.zip": data}, problems), problems


def test_files_stand_below_the_name_of_their_archive_and_archives_in_it_are_opened_too():
    inner = _zip({"anna.xmi": b"<a/>"})
    found, problems = _unzipped(_zip({"annotation/d.txt/anna.zip": inner, "source/d.txt": b"T"}))
    assert found == {"x.zip/annotation/d.txt/anna.zip/anna.xmi": b"<a/>", "x.zip/source/d.txt": b"T"}
    assert problems == []


def test_what_is_no_archive_stays_as_it_is():
    assert _unzipped(b"PK is how this text begins") == ({"x.zip": b"PK is how this text begins"}, [])


def test_bombs_are_refused_also_where_they_lie_in_each_other():
    bomb = _zip({"a.xmi": b"0" * (unzipping.FREE + 1)})
    for data in (bomb, _zip({"b.zip": bomb})):
        found, problems = _unzipped(data)
        assert found == {}
        assert [one.rule for one in problems] == ["format.archive"]
        assert "far too large" in problems[0].message


def test_archives_in_archives_in_archives_are_refused():
    data = b"<a/>"
    for _ in range(4):
        data = _zip({"x.zip": data})
    assert "too deeply" in _unzipped(data)[1][0].message


def test_an_archive_of_files_without_end_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unzipping, "MOST_FILES", 3)
    assert _unzipped(_zip({f"{number}.xmi": b"" for number in range(3)}))[1] == []
    assert "more than 3 files" in _unzipped(_zip({f"{number}.xmi": b"" for number in range(4)}))[1][0].message


@pytest.mark.parametrize("name", ["../x.xmi", "/etc/x.xmi", "a/../../x.xmi", "C:/x.xmi", "..\\x.xmi", "\\x.xmi"])
def test_names_that_lead_out_are_refused(name: str):
    found, problems = _unzipped(_zip({name: b""}))
    assert found == {}
    assert "leads out" in problems[0].message


def test_damaged_and_cut_archives_are_problems():
    whole = _zip({"a.xmi": b"<a>" * 1000, "b.xmi": b"<b>" * 1000})
    for at in range(0, len(whole), 3):
        for data in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            found, problems = _unzipped(data)
            assert found or [one.rule for one in problems] == ["format.archive"]


def test_an_encrypted_archive_is_a_problem():
    data = bytearray(_zip({"a.xmi": b"<a/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in _unzipped(bytes(data))[1][0].message
