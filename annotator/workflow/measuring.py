"""What our finders propose for the workspace's articles, held against gold or anything else that has its shape.

Owns which articles can be measured and says which cannot; what counts as found is `scoring`'s.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import Refusal
from annotator.finders.suggest import finders_name
from annotator.formats.article_objects import read_objects
from annotator.formats.known import Known
from annotator.formats.predictions import read_documents
from annotator.gold.pin import hold_to_pin, parse_pinned
from annotator.model.article import Article
from annotator.model.canonical import sha256
from annotator.model.problem import Problem
from annotator.model.suggestions import Suggestions
from annotator.scoring.document import Document, scored
from annotator.scoring.proposals import find_in_articles
from annotator.scoring.proposals_report import ProposalsReport, proposals_signature
from annotator.scoring.signature import GoldName
from annotator.store.articles import get_article, list_articles
from annotator.text.counted import counted
from annotator.workflow.dask_cluster import Jobs
from annotator.workflow.evaluating import load_gold, refuse_empty, refuse_errors
from annotator.workflow.opening import read_file
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for_all

_NAMED = 5
"""How many articles a note names before it only counts."""


@dataclass(frozen=True, slots=True)
class _Gold:
    """Gold for those articles that the workspace has with the same text."""

    name: GoldName
    documents: tuple[Document, ...]
    lacking: tuple[str, ...]
    """Ids of gold's articles that the workspace lacks."""
    differing: tuple[str, ...]
    """Ids of those whose text is another here."""


def measure(
    project: Project, written: str, progress: Callable[[str], None] = lambda _: None, jobs: Jobs = 1
) -> ProposalsReport:
    """Give what our finders are worth against the gold at `written`: a release, a pinned one, or a JSONL file.

    `jobs` finders are at work at a time. An article that they fail on counts as one without candidates.

    Only kinds that gold holds at all are judged. Raises `Refusal` as loading gold does.
    """
    here = {stored.article_id: stored.text_sha256 for stored in list_articles(project.engine)}
    gold = _gold(project, written, here)
    kinds = {mention.kind for document in gold.documents for mention in document.mentions}
    failed: list[str] = []
    found = find_in_articles(_pairs(project, gold, progress, jobs, failed), kinds)
    name = finders_name(project.guidelines)
    return ProposalsReport(
        found,
        proposals_signature(gold.name, found, len(gold.documents), kinds, name),
        (*failed, *_notes(gold, here.keys() - {document.article_id for document in gold.documents})),
    )


def _pairs(
    project: Project, gold: _Gold, progress: Callable[[str], None], jobs: Jobs, failed: list[str]
) -> Iterator[tuple[Document, Document]]:
    """Give each article as gold has it and as the finders do, adding to `failed` what they say nothing of."""

    def articles() -> Iterator[Article]:
        for document in gold.documents:
            progress(document.article_id)
            yield get_article(project.engine, document.article_id)

    told = suggestions_for_all(project, articles(), jobs, own=True)
    for document, (article, said) in zip(gold.documents, told, strict=True):
        if isinstance(said, Refusal):
            failed.append(str(said))
            theirs = Document(article.article_id, article.language)
        else:
            theirs = proposed(article.article_id, article.language, said)
        yield document._replace(language=article.language), theirs


def proposed(article_id: str, language: str, suggestions: Suggestions) -> Document:
    """Give candidates as what is scored of an article."""
    return Document(
        article_id,
        language,
        tuple(scored(candidate, candidate.trigger_class) for candidate in suggestions.candidates),
    )


def _gold(project: Project, written: str, here: Mapping[str, str]) -> _Gold:
    named = parse_pinned(written)
    path = Path(named.path)
    if path.is_file():
        data = read_file(path)
        hold_to_pin(named, sha256(data))
        return _plain_gold(project, data, str(path), here)
    release = load_gold(written)
    lacking, differing = _apart(release.known.hashes, here)
    left_out = {*lacking, *differing}
    documents = tuple(document for document in release.documents if document.article_id not in left_out)
    return _Gold(release.name, documents, lacking, differing)


def _plain_gold(project: Project, data: bytes, file: str, here: Mapping[str, str]) -> _Gold:
    """Read a plain file: what cannot be measured is not looked into, as its offsets are those of another text."""
    stated = _stated(data, file)
    refuse_empty(Path(file), stated or data.strip())
    lacking, differing = _apart(stated, here)
    there = stated.keys() - {*lacking, *differing}
    known = Known(
        articles=there,
        texts={article_id: get_article(project.engine, article_id).text for article_id in there},
        schema=project.guidelines.schema,
    )
    problems: list[Problem] = []
    allow = frozenset({"unknown-article", "duplicate"})
    documents = tuple(read_documents(data, file, problems, prefix="gold", known=known, allow=allow))
    refuse_errors("gold.invalid", file, problems)
    once = tuple(document._replace(mentions=tuple(dict.fromkeys(document.mentions))) for document in documents)
    return _Gold(GoldName(sha256=sha256(data)), once, lacking, differing)


def _stated(data: bytes, file: str) -> dict[str, str | None]:
    """Give the hash of the text that each line of a file says it is about; None where it says none."""
    return {
        content["article_id"]: content.get("text_sha256")
        for _, content in read_objects(data, file, "gold.json", [])
        if type(content.get("article_id")) is str
    }


def _apart(stated: Mapping[str, str | None], here: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the ids of the articles that are not here, and of those whose text is another here."""
    lacking = tuple(article_id for article_id in stated if article_id not in here)
    differing = tuple(
        article_id
        for article_id, digest in stated.items()
        if article_id in here and digest is not None and digest != here[article_id]
    )
    return lacking, differing


def _notes(gold: _Gold, unmeasured: Collection[str]) -> Iterator[str]:
    without = sorted(set(unmeasured) - set(gold.differing))
    for ids, what in (
        (gold.lacking, "of gold not in this workspace and left out"),
        (gold.differing, "of gold with another text here and left out"),
        (without, "of this workspace not in gold and not measured"),
    ):
        if ids:
            more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
            yield f"{counted(len(ids), 'article')} {what}: {', '.join(sorted(ids)[:_NAMED])}{more}."
