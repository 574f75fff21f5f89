"""Files of many articles in the corpus folder, a line each: taken in by batches, resumed where that was broken off.

A file that was taken in whole is not opened again while it looks as it did. Never holds more than a batch.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.errors import Refusal
from annotator.finders.suggest import finders_name
from annotator.formats.article_lines import RULE
from annotator.model.article import Article
from annotator.store.batches import in_batches
from annotator.store.many_articles import (
    AT_ONCE,
    Came,
    Coming,
    file_taken_in,
    files_taken_in,
    look_of,
    put_articles,
)
from annotator.workflow.article_files import Read, articles_in, files_of_many
from annotator.workflow.project import Project

ENOUGH = 1000
"""Refusals after which a file is read no further: it is none of articles."""


def files_to_take_in(project: Project) -> list[Path]:
    """Give those of them that were never taken in whole, or look otherwise since."""
    known = files_taken_in(project.engine)
    return [file for file in files_of_many(project.workspace.corpus) if known.get(file.name) != look_of(file)]


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
        if isinstance(one, Read):
            yield Coming(*one)
        else:
            refusals.append(one)
        if len(refusals) >= most:
            what = f"{file}: {ENOUGH} articles were refused; nothing further was read."
            refusals.append(Refusal(RULE, what, "Check that it is a file of articles, one a line."))
            return


def _lacks(came: Came, ours: str) -> bool:
    """Tell whether the finders must be asked: what they said in an earlier import is made anew when it is opened."""
    return came.finders is None or (came.arrival != "unchanged" and came.finders != ours)


def _another(article: Article, file: Path) -> Refusal:
    what = f"{article.article_id} has another text here than in {file.name}, and keeps that."
    return Refusal("article.changed", what, f"Give it another id, or put the new text into {article.article_id}.txt.")
