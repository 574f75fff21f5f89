"""JSON as language models write it: in fences, in prose, as a list; and nothing that breaks off is passed over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.answers import read_answer
from annotator.model.problem import Problem

RECORD = {"article_id": "a", "mentions": []}


def read(data: bytes | str) -> tuple[list[tuple[str, object]], list[str]]:
    problems: list[Problem] = []
    written = data.encode() if isinstance(data, str) else data
    lines = [(line.where, line.content) for line in read_answer(written, "a.txt", "predictions.json", problems)]
    return lines, [f"{problem.where} {problem.message}" for problem in problems]


@pytest.mark.parametrize(
    ("data", "wheres"),
    [
        (json.dumps(RECORD), ["a.txt:1"]),
        (f"{json.dumps(RECORD)}\r\n\n{json.dumps(RECORD)}\n", ["a.txt:1", "a.txt:3"]),
        (json.dumps(RECORD, indent=2), ["a.txt:1"]),
        (json.dumps([RECORD, RECORD], indent=2), ["a.txt:1[0]", "a.txt:1[1]"]),
        (f"Here it is, as asked [1]:\n\n```json\n{json.dumps(RECORD, indent=1)}\n```\nAnything else?", ["a.txt:4"]),
        (f"```\n{json.dumps([RECORD])}\n```\nand\n```\n{json.dumps(RECORD)}\n```", ["a.txt:2[0]", "a.txt:6"]),
        (f"The answer is {json.dumps(RECORD)}. {{So}} it is.", ["a.txt:1"]),
        ("\ufeff" + json.dumps(RECORD), ["a.txt:1"]),
    ],
)
def test_objects_are_found_wherever_they_stand(data: str, wheres: list[str]) -> None:
    lines, problems = read(data)
    assert lines == [(where, RECORD) for where in wheres]
    assert problems == []


def test_an_empty_list_is_an_answer() -> None:
    assert read("Nothing is named in it:\n[]\n") == ([], [])


@pytest.mark.parametrize("data", ["", "I found nothing.", "[1, 2]", '"a text"', "{curly} words"])
def test_an_answer_without_objects_is_told(data: str) -> None:
    lines, (problem,) = read(data)
    assert lines == []
    assert problem == "a.txt There is no JSON in it: neither an object nor a list of objects."


def test_what_breaks_off_is_told_and_its_inside_is_not_taken_for_the_whole() -> None:
    whole = json.dumps([RECORD, RECORD], indent=1)
    lines, (problem, *_) = read(f"Sure:\n{whole[: len(whole) // 2 + 20]}")
    assert all(where != "a.txt:2[0]" for where, _ in lines)
    assert problem.startswith("a.txt:2 This is no JSON")


def test_a_line_that_is_broken_stops_no_other() -> None:
    lines, (problem,) = read(f'{{"a": 1,, "b": 2}}\n{json.dumps(RECORD)}')
    assert lines == [("a.txt:2", RECORD)]
    assert problem.startswith("a.txt:1 ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'Look: {"a": "\xff"}', "a.txt:1 This is not UTF-8."),
        ('[{"a": 1, "a": 2}]', "The key 'a' stands twice"),
        ('[{"a": NaN}]', "This is no JSON"),
        ('[{"a": 1}, 7]', "a.txt:1[1] This must be an object."),
        ("x " + '[{"a":' * 5000, "nested too deeply"),
        ('x {"a": ' + "9" * 5000 + "}", "a number too long"),
        ("[" + '{"a":' + "[" * 900 + "]" * 900 + "}]", "nested more deeply"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes | str, said: str) -> None:
    assert any(said in problem for problem in read(data)[1])


@given(before=st.text('a{}[]" \n`', max_size=30), after=st.text('a{}[]" \n`', max_size=30))
def test_no_prose_around_an_object_makes_it_fall(before: str, after: str) -> None:
    lines, problems = read(f"{before}\n```json\n{json.dumps(RECORD)}\n```\n{after}")
    assert problems or RECORD in [content for _, content in lines]
