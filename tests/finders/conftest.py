"""The project's own guidelines and seeds, read once."""

import tomllib
from pathlib import Path

import pytest

from annotator.model.article import Article, Metadata
from annotator.model.guidelines import Guidelines, read_guidelines
from annotator.text.intake import take_in

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    folder = ROOT / "guidelines"
    return read_guidelines(
        {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}
    )


@pytest.fixture(scope="session")
def seeds() -> dict[str, Article]:
    """The five articles, by the first three characters of their ids."""
    known = tomllib.loads((ROOT / "seeds" / "articles.toml").read_text(encoding="utf-8"))
    articles = {}
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        taken = take_in(path.read_bytes(), path.name)
        articles[path.stem[:3]] = Article(
            article_id=path.stem,
            text=taken.text,
            raw_sha256=taken.raw_sha256,
            text_sha256=taken.text_sha256,
            metadata=Metadata.model_validate(known[path.stem]),
        )
    return articles
