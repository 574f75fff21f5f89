"""Finders in several processes say what one would, in the order of the articles, and fail for one article at a time."""

import os
import signal
from collections.abc import Iterator, Sequence
from multiprocessing import active_children
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.finders.suggest import suggest
from annotator.model.article import Article, Metadata
from annotator.model.guidelines import Guidelines
from annotator.model.suggestions import Candidates, Suggestions
from annotator.store.workspace import open_workspace
from annotator.text.intake import take_in
from annotator.workflow import processes
from annotator.workflow.finder_processes import answers
from annotator.workflow.processes import Processes, usable_cores
from tests.conftest import ARABIC, ENGLISH


@pytest.fixture
def guidelines(workspace: Path) -> Guidelines:
    return open_workspace(workspace).guidelines()


def told(name: str, text: str) -> Article:
    taken = take_in(text.encode(), name)
    return Article(
        article_id=name,
        text=taken.text,
        raw_sha256=taken.raw_sha256,
        text_sha256=taken.text_sha256,
        metadata=Metadata(language="en"),
    )


MANY = [told(f"article-{number}", (ENGLISH, ARABIC)[number % 2] * (1 + number % 3)) for number in range(12)]


def said(articles: Sequence[Article], guidelines: Guidelines, jobs: int) -> list[tuple[str, Suggestions | Refusal]]:
    return [(one.article_id, found) for one, found in answers([(one, None) for one in articles], guidelines, jobs)]


def test_any_number_of_processes_says_the_same_in_the_same_order(guidelines: Guidelines) -> None:
    alone = said(MANY, guidelines, 1)
    assert [name for name, _ in alone] == [one.article_id for one in MANY]
    assert said(MANY, guidelines, 2) == alone
    shuffled = MANY[7:] + MANY[:7][::-1]
    assert dict(said(shuffled, guidelines, 3)) == dict(alone)
    assert [name for name, _ in said(shuffled, guidelines, 3)] == [one.article_id for one in shuffled]


def test_what_is_known_is_passed_on_and_starts_no_process(
    guidelines: Guidelines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Processes, "_start", None)
    known = Suggestions(finders="known", regions=(), candidates=Candidates.of(""))
    assert [found for _, found in answers([(one, known) for one in MANY], guidelines, 2)] == [known] * len(MANY)


def test_articles_are_taken_only_a_little_ahead(guidelines: Guidelines) -> None:
    taken: list[str] = []

    def coming() -> Iterator[tuple[Article, None]]:
        for one in MANY * 20:
            taken.append(one.article_id)
            yield one, None

    with_two = answers(coming(), guidelines, 2)
    next(with_two)
    assert len(taken) <= 2 * processes.AHEAD + 1
    with_two.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_the_finders_fail_on_loses_no_other(guidelines: Guidelines, jobs: int) -> None:
    broken = MANY[3].model_construct(**{**dict(MANY[3]), "text": None, "article_id": "broken"})
    found = dict(said([*MANY[:3], broken, *MANY[3:]], guidelines, jobs))
    failed = found.pop("broken")
    assert isinstance(failed, Refusal)
    assert failed.code == "finders.failed"
    assert "broken" in failed.what
    (trace,) = failed.__notes__
    assert trace.startswith("Traceback (most recent call last)")
    assert "in suggest" in trace, "a bug is seen where it is"
    assert found == {one.article_id: suggest(one, guidelines) for one in MANY}


def test_a_process_that_is_killed_costs_one_article_and_is_replaced(guidelines: Guidelines) -> None:
    coming = answers([(one, None) for one in MANY], guidelines, 2)
    next(coming)
    victim = next(one for one in active_children() if one.name == "finders")
    os.kill(victim.pid or 0, signal.SIGKILL)
    found = [said for _, said in coming]
    assert len(found) == len(MANY) - 1
    assert sum(isinstance(one, Refusal) for one in found) <= 1


def test_no_process_outlives_the_asking(guidelines: Guidelines) -> None:
    asking = answers(((one, None) for one in MANY), guidelines, 2)
    next(asking)
    assert [one for one in active_children() if one.name == "finders"]
    asking.close()
    assert not [one for one in active_children() if one.name == "finders"]


def test_nought_jobs_are_one_a_core(guidelines: Guidelines) -> None:
    assert usable_cores() >= 1
    assert said(MANY[:3], guidelines, 0) == said(MANY[:3], guidelines, 1)
