"""Where things stand in a TOML file: each key and item by its line, however it is written."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.toml_lines import TomlLines

FOLDER = Path(__file__).parents[2] / "guidelines"

WRITTEN = '''# [not.a.table]
version = "1.0 # no remark"
dotted.keys."with space" = 1
inline = { one = 1, "two" = [1, { three = 3 }], deep.er = true }
several = [
    "a",  # why: ["b"]
    "c",
]
long = """
[no.table]
not = "a key" ""\\"""" # behind
literal = \'\'\'
x = 1\'\'\'
when = 1979-05-27 07:32:00

[types."strike.air"]
title = 'it # is'
[ types . "strike.air" . roles ]
a = 1
[[list]]
name = 1
[[list]]
name = 2
[list.under]
"\\u0041" = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("version",), 2),
        (("dotted", "keys", "with space"), 3),
        (("dotted",), 3),
        (("inline", "two", 1, "three"), 4),
        (("inline", "deep", "er"), 4),
        (("several",), 5),
        (("several", 1), 7),
        (("long",), 9),
        (("literal",), 12),
        (("when",), 14),
        (("types", "strike.air"), 16),
        (("types", "strike.air", "title"), 17),
        (("types", "strike.air", "roles", "a"), 19),
        (("list",), 20),
        (("list", 0, "name"), 21),
        (("list", 1, "name"), 23),
        (("list", 1, "under", "A"), 25),
    ],
)
def test_each_thing_is_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(WRITTEN)
    assert TomlLines(WRITTEN).line_of(path) == line


def test_what_is_missing_is_told_with_what_should_hold_it() -> None:
    lines = TomlLines(WRITTEN)
    assert lines.line_of(("types", "strike.air", "key")) == 16
    assert lines.line_of(("nowhere", "key")) is None


def test_text_in_strings_and_remarks_is_no_table() -> None:
    assert TomlLines(WRITTEN).all.keys().isdisjoint({("not",), ("no",), ("x",)})


def places(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Give the path of everything that a value holds."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path, *(one for key, item in inside for one in places(item, (*path, key)))} - {()}


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.toml")), ids=lambda path: path.stem)
def test_everything_in_our_files_has_a_line_that_names_it(path: Path) -> None:
    text = path.read_text("utf-8")
    found = TomlLines(text).all
    assert set(found) >= places(tomllib.loads(text))
    for place, line in found.items():
        if isinstance(place[-1], str):
            assert place[-1] in text.split("\n")[line - 1]


keys = st.text("ab.\"'#=[é \n", min_size=1, max_size=4)
values = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.text("a\"'#[]{},\n\\", max_size=6)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(map(written, value)) + "\n]"
    return str(value).lower() if isinstance(value, bool) else quoted(value) if isinstance(value, str) else str(value)


@given(st.dictionaries(keys, values, max_size=5))
def test_whatever_is_written_is_found_where_it_is(table: dict[str, Any]) -> None:
    lines, text = {}, ""
    for key, value in table.items():
        lines[key] = text.count("\n") + 1
        text += f"{quoted(key)} = {written(value)}\n"
    assert tomllib.loads(text) == table
    found = TomlLines(text)
    assert {key: found.line_of((key,)) for key in table} == lines
    assert set(found.all) >= places(table)
