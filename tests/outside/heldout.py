"""The held-out sentences as articles and gold: what is marked in them becomes mentions of the text without the marks.

`python -m tests.outside.heldout FOLDER [odd|even]` makes a workspace of them with the guidelines as they stand and
writes `gold.jsonl` into it, so that `annotator suggest --report gold.jsonl` tells what the finders are worth there.
Sentences with an odd number were looked at while the finders were made; those with an even one were not, but for the
first twelve English ones, which were on somebody's screen once.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.model.notation import parse_number, parse_time
from annotator.store.workspace import open_workspace
from tests.outside.corpus import Line, article, gold_line, write_workspace

SENTENCES = Path(__file__).parent / "heldout"

KINDS = {"T": "trigger", "C": "trigger", "N": "number", "W": "time", "A": "actor", "D": "actor", "P": "place"}
"""The kind of mention that each letter marks: C a casualty word, A an actor that is named, D one that is described."""


class Mark(NamedTuple):
    """A stretch of a sentence that is marked."""

    letter: str
    says: str
    """The event type of a trigger, the value of a number or time as it is typed; empty for what says nothing more."""
    start: int
    """In code points of the text without marks, half-open."""
    end: int


class Sentence(NamedTuple):
    """One held-out sentence."""

    name: str
    language: str
    published: str | None
    text: str
    """Without the marks."""
    marks: tuple[Mark, ...]

    @property
    def part(self) -> str:
        """Whether its number is odd or even."""
        return "odd" if int("".join(filter(str.isdecimal, self.name))) % 2 else "even"


def read_marked(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Give the text of a marked sentence and its marks, in the order in which their braces open; marks may nest.

    Raises ValueError for a brace that is not closed, or closed twice, and for a letter that marks nothing.
    """
    text: list[str] = []
    marks: list[Mark] = []
    opened: list[int] = []
    rest = marked
    while rest:
        if rest[0] == "{":
            head, bar, rest = rest[1:].partition("|")
            letter, _, says = head.partition(":")
            if not bar or letter not in KINDS:
                raise ValueError(f"{head[:20]!r} marks nothing")
            opened.append(len(marks))
            marks.append(Mark(letter, says, len(text), len(text)))
            continue
        if rest[0] == "}":
            if not opened:
                raise ValueError("a brace is closed that none opened")
            closed = opened.pop()
            marks[closed] = marks[closed]._replace(end=len(text))
        else:
            text.append(rest[0])
        rest = rest[1:]
    if opened:
        raise ValueError("a brace is not closed")
    return "".join(text), tuple(marks)


def write_marked(text: str, marks: tuple[Mark, ...]) -> str:
    """Give the marked sentence that `read_marked` reads as this text and these marks."""
    written: list[str] = []
    for offset in range(len(text) + 1):
        written += ["}" for mark in marks if mark.end == offset]
        opening = [mark for mark in marks if mark.start == offset]
        written += [f"{{{mark.letter}{':' if mark.says else ''}{mark.says}|" for mark in opening]
        written += text[offset : offset + 1]
    return "".join(written)


def lines() -> Iterator[tuple[str, str]]:
    """Give every line that holds a sentence, with its language."""
    for language in ("en", "ar"):
        for line in (SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield language, line


def sentences(*parts: str) -> list[Sentence]:
    """Give the held-out sentences of some parts, or all."""
    told = []
    for language, line in lines():
        name, published, marked = line.split("\t")
        text, marks = read_marked(marked)
        sentence = Sentence(name, language, None if published == "-" else published, text, marks)
        if not parts or sentence.part in parts:
            told.append(sentence)
    return told


def as_corpus(told: list[Sentence], guidelines: Guidelines) -> tuple[list[Article], list[Line]]:
    """Give sentences as articles of one line, with their gold."""
    articles = [article(one.name, one.language, one.text, one.published) for one in told]
    gold = [
        gold_line(shown, (_mention(one.text, mark, guidelines) for mark in one.marks))
        for shown, one in zip(articles, told, strict=True)
    ]
    return articles, gold


def _mention(text: str, mark: Mark, guidelines: Guidelines) -> dict[str, Any]:
    says: dict[str, Any] = {}
    match mark.letter:
        case "T":
            says = {"label": mark.says, "trigger_class": "event"}
        case "C":
            says = {"trigger_class": "casualty"}
        case "N":
            says = {"value": parse_number(mark.says, guidelines.schema.units).plain()}
        case "W":
            says = {"value": parse_time(mark.says).plain()}
        case "A" | "D":
            says = {"label": "named" if mark.letter == "A" else "described"}
    stretch = {"start": mark.start, "end": mark.end, "quote": text[mark.start : mark.end]}
    return {"kind": KINDS[mark.letter]} | stretch | says


def main(folder: str, *parts: str) -> None:
    """Write the sentences of some parts as a workspace, and say where its gold is."""
    shipped = open_workspace(Path(__file__).parents[2]).guidelines()
    print(write_workspace(Path(folder), *as_corpus(sentences(*parts), shipped)))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
