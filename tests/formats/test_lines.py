import json

import pytest

from annotator.formats.lines import read_lines


def read(data):
    problems = []
    lines = list(read_lines(data, "p.jsonl", "predictions.json", problems))
    return lines, [problem.line() for problem in problems]


def test_lines_end_at_lf_only():
    lines, problems = read('{"a":"one\u2028two\x85three"}\r\n\n{"b":1}'.encode())
    assert [(line.where, line.content) for line in lines] == [
        ("p.jsonl:1", {"a": "one\u2028two\x85three"}),
        ("p.jsonl:3", {"b": 1}),
    ]
    assert problems == []


def test_a_byte_order_mark_is_tolerated():
    assert [line.content for line in read(b'\xef\xbb\xbf{"a":1}\n')[0]] == [{"a": 1}]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"not json",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b"[1, 2]",
        b"3",
        b"null",
        b'{"a":1} {"b":2}',
        b'{"a":' + b"[" * 500 + b"]" * 500 + b"}",
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_json_object_is_an_error_with_its_line(line):
    lines, problems = read(b'{"ok":1}\n' + line + b'\n{"ok":2}\n')
    assert [found.content for found in lines] == [{"ok": 1}, {"ok": 2}]
    assert len(problems) == 1
    assert problems[0].startswith("error: p.jsonl:2: ")


@pytest.mark.parametrize(
    "line",
    [
        b'{"start":1,"start":2}',
        b'{"start" : 1, "start" : 2}',
        b'{"a":{"b":[{"start":1,"start":1}]}}',
        b'{"a\\u0062":1,"ab":2}',
        b'{"a":1,"a":"\\u0022:"}',
        b'{"a":1,"a":"\\"\\u003a"}',
        b'{"a":1,"a":"\\"\\u003A"}',
    ],
)
def test_a_key_that_stands_twice_is_an_error(line):
    lines, problems = read(line)
    assert lines == []
    assert "stands twice" in problems[0]


@pytest.mark.parametrize("colon", [":", " :"])
def test_what_is_nested_more_deeply_than_any_annotation_is_refused_however_colons_stand(colon):
    lines, (problem,) = read(f'{{"a"{colon}'.encode() * 300 + b"1" + b"}" * 300)
    assert lines == []
    assert "nested more deeply" in problem


def test_many_keys_are_looked_at_once_each():
    lines, problems = read(b"{" + b",".join(b'"%d" :1' % number for number in range(200_000)) + b"}")
    assert (len(lines), problems) == (1, [])


@pytest.mark.parametrize("line", [b'{"q":"\\" : \\":"}', b'{ "a" : { "a" : 1 } , "b": "\\u0022:" }', b'{"":1}'])
def test_what_only_looks_like_a_repeated_key_is_taken(line):
    lines, problems = read(line)
    assert len(lines) == 1
    assert problems == []


def test_what_is_no_json_is_told_with_one_line_number_and_the_place_on_that_line():
    problems = []
    assert list(read_lines(b'{"article_id": "a"}\n{"article_id": NaN}\n', "x.jsonl", "gold.json", problems))
    assert [problem.where for problem in problems] == ["x.jsonl:2"]
    assert "at character 16 of the line" in problems[0].message
    assert "line 1" not in problems[0].message


@pytest.mark.parametrize(
    ("data", "byte"),
    [
        ('{"a": "é"}'.encode("latin-1"), 8),
        ('{"a": "سلام"}'.encode("cp1256"), 8),
        ('{"a": 1}'.encode("utf-16"), 1),
        (b"\xef\xbb\xbf\x1f\x8b\x08", 2),
    ],
)
def test_another_encoding_is_called_that_with_its_first_byte(data, byte):
    _, problems = read(data)
    assert problems[0] == f"error: p.jsonl:1: This is no UTF-8: byte {byte} of the line. [predictions.json]"


@pytest.mark.parametrize("article", [{"article_id": "a", "mentions": []}, {"a": {"b": [1, 2]}}])
def test_an_object_over_many_lines_is_one_error(article):
    assert read(b"\n\n" + json.dumps(article, indent=2).encode() + b'\n{"ok":1}')[1] == [
        "error: p.jsonl:3: An article must stand on one line, or in an array; nothing behind this line is read."
        " [predictions.json]"
    ]


def test_a_line_that_was_cut_off_among_others_hides_none_of_them():
    lines, problems = read(b'{"ok":1}\n{"cut":[\n{"ok":2}')
    assert [line.content for line in lines] == [{"ok": 1}, {"ok": 2}]
    assert len(problems) == 1
    lines, problems = read(b'{"comma":1},\n{"ok":2}')
    assert len(lines) == len(problems) == 1


def test_a_repeated_key_is_told_in_short():
    _, problems = read(b'{"%s":1,"%s":2}' % (b"k" * 9999, b"k" * 9999))
    assert len(problems[0]) < 200
