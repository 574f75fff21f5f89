"""What the README says of levels is what they are."""

import re
from pathlib import Path

from annotator.scoring.levels import ALIASES, LEVELS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("\n## Levels\n") :].split("\n## ")[1]


def test_the_table_has_every_level_with_its_facets_in_their_order():
    rows = re.findall(r"^\| `([a-zA-Z-]+)` \|.*\| *([a-z, ]*?) *\|$", SECTION, re.MULTILINE)
    assert rows == [(level.name, ", ".join(level.facets)) for level in LEVELS]


def test_every_short_name_is_told():
    told = SECTION[: SECTION.index(" are short for")].rpartition("\n\n")[2]
    assert set(re.findall(r"`(\w+)`", told)) == ALIASES.keys()


def test_the_example_of_spans_comes_true():
    (example,) = re.findall(r"<!-- spans -->\n```python\n(.*?)```", SECTION, re.DOTALL)
    names: dict[str, object] = {}
    said = re.findall(r"^(scores\..*)  # (.*)$", example, re.MULTILINE)
    exec(example, names)
    assert [repr(eval(code, names)) for code, _ in said] == [shown for _, shown in said]
    assert len(said) == 5
