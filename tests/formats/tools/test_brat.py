"""brat's folders: what comes in, what goes out, and that it comes back; brat's own tutorials where they are here."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.tools.brat import read, write
from annotator.formats.tools.document import Document, Filled, Link, Marked, Source, Wanted
from annotator.formats.tools.registry import format_named
from annotator.model.value import NumberValue
from annotator.text.span import span
from tests.formats.tools.documents import documents, folders
from tests.formats.tools.losing import same, without
from tests.formats.tools.ours import SCHEMA

WANTED = Wanted(SCHEMA)


def read_lines(text: str, *lines: str, name: str = "one") -> tuple[Document, list[tuple[str, str, str]]]:
    """Read one annotated text; problems as rule, level and where."""
    files = {f"{name}.txt": text.encode(), f"{name}.ann": "".join(f"{line}\n" for line in lines).encode()}
    found, problems = read(Source(files=files))
    return found[0], [(one.rule, one.level, one.where) for one in problems]


def lines_of(document: Document) -> list[str]:
    files = write([document], WANTED).files
    return files[f"{document.article_id}.ann"].decode().splitlines()


@given(documents())
def test_what_was_written_is_read_again_without_its_losses(document: Document) -> None:
    written = write([document], WANTED)
    found, problems = read(Source(files=written.files))
    assert {one.rule for one in problems} <= {"format.shifted"}, "words that are cut at random may look so"
    same(without(document, written.losses), found[0])
    assert {loss.what for loss in written.losses} <= set(format_named("brat").loses)


@given(documents(foreign=True))
def test_what_others_had_is_read_again_too(document: Document) -> None:
    written = write([document], WANTED)
    found, problems = read(Source(files=written.files))
    assert {one.rule for one in problems} <= {"format.cycle", "format.shifted"}
    same(without(document, written.losses), found[0])


@given(folders(foreign=True))
def test_the_same_bytes_come_of_what_was_read_again(several: Sequence[Document]) -> None:
    written = write(several, WANTED)
    again = write(read(Source(files=written.files)).documents, WANTED)
    assert {name: data for name, data in again.files.items() if name.endswith((".ann", ".txt"))} == {
        name.rpartition("/")[2]: data for name, data in written.files.items() if name.endswith((".ann", ".txt"))
    }


def test_the_folder_of_each_person_is_read_as_theirs() -> None:
    lines = b"T1\tactor 0 4\tArmy\n"
    files = {"a1/one.ann": lines, "a2/one.ann": lines, "a1/two.ann": b"", "one.txt": b"Army", "a1/two.txt": b"x"}
    found, problems = read(Source(files=files))
    assert problems == ()
    assert [(one.article_id, one.person, len(one.marks)) for one in found] == [
        ("one", "a1", 1), ("one", "a2", 1), ("two", "a1", 0),
    ]  # fmt: skip
    again = write(found, WANTED)
    assert {"a1/one.ann", "a2/one.ann", "a1/one.txt"} <= again.files.keys()
    assert not [loss for loss in again.losses if loss.what == "person"]


def test_folders_of_other_articles_are_no_persons() -> None:
    files = {"may/one.ann": b"", "may/one.txt": b"x", "june/two.ann": b"", "june/two.txt": b"x"}
    assert [one.person for one in read(Source(files=files)).documents] == [None, None]


def test_a_span_over_a_line_end_is_split_there_and_joined_again() -> None:
    document = Document(
        article_id="one", text="the army\nof Syria", marks=(Marked(id="m", type="actor", spans=(span(4, 17),)),)
    )
    assert lines_of(document) == ["T1\tactor 4 8;9 17\tarmy of Syria"]
    (mark,) = read_lines(document.text, *lines_of(document))[0].marks
    assert mark.spans == ((4, 17),)


def test_a_broken_span_stays_broken() -> None:
    found, problems = read_lines("North and South Korea", "T1\tGPE 0 5;16 21\tNorth Korea")
    assert (found.marks[0].spans, problems) == (((0, 5), (16, 21)), [])
    assert lines_of(found) == ["T1\tGPE 0 5;16 21\tNorth Korea"]


def test_a_quote_with_a_blank_for_a_line_end_is_the_text() -> None:
    found, problems = read_lines("🔥 the army\nof Syria", "T1\tactor 6 19\tarmy of Syria")
    assert (found.marks[0].spans, problems) == (((6, 19),), [])


def test_offsets_in_utf16_are_recognised_by_quotes() -> None:
    text = "🔥 قُتِلَ ٢٣ مدنيًّا في غارة 👨‍👩‍👧 على إدلب."
    found, problems = read_lines(text, "T1\ttrigger 3 9\tقُتِلَ", "T2\tnumber 10 12\t٢٣", "T3\tplace 42 46\tإدلب")
    assert [mark.covers.of(text) for mark in found.marks] == ["قُتِلَ", "٢٣", "إدلب"]
    assert problems == [("format.unit", "warning", "one.ann")]


def test_offsets_in_utf16_of_a_broken_span_too() -> None:
    found, problems = read_lines("🔥 North 🔥 South Korea", "T1\tGPE 3 11;18 23\tNorth 🔥 Korea")
    assert (found.marks[0].spans, problems) == (((2, 9), (16, 21)), [("format.unit", "warning", "one.ann")])


def test_what_the_browser_shifted_behind_a_picture_is_warned_of_and_read_as_the_user_says() -> None:
    text = "🔥Army left Idlib. Then"
    files = {"one.txt": text.encode(), "one.ann": b"T1\tactor 2 6\trmy \nT2\tplace 12 17\tdlib.\n"}
    found, (warned,) = read(Source(files=files))
    assert [mark.covers.of(text) for mark in found[0].marks] == ["rmy ", "dlib."], "as the file says, until told"
    assert (warned.rule, warned.where) == ("format.shifted", "one.ann")
    found, problems = read(Source(files=files, unit="utf16"))
    assert [mark.covers.of(text) for mark in found[0].marks] == ["Army", "Idlib"]
    assert [(one.rule, one.level, one.where) for one in problems] == [
        ("format.quote-moved", "warning", "one.ann:1"),
        ("format.quote-moved", "warning", "one.ann:2"),
    ]
    assert "'rmy '" in problems[0].message
    assert "'Army'" in problems[0].message


def test_line_ends_of_windows_count_as_in_the_file_or_as_one() -> None:
    two = read_lines("the army\r\nof Syria", "T1\tplace 13 18\tSyria")
    one = read_lines("the army\r\nof Syria", "T1\tplace 12 17\tSyria")
    for found, problems in (two, one):
        assert (found.text, found.marks[0].spans, problems) == ("the army\nof Syria", ((12, 17),), [])


def test_a_quote_that_stands_elsewhere_moves_the_span_and_one_that_does_not_is_an_error() -> None:
    assert read_lines("of the army", "T1\tactor 0 4\tarmy")[1] == [("format.quote-moved", "warning", "one.ann:1")]
    assert read_lines("of the army", "T1\tactor 0 4\tnavy")[1] == [("format.quote-differs", "error", "one.ann:1")]


def test_values_are_said_in_notes_that_people_can_read() -> None:
    value = NumberValue(low=20, high=99, qualifier="vague", unit="persons")
    mark = Marked(id="m", type="number", spans=(span(0, 6),), value=value)
    document = Document(article_id="one", text="dozens", marks=(mark,))
    assert lines_of(document)[-1] == "#1\tNumber T1\t20..99 vague persons"


def test_roles_that_repeat_have_numbers_and_get_rid_of_them() -> None:
    lines = ["T1\tA 0 1\ta", "T2\tB 2 3\tb", "T3\tC 4 5\tc", "E1\tC:T3 Org-Arg:T1 Org-Arg2:T2 Cause:E2", "E2\tC:T3"]
    found, problems = read_lines("a b c", *lines)
    assert problems == []
    assert found.frames[0].arguments == (Filled("Org-Arg", "T1"), Filled("Org-Arg", "T2"), Filled("Cause", "E2"))
    assert lines_of(found)[3:] == ["E1\tC:T3 Org-Arg:T1 Org-Arg2:T2 Cause:E2", "E2\tC:T3"]


def test_a_role_that_ends_in_a_digit_by_its_own_name_keeps_it() -> None:
    files = {
        "annotation.conf": b"[events]\nC Side1:A, Side2:A\n",
        "x/one.txt": b"a c",
        "x/one.ann": b"T1\tA 0 1\ta\nT3\tC 2 3\tc\nE1\tC:T3 Side2:T1\n",
    }
    found = read(Source(files=files)).documents[0]
    assert found.frames[0].arguments == (Filled("Side2", "T1"),)
    assert (
        read(Source(files=write([found], WANTED).files)).documents[0].frames[0].arguments == found.frames[0].arguments
    )


def test_relations_equals_references_notes_and_old_modifiers() -> None:
    lines = [
        "T1\tPerson 0 1\ta", "T2\tPerson 2 3\tb", "T3\tDie 4 5\tc", "E1\tDie:T3 Victim:T1",
        "R1\tFamily Arg1:T1 Arg2:T2\t", "*\tAlias T1 T2 T3", "A1\tConfidence E1 High", "M1\tNegation E1",
        "N1\tReference T1 Wikipedia:64488\tSomebody", "#1\tAnnotatorNotes T2\t100000000 USD",
    ]  # fmt: skip
    found, problems = read_lines("a b c", *lines)
    assert problems == []
    alias = [Link("Alias", "T1", "T2", symmetric=True), Link("Alias", "T2", "T3", symmetric=True)]
    assert found.links == (Link("Family", "T1", "T2"), *alias)
    assert found.frames[0].attributes == (("Confidence", "High"), ("Negation", "true"))
    assert found.marks[0].ref == "Wikipedia:64488"
    assert [(note.mention, note.text, note.start) for note in found.notes] == [("T2", "100000000 USD", 2)]
    assert set(lines_of(found)) == {
        *lines[:7], "A2\tNegation E1", "N1\tReference T1 Wikipedia:64488\t64488", lines[-1],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("T1\tA 0 1\ta", ("format.duplicate-id", "error", "one.ann:2")),
        ("X1\tA 0 1\ta", ("format.unknown-line", "warning", "one.ann:2")),
        ("no tabs", ("format.unknown-line", "warning", "one.ann:2")),
        ("T2\tA 0 x\ta", ("format.syntax", "error", "one.ann:2")),
        ("T2\tA 0 true\ta", ("format.syntax", "error", "one.ann:2")),
        ("T2\tA 0 " + "9" * 5000 + "\ta", ("format.syntax", "error", "one.ann:2")),
        ("T2\tA 0 99\ta", ("format.out-of-range", "error", "one.ann:2")),
        ("T2\tA 1 0\ta", ("format.out-of-range", "error", "one.ann:2")),
        ("T2\tA -1 1\ta", ("format.out-of-range", "error", "one.ann:2")),
        ("T2\tA 0 1;0 1\ta a", ("format.out-of-range", "error", "one.ann:2")),
        ("E1\tA:T9", ("format.unknown-id", "error", "one.ann:2")),
        ("E1\tA:T1 Role:T9", ("format.unknown-id", "error", "one.ann:2")),
        ("E1\tA:T1 Self:E1", ("format.cycle", "warning", "one.ann")),
        ("A1\tNegation E7", ("format.unknown-id", "error", "one.ann:2")),
        ("R1\tX Arg1:T1", ("format.syntax", "error", "one.ann:2")),
        ("N1\tReference T1 Wikipedia", ("format.syntax", "error", "one.ann:2")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, told: tuple[str, str, str]) -> None:
    assert read_lines("a b", "T1\tA 0 1\ta", line)[1] == [told]


def test_what_is_no_utf8_or_has_no_text_is_told() -> None:
    found, problems = read(Source(files={"one.ann": b"T1\tA 0 1\t\xff\n", "one.txt": b"a", "two.ann": b""}))
    assert found == ()
    assert [(one.rule, one.where) for one in problems] == [
        ("format.encoding", "one.ann"),
        ("format.no-text", "two.txt"),
    ]


def test_a_text_that_is_no_utf8_is_told_as_that_alone() -> None:
    _, problems = read(Source(files={"one.ann": b"", "one.txt": b"\xff"}))
    assert [(one.rule, one.where) for one in problems] == [("format.encoding", "one.txt")]


@given(st.text(alphabet="ab_x2e-.é9 1", max_size=12))
def test_names_come_back_from_what_brat_takes(name: str) -> None:
    from annotator.formats.tools.brat_names import brat_name, brat_word, plain_name, plain_word

    assert plain_name(brat_name(name)) == name
    assert plain_name(brat_name(name, numbered=True)) == name
    assert set(brat_name(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
    assert plain_word(brat_word(name)) == name


def test_names_that_need_nothing_stay_as_they_are() -> None:
    from annotator.formats.tools.brat_names import brat_name, plain_name

    assert [brat_name(one) for one in ("Be-born", "losses_unspecified", "strike.air")] == [
        "Be-born", "losses_unspecified", "strike__air",
    ]  # fmt: skip
    assert plain_name("Transfer-money_x") == "Transfer-money_x"
