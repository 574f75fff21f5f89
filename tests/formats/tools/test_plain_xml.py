"""XML is looked at before a library reads it: elements with their lines, and no document type."""

import pytest

from annotator.formats.tools import plain_xml
from annotator.formats.tools.plain_xml import DEEPEST, elements
from annotator.model.problem import Problem


def _read(data: bytes) -> tuple[list[tuple[int, str]], list[str]]:
    problems: list[Problem] = []
    found = elements(data, "f.xml", problems)
    return [(one.line, one.name) for one in found], [f"{one.where} {one.rule}" for one in problems]


def test_elements_come_with_their_lines_and_namespaces():
    data = '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns:x="urn:y">\n\n<x:b c="🔥"/></a>'.encode()
    assert _read(data) == ([(2, "a"), (4, "urn:y b")], [])
    problems: list[Problem] = []
    assert elements(data, "f", problems)[1].attributes == {"c": "🔥"}


@pytest.mark.parametrize(
    "doctype", ["<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "x.dtd">', '<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a [%x;]>"]
)
def test_a_document_type_is_refused_before_anything_in_it_is_read(doctype: str):
    assert _read(f"\n\n{doctype}<a/>".encode()) == ([], ["f.xml:3 format.syntax"])


def test_depth_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch):
    assert _read(b"<a>" * DEEPEST + b"</a>" * DEEPEST)[1] == []
    assert _read(b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1))[1] == ["f.xml:1 format.syntax"]
    monkeypatch.setattr(plain_xml, "LARGEST", 10)
    assert _read(b"<abcdefgh/>")[1] == ["f.xml:1 format.too-large"]


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"<a", b"<a><b></a>", b"<a b='1' b='2'/>", b"<a>&b;</a>", b"<a>\xff</a>", b"<a>\x0b</a>",
     b"<a>&#11;</a>", b'<?xml version="1.0" encoding="nobody-8"?><a/>', b'<?xml version="1.0" encoding="utf-7"?><a/>'],
)  # fmt: skip
def test_what_is_no_xml_is_a_problem(data: bytes):
    found, problems = _read(data)
    assert (found, [one.partition(" ")[2] for one in problems]) == ([], ["format.syntax"])
