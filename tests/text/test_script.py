import tomllib
from pathlib import Path

import pytest

from annotator.text.script import dominant_language

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قتل in", "ar"),
        ("قتل seven", "en"),
        ("قتل six", "en"),
        ("2018 — 17", "en"),
        ("", "en"),
        ("× ÷ × ÷ قتل", "ar"),
        ("Erdoğan ٢٠١٨", "en"),
    ],
)
def test_the_script_with_more_letters_names_the_language(text: str, language: str) -> None:
    assert dominant_language(text) == language


def test_the_seeds_are_told_apart() -> None:
    known = tomllib.loads((SEEDS / "articles.toml").read_text(encoding="utf-8"))
    told = {path.stem: dominant_language(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")}
    assert told == {article_id: about["language"] for article_id, about in known.items()}
