"""Numbers that belong together: one that is a part of another by its short name, and sums that must add up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.model.notation import parse_number, sentence
from annotator.model.value import NumberValue
from annotator.store.workspace import create_workspace
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import add, move_edges, reject, rekind, revalue
from annotator.workflow.number_names import named, number_name, unnamed
from annotator.workflow.project import open_project
from annotator.workflow.session import Item, Session
from annotator.workflow.sums import broken_sums, figure, sums_with

TEXT = (
    "Casualties rise in Homs\n\n"
    "It rose to 924 people, of whom 557 at least were soldiers killed in 2 months, and 367 were members of ISIS.\n\n"
    "Clashes killed 3 fighters on Monday, 2 fighters in Homs and 1 fighter in Aleppo.\n"
)
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def counted(tmp_path: Path, work, new_workspace) -> Iterator[Session]:
    new_workspace(tmp_path / "work", work.write_corpus(tmp_path / "sources", tolls=TEXT))
    project = open_project(tmp_path / "work")
    import_corpus(project)
    with labelling(project, "tolls", "ann") as session:
        yield session
    project.close()


def number(session: Session, quote: str) -> Item:
    return next(item for item in session.in_order() if item.mention.kind == "number" and quote in item.mention.quote)


def change(session: Session, quote: str, written: str) -> None:
    revalue(session, number(session, quote), parse_number(written, session.schema.units))


def test_names_count_numbers_in_reading_order_whatever_was_decided(counted: Session):
    numbers = [item for item in counted.in_order() if item.mention.kind == "number"]
    before = [number_name(counted, item) for item in numbers]
    assert before == [f"n{at}" for at in range(1, len(numbers) + 1)]
    reject(counted, numbers[0])
    assert [number_name(counted, counted.items[item.mention.id]) for item in numbers] == before


def test_a_part_names_its_whole_shortly_and_is_kept_by_its_id(counted: Session):
    whole, part = number(counted, "924"), number(counted, "557")
    name = number_name(counted, whole)
    typed = parse_number(f"2/3 of {name}", counted.schema.units)
    meant = unnamed(counted, part, typed)
    assert meant.of == whole.mention.id
    assert named(counted, meant).of == name
    assert f"2/3 of {name}" in sentence(named(counted, meant))
    assert unnamed(counted, part, meant) == meant
    assert unnamed(counted, part, parse_number("80", counted.schema.units)).of is None


@pytest.mark.parametrize("of", ["n0", "n99", "n", "x", "m17"])
def test_a_part_of_nothing_is_refused_in_words(counted: Session, of: str):
    with pytest.raises(Refusal, match="no number"):
        unnamed(counted, number(counted, "557"), NumberValue(num=2, den=3, of=of))


def test_a_number_is_no_part_of_itself(counted: Session):
    part = number(counted, "557")
    with pytest.raises(Refusal, match="part of itself"):
        unnamed(counted, part, NumberValue(num=2, den=3, of=number_name(counted, part)))


def test_a_sum_of_the_text_is_found_from_its_whole_and_from_each_part(counted: Session):
    for quote in ("924", "557", "367"):
        (found,) = sums_with(counted, number(counted, quote))
        assert found.holds
        assert found.said() == "924 = 557 + 367"
    assert not broken_sums(counted)


def test_what_counts_something_else_or_little_is_no_part(counted: Session):
    assert not sums_with(counted, number(counted, "2 months"))
    three = next(item for item in counted.in_order() if figure(item.mention.value) == 3)
    assert not sums_with(counted, three)


def test_a_slip_in_a_value_is_told(counted: Session):
    change(counted, "924", "942 persons")
    (found,) = broken_sums(counted)
    assert found.said() == "942 is not 557 + 367 (924), as the text has it"
    assert sums_with(counted, number(counted, "367")) == [found]
    change(counted, "924", "924 persons")
    assert not broken_sums(counted)
    change(counted, "367", "376 persons")
    assert broken_sums(counted)
    reject(counted, number(counted, "367"))
    assert not broken_sums(counted)


def test_no_number_is_a_part_twice_in_an_article_of_one_paragraph(tmp_path: Path, work, new_workspace):
    text = "Clashes killed 30 fighters in Homs, 10 fighters in Aleppo and 10 fighters in Idlib.\n"
    new_workspace(tmp_path / "work", work.write_corpus(tmp_path / "sources", single=text))
    project = open_project(tmp_path / "work")
    import_corpus(project)
    with labelling(project, "single", "ann") as session:
        numbers = [item for item in session.in_order() if item.mention.kind == "number"]
        assert [figure(item.mention.value) for item in numbers] == [30, 10, 10]
        assert [sums_with(session, item) for item in numbers] == [[], [], []]
    project.close()


@pytest.mark.parametrize(
    ("written", "expected"),
    [("80", 80), ("101+", 101), ("~500", 500), ("20..99", 20), ("..13", None), ("?", None), ("2/3", None)],
)
def test_the_figure_of_a_value_is_what_it_adds(counted: Session, written: str, expected: int | None):
    assert figure(parse_number(written, counted.schema.units)) == expected


def test_the_sum_of_a_real_article_is_found(tmp_path: Path):
    create_workspace(tmp_path / "work", [SEEDS / "003_f9e0462914e4000a.txt"])
    project = open_project(tmp_path / "work")
    import_corpus(project)
    with labelling(project, "003_f9e0462914e4000a", "ann") as session:
        (found,) = sums_with(session, number(session, "924"))
        assert found.said() == "924 = 557 + 367"
        assert not broken_sums(session)
    project.close()


def test_names_follow_what_becomes_a_number_and_what_no_longer_is_one(counted: Session):
    def brute() -> list[str]:
        return [item.mention.id for item in counted.in_order() if item.mention.kind == "number"]

    def known() -> list[str]:
        return [counted.items.number(at).mention.id for at in range(counted.items.number_count)]

    assert known() == brute()
    rekind(counted, number(counted, "924"), "time")
    assert known() == brute()
    add(counted, "number", 0, 10)
    move_edges(counted, number(counted, "367"), 0, 3)
    assert known() == brute()
    for _ in range(3):
        counted.undo()
        assert known() == brute()
