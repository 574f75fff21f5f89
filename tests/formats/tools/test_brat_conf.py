"""brat's configuration: made of a schema so that its server shows what we write, and made into a schema's skeleton."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.tools.brat import write
from annotator.formats.tools.brat_schema import labels_of, numbered_roles, read_conf, schema_skeleton
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Wanted
from annotator.gold.release import read_schema
from annotator.model.problem import Problem
from annotator.text.span import span
from tests.formats.tools.ours import SCHEMA

CONF = """
[entities]
Person
!Place
\tCity
Money
[relations]
Alias Arg1:Person, Arg2:Person, <REL-TYPE>:symmetric-transitive
[events]
<WHO>=Person|City
!Life
\tDie Victim+:Person, Agent?:<WHO>, Where*:Place, Paid:Money, Cause:<EVENT>
\tMarry Spouse{2}:Person
[attributes]
Negation Arg:<EVENT>
"""


def skeleton(conf: str, labels: str = "") -> tuple[str, list[tuple[str, str]]]:
    problems: list[Problem] = []
    made = schema_skeleton(read_conf(conf, "annotation.conf", problems), labels_of(labels), problems)
    return made, [(one.rule, one.where) for one in problems]


def test_types_and_roles_become_a_schema() -> None:
    made, problems = skeleton(CONF, "[labels]\nDie | Death | D\n")
    schema = read_schema(made.encode())
    assert {name: kind.title for name, kind in schema.types.items()} == {"Die": "Death", "Marry": "Marry"}
    roles = {name: ("|".join(role.kinds), role.arity) for name, role in schema.roles_of("Die").items()}
    assert roles == {
        "Victim": ("actor", "+"), "Agent": ("actor|place", "?"), "Where": ("place", "*"), "Paid": ("number", "1"),
    }  # fmt: skip
    assert schema.roles_of("Marry")["Spouse"].arity == "+"
    assert problems == [("format.role", "annotation.conf:12")]
    assert "# relations: Alias" in made
    assert "# attributes: Negation" in made


def test_our_schema_comes_back_from_what_was_written_of_it() -> None:
    files = write([], Wanted(SCHEMA)).files
    made, problems = skeleton(files["annotation.conf"].decode(), files["visual.conf"].decode())
    schema = read_schema(made.encode())
    assert problems == []
    assert schema.types.keys() == SCHEMA.types.keys()
    for name, kind in SCHEMA.types.items():
        assert schema.roles_of(name) == SCHEMA.roles_of(name)
        assert schema.types[name].title == kind.title


def test_the_server_takes_every_name_and_argument() -> None:
    """The patterns are those by which brat's server reads its configuration, and warns."""
    mark = Marked(id="m", type="Life Event", spans=(span(0, 1),), attributes=(("How sure", "a b"),))
    trigger = Marked(id="t", type="trigger", spans=(span(2, 3),), label="ünï.x")
    frame = Frame(id="e", type="ünï.x", triggers=("t",), arguments=(Filled("who?", "m"),))
    links = (Link("is a", "m", "t"), Link("Alias", "m", "t", symmetric=True))
    document = Document(article_id="one", text="a b", marks=(mark, trigger), frames=(frame,), links=links)
    text = write([document], Wanted(SCHEMA)).files["annotation.conf"].decode()
    assert re.findall(r"^\[(.*)\]$", text, re.MULTILINE) == ["entities", "relations", "events", "attributes"]
    depth = 0
    for line in text.splitlines():
        if not line or line.startswith("["):
            continue
        found = re.match(r"^(\s*)(\S+)(?:\s+(.*))?$", line)
        assert re.fullmatch(r"!?[a-zA-Z0-9_-]+|<OVERLAP>", found[2])
        assert len(found[1]) <= depth + 1
        depth = len(found[1])
        assert all(re.match(r"^(\S*?):(\S*)$", one.strip()) for one in (found[3] or "").split(",") if found[3])
    assert "_xfc_n_xef___x\twho_x3f_*:<ANY>, Also*:trigger" in text
    assert "Alias\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive" in text


def test_roles_with_digits_of_their_own_are_known() -> None:
    assert numbered_roles("[events]\nClash Side1:Person, Side2?:Person, Place*:City\n") == {"Side1", "Side2"}


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ("[events]\nDie Victim\n", ("format.syntax", "annotation.conf:2")),
        ("[entities]\nPerson\n", ("format.no-events", "annotation.conf")),
    ],
)
def test_what_cannot_be_taken_over_is_told(conf: str, told: tuple[str, str]) -> None:
    assert skeleton(conf)[1] == [told]


def test_macros_of_macros_fill_no_memory() -> None:
    lines = [f"<M{chr(97 + at)}>=" + f"<M{chr(96 + at)}>" * 9 for at in range(1, 26)]
    made, _ = skeleton("[events]\n<Ma>=Person\n" + "\n".join(lines) + "\nDie Victim:" + "<Mz>" * 99 + "\n")
    assert len(made) < 100_000


@given(st.text(alphabet="[]events<>=|:!?*+{}2 \t\n-ab,#\x0b\x7f\u2028é\"'\\", max_size=60))
def test_whatever_a_configuration_says_the_skeleton_is_a_schema_or_told_to_be_none(text: str) -> None:
    problems: list[Problem] = []
    made = schema_skeleton(read_conf("[events]\nDie\n" + text, "annotation.conf", problems), {}, problems)
    assert "Die" in read_schema(made.encode()).types
