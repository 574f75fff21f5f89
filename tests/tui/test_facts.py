"""What the panel says of an event and its mentions: each line in the order of reading, and none to be parted again."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.finders.suggest import FINDER
from annotator.model.event import Argument, Event
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.model.mention import Candidate, Kind, Mark, Mention
from annotator.model.notation import parse_number
from annotator.tui.facts import ROOM, frame, mention_facts, quote
from annotator.tui.layout import BidiMode, one_line
from annotator.workflow.mentions import Item

GUIDELINES = Path(__file__).parents[2] / "guidelines"
LONG = "الميليشيات المتحالفة معها المدعومة من إيران"


@pytest.fixture(scope="module")
def guidelines() -> Guidelines:
    return read_guidelines({path.name: path.read_bytes() for path in GUIDELINES.glob("*.toml")})


def visual(text: str) -> str:
    return one_line(text, BidiMode.VISUAL)


def mention(id: str, kind: Kind, words: str, **more) -> Mention:
    return Mention(id=id, kind=kind, start=0, end=len(words), quote=words, **more)


def framed(guidelines: Guidelines, *fillers: tuple[str, Mention], room: int = ROOM) -> list[str]:
    mentions = {one.id: one for _, one in fillers} | {"m0": mention("m0", "trigger", "قصفت")}
    held = [Argument(role=role, mention=one.id) for role, one in fillers]
    event = Event(id="e1", type="strike.air", triggers=("m0",), arguments=tuple(held))
    return frame(event, mentions, guidelines.schema, BidiMode.VISUAL, room=room).plain.splitlines()


def test_a_quote_that_is_too_long_is_cut_where_reading_ends():
    assert quote(LONG, BidiMode.VISUAL, 12) == visual("الميليشيات…")
    assert cell_len(quote(LONG, BidiMode.VISUAL)) < ROOM
    assert quote("an\nattack  of", BidiMode.VISUAL) == "an attack of"


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ((), []),
        (("negated",), ["the words around it say: negated"]),
        (("hypothetical", "idiom"), ["the words around it say:", "hypothetical, idiom"]),
    ],
)
def test_a_trigger_says_what_the_words_around_it_make_of_it(
    guidelines: Guidelines, marks: tuple[Mark, ...], told: list[str]
):
    proposed = Candidate(
        **mention("trigger:0-5", "trigger", "قصفت", label="strike.air").plain(), finders=(FINDER,), marks=marks
    )
    item = Item(proposed.as_mention(), None, proposed)
    lines = mention_facts(item, guidelines.schema, guidelines.registry, BidiMode.VISUAL).plain.splitlines()
    assert lines[3:] == told
    assert all(cell_len(line) <= ROOM for line in lines)


def test_a_long_arabic_mention_begins_on_its_first_line(guidelines: Guidelines):
    item = Item(mention("m1", "actor", LONG), "confirmed", None)
    lines = mention_facts(
        item, guidelines.schema, guidelines.registry, BidiMode.VISUAL, remarks=[LONG]
    ).plain.splitlines()
    assert lines[1:3] == [visual("الميليشيات المتحالفة معها المدعومة من"), visual("إيران")]
    assert lines[4:6] == lines[1:3]
    assert all(cell_len(line) <= ROOM for line in lines)


@pytest.mark.parametrize(
    ("finders", "told"),
    [
        ((FINDER,), ""),
        (("alpha 1",), "proposed by alpha 1"),
        ((FINDER, "alpha 1"), f"proposed by {FINDER}, alpha 1"),
        (("a", "b", "c", "d", "e"), "proposed by a, b, c and 2 more"),
        (("\x1b[31mred",), "proposed by \u241b[31mred"),
    ],
)
def test_who_proposed_a_mention_is_told_unless_it_was_our_finders_alone(guidelines: Guidelines, finders, told):
    candidate = Candidate(id="actor:0-4", kind="actor", start=0, end=4, quote="ISIS", finders=finders)
    item = Item(candidate.as_mention(), None, candidate)
    lines = mention_facts(item, guidelines.schema, guidelines.registry, BidiMode.VISUAL).plain.splitlines()
    assert [line for line in lines if "proposed" in line] == [told] * bool(told)


def test_what_fills_a_role_is_cut_rather_than_parted(guidelines: Guidelines):
    assert framed(guidelines, ("target", mention("m1", "actor", LONG)))[-1] == f"target  {visual(LONG[:27] + '…')}"
    value = parse_number("20..99 persons", ["persons"])
    number = framed(guidelines, ("killed", mention("m2", "number", "عشرات القتلى من قوات النظام", value=value)))[-1]
    assert number.endswith(" 20..99 persons")
    assert cell_len(number) <= ROOM


def test_what_fills_a_role_together_stands_on_as_many_lines_as_it_needs(guidelines: Guidelines):
    actors = [mention(f"m{number}", "actor", f"the rebel group {number}") for number in (1, 2, 3)]
    *_, first, second, third = framed(guidelines, *(("target", one) for one in actors))
    assert (first, second) == ("target  the rebel group 1,", "        the rebel group 2,")
    assert third == "        the rebel group 3"
    assert framed(guidelines, *(("target", one) for one in actors), room=68)[-1].count(",") == 2
