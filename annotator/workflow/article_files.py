"""The corpus folder's files of many articles: which they are, and the articles in them, one after the other.

Never holds more than an article, and loads no database: scores look here for texts.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.formats.article_lines import RULE, ArticleLine, read_articles
from annotator.model.article import Article, Metadata
from annotator.model.suggestions import KeptSuggestions
from annotator.store.corpus import described, refuse_bad_id
from annotator.text.intake import take_in
from annotator.text.script import dominant_language
from annotator.workflow.opening import opened

ENDINGS = (".jsonl", ".jsonl.gz")

_PIECE = 1 << 22

_LANGUAGES = {"en": Metadata(language="en"), "ar": Metadata(language="ar")}
"""Where the language is said, nobody counts letters."""


class Read(NamedTuple):
    """An article of such a file."""

    article: Article
    suggestions: KeptSuggestions | None
    """What finders say of it, where the line brings that along."""
    document: str
    """The same as it is written."""


def is_of_many(file: Path) -> bool:
    """Tell whether a file holds many articles, by its name."""
    return file.name.endswith(ENDINGS)


def files_of_many(corpus: Path) -> list[Path]:
    """Give the corpus's files of many articles, by name."""
    return sorted(filter(is_of_many, corpus.iterdir())) if corpus.is_dir() else []


def lines_in(file: Path) -> int:
    """Give how many lines a file has, to tell how far its import is."""
    with opened(file) as source:
        return sum(piece.count(b"\n") for piece in iter(lambda: source.read(_PIECE), b""))


def articles_in(file: Path) -> Iterator[Read | Refusal]:
    """Give each article of a file with what it brings along, or the `Refusal` that says why it is not taken."""
    with opened(file) as source:
        for found in read_articles(source, str(file)):
            try:
                yield found if isinstance(found, Refusal) else _article(found)
            except Refusal as refusal:
                yield refusal


def texts_of_many(corpus: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """Give by article id those texts of a folder's files of many that have the hash which `hashes` says."""
    found: dict[str, str] = {}
    for file in files_of_many(corpus) if hashes else ():
        for one in articles_in(file):
            if isinstance(one, Read) and hashes.get(one.article.article_id) == one.article.text_sha256:
                found[one.article.article_id] = one.article.text
                if len(found) == len(hashes):
                    return found
    return found


def _article(line: ArticleLine) -> Read:
    refuse_bad_id(line.article_id, line.where)
    taken = take_in(line.text.encode(), line.where)
    if taken.text != line.text and line.suggestions is not None:
        what = (
            f"{line.where}: the text has ends of lines, or a mark before it, that are not kept, so offsets would slip."
        )
        raise Refusal(RULE, what, "Leave the suggestions out, or write the text as it is kept.")
    article = Article(
        article_id=line.article_id,
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=_LANGUAGES.get(str(line.known.get("language"))) or Metadata(language=dominant_language(taken.text)),
    )
    return Read(described(article, dict(line.known), line.where), line.suggestions, line.document)
