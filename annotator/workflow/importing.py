"""Bringing the corpus folder into the store: new articles, changed texts, and what could not be taken in.

Texts that are files of their own are dealt with here; files of many articles are `many_articles.py`'s.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.store.articles import Arrival, put_article, without_suggestions
from annotator.store.atomic import write_file
from annotator.store.corpus import ArticleFile, read_article, read_corpus, refuse_bad_id
from annotator.store.membership import membership
from annotator.text.counted import counted
from annotator.workflow.article_files import is_of_many, lines_in
from annotator.workflow.dask_cluster import Jobs
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.many_articles import files_to_take_in, take_files_in
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for_all


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    arrivals: dict[str, Arrival] = field(default_factory=dict)
    """For each article that was taken in from a file of its own, what happened to it."""
    files: dict[str, Counter[str]] = field(default_factory=dict)
    """For each file of many articles that was read, to how many of them what happened."""
    refusals: list[Refusal] = field(default_factory=list)
    """For each file that was not, why."""

    def of(self, arrival: Arrival) -> list[str]:
        """Give the ids of the articles to which that happened."""
        return [article_id for article_id, what in self.arrivals.items() if what == arrival]

    @property
    def news(self) -> str:
        """What changed and what was refused, as lines to be shown; nothing when all is as it was."""
        new = len(self.of("new")) + sum(count["new"] for count in self.files.values())
        lines = [counted(new, "new article")] if new else []
        lines += [f"{article_id}: the text changed, a new version was taken in" for article_id in self.of("changed")]
        lines += [str(refusal) for refusal in self.refusals]
        return "\n".join(lines)


def import_corpus(project: Project, progress: Callable[[str], None] = lambda _: None, jobs: Jobs = 1) -> ImportReport:
    """Store every article of the corpus and run the finders on those that are new; one bad file stops no other.

    `jobs` finders are at work at a time (0: one a core). An import that was broken off is made good by the next.
    Nothing is done for who has a team's articles from its store and may bring in none.
    """
    report = ImportReport()
    if not may_import(project):
        return report
    without = without_suggestions(project.engine, (path.stem for path in project.workspace.corpus.glob("*.txt")))

    def arriving() -> Iterator[Article]:
        for found in read_corpus(project.workspace.corpus):
            if isinstance(found, Refusal):
                report.refusals.append(found)
                continue
            progress(found.article_id)
            report.arrivals[found.article_id] = put_article(project.engine, found)
            if report.arrivals[found.article_id] != "unchanged" or found.article_id in without:
                yield found
        yield from take_files_in(project, report.refusals, report.files, progress)

    for _, said in suggestions_for_all(project, arriving(), jobs):
        if isinstance(said, Refusal):
            report.refusals.append(said)
    return report


def may_import(project: Project) -> bool:
    """Tell whether who is connected may bring in articles: in a team, its lead; in a checkout nobody."""
    member = membership(project.engine)
    return not project.workspace.is_checkout and (member is None or member.may_write_articles)


def refuse_who_may_not_import(project: Project) -> None:
    """Raise `Refusal` for who may bring in no articles: `store.rights`, or `checkout.not-here`."""
    refuse_in_checkout(project.workspace, "No articles are taken in")
    if not may_import(project):
        raise Refusal("store.rights", "You may bring no articles into this team's store.", "Its lead can.")


def corpus_size(project: Project) -> int:
    """Give how many articles the corpus may have that are to be read."""
    alone = sum(1 for _ in project.workspace.corpus.glob("*.txt"))
    return alone + (sum(map(lines_in, files_to_take_in(project))) if may_import(project) else 0)


def copy_into_corpus(project: Project, files: Iterable[Path]) -> list[Refusal]:
    """Copy article files into the corpus folder, each only if it can be taken in; give what was refused.

    A file of many articles is copied as it is: what is wrong with one of them is said when it is taken in.
    """
    refused = []
    for file in files:
        try:
            if is_of_many(file):
                _copy_many(file, project.workspace.corpus)
                continue
            refuse_bad_id(file.stem, str(file))
            read_article(ArticleFile(file.stem, file))
            target = project.workspace.corpus / f"{file.stem}.txt"
            if not (target.exists() and target.samefile(file)):
                write_file(target, file.read_bytes())
        except Refusal as refusal:
            refused.append(refusal)
        except OSError as error:
            code = "file.missing" if isinstance(error, FileNotFoundError) else "file.not-written"
            refused.append(Refusal(code, f"{file} could not be copied: {error.strerror}."))
    return refused


def _copy_many(file: Path, corpus: Path) -> None:
    """Copy a large file without holding it; under its name it appears whole. Raises `OSError`."""
    target = corpus / file.name
    if target.exists() and target.samefile(file):
        return
    arriving = corpus / f".{file.name}.arriving"
    try:
        shutil.copyfile(file, arriving)
        arriving.replace(target)
    finally:
        arriving.unlink(missing_ok=True)
