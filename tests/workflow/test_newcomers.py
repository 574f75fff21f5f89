"""Somebody's first decision of all, while it is on its way: the pseudonym under which it was made stays theirs."""

import threading
from contextlib import ExitStack

import pytest

from annotator.errors import Refusal
from annotator.model.decision import Decision, Finish
from annotator.store import writer as writers
from annotator.store.articles import get_article, list_articles
from annotator.store.log import check_log
from annotator.store.outbox import Outbox
from annotator.store.people import names
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.outgoing import send_waiting, waiting_to_go
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


def test_what_waits_under_a_pseudonym_that_nobody_has_goes_on_waiting_and_makes_no_person(project: Project) -> None:
    article = get_article(project.engine, list_articles(project.engine)[0].article_id)
    work, url = project.workspace.work, project.workspace.store_url
    decision = Decision(
        id="one",
        person="a9",
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        stage="label",
        made_at=0,
        changes=(Finish(finished=True),),
    )
    Outbox(work, url, "a9", article.article_id, article.text_sha256).put([decision])
    assert "1 decision" in (told := send_waiting(project))
    assert "Nobody in the store is called a9" in told
    assert [one.decisions for one in waiting_to_go(project)] == [1]
    assert names(project.engine) == {}
