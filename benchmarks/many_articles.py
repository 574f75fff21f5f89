"""A file of any number of articles with thirty candidates each, made of the seeds' paragraphs: always the same bytes.

The finders run once on each seed; what they say of a paragraph goes with it. Nothing is held but the paragraphs.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import orjson

from annotator.finders.suggest import finders_name, suggest
from annotator.model.article import Article
from annotator.model.guidelines import Guidelines
from annotator.store.corpus import read_corpus
from benchmarks.workspaces import SEEDS

CANDIDATES = 30


class Paragraph(NamedTuple):
    """A paragraph of a seed and what the finders say of it, counted from where it begins."""

    text: str
    places: tuple[tuple[int, int], ...]
    said: tuple[bytes, ...]
    """What is said of each place, as it is written."""


def write_articles(file: Path, number: int, guidelines: Guidelines) -> None:
    """Write so many articles, every other one in Arabic, as lines that `annotator import` takes."""
    paragraphs = {language: list(_paragraphs(language, guidelines)) for language in ("en", "ar")}
    finders = finders_name(guidelines)
    with file.open("wb") as out:
        for count in range(number):
            language = ("en", "ar")[count % 2]
            out.write(orjson.dumps(_article(count, language, paragraphs[language], finders)) + b"\n")


def _article(count: int, language: str, paragraphs: list[Paragraph], finders: str) -> dict[str, object]:
    drawn = random.Random(count)  # of a number: the same on every machine
    text, places, said = f"Report {count:07}\n\n", list[tuple[int, int]](), list[bytes]()
    body = len(text)
    while len(places) < CANDIDATES:
        paragraph = drawn.choice(paragraphs)
        places += [(start + len(text), end + len(text)) for start, end in paragraph.places]
        said += paragraph.said
        text += paragraph.text + "\n\n"
    starts, ends = zip(*places[:CANDIDATES], strict=True)
    numbers = {one: number for number, one in enumerate(dict.fromkeys(said[:CANDIDATES]))}
    packed = {
        "said": [orjson.Fragment(one) for one in numbers],
        "starts": starts,
        "ends": ends,
        "which": [numbers[one] for one in said[:CANDIDATES]],
    }
    regions = [{"kind": "title", "start": 0, "end": body - 2}, {"kind": "body", "start": body, "end": len(text) - 2}]
    return {
        "article_id": f"{language}-{count:07}",
        "language": language,
        "text": text.rstrip() + "\n",
        "suggestions": {"finders": finders, "regions": regions, "candidates": packed},
    }


def _paragraphs(language: str, guidelines: Guidelines) -> Iterator[Paragraph]:
    """Give the seeds' paragraphs in which anything is found."""
    for article in read_corpus(SEEDS):
        if not isinstance(article, Article) or article.language != language:
            continue
        packed, start = suggest(article, guidelines).candidates.packed(), 0
        written = [orjson.dumps(one.plain()) for one in packed.said]
        found = list(zip(packed.starts, packed.ends, packed.which, strict=True))
        for text in article.text.split("\n"):
            end = start + len(text)
            inside = [
                (first - start, last - start, written[said])
                for first, last, said in found
                if start <= first and last <= end
            ]
            if inside and text.strip() == text:
                yield Paragraph(text, tuple((one[0], one[1]) for one in inside), tuple(one[2] for one in inside))
            start = end + 1
