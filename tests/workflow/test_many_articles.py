"""Files of many articles come into the store line by line, once, and what is broken off goes on where it was."""

import gzip
import os
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Engine, func, select

from annotator.store import tables
from annotator.store.articles import count_articles, get_article, get_suggestions, list_articles
from annotator.store.engine import reading
from annotator.store.many_articles import Came, Coming, put_articles
from annotator.workflow import article_files, many_articles
from annotator.workflow.article_files import texts_of_many
from annotator.workflow.importing import copy_into_corpus, corpus_size, import_corpus
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for
from benchmarks.many_articles import CANDIDATES, write_articles

TEXT = "Raid on Idlib\n\nRegime forces shelled Idlib, killing 6 civilians.\n"


@pytest.fixture
def many(project: Project) -> Callable[..., Path]:
    """Writes lines into a file of the corpus."""

    def write(*lines: dict[str, Any] | bytes, name: str = "many.jsonl") -> Path:
        file = project.workspace.corpus / name
        file.write_bytes(b"".join(one if isinstance(one, bytes) else orjson.dumps(one) + b"\n" for one in lines))
        return file

    return write


def line(article_id: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"article_id": article_id, "text": text, **more}


def kept(finders: str, end: int = 4) -> dict[str, Any]:
    said = [{"kind": "trigger", "finders": ["theirs"], "label": "raid", "marks": []}]
    return {"finders": finders, "regions": [], "candidates": {"said": said, "starts": [0], "ends": [end], "which": [0]}}


def test_a_line_is_an_article_with_what_is_known_of_it(project: Project, many: Callable[..., Path]) -> None:
    many(line("raid", published="2018-05-24", outlet="Orient News"), line("غارة", "قصف الطيران إدلب.\n"))
    report = import_corpus(project)
    assert (report.files, report.refusals) == ({"many.jsonl": {"new": 2}}, [])
    assert report.news == "2 new articles"
    raid, arabic = get_article(project.engine, "raid"), get_article(project.engine, "غارة")
    assert (raid.text, raid.metadata.published, raid.metadata.outlet) == (TEXT, "2018-05-24", "Orient News")
    assert arabic.language == "ar"
    assert get_suggestions(project.engine, raid) == suggestions_for(project, raid), "the finders were asked"


