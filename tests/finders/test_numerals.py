"""Exact numbers: how much of a text one of them looks at."""

from typing import Any

import pytest

from annotator.finders.numbers.counted import CountedReader
from annotator.finders.numbers.numerals import NumeralReader
from annotator.finders.words import Word, words
from annotator.model.guidelines import Guidelines


class Watched(list[Word]):
    """Words that remember the furthest one that was looked at."""

    furthest = 0

    def __getitem__(self, index: Any) -> Any:
        stop = index.stop if isinstance(index, slice) else index
        self.furthest = max(self.furthest, min(stop, len(self)))
        return super().__getitem__(index)


@pytest.fixture(scope="module")
def reader(guidelines: Guidelines) -> NumeralReader:
    return NumeralReader(guidelines.lexicon.all_words().numbers)


@pytest.mark.parametrize("row", ["100 ", "١٠٠ ", "million ", "one hundred ", "five million ", "ألف ", "مئة و"])
def test_a_number_reads_no_further_than_numbers_are_long(reader: NumeralReader, row: str) -> None:
    text = Watched(words(row * 2000))
    reader.at(text, 0)
    assert text.furthest < 20


def test_round_thousands_with_blanks_are_one_number_up_to_the_largest(reader: NumeralReader) -> None:
    def value(text: str) -> int | None:
        found = reader.at(words(text), 0)
        return found.value if found else None

    assert value("12 000 000 men") == 12_000_000
    assert value("12 000 000 000 000 men") == 12 * 10**12
    assert value("12 000 000 000 000 000 men") is None
    assert value("100 " * 40) is None


@pytest.mark.parametrize("row", ["عدد من ", "of the ", "من بين "])
def test_what_is_counted_is_not_looked_for_behind_any_number_of_partitives(guidelines: Guidelines, row: str) -> None:
    counted = CountedReader(guidelines.lexicon.all_words().numbers, guidelines.schema.units)
    text = Watched(words(row * 2000))
    counted.behind(text, 0)
    assert text.furthest < 40
