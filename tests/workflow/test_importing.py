from pathlib import Path
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.model.article import Metadata
from annotator.store.articles import get_article, get_suggestions, put_article
from annotator.workflow import mention_edits
from annotator.workflow.importing import copy_into_corpus, import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses
from annotator.workflow.suggesting import suggestions_for


def status(project: Project, article_id: str = "english") -> ArticleStatus:
    return next(one for one in statuses(project) if one.article.article_id == article_id)


def test_what_came_in_is_ready_to_label(project: Project) -> None:
    article = get_article(project.engine, "arabic")
    suggestions = get_suggestions(project.engine, article)
    assert article.language == "ar"
    assert suggestions is not None
    assert suggestions == suggestions_for(project, article)
    assert {one.kind for one in suggestions.candidates} >= {"trigger", "actor", "place"}


def test_importing_again_changes_nothing(project: Project) -> None:
    told: list[str] = []
    report = import_corpus(project, told.append)
    assert report.of("unchanged") == told == ["arabic", "english"]
    assert (report.of("new"), report.refusals) == ([], [])


def test_a_day_that_no_calendar_has_is_refused_and_one_that_came_in_once_stops_nothing(project: Project) -> None:
    article = get_article(project.engine, "english")
    stored = article.model_copy(update={"metadata": Metadata(language="en", published="2019-14-45")})
    assert put_article(project.engine, stored) == "metadata"
    articles = project.workspace.corpus / "articles.toml"
    articles.write_text('[english]\npublished = "2019-14-45"\n', encoding="utf-8")
    (refusal,) = import_corpus(project).refusals
    assert refusal.code == "article.metadata"
    now = get_article(project.engine, "english")
    assert now.metadata.published is None
    assert len(suggestions_for(project, now).candidates) > 0


def test_one_bad_file_stops_no_other(project: Project) -> None:
    (project.workspace.corpus / "bad.txt").write_bytes(b"caf\xe9")
    (project.workspace.corpus / "good.txt").write_bytes(b"Two killed.")
    report = import_corpus(project)
    assert [refusal.code for refusal in report.refusals] == ["intake.encoding"]
    assert report.of("new") == ["good"]


def test_a_changed_text_starts_untouched_and_what_was_decided_is_kept(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    old = get_article(project.engine, "english")
    file = project.workspace.corpus / "english.txt"
    before = file.read_bytes()
    file.write_bytes(b"UPDATE: " + before)
    assert import_corpus(project).of("changed") == ["english"]
    now = status(project)
    assert (now.state, now.labelling, now.finished) == ("new", (), 0)
    assert [(one.person, one.text_sha256, one.finished) for one in now.earlier] == [("a1", old.text_sha256, True)]
    with labelling(project, "english", "ann") as session:
        assert (session.history.effective, session.cursor) == ((), 0)
        assert session.untouched == len(session.suggestions.candidates) > 0
        mention_edits.confirm(session, session.in_order()[0])
    assert status(project).state == "labelled by 0 of 2"
    file.write_bytes(before)
    assert import_corpus(project).of("changed") == ["english"]
    with labelling(project, "english", "ann") as session:
        assert session.annotation.finished
    assert [one.text_sha256 != old.text_sha256 for one in status(project).earlier] == [True]


def test_files_are_copied_into_the_corpus_only_if_they_can_be_taken_in(
    work: Any, project: Project, tmp_path: Path
) -> None:
    files = work.write_corpus(tmp_path / "more", fresh="Six killed.", empty="")
    named = tmp_path / "more" / "no good?.txt"
    named.write_text("Six killed.", encoding="utf-8")
    gone = tmp_path / "more" / "gone.txt"
    refused = copy_into_corpus(project, [*files, named, gone])
    assert [refusal.code for refusal in refused] == ["intake.empty", "article.id", "file.missing"]
    assert sorted(path.stem for path in project.workspace.corpus.glob("*.txt")) == ["arabic", "english", "fresh"]
    assert (project.workspace.corpus / "fresh.txt").read_bytes() == files[0].read_bytes()
    assert copy_into_corpus(project, [project.workspace.corpus / "fresh.txt"]) == []


def test_other_guidelines_find_anew(project: Project) -> None:
    article = get_article(project.engine, "english")
    known = suggestions_for(project, article)
    actors = project.workspace.guidelines_folder / "actors.toml"
    with actors.open("a", encoding="utf-8") as file:
        file.write('\n[houses]\ntype = "civilians"\nen = ["houses"]\n')
    found = suggestions_for(Project(project.workspace, project.engine), article)
    assert found.finders != known.finders
    assert "houses" in {one.ref for one in found.candidates}
    assert get_suggestions(project.engine, article) == found


def test_a_day_of_publication_that_came_later_dates_what_counts_from_it(project: Project) -> None:
    def dated() -> list[object]:
        article = get_article(project.engine, "english")
        return [
            getattr(one.value, "value", None)
            for one in suggestions_for(project, article).candidates
            if one.kind == "time"
        ]

    assert dated() == [None]
    known = '[english]\nlanguage = "en"\npublished = "2018-05-21"\npublished_from = "the outlet"\n'
    (project.workspace.corpus / "articles.toml").write_text(known, encoding="utf-8")
    assert import_corpus(project).of("metadata") == ["english"]
    assert dated() == ["2018-05-20"]


def test_an_unknown_article_is_refused_with_the_nearest_one(project: Project) -> None:
    with pytest.raises(Refusal) as raised, labelling(project, "englisch", "ann"):
        pass
    assert (raised.value.code, raised.value.do) == ("article.unknown", "Did you mean english?")
