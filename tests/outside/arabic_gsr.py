"""Arabic news sentences on protests with what annotators marked in them, as articles and gold.

The file gives words, not offsets: each stretch is looked for in its sentence, word after word. Several people marked
each sentence, so of stretches of one kind that share text the one that most of them marked stands for all.
`python -m tests.outside.arabic_gsr FILE FOLDER` makes a workspace of it. The schema has no protests: what is measured
is whether those who act are found, and of the triggers only what is violence as well.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.model.article import Article
from tests.outside.corpus import Line, article, gold_line, write_workspace

_BETWEEN = r"[\s\W]{0,3}"
"""What may stand between two words that are marked as one stretch."""


def read(data: bytes) -> tuple[list[Article], list[Line], int]:
    """Give the sentences as articles, their gold, and how many marked stretches do not stand in them so."""
    articles, gold, lost = [], [], 0
    for number, told in enumerate(json.loads(data), 1):
        shown = article(f"gsr-{number:03}", "ar", told["text"])
        marked: dict[str, Counter[tuple[int, int]]] = {"actor": Counter(), "trigger": Counter()}
        for kind, words in _marked(told["spans"]):
            found = re.search(_BETWEEN.join(map(re.escape, words)), shown.text)
            if found is None:
                lost += 1
            else:
                marked[kind][found.span()] += 1
        articles.append(shown)
        gold.append(gold_line(shown, _mentions(shown.text, marked)))
    return articles, gold, lost


def _marked(spans: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    for span in spans:
        for field, kind in (("source_actor", "actor"), ("target_actor", "actor"), ("verb", "trigger")):
            if span[field]:
                yield kind, span[field]


def _mentions(text: str, marked: dict[str, Counter[tuple[int, int]]]) -> Iterator[dict[str, Any]]:
    for kind, counted in marked.items():
        kept: list[tuple[int, int]] = []
        for start, end in sorted(counted, key=lambda where: (-counted[where], where[0] - where[1], where)):
            if all(end <= other_start or other_end <= start for other_start, other_end in kept):
                kept.append((start, end))
        for start, end in sorted(kept):
            yield {"kind": kind, "start": start, "end": end, "quote": text[start:end]}


def main(file: str, folder: str) -> None:
    """Write the sentences of a file as a workspace, and say where its gold is."""
    articles, gold, lost = read(Path(file).read_bytes())
    print(write_workspace(Path(folder), articles, gold), f"({lost} stretches not found in their sentences)")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
