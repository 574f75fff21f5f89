"""The article files of a workspace and what `articles.toml` says of them. Reads; writes only copies of new files."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.store.toml import read_toml, shaped
from annotator.text.intake import take_in
from annotator.text.script import dominant_language

METADATA_FILE = "articles.toml"

_ARTICLE_ID = re.compile(r"[\w][\w.+-]{0,199}")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file of the corpus that has not been read yet."""

    article_id: str
    path: Path


def article_files(corpus: Path) -> list[ArticleFile]:
    """Give the corpus' `.txt` files by name.

    Raises `Refusal` for a name that cannot be an id everywhere, or two that differ only by case or normal form.
    """
    if not corpus.is_dir():
        raise Refusal(
            "workspace.missing", f"The corpus folder {corpus} does not exist.", "Make it, or correct `corpus`."
        )
    files = [ArticleFile(path.stem, path) for path in sorted(corpus.glob("*.txt"))]
    seen: dict[str, Path] = {}
    for file in files:
        refuse_bad_id(file.article_id, str(file.path))
        key = unicodedata.normalize("NFC", file.article_id).casefold()
        if key in seen:
            raise Refusal(
                "article.id",
                f"{seen[key].name} and {file.path.name} differ only by case or normal form.",
                "Rename one: some disks take them for one file.",
            )
        seen[key] = file.path
    return files


def refuse_bad_id(article_id: str, where: str) -> None:
    """Raise `Refusal` when `article_id` could not be a file name on every system."""
    if not _ARTICLE_ID.fullmatch(article_id) or _RESERVED.fullmatch(article_id) or article_id.endswith("."):
        raise Refusal(
            "article.id",
            f"{where}: {article_id!r} cannot be an article id.",
            "Use letters, digits and . _ + - only, beginning with a letter or digit, 200 characters at most.",
        )


def read_metadata(corpus: Path) -> Mapping[str, Metadata]:
    """Give what `articles.toml` says, by article id. Raises `Refusal` naming the field that does not fit."""
    path = corpus / METADATA_FILE
    tables = read_toml(path, "article.metadata")
    return {
        article_id: shaped(Metadata, table, f"{path}: {article_id}", "article.metadata")
        for article_id, table in tables.items()
    }


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
    """Give each article of the corpus, or the refusal that says why a file is not taken."""
    metadata = read_metadata(corpus)
    for file in article_files(corpus):
        try:
            yield read_article(file, metadata.get(file.article_id))
        except Refusal as refusal:
            yield refusal
