"""spaCy opens what is written: spans on its own tokens, and all the rest as our own line beside them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.tools import our_jsonl, spacy_docbin
from annotator.formats.tools.document import Document, Filled, Frame, Marked, Source, Wanted
from annotator.gold.release import read_schema
from annotator.text.span import span
from tests.formats.tools.documents import documents
from tests.formats.tools.examples import SCHEMA
from tests.formats.tools.losing import same

spacy = pytest.importorskip("spacy")

WANTED = Wanted(read_schema(SCHEMA.read_bytes()))
TEXT = "قُتِلَ ٢٣ مدنيًّا وقتل 👨‍👩‍👧\r في إدلب.".replace("\r", "\n")


def _docs(data: bytes) -> list:
    return list(spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab))


def test_spans_and_events_are_there_when_spacy_opens_it():
    toll = Marked(id="m1", type="number", spans=(span(7, 9),))
    killed = Marked(id="m2", type="trigger", label="strike.air", spans=(span(0, 6),))
    glued = Marked(id="m3", type="trigger", label="strike.air", spans=(span(19, 22),))
    event = Frame(id="e1", type="strike.air", triggers=("m2", "m3"), arguments=(Filled("killed", "m1"),))
    document = Document(article_id="a", text=TEXT, marks=(toll, killed, glued), frames=(event,), language="ar")
    written = spacy_docbin.write([document], WANTED)
    (doc,) = _docs(written.files["annotations.spacy"])
    assert doc.text == TEXT
    assert [(one.text, one.label_, one.id_) for one in doc.spans["mentions"]] == [("٢٣", "number", "m1")]
    assert [(one.text, one.label_) for one in doc.spans["triggers"]] == [("قُتِلَ", "strike.air"), ("وقتل", "strike.air")]
    assert [one.text for one in doc.ents] == ["٢٣"]
    assert [(loss.item, loss.what) for loss in written.losses] == [("m3", "span")], "a clitic became its word"
    line = doc.user_data["annotator"].encode()
    (found,) = our_jsonl.read(Source(files={"a.jsonl": line}, texts={"a": TEXT})).documents
    same(document, found)


@given(data=st.data(), foreign=st.booleans())
@settings(max_examples=40, deadline=None)
def test_whatever_is_written_opens_and_covers_what_was_marked(data: st.DataObject, foreign: bool):
    document = data.draw(documents(foreign=foreign))
    written = spacy_docbin.write([document], WANTED)
    assert spacy_docbin.write([document], WANTED) == written
    (doc,) = _docs(written.files["annotations.spacy"])
    assert doc.text == document.text
    places = {one.id_: (one.start_char, one.end_char) for group in doc.spans.values() for one in group}
    moved = {loss.item for loss in written.losses}
    assert {loss.what for loss in written.losses} <= {"span"}
    for mark in document.marks:
        assert (places[mark.id] == mark.covers) or mark.id in moved
        assert places[mark.id][0] <= mark.covers.start < mark.covers.end <= places[mark.id][1]


def test_several_documents_of_several_languages_are_in_one_file():
    texts = {"ar": "قتل اثنان.", "en": "Two died.", "fr": "Deux morts."}
    articles = [Document(article_id=name, text=text, language=name) for name, text in texts.items()]
    docs = _docs(spacy_docbin.write(articles, WANTED).files["annotations.spacy"])
    assert [doc.text for doc in docs] == list(texts.values())
