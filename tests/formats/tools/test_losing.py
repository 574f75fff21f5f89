"""The measure of round trips measures: what is lost is taken out with all that hangs on it, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given

from annotator.formats.tools.document import Document, Filled, Frame, Link, Loss, Marked
from annotator.text.span import span
from tests.formats.tools.documents import documents
from tests.formats.tools.losing import UNKNOWN, same, without

DOCUMENT = Document(
    article_id="art-1",
    text="Police killed 5 people.",
    marks=(
        Marked(id="m1", type="trigger", spans=(span(7, 13),), label="clash.armed"),
        Marked(id="m2", type="actor", spans=(span(0, 6),), ref="police"),
    ),
    frames=(Frame(id="e1", type="clash.armed", triggers=("m1",), arguments=(Filled("attacker", "m2"),), hub="h1"),),
    links=(Link("Alias", "m1", "m2"),),
)


def lost(what: str, item: str = "", part: str = "") -> Document:
    return without(DOCUMENT, [Loss("art-1", item, what, "told", part)])


def test_with_a_mention_goes_what_it_fills_and_what_links_it() -> None:
    after = lost("mention", "m2")
    assert [mark.id for mark in after.marks] == ["m1"]
    assert (after.frames[0].arguments, after.links) == ((), ())


def test_with_the_last_trigger_goes_the_event() -> None:
    assert lost("overlap", "m1").frames == ()


def test_parts_are_lost_one_by_one_or_all() -> None:
    assert lost("argument", "e1", "0").frames[0].arguments == ()
    assert lost("argument", "e1", "1").frames[0].arguments == DOCUMENT.frames[0].arguments
    assert lost("argument").frames[0].arguments == ()
    assert lost("hub", "e1").frames[0].hub is None
    assert lost("ref").marks[1].ref is None
    assert lost("link", part="0").links == ()


def test_a_loss_of_another_article_takes_nothing() -> None:
    assert without(DOCUMENT, [Loss("art-2", "", "argument", "told")]) == DOCUMENT


def test_unknown_edges_equal_any() -> None:
    blind = lost("span", "m1")
    assert blind.marks[0].spans == UNKNOWN
    same(blind, DOCUMENT)


def test_names_and_order_say_nothing() -> None:
    renamed = replace(
        DOCUMENT,
        marks=tuple(replace(mark, id=mark.id.replace("m", "T")) for mark in reversed(DOCUMENT.marks)),
        frames=(replace(DOCUMENT.frames[0], id="E9", triggers=("T1",), arguments=(Filled("attacker", "T2"),)),),
        links=(Link("Alias", "T1", "T2"),),
    )
    same(DOCUMENT, renamed)
    with pytest.raises(AssertionError):
        same(DOCUMENT, replace(renamed, frames=()))


def test_a_loss_has_to_name_what_is_there_and_a_sort_that_exists() -> None:
    for wrong in (
        Loss("art-1", "m9", "ref", "told"),
        Loss("art-1", "m1", "nothing", "told"),
        Loss("art-1", "", "ref", ""),
    ):
        with pytest.raises(AssertionError):
            without(DOCUMENT, [wrong])


@given(documents(foreign=True))
def test_a_document_is_the_same_as_itself(document: Document) -> None:
    same(document, document)
    assert without(document, []) == document
