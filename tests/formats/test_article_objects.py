"""Articles one a line, or as one array: the same objects, each with where it stands."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import article_objects, lines
from annotator.formats.article_objects import read_objects
from annotator.formats.predictions import read

ARTICLES = [{"article_id": "a"}, {"article_id": "b", "events": []}]


def objects(data):
    problems = []
    source = io.BufferedReader(io.BytesIO(data))
    found = [(line.where, line.content) for line in read_objects(source, "p.json", "predictions.json", problems)]
    assert found == [(one.where, one.content) for one in read_objects(data, "p.json", "predictions.json", [])]
    return found, [(problem.where, problem.message) for problem in problems]


def test_an_array_is_its_items_each_with_line_and_number():
    written = b"\xef\xbb\xbf \n" + json.dumps(ARTICLES, indent=1).encode()
    assert objects(written) == (
        [("p.json:3 (item 1)", ARTICLES[0]), ("p.json:6 (item 2)", ARTICLES[1])],
        [],
    )
    assert objects(b"[]") == ([], [])


def test_lines_stay_lines():
    assert objects(b'\n{"article_id": "a"}\n') == ([("p.json:2", ARTICLES[0])], [])


@pytest.mark.parametrize(
    ("written", "where", "said"),
    [
        (b'[{"a": 1},\n 3]', "p.json:2 (item 2)", "An item must be one JSON object"),
        (b'[{"a": 1,\n "a": 2}]', "p.json:1 (item 1)", "The key 'a' stands twice"),
        (b'[{"a": 1, "a"\n: 2}]', "p.json:1 (item 1)", "The key 'a' stands twice"),
        (b'[{"a": 1}\n {"b": 2}]', "p.json:2", "An item must be followed by a comma"),
        (b'[{"a": 1},\n]', "p.json:2", "This is no JSON"),
        (b'[{"a": 1}]\n{"b": 2}', "p.json:2", "Something follows the JSON array"),
        (b'[{"a": \n', "p.json:2", "This is no JSON"),
        (b'[{"a":\n "\xff"}]', "p.json:2", "This is no UTF-8"),
        (b'[{"a": NaN}]', "p.json:1 (item 1)", "This is no JSON"),
        (b"[" * 100_000, "p.json:1", "nested too deeply"),
        (b"[1" + b"0" * 5000 + b"]", "p.json:1", ""),
    ],
)
def test_what_is_wrong_in_an_array_is_named_with_its_line(written, where, said):
    _, problems = objects(written)
    assert [one for one, _ in problems] == [where]
    assert said in problems[0][1]


def test_an_article_that_an_array_holds_twice_on_one_line_is_refused():
    _, problems = read(json.dumps([ARTICLES[0]] * 2).encode(), "p.json")
    assert [(problem.rule, problem.where) for problem in problems] == [
        ("predictions.duplicate-article", "p.json:1 (item 2)")
    ]


def test_an_array_too_large_to_be_held_says_what_to_write_instead(monkeypatch):
    monkeypatch.setattr(article_objects, "LARGEST", 10)
    assert objects(json.dumps(ARTICLES).encode())[1] == [
        ("p.json:1", "The array has more than 10 bytes. Write one article a line: lines are not held whole.")
    ]


def test_a_line_too_long_is_named_and_nothing_behind_it_is_read(monkeypatch):
    monkeypatch.setattr(lines, "LONGEST", 20)
    found, problems = objects(b'{"article_id": "a"}\n' + b"{" * 50 + b"\n" + b"{" * 50)
    assert [where for where, _ in found] == ["p.json:1"]
    assert [where for where, _ in problems] == ["p.json:2"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.sampled_from(["article_id", "events", "mentions", "x"]), _JSON), max_size=4))
def test_an_array_says_what_lines_say(articles):
    array = read(json.dumps(articles, indent=1).encode(), "p")
    lined = read("".join(json.dumps(one) + "\n" for one in articles).encode(), "p")
    assert array[0] == lined[0]
    assert [problem.rule for problem in array[1]] == [problem.rule for problem in lined[1]]


@given(st.binary(max_size=80).map(lambda data: b"[" + data))
def test_no_bytes_break_it(data):
    list(read_objects(data, "p", "predictions.json", []))