def test_the_readmes_line_is_taken_in(project: Project, many: Callable[..., Path]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    many(readme.partition("```jsonl\n")[2].partition("```")[0].encode())
    report = import_corpus(project)
    assert (report.files, report.refusals) == ({"many.jsonl": {"new": 1}}, [])
    assert get_article(project.engine, "raid").metadata.outlet == "Orient News"


def test_what_was_found_elsewhere_by_the_same_finders_is_kept_as_it_came(
    project: Project, many: Callable[..., Path]
) -> None:
    ours = suggestions_for(project, get_article(project.engine, "english")).finders
    many(line("same", suggestions=kept(ours)), line("other", suggestions=kept("finders/of-old")))
    import_corpus(project)
    same, other = (get_suggestions(project.engine, get_article(project.engine, one)) for one in ("same", "other"))
    assert same is not None and other is not None
    assert [one.quote for one in same.candidates] == ["Raid"]
    assert other.finders == ours and len(other.candidates) > 1
    assert suggestions_for(project, get_article(project.engine, "same")) == same


def test_a_file_is_read_once_and_again_when_it_changed(
    project: Project, many: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = many(line("raid"))
    assert corpus_size(project) == 3
    import_corpus(project)
    monkeypatch.setattr(article_files, "opened", lambda *_: pytest.fail("it was opened"))
    assert import_corpus(project).files == {}
    assert corpus_size(project) == 2
    monkeypatch.undo()
    many(line("raid"), line("second"))
    os.utime(file, ns=(1, 1))
    assert import_corpus(project).files == {"many.jsonl": {"unchanged": 1, "new": 1}}


def test_what_is_wrong_is_said_by_line_and_stops_no_other(project: Project, many: Callable[..., Path]) -> None:
    many(
        line("good"),
        b"{]\n",
        line("../etc"),
        line("empty", "  \n"),
        line("nul", "a\0b"),
        {"article_id": "no-text"},
        line("more", txet="x"),
        line("day", published="2018-02-31"),
        line("late", suggestions=kept("x", end=len(TEXT) + 1)),
        line("odd", suggestions={"finders": "x", "regions": [], "candidates": {"said": [{"kind": "trigger"}]}}),
        line("cr", "a\r\nb", suggestions=kept("x", end=2)),
        line("last"),
    )
    report = import_corpus(project)
    assert report.files == {"many.jsonl": {"new": 2}}
    said = [str(refusal) for refusal in report.refusals]
    assert len(said) == 10
    for number, refusal in enumerate(said, start=2):
        assert f"many.jsonl:{number}" in refusal, refusal


def test_another_text_under_an_id_is_a_problem_and_changes_nothing(project: Project, many: Callable[..., Path]) -> None:
    many(line("raid"), line("raid", "Another one.\n"), line("english", "Nor this.\n"))
    english = get_article(project.engine, "english").text
    report = import_corpus(project)
    assert report.files == {"many.jsonl": {"new": 1, "another": 2}}
    assert [refusal.code for refusal in report.refusals] == ["article.changed"] * 2
    assert get_article(project.engine, "raid").text == TEXT
    assert get_article(project.engine, "english").text == english


def test_a_text_file_of_its_own_takes_its_place(project: Project, many: Callable[..., Path]) -> None:
    file = many(line("raid"))
    import_corpus(project)
    (project.workspace.corpus / "raid.txt").write_text("A correction.\n", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    report = import_corpus(project)
    assert (report.arrivals["raid"], report.files["many.jsonl"]) == ("changed", {"unchanged": 1})
    assert get_article(project.engine, "raid").text == "A correction.\n"


def test_other_metadata_are_taken_and_candidates_found_anew(project: Project, many: Callable[..., Path]) -> None:
    many(line("raid"))
    import_corpus(project)
    many(line("raid", published="2018-05-24"))
    assert import_corpus(project).files == {"many.jsonl": {"metadata": 1}}
    raid = get_article(project.engine, "raid")
    assert raid.metadata.published == "2018-05-24"
    assert get_suggestions(project.engine, raid) is not None


def test_a_file_of_something_else_is_not_read_to_its_end(
    project: Project, many: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_articles, "ENOUGH", 5)
    many(*[{"name": "x"}] * 50, line("raid"))
    for _ in range(2):
        report = import_corpus(project)
        assert len(report.refusals) == 6, "it is said again, until it is mended"
    with pytest.raises(Exception, match="no article 'raid'"):
        get_article(project.engine, "raid")


def test_it_may_be_packed_and_is_copied_as_it_is(project: Project, tmp_path: Path) -> None:
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(orjson.dumps(line("raid"))))
    assert copy_into_corpus(project, [packed]) == []
    assert import_corpus(project).files == {"packed.jsonl.gz": {"new": 1}}
    assert (project.workspace.corpus / "packed.jsonl.gz").read_bytes() == packed.read_bytes()
    digest = get_article(project.engine, "raid").text_sha256
    assert texts_of_many(project.workspace.corpus, {"raid": digest, "none": "0"}) == {"raid": TEXT}


def test_what_was_broken_off_is_made_good_by_the_next(
    project: Project, many: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many_articles, "AT_ONCE", 3)
    many(*(line(f"raid-{number}") for number in range(10)))

    class InterruptError(Exception):
        pass

    def breaking(after: int) -> Callable[[str], None]:
        told = iter(range(after))

        def step(_: str) -> None:
            if next(told, None) is None:
                raise InterruptError

        return step

    for after in (3, 5, 9):
        with pytest.raises(InterruptError):
            import_corpus(project, breaking(after))
    left = 12 - count_articles(project.engine)
    assert 0 < left < 10
    assert import_corpus(project).files["many.jsonl"]["new"] == left
    assert {one.candidates is not None for one in list_articles(project.engine)} == {True}
    assert import_corpus(project).files == {}


def test_memory_does_not_grow_with_the_articles(project: Project, tmp_path: Path) -> None:
    """With two batches of articles and with six."""
    write_articles(tmp_path / "all", 9100, project.guidelines)
    lines = iter((tmp_path / "all").read_bytes().splitlines(keepends=True))

    def peak(number: int) -> int:
        file = project.workspace.corpus / f"{number}.jsonl"
        file.write_bytes(b"".join(islice(lines, number)))
        tracemalloc.start()
        try:
            assert import_corpus(project).files == {file.name: {"new": number}}
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1100)  # whatever is made once
    few, many_more = peak(2000), peak(6000)
    assert many_more < 1.1 * few


def test_the_benchmarks_articles_are_the_same_each_time_and_have_their_candidates(
    project: Project, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        write_articles(tmp_path / name, 20, project.guidelines)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    (tmp_path / "one").rename(project.workspace.corpus / "one.jsonl")
    report = import_corpus(project)
    assert (report.files, report.refusals) == ({"one.jsonl": {"new": 20}}, [])
    made = [one for one in list_articles(project.engine) if one.article_id[3:].isdecimal()]
    assert [(one.candidates, one.metadata.language) for one in made] == [(CANDIDATES, "ar")] * 10 + [
        (CANDIDATES, "en")
    ] * 10
    assert {one.title for one in made} == {f"Report {number:07}" for number in range(20)}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    from annotator.store.engine import open_engine
    from annotator.store.migrate import bring_up_to_date

    url = request.getfixturevalue("databases")() if request.param == "postgresql" else f"sqlite:///{tmp_path}/a.db"
    engine = open_engine(url)
    bring_up_to_date(engine)
    yield engine
    engine.dispose()


def test_a_batch_is_sorted_out_on_either_engine(store: Engine, project: Project) -> None:
    english, arabic = (get_article(project.engine, one) for one in ("english", "arabic"))
    other = english.model_copy(update={"text_sha256": "0" * 64})
    dated = english.model_copy(update={"metadata": english.metadata.model_copy(update={"outlet": "x"})})
    assert put_articles(store, [Coming(english), Coming(english), Coming(other)]) == [
        Came("new", None),
        Came("unchanged", None),
        Came("another", None),
    ]
    assert put_articles(store, [Coming(dated), Coming(arabic)]) == [Came("metadata", None), Came("new", None)]
    assert get_article(store, "english").metadata.outlet == "x"
    with reading(store) as connection:
        assert connection.execute(select(func.count()).select_from(tables.article)).scalar() == 2
