"""Files for the scorers: `python -m benchmarks.scoring_files spans|events|counts FILE SEED ARTICLES`.

The same bytes for the same arguments. Two seeds give two sides of one corpus: what gold says comes of the article, and
how a side reads it of the seed; seed 0 is gold itself. Counts are what was right, predicted and in gold.

A text is words of five letters with a blank between, so that scorers of tokens can say all of gold; predictions are as
extractors write them: some inside others, some that end within a word, some of a kind that gold lacks.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

WORD = 6
"""Code points from the beginning of one word to that of the next."""
WORDS = 400
"""Words of an article."""
SPANS = 40
"""Spans that gold has in an article: 10,000 articles hold 400,000."""
EVENTS, ARGUMENTS = 5, 3
"""Events that gold has in an article, and arguments of each: 10,000 articles hold 150,000."""

KINDS = ("trigger", "actor", "place", "number")
UNHEARD = "time"
"""A kind that only predictions have."""
TYPES = ("clash.armed", "attack.ground", "strike.air", "shelling")
ROLES = {"attacker": "actor", "target": "actor", "place": "place", "killed": "number", "side_a": "actor"}
"""Each with the kind of what plays it."""

Words = tuple[int, int]
"""A stretch of words, half-open."""


def offsets(words: Words) -> dict[str, int]:
    """Give the code points of a stretch of words, without the blank behind it."""
    return {"start": words[0] * WORD, "end": words[1] * WORD - 1}


def spans(number: int, seed: int) -> list[dict[str, Any]]:
    """Give the mentions of an article as a side reads them: of gold no two overlap."""
    told, read = random.Random(number), random.Random(f"{seed} {number}")
    found: list[dict[str, Any]] = []
    for place in range(SPANS):
        at = place * (WORDS // SPANS)
        begins = at + told.randrange(5)
        words, kind = (begins, begins + told.randint(1, 4)), told.choice(KINDS)
        luck = read.random() if seed else 1
        if luck < 0.12:
            continue
        if luck < 0.2:
            words = (words[0], words[1] + 1)
        elif luck < 0.26:
            kind = read.choice(KINDS)
        elif luck < 0.28:
            kind = UNHEARD
        mention = {"kind": kind, **offsets(words)}
        if 0.28 <= luck < 0.3:
            mention["end"] -= 2
        if 0.3 <= luck < 0.33:
            found.append({"kind": kind, **offsets((words[0], words[1] + 2))})
        found.append(mention)
    return found


def events(number: int, seed: int) -> list[dict[str, Any]]:
    """Give the events of an article as a side reads them."""
    told, read = random.Random(number), random.Random(f"{seed} {number}")
    found = []
    for place in range(EVENTS):
        at = place * (WORDS // EVENTS)
        kind, trigger = told.choice(TYPES), (at, at + told.randint(1, 2))
        arguments = []
        for n in range(ARGUMENTS):
            begins = at + 4 + n * 10 + told.randrange(5)
            words, role = (begins, begins + told.randint(1, 4)), told.choice([*ROLES])
            luck = read.random() if seed else 1
            if luck < 0.12:
                continue
            if luck < 0.2:
                words = (words[0], words[1] + 1)
            elif luck < 0.28:
                role = read.choice([*ROLES])
            arguments.append({"role": role, "kind": ROLES[role], **offsets(words)})
        luck = read.random() if seed else 1
        if luck < 0.05:
            continue
        kind = read.choice(TYPES) if luck < 0.1 else kind
        found.append({"type": kind, "triggers": [offsets(trigger)], "arguments": arguments})
    return found


def counts(number: int, seed: int) -> tuple[int, int, int]:
    """Give how many predictions of an article are right, how many there are, and how many gold has."""
    told, read = random.Random(number), random.Random(f"{seed} {number}")
    gold = told.randint(1, 2 * SPANS)
    right = sum(read.random() < 0.7 for _ in range(gold))
    return right, right + read.randint(0, gold // 4), gold


def lines(what: str, seed: int, articles: int) -> Iterator[bytes]:
    """Give a line an article."""
    made = {"spans": ("mentions", spans), "events": ("events", events), "counts": ("counts", counts)}
    name, make = made[what]
    for number in range(articles):
        article = {"article_id": f"{number:08d}", "language": "en", name: make(number, seed)}
        yield orjson.dumps(article) + b"\n"


def write(what: str, path: Path, seed: int, articles: int) -> None:
    """Write one side's file."""
    with path.open("wb") as file:
        file.writelines(lines(what, seed, articles))


if __name__ == "__main__":
    _, what, path, seed, articles = sys.argv
    write(what, Path(path), int(seed), int(articles))
