"""Every mistake in a file of the guidelines is told, all of them at once, each with the line that it stands on."""

from pathlib import Path

import pytest

from annotator.model.guidelines import read_guidelines
from annotator.model.migration import read_migrations
from annotator.model.slips import BadGuidelines

FOLDER = Path(__file__).parents[2] / "guidelines"

SCHEMA = """version = "1.0.0"
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
OTHERS = {"actors.toml": b"", "places.toml": b""}


def told(schema: str, **others: bytes) -> list[tuple[str, str]]:
    """Give the rule and `line N, field F: message` of everything that is wrong."""
    with pytest.raises(BadGuidelines) as refused:
        read_guidelines({"schema.toml": schema.encode(), **OTHERS, **others})
    return [(one.rule, f"{one.where}: {one.message}".partition("schema.toml, ")[2]) for one in refused.value.problems]


def changed(*edits: tuple[str, str]) -> str:
    schema = SCHEMA
    for old, new in edits:
        assert old in schema
        schema = schema.replace(old, new, 1)
    return schema


def test_the_schema_of_these_tests_is_one() -> None:
    assert read_guidelines({"schema.toml": SCHEMA.encode(), **OTHERS}).schema.version == "1.0.0"


@pytest.mark.parametrize(
    ("old", "new", "rule", "says"),
    [
        ('title = "Clash"', 'titel = "Clash"', "unknown", "line 16, field types.clash.titel: It is not known. Did"),
        ('title = "Clash"\n', "", "content", "line 15, field types.clash.title: It is missing."),
        ("[units]", "[unit]", "unknown", "line 19, field unit: It is not known. Did you mean 'units'?"),
        ('key = "c"', 'key = "cc"', "content", "line 18, field types.clash.key: It must be one character."),
        ('key = "c"', 'key = ""', "content", "line 18, field types.clash.key: It is empty."),
        ('key = "c"', "key = nan", "content", "line 18, field types.clash.key: It must be text"),
        ("measure = true", "measure = nan", "content", "line 21, field units.km.measure: It must be true or false."),
        ("measure = true", 'measure = "yes"', "content", "line 21, field units.km.measure: It must be true or false."),
        ("measure = true", "measured = true", "unknown", "line 21, field units.km.measured: It is not known. Did"),
        ('"actor*"', '"actor**"', "content", "line 13, field types.strike.air.roles.attacker: 'actor**' is no role"),
        ('"actor|place*"', '"actor|plac*"', "content", "line 13, field types.strike.air.roles.target: 'plac' is no"),
        ('"number*"', "1", "content", "line 7, field groups.toll.killed: It must be text, in quotes, as"),
        ('["toll"]', '["tol"]', "reference", "line 12, field types.strike.air.includes[0]: 'tol' is not known. Did"),
        ('["toll"]', '"toll"', "content", "line 12, field types.strike.air.includes: It must be a list"),
        ('maps.acled = "', 'maps.acled = 1 # "', "content", "line 14, field types.strike.air.maps.acled: It must be"),
        ('"1.0.0"', '"1.0"', "content", "line 1, field version: '1.0' is no version"),
        ('"1.0.0"', '"1.00.0"', "content", "line 1, field version: '1.00.0' is no version"),
        ('"1.0.0"', "1.0", "content", "line 1, field version: It must be text"),
        ('"future"', '"futur"', "content", "line 2, field realis[1]: 'futur' is not known. Did you mean 'future'?"),
        ('["asserted"]', "[]", "content", "line 3, field certainty: It is empty."),
        ('i = "idiom"', 'idiom = "idiom"', "content", "line 5, field rejection_reasons.idiom: It must be one"),
        ('i = "idiom"', 'i = "idiom"\ni = "other"', "syntax", "line 6: It is no TOML: Cannot overwrite a value."),
        ("[types.clash]", '[types."strike.air"]', "syntax", "line 15: It is no TOML: Cannot declare"),
        ('{ title = "persons" }', "[[]]", "content", "line 20, field units.persons: It must be a table."),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, rule: str, says: str) -> None:
    ((found, message),) = told(changed((old, new)))
    assert found == f"guidelines.{rule}"
    assert message.startswith(says)


def test_a_question_with_one_answer_is_not_called_empty() -> None:
    split = b'from = "1.0.0"\nto = "2.0.0"\nwhy = "w"\n[split.units.km]\nquestion = "q"\nanswers = { a = "b" }\n'
    with pytest.raises(BadGuidelines, match=r"line 6, field .*answers: It must have 2 entries at least"):
        read_migrations({"migrations/m.toml": split})


def test_two_types_with_one_key_are_told_at_the_second() -> None:
    ((rule, message),) = told(changed(('key = "c"', 'key = "a"')))
    assert rule == "schema.key"
    assert message.startswith("line 18, field types.clash.key: strike.air and clash share the key 'a'.")


def test_a_remark_or_another_table_that_has_the_word_is_not_taken_for_the_place() -> None:
    schema = changed(('key = "c"', "key = 7"), ('title = "Air strike"', '# key = "c"\ntitle = "key = 7"'))
    assert [message for _, message in told(schema)] == ["line 19, field types.clash.key: It must be text, in quotes."]


def test_a_line_break_in_a_text_does_not_move_what_follows() -> None:
    schema = changed(('"From the air."', '"""\nFrom [types.clash]\nkey = 3\n"""'), ('key = "c"', "key = 7"))
    assert [message for _, message in told(schema)] == ["line 21, field types.clash.key: It must be text, in quotes."]


def test_all_mistakes_are_told_together_in_the_order_of_their_lines() -> None:
    schema = changed(('"1.0.0"', '"one"'), ('key = "a"', "key = 1"), ('"actor*"', '"actr*"'), ("[units]", "[unitz]"))
    found = told(schema, **{"actors.toml": b'[a]\ntype = "x"\n', "lexicon/en.toml": b"[times\n"})
    assert [rule.partition(".")[2] for rule, _ in found] == ["syntax", *["content"] * 3, "unknown", "content"]
    assert [message.partition(",")[0] for _, message in found if message] == ["line 1", "line 11", "line 13", "line 19"]


def test_who_reads_only_the_first_hears_of_the_others() -> None:
    with pytest.raises(BadGuidelines, match=r"line 19, field unitz.* And 1 more: `annotator check` lists them\.$"):
        read_guidelines({"schema.toml": changed(('"1.0.0"', '"one"'), ("[units]", "[unitz]")).encode(), **OTHERS})


def test_names_are_held_against_each_other_where_every_file_can_be_read() -> None:
    words = b'[triggers]\n"strike.aer" = ["strike"]\nclash = ["clash"]\n[numbers.nouns]\nperson = ["men"]\n'
    with pytest.raises(BadGuidelines) as refused:
        read_guidelines({"schema.toml": SCHEMA.encode(), **OTHERS, "lexicon/en.toml": words})
    assert [(one.rule, one.where) for one in refused.value.problems] == [
        ("guidelines.reference", "guidelines/lexicon/en.toml, line 2, field triggers.strike.aer"),
        ("guidelines.reference", "guidelines/lexicon/en.toml, line 5, field numbers.nouns.person"),
    ]


def test_a_name_that_stands_for_nothing_is_told_wherever_in_the_lexicon_it_stands() -> None:
    words = """[numbers]
