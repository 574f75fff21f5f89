"""Work and gold as other tools' files: which documents go into one, and that the texts that they need are at hand."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import orjson

from annotator.errors import Refusal
from annotator.formats.tools.document import Document, Loss, Wanted, Written
from annotator.formats.tools.from_ours import document_of_record, document_of_work
from annotator.formats.tools.registry import Format
from annotator.gold.manifest import MANIFEST
from annotator.gold.pin import parse_pinned
from annotator.model.annotation import fold
from annotator.model.article import Article, Metadata
from annotator.model.registry import Registry
from annotator.store.articles import get_article, list_articles
from annotator.store.corpus import read_corpus
from annotator.store.log import Standing, decisions_on
from annotator.store.people import names
from annotator.store.workspace import find_workspace
from annotator.text.counted import counted
from annotator.workflow.comparing import compared, is_adjudicator
from annotator.workflow.evaluating import load_gold
from annotator.workflow.project import Project
from annotator.workflow.status import statuses


def export_work(project: Project, to: Format, people: Collection[str] = ()) -> Written:
    """Give what people made of the current texts of articles as files: a document for each of both.

    `people` are names or pseudonyms; without any it is the work of everybody. Raises `Refusal`: `person.unknown` for
    one who did nothing here, `usage` where there is nothing to write, and those of the format.
    """
    wanted = set(people)
    name_of = names(project.engine)
    worked = [
        (status.article.article_id, standing)
        for status in statuses(project)
        for standing in (*status.labelling, *status.adjudicating)
    ]
    here = {standing.person for _, standing in worked}
    if missing := sorted(wanted - here - {name_of[person] for person in here}):
        raise Refusal("person.unknown", f"{missing[0]!r} did nothing here.", "`annotator status` shows who did what.")
    chosen = [one for one in worked if not wanted or wanted & {one[1].person, name_of[one[1].person]}]
    if not chosen:
        raise Refusal("usage", "Nobody labelled anything here yet.", "--gold GOLD exports a release.")
    documents = [
        _of_work(project, get_article(project.engine, article_id), standing) for article_id, standing in chosen
    ]
    known = {one.article_id: one.metadata for one in list_articles(project.engine)}
    guidelines = project.guidelines
    return _written(to, documents, Wanted(guidelines.schema, "work", guidelines.registry, known))


def _of_work(project: Project, article: Article, standing: Standing) -> Document:
    article_id = article.article_id
    decisions = decisions_on(project.engine, standing.person, article_id, article.text_sha256)
    base = compared(project, article, standing.person).agreed if is_adjudicator(standing.person) else None
    return document_of_work(fold(decisions, base), article, standing.person)


def export_gold(to: Format, gold: str) -> Written:
    """Give the records of a release as files. Raises `Refusal` as `load_gold` does, and for texts not at hand."""
    loaded = load_gold(gold)
    if not loaded.records or loaded.known.schema is None:
        raise Refusal("usage", f"{gold} is no release.", "Name the folder of one, as gold/1.0.0.")
    missing = [one.article_id for one in loaded.records if one.article_id not in loaded.known.texts]
    if missing:
        told = f"The texts of {counted(len(missing), 'article')} of {gold} are not at hand, {missing[0]} the first."
        raise Refusal("article.unknown", told, "They lie in the corpus folder of the workspace that the release is in.")
    documents = [document_of_record(one, loaded.known.texts[one.article_id]) for one in loaded.records]
    folder = Path(parse_pinned(gold).path)
    registry, known = _around(folder)
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    wanted = Wanted(loaded.known.schema, f"gold {loaded.name.version}", registry, known, manifest)
    return _written(to, documents, wanted)


def _around(release: Path) -> tuple[Registry, dict[str, Metadata]]:
    """Give the registry, and what is known of articles, of the workspace that a release lies in; else nothing."""
    try:
        workspace = find_workspace(release.resolve())
        found = read_corpus(workspace.corpus)
        known = {one.article_id: one.metadata for one in found if not isinstance(one, Refusal)}
        return workspace.guidelines().registry, known
    except Refusal:
        return Registry(), {}


def _written(to: Format, documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give files with all their losses, those of what only our own files have among them."""
    written = to.write(documents, wanted)
    ours_alone = () if to.is_ours else tuple(loss for one in documents for loss in _ours_alone(one))
    return written._replace(losses=(*written.losses, *ours_alone))


def _ours_alone(document: Document) -> Iterator[Loss]:
    for one in document.rejected:
        told = f"{one.kind} {one.start}-{one.end}: {one.quote}"[:_LONGEST]
        yield Loss(document.article_id, "", "rejected", told)
    if document.regions:
        yield Loss(document.article_id, "", "regions", counted(len(document.regions), "region"))


_LONGEST = 100
