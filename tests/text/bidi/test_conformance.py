"""Unicode's own tests of the bidi algorithm: whole where the database is installed, and a committed sample always."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.text.bidi.levels import line_levels, paragraph_levels
from annotator.text.bidi.reorder import visual_order

UNICODE = Path("/usr/share/unicode")
"""Where Debian's package `unicode-data` puts the Unicode Character Database."""
SAMPLE = Path(__file__).parents[2] / "outside" / "unicode"

CHARACTER_OF = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$", "AN": "\u0661", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "LRE": "\u202a", "LRO": "\u202d",
    "RLE": "\u202b", "RLO": "\u202e", "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068",
    "PDI": "\u2069",
}  # fmt: skip


class Case(NamedTuple):
    line: int
    text: str
    base: int | None
    expected_base: int | None
    levels: list[str]
    """`x` where rule X9 takes the character out."""
    order: list[int]


def character_cases(file: Path) -> Iterator[Case]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        data = line.partition("#")[0].strip()
        if data:
            codes, direction, base, levels, order = data.split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            asked = {"0": 0, "1": 1, "2": None}[direction]
            yield Case(number, text, asked, int(base), levels.split(), [int(at) for at in order.split()])


def class_cases(file: Path) -> Iterator[Case]:
    levels: list[str] = []
    order: list[int] = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        data = line.partition("#")[0].strip()
        if data.startswith("@Levels:"):
            levels = data.partition(":")[2].split()
        elif data.startswith("@Reorder:"):
            order = [int(at) for at in data.partition(":")[2].split()]
        elif data and not data.startswith("@"):
            names, bits = data.split(";")
            text = "".join(CHARACTER_OF[name] for name in names.split())
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    yield Case(number, text, base, None, levels, order)


def holds(case: Case) -> bool:
    base, found = paragraph_levels(case.text, case.base)
    line = line_levels(case.text, found or [0] * len(case.text), 0, len(case.text), base)
    kept = [position for position, level in enumerate(case.levels) if level != "x"]
    return (
        case.expected_base in (None, base)
        and all(str(line[position]) == case.levels[position] for position in kept)
        and [kept[at] for at in visual_order([line[position] for position in kept])] == case.order
    )


def wrong(cases: Iterator[Case]) -> list[Case]:
    """The first cases that fail: a few are enough to see what is wrong."""
    return list(islice((case for case in cases if not holds(case)), 5))


def test_the_sample_of_characters_passes() -> None:
    assert len(list(character_cases(SAMPLE / "BidiCharacterTest-sample.txt"))) > 500
    assert wrong(character_cases(SAMPLE / "BidiCharacterTest-sample.txt")) == []


def test_the_sample_of_classes_passes() -> None:
    assert len(list(class_cases(SAMPLE / "BidiTest-sample.txt"))) > 500
    assert wrong(class_cases(SAMPLE / "BidiTest-sample.txt")) == []


@pytest.mark.skipif(not UNICODE.exists(), reason="the Unicode Character Database is not installed")
def test_every_line_of_bidi_character_test_passes() -> None:
    assert wrong(character_cases(UNICODE / "BidiCharacterTest.txt")) == []


@pytest.mark.skipif(not UNICODE.exists(), reason="the Unicode Character Database is not installed")
def test_every_line_of_bidi_test_passes() -> None:
    assert wrong(class_cases(UNICODE / "BidiTest.txt")) == []
