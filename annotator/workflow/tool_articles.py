"""The articles that another tool's file brings: which are new here, whether they can be, and taking them in.

A new article becomes a file of the corpus, so that the workspace holds it like any other; what is there is never
written over.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from annotator.errors import Refusal
from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document
from annotator.model.article import Metadata
from annotator.model.problem import Problem
from annotator.store.articles import get_article, list_articles, put_article
from annotator.store.atomic import write_file
from annotator.store.corpus import METADATA_FILE, ArticleFile, read_article, refuse_bad_id
from annotator.text.script import dominant_language
from annotator.workflow.importing import may_import
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for

LANGUAGES: tuple[str, ...] = get_args(Metadata.model_fields["language"].annotation)
"""Those that an article here can have."""


class StoredTexts(Mapping[str, str]):
    """The current texts of the articles that are here, each read when it is asked for."""

    def __init__(self, project: Project) -> None:
        self._engine = project.engine
        self._ids = [stored.article_id for stored in list_articles(project.engine)]
        self._known = frozenset(self._ids)

    def __getitem__(self, article_id: str) -> str:
        if article_id not in self._known:
            raise KeyError(article_id)
        return get_article(self._engine, article_id).text

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def new_articles(documents: Iterable[Document], texts: Mapping[str, str]) -> dict[str, Document]:
    """Give for each article that is not here the first document of it."""
    found: dict[str, Document] = {}
    for document in documents:
        if document.article_id not in texts:
            found.setdefault(document.article_id, document)
    return found


def unknown_languages(new: Mapping[str, Document]) -> Iterator[str]:
    """Tell of each new article in a language that none here has: it gets the one that its letters speak for."""
    for document in new.values():
        if document.language is not None and document.language not in LANGUAGES:
            yield f"language {document.language!r} of an article; its letters say which of {', '.join(LANGUAGES)} it is"


def article_problems(
    project: Project, documents: Iterable[Document], new: Mapping[str, Document], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """Find new articles that cannot be taken in: by id, by text, or since somebody else brings articles in here."""
    if new and not may_import(project):
        yield _wrong("rights", min(new), "You may bring no articles into this team's store. Its lead can.")
    seen = {_alike(article_id): article_id for article_id in texts}
    for article_id, document in new.items():
        try:
            refuse_bad_id(article_id, "the file")
        except (Refusal, UnicodeEncodeError):
            yield _wrong("article-id", shown(article_id), f"{shown(article_id)} cannot be an article id here. {_IDS}")
            continue
        other = seen.setdefault(_alike(article_id), article_id)
        if other != article_id:
            yield _wrong("article-id", article_id, f"It differs from {other} only by case or normal form. Rename one.")
        yield from _clash(project, article_id, document)
    for document in documents:
        if document.article_id in new and document.text != new[document.article_id].text:
            yield _wrong("text-differs", document.article_id, "The files have two texts of this article.")


_IDS = "Use letters, digits and . _ + - only, beginning with a letter or digit: rename the file, or correct its id."


def _clash(project: Project, article_id: str, document: Document) -> Iterator[Problem]:
    """Find a file of the corpus that has the name and another text; nobody took it in yet."""
    path = project.workspace.corpus / f"{article_id}.txt"
    if not path.exists():
        return
    try:
        there = read_article(ArticleFile(article_id, path)).text
    except Refusal as refusal:
        yield _wrong("text-differs", article_id, str(refusal))
        return
    if there != document.text:
        yield _wrong("text-differs", article_id, f"{path.name} in the corpus folder has another text. Rename one.")


def _alike(article_id: str) -> str:
    """Give what is the same for ids that some disks take for one."""
    return unicodedata.normalize("NFC", article_id).casefold()


def bring_in(project: Project, new: Mapping[str, Document]) -> None:
    """Put new articles into the corpus and the store, and run the finders on them. Raises the storage refusals."""
    corpus = project.workspace.corpus
    described = {
        article_id: document.language
        for article_id, document in new.items()
        if document.language in LANGUAGES and document.language != dominant_language(document.text)
    }
    for article_id, document in new.items():
        path = corpus / f"{article_id}.txt"
        if not path.exists():
            write_file(path, document.text.encode())
    if described:
        path = corpus / METADATA_FILE
        said = path.read_bytes() if path.exists() else b""
        told = "".join(
            f'\n[{json.dumps(one, ensure_ascii=False)}]\nlanguage = "{described[one]}"\n' for one in described
        )
        write_file(path, said + told.encode())
    for article_id in new:
        article = read_article(ArticleFile(article_id, corpus / f"{article_id}.txt"))
        language = described.get(article_id, article.language)
        metadata = article.metadata.model_copy(update={"language": language})
        article = article.model_copy(update={"metadata": metadata})
        put_article(project.engine, article)
        suggestions_for(project, article)


def _wrong(what: str, where: str, message: str) -> Problem:
    return Problem(rule=f"format.{what}", level="error", where=where, message=message)
