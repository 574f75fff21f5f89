"""The article files of a workspace and what `articles.toml` says of them. Reads; writes only copies of new files."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.store.toml import read_toml, shaped
from annotator.text.intake import take_in
from annotator.text.script import dominant_language

METADATA_FILE = "articles.toml"

_ARTICLE_ID = re.compile(r"\w[\w.+-]*")
_LONGEST_ID = 200
"""In bytes of UTF-8, so that an ending still fits into the 255 that file systems allow."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[\d\u00b9\u00b2\u00b3])(\..*)?")
"""What Windows takes for a device, whatever follows the first full stop."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of the corpus that has not been read yet."""

    article_id: str
    path: Path


def article_files(corpus: Path) -> list[ArticleFile]:
    """Give the corpus' `.txt` files by name.

    Raises `Refusal` for a name that cannot be an id everywhere, or two that differ only by case or normal form.
    """
    files = []
    for found in _named(corpus):
        if isinstance(found, Refusal):
            raise found
        files.append(found)
    return files


def _named(corpus: Path) -> Iterator[ArticleFile | Refusal]:
    """Give the corpus' `.txt` files by name, or the refusal that says why one cannot have its name."""
    if not corpus.is_dir():
        raise Refusal(
            "workspace.missing", f"The corpus folder {corpus} does not exist.", "Make it, or correct `corpus`."
        )
    seen: dict[str, str] = {}
    for path in sorted(corpus.glob("*.txt")):
        try:
            refuse_bad_id(path.stem, str(corpus))
        except Refusal as refusal:
            yield refusal
            continue
        first = seen.setdefault(unicodedata.normalize("NFC", path.stem).casefold(), path.name)
        if first == path.name:
            yield ArticleFile(path.stem, path)
        else:
            yield Refusal(
                "article.id",
                f"{first} and {path.name} differ only by case or normal form.",
                "Rename one: some disks take them for one file.",
            )


def refuse_bad_id(article_id: str, where: str) -> None:
    """Raise `Refusal` when `article_id` could not be a file name on every system."""
    if (
        not _ARTICLE_ID.fullmatch(article_id)
        or len(article_id.encode()) > _LONGEST_ID
        or _RESERVED.fullmatch(article_id)
        or article_id.endswith(".")
    ):
        raise Refusal(
            "article.id",
            f"{where}: {article_id!r} cannot be an article id.",
            "Use letters, digits and . _ + - only, beginning with a letter or digit, 200 bytes at most.",
        )


def read_metadata(corpus: Path) -> Mapping[str, Metadata]:
    """Give what `articles.toml` says, by article id. Raises `Refusal` naming the field that does not fit."""
    path = corpus / METADATA_FILE
    return {article_id: _metadata(path, article_id, table) for article_id, table in _tables(path).items()}


def _tables(path: Path) -> Mapping[str, Any]:
    return read_toml(path, "article.metadata")


def _metadata(path: Path, article_id: str, table: Any) -> Metadata:
    return shaped(Metadata, table, f"{path}, [{article_id}]", "article.metadata")


def read_article(file: ArticleFile, metadata: Metadata | None) -> Article:
    """Give the article in `file`; without metadata its language is told by its letters.

    Raises `Refusal` when the file cannot be read or taken in.
    """
    try:
        raw = file.path.read_bytes()
    except OSError as error:
        raise Refusal("file.missing", f"{file.path} could not be read: {error.strerror}.") from None
    taken = take_in(raw, file.path.name)
    return Article(
        article_id=file.article_id,
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=metadata or Metadata(language=dominant_language(taken.text)),
    )


def read_corpus(corpus: Path) -> Iterator[Article | Refusal]:
    """Give each article of the corpus, or the refusal that says why a file, or what is said of one, is not taken.

    Raises `Refusal` when there is no corpus, or `articles.toml` is not TOML.
    """
    path = corpus / METADATA_FILE
    tables = dict(_tables(path))
    for found in _named(corpus):
        try:
            if isinstance(found, Refusal):
                raise found
            table = tables.pop(found.article_id, None)
            yield read_article(found, None if table is None else _metadata(path, found.article_id, table))
        except Refusal as refusal:
            yield refusal
    for article_id in tables:
        if not (corpus / f"{article_id}.txt").exists():
            yield Refusal(
                "article.metadata", f"{path} speaks of {article_id!r}, of which there is no file.", "Correct the id."
            )
