"""GTT's files of templates: what is read, and what is said of what cannot be, with its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.gtt import output_id, read_gold, read_output
from annotator.model.template import Filled, Name, Template


def gold_line(**fields):
    return json.dumps({"docid": "d", "doctext": "the mayor and a bomb", "templates": []} | fields).encode() + b"\n"


def output(*templates, key="d"):
    return json.dumps({key: {"doctext": "", "pred_templates": templates, "gold_templates": [{}]}}, indent=1).encode()


def lines(problems):
    return [(problem.level, problem.where, problem.rule) for problem in problems]


def test_gold_gives_entities_with_their_strings_and_where_they_stand():
    templates = [{"incident_type": "attack", "Victim": [[["mayor", 4], ["the mayor", 0]]], "Weapon": []}]
    articles, problems = read_gold(gold_line(templates=templates))
    victim = (Name("mayor", 4), Name("the mayor", 0))
    assert articles == (
        Filled("d", "the mayor and a bomb", (Template("attack", (("Victim", (victim,)), ("Weapon", ()))),)),
    )
    assert problems == ()


def test_output_gives_strings_alone():
    articles, problems = read_output(output({"incident_type": "attack", "Victim": [["mayor"], ["guard"]]}))
    victims = ((Name("mayor"),), (Name("guard"),))
    assert articles == (Filled("d", "", (Template("attack", (("Victim", victims),)),)),)
    assert problems == ()


def test_a_document_of_the_test_sets_has_a_number_in_output():
    assert [output_id(one) for one in ("TST3-MUC4-0007", "TST4-MUC4-0100", "TST1-MUC3-0002", "mine", "30007")] == [
        "30007",
        "40100",
        "10002",
        "mine",
        "30007",
    ]


@pytest.mark.parametrize(
    ("templates", "said"),
    [
        ([{"Victim": []}], "templates[0].incident_type is missing."),
        ([{"incident_type": ""}], "templates[0].incident_type must be a text that is not empty, not ''."),
        (["attack"], "templates[0] must be an object, not 'attack'."),
        ("attack", "templates must be a list, not a text."),
        (None, "templates is missing."),
        ([{"incident_type": "a", "V": "x"}], "templates[0].V must be a list, not a text."),
        (
            [{"incident_type": "a", "V": ["x"]}],
            "templates[0].V[0] must be a list of strings, all for one entity, not 'x'.",
        ),
        (
            [{"incident_type": "a", "V": [["x", 4]]}],
            "templates[0].V[0][1] must be a string, or one with its offset, not 4.",
        ),
        (
            [{"incident_type": "a", "V": [[["x", True]]]}],
            "templates[0].V[0][0] must be a string, or one with its offset, not ['x', True].",
        ),
        (
            [{"incident_type": "a", "V": [[["x", -1]]]}],
            "templates[0].V[0][0] must be a string, or one with its offset, not ['x', -1].",
        ),
    ],
)
def test_what_is_no_template_is_an_error_on_its_line(templates, said):
    _, problems = read_gold(b"\n" + gold_line(templates=templates), "gold.json")
    assert [(problem.level, problem.where, problem.message) for problem in problems] == [("error", "gold.json:2", said)]


def test_an_offset_where_the_string_does_not_stand_is_passed_over_with_a_warning():
    articles, problems = read_gold(gold_line(templates=[{"incident_type": "a", "V": [[["mayor", 5]]]}]), "gold")
    assert articles[0].templates[0].roles == (("V", ((Name("mayor"),),)),)
    assert lines(problems) == [("warning", "gold:1", "gold.quote")]


def test_an_entity_without_a_string_is_kept_with_a_warning():
    articles, problems = read_output(output({"incident_type": "a", "V": [[], [" "]]}), "out")
    assert articles[0].templates[0].roles == (("V", ((), (Name(" "),))),)
    assert lines(problems) == [("warning", "out:2", "predictions.empty")] * 2


def test_an_article_of_gold_stands_once():
    _, problems = read_gold(gold_line() + gold_line(), "gold")
    assert lines(problems) == [("error", "gold:2", "gold.duplicate-article")]


TWICE = "The key '{}' stands twice in one object. Remove one of the two."
TOO_MUCH = "This is nothing that an annotation holds: a number too long, or nested too deeply."


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        (b"", 1, "The file must hold one JSON object, with an article under each key."),
        (b'\n[{"a": 1}]', 2, "The file must hold one JSON object, with an article under each key."),
        (b'{\n"a": {"pred_templates": []}\n"b": {}}', 3, "A member must be followed by a comma or the closing brace."),
        (b'{\n"a": {"pred_templates": []},\n}', 3, "A key must stand in double quotes."),
        (b'{"a" {}}', 1, "A key must be followed by a colon and a value."),
        (b'{"a": {"pred_templates": []}}\n{}', 2, "Something follows the JSON object. The file must hold one object."),
        (b'{"a":\n 1}', 1, "Under a key must be one JSON object, of one article."),
        (b'{\n\n"a": {}}', 3, "pred_templates is missing."),
        (b'{"a": {"pred_templates": []},\n"a": {}}', 2, TWICE.format("a")),
        (b'{"a": {"x": 1, "x": 2}}', 1, TWICE.format("x")),
        (b'{"%b": {"pred_templates": []}, "%b": {}}' % ((b"k" * 99,) * 2), 1, f"The key '{'k' * 58}… stands"),
        (b'{\n"a": "\xff"}', 2, "This is no UTF-8: byte 9 of the file."),
        (b'{"a":' + b"[" * 100_000, 1, TOO_MUCH),
        (b'{"a":' + b"9" * 5_000, 1, TOO_MUCH),
        (b'{"\\ud800": {}}', 1, "This is no JSON: no low surrogate in string."),
        (b'{"a": {"pred_templates": NaN}}', 1, "This is no JSON: unexpected character."),
    ],
)  # fmt: skip
def test_what_is_no_object_of_articles_is_an_error_on_its_line(written, line, said):
    _, problems = read_output(written, "out")
    assert [problem.where for problem in problems] == [f"out:{line}"]
    assert problems[0].level == "error"
    assert problems[0].message.startswith(said.removesuffix("."))


def test_articles_before_a_fault_are_read_and_a_mark_before_the_first_is_tolerated():
    articles, problems = read_output(b'\xef\xbb\xbf{"a": {"pred_templates": []}, "b": ')
    assert [article.article_id for article in articles] == ["a"]
    assert len(problems) == 1


@given(st.binary(max_size=60))
def test_no_bytes_make_the_readers_fail(data):
    assert read_output(data)[1] or data.strip().endswith(b"}")
    read_gold(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("attack"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["incident_type", "V", "pred_templates", "templates", "docid"]), inner)
    ),
)


@given(JSON)
def test_no_json_makes_the_readers_fail(content):
    read_output(json.dumps({"d": content}).encode())
    read_output(json.dumps({"d": {"pred_templates": content}}).encode())
    read_gold(json.dumps(content).encode())
    read_gold(gold_line(templates=content))
