"""Texts of others as articles with gold: measured in memory by tests, or written as a workspace to look into."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from annotator.finders.suggest import suggest
from annotator.formats.records import read_plain
from annotator.model.article import Article, Metadata
from annotator.model.guidelines import Guidelines
from annotator.scoring.proposals import Found, find_in_articles
from annotator.store.workspace import create_workspace
from annotator.text.intake import take_in
from annotator.workflow.measuring import proposed

Line = dict[str, Any]
"""A line of a plain gold file."""


def article(name: str, language: str, text: str, published: str | None = None) -> Article:
    """Give a text as an article."""
    taken = take_in(text.encode(), name)
    return Article(
        article_id=name,
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=Metadata.model_validate({"language": language, "published": published}),
    )


def gold_line(told: Article, mentions: Iterable[dict[str, Any]]) -> Line:
    """Give the gold of an article as a line of a plain gold file."""
    return {
        "article_id": told.article_id,
        "language": told.language,
        "text_sha256": told.text_sha256,
        "mentions": list(mentions),
    }


def gold_bytes(lines: Iterable[Line]) -> bytes:
    """Give lines of gold as a file."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def measured(articles: Sequence[Article], lines: Iterable[Line], guidelines: Guidelines) -> Found:
    """Give what the finders are worth on articles, as `annotator suggest --report` does."""
    gold, problems = read_plain(gold_bytes(lines))
    assert not [problem for problem in problems if problem.level == "error"]
    kinds = {mention.kind for document in gold for mention in document.mentions}
    pairs = (
        (document, proposed(told.article_id, told.language, suggest(told, guidelines)))
        for document, told in zip(gold, articles, strict=True)
    )
    return find_in_articles(pairs, kinds)


def write_workspace(folder: Path, articles: Iterable[Article], lines: Iterable[Line]) -> Path:
    """Make a workspace of articles with the guidelines as they stand at `folder`, and give the gold beside them."""
    root = create_workspace(folder, []).root
    write_articles(root, articles)
    gold = root / "gold.jsonl"
    gold.write_bytes(gold_bytes(lines))
    return gold


def write_articles(root: Path, articles: Iterable[Article]) -> None:
    """Put articles into the corpus of a workspace, with what is known about them."""
    about = []
    for told in articles:
        (root / "seeds" / f"{told.article_id}.txt").write_bytes(told.text.encode())
        about.append(f'["{told.article_id}"]\nlanguage = "{told.language}"\n')
        if told.metadata.published:
            about.append(f'published = "{told.metadata.published}"\npublished_from = "given with the text"\n')
    (root / "seeds" / "articles.toml").write_text("".join(about), encoding="utf-8")
