"""Somebody's first decision of all, while it is on its way: the pseudonym under which it was made stays theirs."""

import threading
from contextlib import ExitStack

import pytest

from annotator.errors import Refusal
from annotator.store import writer as writers
from annotator.store.articles import list_articles
from annotator.store.log import check_log
from annotator.store.people import names
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project


def test_another_window_that_is_closed_undecided_takes_no_pseudonym_from_a_decision_on_its_way(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "_FIRST_RETRY", 0.02)
    append, away, tried = writers.append, threading.Event(), threading.Event()

    def sometimes(*said: object) -> None:
        tried.set()
        if away.is_set():
            raise Refusal("store.unreachable", "It does not answer.")
        append(*said)  # type: ignore[arg-type]

    monkeypatch.setattr(writers, "append", sometimes)
    away.set()
    articles = [one.article_id for one in list_articles(project.engine)]
    with ExitStack() as other:
        other.enter_context(labelling(project, articles[0], "eve"))  # makes the pseudonym
        with labelling(project, articles[1], "eve") as session:
            confirm(session, session.in_order()[0])
            assert tried.wait(20)
            other.close()
            assert names(project.engine) == {}
            away.clear()
    assert names(project.engine) == {"a1": "eve"}
    assert check_log(project.engine) == ()
