"""spaCy's DocBin: a Doc an article on spaCy's own tokens, in the group `mentions` and `triggers` their spans.

A span group holds whole tokens alone. Everything else, exact edges too, goes along as one of our own lines in the
Doc's user data, under `annotator`: spaCy keeps it and looks at none of it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from annotator.errors import Refusal
from annotator.formats.inspection import shown
from annotator.formats.tools import our_jsonl
from annotator.formats.tools.document import Document, Loss, Marked, Wanted, Written
from annotator.formats.tools.file_names import file_name

_LANGUAGES = ("ar", "en")
"""Those whose own tokens are made; of others spaCy's for any language."""


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with all documents. Raises `Refusal` `extra.missing`."""
    losses: list[Loss] = []
    bin_of_docs = _library("spacy.tokens").DocBin(store_user_data=True)
    for document in documents:
        bin_of_docs.add(_doc(document, wanted, losses))
    return Written({file_name(wanted.title, ".spacy"): bin_of_docs.to_bytes()}, tuple(losses))


def _library(module: str) -> Any:
    try:
        from importlib import import_module

        return import_module(module)
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"Files of spaCy need {error.name}, which is not installed.",
            "Install it: pip install 'annotator[spacy]'",
        ) from None


@cache
def _pipeline(language: str) -> Any:
    return _library("spacy").blank(language)


def _doc(document: Document, wanted: Wanted, losses: list[Loss]) -> Any:
    language = document.language if document.language in _LANGUAGES else "xx"
    doc = _pipeline(language).make_doc(document.text)
    triggers = {name for frame in document.frames for name in frame.triggers}
    is_trigger = {mark.id: mark.id in triggers or mark.type == "trigger" for mark in document.marks}
    for group, of_group in (("mentions", False), ("triggers", True)):
        marks = (mark for mark in document.marks if is_trigger[mark.id] is of_group)
        doc.spans[group] = list(_spans(doc, marks, document, losses))
    doc.ents = _library("spacy.util").filter_spans(doc.spans["mentions"])
    lines = our_jsonl.write([document], wanted).files
    doc.user_data = {"annotator": next(iter(lines.values())).decode()}
    return doc


def _spans(doc: Any, marks: Iterable[Marked], document: Document, losses: list[Loss]) -> Iterable[Any]:
    """Give the spans of marks on tokens, adding to `losses` what they were before."""
    for mark in marks:
        there = mark.covers
        label = (mark.label or mark.type) if mark.type == "trigger" else mark.type
        found = doc.char_span(there.start, there.end, label=label, alignment_mode="expand", span_id=mark.id)
        if found is None:
            losses.append(Loss(document.article_id, mark.id, "mention", "it stands on no token"))
            continue
        if len(mark.spans) > 1 or (found.start_char, found.end_char) != there:
            told = f"{shown(there.of(document.text))} became {shown(found.text)}"
            losses.append(Loss(document.article_id, mark.id, "span", told))
        yield found
