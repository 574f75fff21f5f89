"""Workspaces with articles of any size, made of the seed articles over and over: the same bytes for the same size.

The finders run once on each seed; what they say is repeated with the text, so that making 10 MB takes seconds.
"""

import shutil
from pathlib import Path

from annotator.finders.suggest import finders_name
from annotator.model.article import Article, Region
from annotator.model.mention import Candidate, candidate_id
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.articles import get_article, put_suggestions
from annotator.store.corpus import read_article, read_corpus
from annotator.store.workspace import create_workspace
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import Project, open_project
from annotator.workflow.suggesting import suggestions_for

SEEDS = Path(__file__).parent.parent / "seeds"
PER_MEGABYTE = 10_000
"""Candidates in a million bytes of text; the seeds hold more, and what is too much is left out evenly."""


def seed_workspace(root: Path) -> Path:
    """Make a workspace of the seeds as they are."""
    if not root.exists():
        sources = sorted(SEEDS.glob("*.txt"))
        create_workspace(root, sources)
        shutil.copyfile(SEEDS / "articles.toml", root / "seeds" / "articles.toml")
        project = open_project(root)
        import_corpus(project)
        project.close()
    return root


def big_workspace(root: Path, language: str, size: int) -> Path:
    """Make a workspace of one article, `big`, of about `size` bytes and a candidate for each hundred of them."""
    if root.exists():
        return root
    seeds = seed_workspace(root.parent / "seeds")
    project = open_project(seeds)
    pieces = [(article, suggestions_for(project, article)) for article in _seeds() if article.language == language]
    project.close()
    text, regions, candidates = _repeated(pieces, size)
    (root.parent / "big.txt").write_text(text, encoding="utf-8")
    create_workspace(root, [root.parent / "big.txt"])
    project = open_project(root)
    _take_in(project, regions, candidates)
    project.close()
    return root


def _seeds() -> list[Article]:
    return [found for found in read_corpus(SEEDS) if isinstance(found, Article)]


def _repeated(pieces: list[tuple[Article, Suggestions]], size: int) -> tuple[str, list[Region], list[Candidate]]:
    """Give the seeds' texts and what the finders say of them, over and over, up to `size` bytes."""
    texts: list[str] = []
    regions: list[Region] = []
    candidates: list[Candidate] = []
    at = written = k = 0
    while written < size:
        article, said = pieces[k % len(pieces)]
        text = article.text.rstrip() + "\n\n"
        before, wanted = written, 0
        texts.append(text)
        written += len(text.encode())
        regions += [
            region.model_copy(update={"start": region.start + at, "end": min(region.end, len(text)) + at})
            for region in said.regions
        ]
        wanted = (written * PER_MEGABYTE // 1_000_000) - (before * PER_MEGABYTE // 1_000_000)
        chosen = [said.candidates[n * len(said.candidates) // wanted] for n in range(min(wanted, len(said.candidates)))]
        candidates += [_moved(candidate, at) for candidate in dict.fromkeys(chosen)]
        at += len(text)
        k += 1
    return "".join(texts), regions, candidates


def _moved(candidate: Candidate, by: int) -> Candidate:
    start, end = candidate.start + by, candidate.end + by
    return candidate.model_copy(update={"id": candidate_id(candidate.kind, start, end), "start": start, "end": end})


def _take_in(project: Project, regions: list[Region], candidates: list[Candidate]) -> None:
    """Store the article and what is said of it, without running the finders on it."""
    from annotator.store.articles import put_article
    from annotator.store.corpus import article_files

    for file in article_files(project.workspace.corpus):
        put_article(project.engine, read_article(file))
    article = get_article(project.engine, "big")
    suggestions = Suggestions(
        finders=finders_name(project.guidelines),
        regions=tuple(regions),
        candidates=Candidates.of(article.text, candidates),
    )
    put_suggestions(project.engine, article, suggestions)
