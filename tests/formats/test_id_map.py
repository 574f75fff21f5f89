"""A map from an extractor's article ids to ours: two columns or one object, each fault with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.id_map import read_id_map
from annotator.formats.known import Known
from annotator.formats.predictions import stream


@pytest.mark.parametrize(
    "written",
    [
        b"x1\ta\nx,2\tb\n",
        b"\xef\xbb\xbfx1\ta\r\n\r\nx,2\tb",
        b'x1,a\n"x,2", b\n',
        b'{"x1": "a",\n "x,2": "b"}',
    ],
)
def test_columns_and_objects_say_the_same(written):
    found, problems = read_id_map(written, "ids")
    assert found.ours == {"x1": "a", "x,2": "b"}
    assert problems == ()


@pytest.mark.parametrize(
    ("written", "where", "rule", "said"),
    [
        (b"x1,a\nx1,b\n", "ids:2", "ids.twice", "stands in line 1 already"),
        (b'{"x1": "a",\n"x1": "b"}', "ids:2", "ids.twice", "stands in line 1 already"),
        (b"x1,a\n\nx2,a\n", "ids:3", "ids.twice", "is that of line 1 as well"),
        (b'x1,a\n"x\n2",b\nx3\n', "ids:4", "ids.row", "this has 1"),
        (b"x1\ta\tb\n", "ids:1", "ids.row", "this has 3"),
        (b"x1,a\n,b\n", "ids:2", "ids.row", "neither empty"),
        (b'{"x1": ""}', "ids:1", "ids.row", "neither empty"),
        (b'{"x1": "a",\n"x2": 3}', "ids:2", "ids.row", "a text, not '3'"),
        (b'{"x1": "a",\n"x2": NaN}', "ids:2", "ids.row", "no JSON"),
        (b'{"x1": "a"\n', "ids:2", "ids.row", "closing brace"),
        (b"x1,a\n\xff,b\n", "ids:2", "ids.encoding", "no UTF-8"),
        (b'x1,a\n"x2,b\n', "ids:2", "ids.row", "cannot be read as columns"),
    ],
)
def test_a_fault_of_a_map_has_its_line(written, where, rule, said):
    _, problems = read_id_map(written, "ids")
    assert [(one.where, one.rule) for one in problems] == [(where, rule)]
    assert said in problems[0].message


def test_each_repetition_names_the_line_of_the_first() -> None:
    _, problems = read_id_map(b"x1,a\nx1,b\nx1,c\nx2,a\nx3,a\n", "ids")
    assert [one.where for one in problems] == ["ids:2", "ids:3", "ids:4", "ids:5"]
    assert all("line 1 " in one.message for one in problems)


def test_ids_that_are_no_articles_are_told_once():
    found, _ = read_id_map(b"theirs,ours\nx1,a\nx2,nope\n", "ids")
    (problem,) = found.unknown({"a"}, "gold")
    assert problem.level == "warning"
    assert problem.where == "ids:1"
    assert problem.message == "2 id(s) of the second column are no article of gold: 'ours' in line 1, 'nope' in line 3."
    assert list(found.unknown({"a", "nope", "ours"}, "gold")) == []


def test_articles_take_our_ids_and_those_without_one_are_named():
    ids, _ = read_id_map(b"x1,a\n", "ids.csv")
    written = b'{"article_id": "x1"}\n{"article_id": "a"}\n{"article_id": 3}\n{"article_id": "x1"}\n'
    problems = []
    (document,) = stream(written, "p", problems, known=Known(articles={"a"}), ids=ids)
    assert document.article_id == "a"
    assert [(one.rule, one.where) for one in problems] == [
        ("predictions.unknown-article", "p:2"),
        ("predictions.field", "p:3"),
        ("predictions.duplicate-article", "p:4"),
    ]
    assert "'a' is not in the map ids.csv. Add its line there." in problems[0].message


def test_articles_without_an_id_are_left_out_where_extra_ones_are_allowed():
    ids, _ = read_id_map(b"x1,a\n", "ids.csv")
    problems = []
    written = b'{"article_id": "x1"}\n{"article_id": "a"}\n'
    assert len(list(stream(written, "p", problems, ids=ids, allow={"extra-articles"}))) == 1
    assert [one.level for one in problems] == ["warning"]


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)).map(repr) | st.text())
def test_no_text_breaks_a_map(text):
    read_id_map(text.encode("utf-8", "surrogatepass"), "ids")


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda data: b"{" + data))
def test_no_bytes_break_a_map(data):
    found, _ = read_id_map(data, "ids")
    assert len(set(found.ours.values())) == len(found.ours) == len(found.lines)
