"""The article files of a workspace and what `articles.toml` says of them. Reads; writes only copies of new files."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.model.date import is_date
from annotator.store.toml import read_toml, shaped
from annotator.text.intake import take_in
from annotator.text.script import dominant_language

METADATA_FILE = "articles.toml"

_ARTICLE_ID = re.compile(r"\w[\w.+-]*")
_LONGEST_ID = 200
"""In bytes of UTF-8, so that an ending still fits into the 255 that file systems allow."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|(com|lpt)[\d\u00b9\u00b2\u00b3])(\..*)?")
"""What Windows takes for a device, whatever follows the first full stop."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


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


def described(article: Article, table: Any, where: str) -> Article:
    """Give an article with what a table says of it; a language that it does not say stays as the letters tell it.

    Raises `Refusal` `article.metadata` for what the table says otherwise than it should, naming `where` it stands.
    """
    said = table
    if isinstance(table, dict):
        said = {"language": article.language} | table
        if "published" in table:
            said["published"] = _day(table["published"], where)
    return article.model_copy(update={"metadata": shaped(Metadata, said, where, "article.metadata")})


def _day(published: Any, where: str) -> str:
    """Give a date of publication in ISO 8601; TOML has dates of its own. Raises `Refusal` for what is none."""
    day = str(published)[: len("2019-03-14")] if isinstance(published, datetime.date) else published
    if isinstance(day, str) and _DAY.fullmatch(day) and is_date(day):
        return day
    told = f"{where}: published is {published!r:.60}, which is no day of the calendar as it is written here."
    raise Refusal("article.metadata", told, f"Write it as {_meant(published) or 'year, month and day: 2019-03-14'}.")


def _meant(published: Any) -> str | None:
    """Give what "14.03.2019" means, or None; with strokes in it, day and month may stand either way."""
    parts = _DOTTED.fullmatch(published) if isinstance(published, str) else None
    day = f"{parts[3]}-{parts[2]:0>2}-{parts[1]:0>2}" if parts else ""
    return day if is_date(day) else None


def read_article(file: ArticleFile) -> Article:
    """Give the article in `file`, of which nothing is known but its language, told by its letters.

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
        metadata=Metadata(language=dominant_language(taken.text)),
    )


def read_corpus(corpus: Path) -> Iterator[Article | Refusal]:
    """Give each article of the corpus, or the refusal that says why a file, or what is said of one, is not taken.

    Raises `Refusal` when there is no corpus, or `articles.toml` is not TOML.
    """
    path = corpus / METADATA_FILE
    tables = dict(read_toml(path, "article.metadata"))
    for found in _named(corpus):
        try:
            if isinstance(found, Refusal):
                raise found
            table = tables.pop(found.article_id, None)
            article = read_article(found)
            yield article if table is None else described(article, table, f"{path}, [{found.article_id}]")
        except Refusal as refusal:
            yield refusal
    there = {path.stem for path in corpus.glob("*.txt")}  # never by a path made of what a table is called
    for article_id in tables:
        if article_id not in there:
            yield Refusal(
                "article.metadata", f"{path} speaks of {article_id!r}, of which there is no file.", "Correct the id."
            )


def texts_in(folder: Path, hashes: Mapping[str, str], *, named_so: bool = True) -> dict[str, str]:
    """Give by article id those stored texts of a folder's files that have the hash which `hashes` says.

    A file is looked for under its article's name; unless `named_so`, under any. What cannot be read is not there.
    """
    found: dict[str, str] = {}
    for article_id, digest in hashes.items():
        with suppress(Refusal):
            refuse_bad_id(article_id, str(folder))
            article = read_article(ArticleFile(article_id, folder / f"{article_id}.txt"))
            if article.text_sha256 == digest:
                found[article_id] = article.text
    left = {article_id: digest for article_id, digest in hashes.items() if article_id not in found}
    by_hash: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")) if left and not named_so else ():
        with suppress(Refusal):
            article = read_article(ArticleFile(path.stem, path))
            by_hash[article.text_sha256] = article.text
    return found | {article_id: by_hash[digest] for article_id, digest in left.items() if digest in by_hash}


def outlets_in(corpus: Path) -> dict[str, str]:
    """Give the outlets that `articles.toml` names, by article id. Raises `Refusal` when it is not TOML."""
    tables = read_toml(corpus / METADATA_FILE, "article.metadata")
    named = {name: table.get("outlet") for name, table in tables.items() if isinstance(table, dict)}
    return {name: outlet for name, outlet in named.items() if isinstance(outlet, str)}
