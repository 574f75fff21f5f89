"""CoNLL: a token a line with its tag in the last column, an empty line after a sentence, a file an article.

Tags are IOB2 where they are written, and any of IOB1, IOB2, BIOES and BILOU where they are read. Mentions alone can be
written, of those that overlap the first and longest. A sub-type stands behind the type: `B-trigger:strike.air`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Loss, Marked, Read, Source, Wanted, Written
from annotator.formats.tools.plain_losses import plain_losses
from annotator.formats.tools.texts import decoded
from annotator.formats.tools.token_reading import tokens_in
from annotator.formats.tools.tokens import Tokens, TokenSpan, joined, tokens_of
from annotator.model.problem import Problem

_START = "-DOCSTART-"
_TAG = re.compile(r"([BIESLU])-(\S+)")
_UNFIT = re.compile(r"[\s:]")


class _Row(NamedTuple):
    line: int
    word: str
    tag: str


def read(source: Source) -> Read:
    """Give the documents of files; of one with several articles each has the file's name with a number.

    Where a name stands in several folders, these are named as who annotated.
    """
    problems: list[Problem] = []
    documents: list[Document] = []
    names = Counter(PurePosixPath(file).name for file in source.files)
    for file, data in source.files.items():
        text = decoded(data, file, problems)
        if text is None:
            continue
        person = PurePosixPath(file).parent.name if names[PurePosixPath(file).name] > 1 else None
        articles = [one for one in _articles(text, file, problems) if any(one)]
        stem = PurePosixPath(file).stem
        for number, sentences in enumerate(articles, 1):
            article_id = stem if len(articles) == 1 else f"{stem}-{number}"
            document = _document(article_id, sentences, file, source, problems)
            documents += [replace(document, person=person or None)] if document is not None else []
        if not articles:
            message = "No token is in this file."
            problems.append(Problem(rule="format.no-text", level="error", where=file, message=message))
    return Read(tuple(documents), tuple(problems))


def _articles(text: str, file: str, problems: list[Problem]) -> Iterator[list[list[_Row]]]:
    """Give the sentences of each article."""
    sentences: list[list[_Row]] = [[]]
    for number, written in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = written.removesuffix("\r")
        columns = line.split("\t") if "\t" in line else line.split()
        if line.startswith(_START):
            yield [one for one in sentences if one]
            sentences = [[]]
        elif not line.strip():
            sentences.append([])
        elif len(columns) < 2 or not columns[0] or not columns[-1]:
            message = f"A line has a token and its tag, not {shown(line)}."
            where = f"{file}:{number}"
            problems.append(Problem(rule="format.unknown-line", level="error", where=where, message=message))
        else:
            sentences[-1].append(_Row(number, columns[0], columns[-1]))
    yield [one for one in sentences if one]


def _document(
    article_id: str, sentences: list[list[_Row]], file: str, source: Source, problems: list[Problem]
) -> Document | None:
    words = [[row.word for row in sentence] for sentence in sentences]
    tokens = tokens_in(words, article_id, None, file, source, problems)
    if tokens is None:
        return None
    marks: list[Marked] = []
    at = 0
    for sentence in sentences:
        for there, said in _marked(sentence, file, problems):
            kind, _, label = said.partition(":")
            spans = (tokens.span_of(TokenSpan(at + there.start, at + there.end)),)
            marks.append(Marked(id=f"m{len(marks) + 1}", type=kind or said, label=label or None, spans=spans))
        at += len(sentence)
    return Document(article_id=article_id, text=tokens.text, marks=tuple(marks))


def _marked(sentence: list[_Row], file: str, problems: list[Problem]) -> Iterator[tuple[TokenSpan, str]]:
    """Give the stretches of a sentence that tags mark, and as what."""
    start, kind = 0, ""
    for index, row in enumerate(sentence):
        found = _TAG.fullmatch(row.tag)
        if found is None and row.tag != "O":
            message = f"{shown(row.tag)} is no tag: O, B-TYPE and I-TYPE are, and E, L, S and U in their place."
            where = f"{file}:{row.line}"
            problems.append(Problem(rule="format.unknown-type", level="error", where=where, message=message))
        sign, said = (found[1], found[2]) if found else ("O", "")
        if kind and (sign in "OBSU" or said != kind):
            yield TokenSpan(start, index), kind
            kind = ""
        if sign != "O" and not kind:
            start, kind = index, said
        if kind and sign in "ELSU":
            yield TokenSpan(start, index + 1), kind
            kind = ""
    if kind:
        yield TokenSpan(start, len(sentence)), kind


def write(documents: Sequence[Document], _: Wanted) -> Written:
    """Give a file for each document, below a folder for who annotated where somebody is named."""
    losses: list[Loss] = []
    files = {}
    for document in documents:
        person = "" if document.person is None else f"{document.person}/"
        files[f"{person}{document.article_id}.conll"] = _file(document, losses)
    return Written(files, tuple(losses))


def _file(document: Document, losses: list[Loss]) -> bytes:
    tokens = tokens_of(document.text)
    held = dict(_held(document, tokens, losses))
    losses += _not_held(document)
    tags = ["O"] * len(tokens)
    for there, tag in held.items():
        tags[there.start : there.end] = [f"B-{tag}", *[f"I-{tag}"] * (there.end - there.start - 1)]
    words, sentences = tokens.words, tokens.sentences(held)
    if joined(words[one.start : one.end] for one in sentences) != document.text:
        losses.append(Loss(document.article_id, "", "text", "the blanks and line ends between tokens"))
    rows = ["".join(f"{words[at]}\t{tags[at]}\n" for at in range(one.start, one.end)) for one in sentences]
    return "\n".join(rows).encode()


def _not_held(document: Document) -> list[Loss]:
    """Give the losses of what is no mention: sub-types are written, and what events lose is lost with them."""
    labels = {mark.id: mark.label for mark in document.marks}
    frames = {frame.id for frame in document.frames}
    written = {name for name, label in labels.items() if label is not None and not _UNFIT.search(label)}
    return [
        loss
        for loss in plain_losses(document, ("hub", "of"))
        if loss.item not in frames and not (loss.what == "label" and loss.item in written)
    ]


def _held(document: Document, tokens: Tokens, losses: list[Loss]) -> Iterator[tuple[TokenSpan, str]]:
    """Give the tokens of mentions that are written with their tags, the longest first of those that overlap."""

    def lose(item: str, what: str, told: str) -> None:
        losses.append(Loss(document.article_id, item, what, told))

    for frame in document.frames:
        lose(frame.id, "event", frame.type)
    taken = -1
    placed = [(tokens.covering(mark.covers), mark) for mark in document.marks]
    for there, mark in sorted(placed, key=lambda one: _order(one[0])):
        if there is None or _UNFIT.search(mark.type):
            lose(mark.id, "mention", "it stands on no token" if there is None else "its type has a blank or a colon")
        elif there.start < taken:
            lose(mark.id, "overlap", "another is longer, or begins before it")
        else:
            taken = there.end
            held = tokens.span_of(there)
            if (held,) != mark.spans:
                lose(mark.id, "span", f"{shown(mark.covers.of(document.text))} became {shown(held.of(document.text))}")
            label = mark.label if mark.label and not _UNFIT.search(mark.label) else None
            if mark.label and not label and mark.type == "trigger":
                lose(mark.id, "label", mark.label)
            yield there, mark.type if label is None else f"{mark.type}:{label}"


def _order(there: TokenSpan | None) -> tuple[int, int]:
    return (0, 0) if there is None else (there.start, -there.end)
