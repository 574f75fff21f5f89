"""The two articles of the tests of the workflow, and an article on its own to ask about."""

import pytest

from annotator.model.article import Article, Metadata
from annotator.text.intake import text_sha256


@pytest.fixture
def article() -> Article:
    text = "ISIS 💥 struck Khasham on Tuesday; 6 members at least died.\n"
    digest = text_sha256(text)
    return Article(article_id="003", text=text, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en"))