none_of = ["persons", "a"]
finer = { km = [1000, "b"], c = [60, "km"] }
[numbers.duals]
d = ["two"]
[numbers.unknown.tails]
e = ["casualties"]
[events.verbs]
f = ["strike"]
casualty = ["kill"]
[events.nouns]
g = ["strike"]
[events.company]
air = ["jet"]
[[events.compounds]]
type = "h"
nouns = ["strike"]
beside = ["air"]
[[events.senses]]
otherwise = "i"
words = ["hit"]
readings = [
    { near = ["air"], type = "clash" },
    { near = ["air"], type = "j" },
]
"""
    cues = b'[roles]\ndoer = ["attacker", "k"]\n'
    with pytest.raises(BadGuidelines) as refused:
        read_guidelines(
            {"schema.toml": SCHEMA.encode(), **OTHERS, "lexicon/en.toml": words.encode(), "cues.toml": cues}
        )
    assert {one.message[1]: one.where.partition(", ")[2] for one in refused.value.problems} == {
        "a": "line 2, field numbers.none_of[1]",
        "b": "line 3, field numbers.finer.km[1]",
        "c": "line 3, field numbers.finer.c",
        "d": "line 5, field numbers.duals.d",
        "e": "line 7, field numbers.unknown.tails.e",
        "f": "line 9, field events.verbs.f",
        "g": "line 12, field events.nouns.g",
        "h": "line 16, field events.compounds[0].type",
        "i": "line 20, field events.senses[0].otherwise",
        "j": "line 24, field events.senses[0].readings[1].type",
        "k": "line 2, field roles.doer[1]",
    }


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("[34.0]", "[1]: It is missing."),
        ("[nan, 36]", "[0]: Input"),
        ("[1e400, 36]", "[0]: Input"),
        ("34", ": It must"),
    ],
)
def test_coordinates_are_two_numbers_of_degrees(written: str, field: str) -> None:
    place = f'[homs]\ntype = "city"\ncoordinates = {written}\n'
    with pytest.raises(BadGuidelines) as refused:
        read_guidelines({"schema.toml": SCHEMA.encode(), **OTHERS, "places.toml": place.encode()})
    assert f"places.toml, line 3, field homs.coordinates{field}" in str(refused.value)


def test_coordinates_may_be_any_integer_until_they_are_checked() -> None:
    place = b'[homs]\ntype = "city"\ncoordinates = [9007199254740992, 1]\n'
    read = read_guidelines({"schema.toml": SCHEMA.encode(), **OTHERS, "places.toml": place})
    assert read.registry.places["homs"].coordinates == (9007199254740992, 1)


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(BadGuidelines, match="thousands of digits"):
        read_guidelines({"schema.toml": b"x = " + b"9" * 5000, **OTHERS})


def test_what_is_nested_without_end_is_refused() -> None:
    (found,) = told("x = " + "[" * 100_000)
    assert found[0] == "guidelines.syntax"


def test_what_ships_has_no_mistake() -> None:
    read_guidelines({path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*.toml")})
