"""Files of many articles in the corpus folder, a line each: taken in by batches, resumed where that was broken off.

A file that was taken in whole is not opened again while it looks as it did. Never holds more than a batch.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from annotator.errors import Refusal
from annotator.finders.suggest import finders_name
from annotator.formats.article_lines import RULE, ArticleLine, read_articles
from annotator.model.article import Article, Metadata
from annotator.store.batches import in_batches
from annotator.store.corpus import described, refuse_bad_id
from annotator.store.many_articles import (
    AT_ONCE,
    Came,
    Coming,
    file_taken_in,
    files_taken_in,
    look_of,
    put_articles,
)
from annotator.text.intake import take_in
from annotator.text.script import dominant_language
from annotator.workflow.opening import opened
from annotator.workflow.project import Project

ENDINGS = (".jsonl", ".jsonl.gz")
ENOUGH = 1000
"""Refusals after which a file is read no further: it is none of articles."""

_PIECE = 1 << 22

_LANGUAGES = {"en": Metadata(language="en"), "ar": Metadata(language="ar")}
"""Where the language is said, nobody counts letters."""


def is_of_many(file: Path) -> bool:
    """Tell whether a file holds many articles, by its name."""
    return file.name.endswith(ENDINGS)


def files_of_many(corpus: Path) -> list[Path]:
    """Give the corpus's files of many articles, by name."""
    return sorted(filter(is_of_many, corpus.iterdir())) if corpus.is_dir() else []


def files_to_take_in(project: Project) -> list[Path]:
    """Give those of them that were never taken in whole, or look otherwise since."""
    known = files_taken_in(project.engine)
    return [file for file in files_of_many(project.workspace.corpus) if known.get(file.name) != look_of(file)]


def lines_in(file: Path) -> int:
    """Give how many lines a file has, to tell how far its import is."""
    with opened(file) as source:
        return sum(piece.count(b"\n") for piece in iter(lambda: source.read(_PIECE), b""))


def articles_in(file: Path) -> Iterator[Coming | Refusal]:
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
            if isinstance(one, Coming) and hashes.get(one.article.article_id) == one.article.text_sha256:
                found[one.article.article_id] = one.article.text
                if len(found) == len(hashes):
                    return found
    return found


def take_files_in(
    project: Project,
    refusals: list[Refusal],
    counts: dict[str, Counter[str]],
    progress: Callable[[str], None],
) -> Iterator[Article]:
    """Store the articles of all files that are to be taken in; give each whose candidates are still to be found.

    What is wrong is added to `refusals`, and what became of how many to `counts`, by file. Whoever takes the articles
    must have kept their candidates before asking for more than the last: then the file counts as taken in.
    """
    ours = finders_name(project.guidelines)
    for file in files_to_take_in(project):
        look, before = look_of(file), len(refusals)
        counts[file.name] = Counter()
        for batch in in_batches(_good(file, refusals, before + ENOUGH), AT_ONCE):
            for one, came in zip(batch, put_articles(project.engine, batch), strict=True):
                progress(one.article.article_id)
                counts[file.name][came.arrival] += 1
                if came.arrival == "another":
                    refusals.append(_another(one.article, file))
                elif _lacks(came, ours):
                    yield one.article
        if len(refusals) < before + ENOUGH:
            file_taken_in(project.engine, file.name, look)


def _good(file: Path, refusals: list[Refusal], most: int) -> Iterator[Coming]:
    """Give the articles of a file that are right, until there are `most` refusals."""
    for one in articles_in(file):
        if isinstance(one, Coming):
            yield one
        else:
            refusals.append(one)
        if len(refusals) >= most:
            what = f"{file}: {ENOUGH} articles were refused; nothing further was read."
            refusals.append(Refusal(RULE, what, "Check that it is a file of articles, one a line."))
            return


def _lacks(came: Came, ours: str) -> bool:
    """Tell whether the finders must be asked: what they said in an earlier import is made anew when it is opened."""
    return came.finders is None or (came.arrival != "unchanged" and came.finders != ours)


def _article(line: ArticleLine) -> Coming:
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
    return Coming(described(article, dict(line.known), line.where), line.suggestions, line.document)


def _another(article: Article, file: Path) -> Refusal:
    what = f"{article.article_id} has another text here than in {file.name}, and keeps that."
    return Refusal("article.changed", what, f"Give it another id, or put the new text into {article.article_id}.txt.")
