"""Templates as events with spans: where strings stand, and what becomes of those that stand nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.template_spans import gold_document, placing, predicted_document
from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.model.template import Filled, Name, Template
from annotator.text.span import CodePoint, span

TEXT = "the guards of the mayor saw a 60-mm mortar. the mayor's home was hit by the 60-mm mortar."


def stands(said, text=TEXT):
    found = placing(text)(Name(said))
    return None if found is None else found.of(text)


def test_a_string_stands_at_its_offset_else_at_its_first_place():
    assert placing(TEXT)(Name("mayor", CodePoint(47))) == span(47, 52)
    assert placing(TEXT)(Name("mayor")) == span(18, 23)


def test_what_is_not_there_to_the_letter_is_found_by_its_letters_as_whole_words():
    assert stands("60mm Mortar") == "60-mm mortar"
    assert stands("guards of mayor") == "guards of the mayor"
    assert stands("mayor s home") == "mayor's home"
    assert stands("uards of mayor") is None
    assert stands("guards of may") is None
    assert stands("rifle") is stands("") is stands("the .") is None


@given(st.text(max_size=30), st.text(max_size=8))
def test_no_text_makes_it_fail_and_what_stands_there_is_found(text, said):
    found = placing(text)(Name(said))
    assert found is None or 0 <= found.start < found.end <= len(text)
    assert (found is not None) or said not in text or not said


def test_gold_gives_an_argument_an_entity_and_all_its_places():
    mayor = (Name("the mayor", CodePoint(14)), Name("mayor", CodePoint(18)))
    one = Template("attack", (("Target", ((Name("home"),),)), ("Victim", (mayor,))))
    document = gold_document(Filled("d", TEXT, (one, one)))
    where = {"Target": span(56, 60), "Victim": span(14, 23)}
    arguments = tuple(ResolvedArgument(role, place) for role, place in where.items())
    assert document.events == (ResolvedEvent("attack", (), arguments),)
    refs = {mention.span: mention.ref for mention in document.mentions}
    assert refs.keys() == {span(14, 23), span(18, 23), span(56, 60)}
    assert refs[span(14, 23)] == refs[span(18, 23)] != refs[span(56, 60)]


def test_what_has_no_place_is_told_and_each_stands_outside_the_text():
    lost = Template("attack", (("Victim", ((Name("nobody"),), (Name("no one"),), (), (Name("mayor"),))),))
    document, count = predicted_document(Filled("d", "", (lost,)), TEXT)
    spans = [argument.span for argument in document.events[0].arguments]
    assert count == 3
    assert len(set(spans)) == 4
    assert [one for one in spans if one.start >= 0] == [span(18, 23)]
