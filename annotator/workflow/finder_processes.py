"""Finders at work in processes of their own, article after article, in the order in which the articles come.

Owns what goes through the pipes, and what becomes of an article that the finders fail on; the processes are those of
`processes.py`, or the workers of `dask_cluster.py`, which do the same work. Stores nothing: who asks does that.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.finders.suggest import suggest
from annotator.model.article import Article, Region
from annotator.model.guidelines import Guidelines
from annotator.model.suggestions import Candidates, Packed, Suggestions
from annotator.workflow.dask_cluster import Cluster, Jobs, Scheduler
from annotator.workflow.processes import Lost, Processes, usable_cores

Asked = tuple[Article, Suggestions | None]
"""An article, and what is known of it already."""

Answer = tuple[Article, Suggestions | Refusal]
"""An article, and what the finders say of it or why they say nothing."""


def answers(asked: Iterable[Asked], guidelines: Guidelines, jobs: Jobs = 1) -> Iterator[Answer]:
    """Give what the finders say of each article in order, `jobs` of them at work at a time (0: one a core).

    What is known already is passed on. An article that the finders fail on gets a `Refusal` with the traceback as its
    note, for a bug must be seen, and no other article is lost by it. No process is started for less than two jobs, nor
    before an article needs one, and no scheduler is asked. Raises `Refusal` as `Cluster.in_order`.
    """
    number = jobs if isinstance(jobs, Scheduler) else jobs or usable_cores()
    if number == 1:
        for article, known in asked:
            yield article, known if known is not None else _attempt(article, guidelines)
        return
    with _at_work(partial(_packed, guidelines), number) as engine:
        for article, said in engine.in_order(asked):
            yield article, _unpacked(article, said)


def _at_work(
    work: Callable[[Article], "_Wire"], jobs: Jobs
) -> "Processes[Article, Suggestions | _Wire] | Cluster[Article, Suggestions | _Wire]":
    if isinstance(jobs, Scheduler):
        return Cluster(work, jobs, lambda article: len(article.text))
    return Processes(work, jobs, "finders")


def _attempt(article: Article, guidelines: Guidelines) -> Suggestions | Refusal:
    try:
        return suggest(article, guidelines)
    except Exception as bug:  # noqa: BLE001 - no article takes others along; the traceback is told
        return _failed(article, f"{type(bug).__name__}: {bug}", "".join(traceback.format_exception(bug)))


def _failed(article: Article, why: str, trace: str = "") -> Refusal:
    refusal = Refusal(
        "finders.failed",
        f"The finders failed on the article {article.article_id} ({' '.join(why.split())}).",
        "Please report this with the article; all others are done.",
    )
    if trace:
        refusal.add_note(trace)
    return refusal


class _Failure(NamedTuple):
    """Why a process says nothing of an article: the refusal's parts, which travel where a note would not."""

    what: str
    do: str
    notes: list[str]


_Wire = tuple[str, tuple[Region, ...], Packed] | _Failure
"""What a process sends: suggestions without the text, which both sides have, or why there are none."""


def _packed(guidelines: Guidelines, article: Article) -> _Wire:
    found = _attempt(article, guidelines)
    if isinstance(found, Refusal):
        return _Failure(found.what, found.do, getattr(found, "__notes__", []))
    return found.finders, found.regions, found.candidates.packed()


def _unpacked(article: Article, sent: Suggestions | _Wire | Lost) -> Suggestions | Refusal:
    if isinstance(sent, Suggestions):
        return sent
    if isinstance(sent, Lost):
        return _failed(article, "their process was ended, perhaps for want of memory")
    if isinstance(sent, _Failure):
        refusal = Refusal("finders.failed", sent.what, sent.do)
        for note in sent.notes:
            refusal.add_note(note)
        return refusal
    finders, regions, packed = sent
    return Suggestions(finders=finders, regions=regions, candidates=Candidates(article.text, packed))
