"""Proposals from elsewhere in a workspace: merged, replaced, forgotten, and never at the cost of a decision."""

from typing import Any

import orjson
import pytest

from annotator.errors import Exit, Refusal
from annotator.finders.suggest import FINDER
from annotator.model.article import Article
from annotator.model.mention import Candidate
from annotator.store.articles import get_article, get_suggestions
from annotator.store.proposed import systems
from annotator.workflow import mention_edits
from annotator.workflow.baseline import prediction_lines
from annotator.workflow.elsewhere.taking import PATIENCE, Came, Taken, forget, take_file, take_from
from annotator.workflow.importing import import_corpus
from annotator.workflow.labelling import labelling
from annotator.workflow.project import Project, open_project
from annotator.workflow.suggesting import proposers, suggestions_for


def line(*mentions: dict[str, Any], article: str = "english", **more: Any) -> bytes:
    return orjson.dumps({"article_id": article, "system": "alpha 1", "mentions": list(mentions)} | more) + b"\n"


def actor(quote: str, **more: Any) -> dict[str, Any]:
    return {"kind": "actor", "quote": quote} | more


ISIS, HOUSES, COALITION = actor("ISIS"), actor("houses"), actor("The International Coalition")


def take(project: Project, *lines: bytes, **more: Any) -> Taken:
    return take_file(project, b"".join(lines), "p.jsonl", system="whoever", **more)


def candidates(project: Project, article: str = "english") -> dict[str, Candidate]:
    found = suggestions_for(project, get_article(project.engine, article))
    return {one.id: one for one in found.candidates}


def by_quote(project: Project, quote: str) -> tuple[str, ...]:
    return next((one.finders for one in candidates(project).values() if one.quote == quote), ())


class Oracle:
    """A source that says what it was told to."""

    def __init__(self, *answers: bytes | Refusal, system: str = "oracle 1", languages: str = "ar en") -> None:
        self.system, self.languages = system, languages
        self.asked: list[str] = []
        self._answers = list(answers)

    def speaks(self, language: str) -> bool:
        return language in self.languages

    def asides(self) -> list[str]:
        return []

    def ask(self, article: Article) -> bytes:
        self.asked.append(article.article_id)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Refusal):
            raise answer
        return answer


def test_what_came_is_proposed_with_its_systems_name_and_merged_with_ours(project: Project) -> None:
    before = candidates(project)
    taken = take(project, line(ISIS, HOUSES))
    assert taken.systems == {"alpha 1": Came(articles=1, candidates=2, new=1, merged=1)}
    assert by_quote(project, "ISIS") == (FINDER, "alpha 1")
    assert by_quote(project, "houses") == ("alpha 1",)
    after = candidates(project)
    assert {name: one.content for name, one in after.items() if name in before} == {
        name: one.content for name, one in before.items()
    }


def test_several_systems_on_one_span_are_one_candidate_that_names_them_all(project: Project) -> None:
    taken = take(project, line(HOUSES), line(HOUSES, ISIS, system="beta 2"))
    assert by_quote(project, "houses") == ("alpha 1", "beta 2")
    assert by_quote(project, "ISIS") == (FINDER, "beta 2")
    assert taken.systems["beta 2"] == Came(articles=1, candidates=2, new=0, merged=2)


def test_taken_again_it_replaces_and_does_not_double(project: Project) -> None:
    take(project, line(ISIS, HOUSES))
    first = candidates(project)
    assert take(project, line(ISIS, HOUSES)).systems == {"alpha 1": Came(1, 2, 1, 1, 0)}
    assert candidates(project) == first
    take(project, line(ISIS))
    assert by_quote(project, "houses") == ()
    take(project, line())
    assert systems(project.engine) == []


def test_what_stands_in_boilerplate_is_not_proposed_and_counted(project: Project) -> None:
    text = "Clashes near Khasham\n\nISIS struck Khasham.\n\nWe use cookies of ACME.\n"
    (project.workspace.corpus / "page.txt").write_text(text, encoding="utf-8")
    import_corpus(project)
    taken = take(project, line(ISIS, actor("ACME"), article="page"))
    assert taken.systems == {"alpha 1": Came(articles=1, candidates=2, merged=1, boilerplate=1)}
    assert "ACME" not in {one.quote for one in candidates(project, "page").values()}


def test_one_error_and_nothing_of_the_file_is_taken(project: Project) -> None:
    with pytest.raises(Refusal, match="nothing was taken in") as refusal:
        take(project, line(ISIS), line({"kind": "actor", "start": 0, "end": 10**9}, article="arabic"))
    assert (refusal.value.code, refusal.value.exit) == ("predictions.invalid", Exit.BAD_INPUT)
    assert "p.jsonl:2: mentions[0].end 1000000000 lies beyond the text" in refusal.value.what
    assert systems(project.engine) == []


def test_the_finders_update_and_what_others_propose_stays(project: Project) -> None:
    take(project, line(HOUSES))
    actors = project.workspace.guidelines_folder / "actors.toml"
    with actors.open("a", encoding="utf-8") as file:
        file.write('\n[houses]\ntype = "civilians"\nen = ["Two houses"]\n')
    again = open_project(project.workspace.root)
    assert by_quote(again, "houses") == ("alpha 1",)
    assert by_quote(again, "Two houses") == (FINDER,)
    again.close()


def test_ours_are_not_found_anew_when_only_others_came(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    candidates(project)
    monkeypatch.delattr("annotator.workflow.suggesting.suggest")
    take(project, line(HOUSES))
    assert by_quote(project, "houses") == ("alpha 1",)


def test_a_day_of_publication_that_came_later_keeps_what_others_propose(project: Project) -> None:
    take(project, line(HOUSES))
    known = '[english]\nlanguage = "en"\npublished = "2018-05-21"\npublished_from = "the outlet"\n'
    (project.workspace.corpus / "articles.toml").write_text(known, encoding="utf-8")
    assert import_corpus(project).of("metadata") == ["english"]
    assert by_quote(project, "houses") == ("alpha 1",)


def test_the_baseline_is_ours_alone_and_the_same_as_before(project: Project) -> None:
    before = list(prediction_lines(project))
    take(project, line(ISIS, HOUSES))
    candidates(project)
    assert list(prediction_lines(project)) == before
    assert by_quote(project, "ISIS") == (FINDER, "alpha 1")


def test_who_proposed_is_only_worth_telling_when_it_was_not_ours_alone(project: Project) -> None:
    take(project, line(ISIS, HOUSES))
    told = {one.quote: proposers(one) for one in candidates(project).values()}
    assert (told["ISIS"], told["houses"], told["killed"]) == ((FINDER, "alpha 1"), ("alpha 1",), ())


# With people at work


def test_who_already_began_finds_the_new_ones_untouched_and_loses_nothing(work: Any, project: Project) -> None:
    with labelling(project, "english", "ann") as session:
        for item in session.in_order():
            mention_edits.confirm(session, item)
        said, left = dict(session.annotation.settled), session.untouched
    assert left == 0
    take(project, line(ISIS, HOUSES))
    with labelling(project, "english", "ann") as session:
        assert dict(session.annotation.settled) == said
        assert session.untouched == 1
        (new,) = [item for item in session.in_order() if item.disposition is None]
        assert (new.mention.quote, new.candidate and new.candidate.finders) == ("houses", ("alpha 1",))
        mention_edits.confirm(session, new)
        work.save(session)


def test_who_finished_stays_finished(work: Any, project: Project) -> None:
    work.label_all(project, "ann")
    take(project, line(HOUSES))
    with labelling(project, "english", "ann") as session:
        assert session.annotation.finished
        assert session.untouched == 1


def test_a_forgotten_system_is_gone_and_what_was_decided_on_its_candidates_stands(project: Project) -> None:
    take(project, line(ISIS, HOUSES))
    with labelling(project, "english", "ann") as session:
        for item in session.in_order():
            if item.mention.quote in ("houses", "ISIS"):
                mention_edits.confirm(session, item)
        said = dict(session.annotation.settled)
    assert forget(project, "alpha 1") == 1
    assert by_quote(project, "ISIS") == (FINDER,)
    assert by_quote(project, "houses") == ()
    with labelling(project, "english", "ann") as session:
        assert dict(session.annotation.settled) == said
        (kept,) = [item for item in session.in_order() if item.mention.quote == "houses"]
        assert (kept.disposition, kept.candidate) == ("confirmed", None)
        mention_edits.reject(session, kept)
    take(project, line(ISIS, HOUSES))
    with labelling(project, "english", "ann") as session:
        (back,) = [item for item in session.in_order() if item.mention.quote == "houses"]
        assert (back.disposition, back.candidate is None) == ("rejected", False)


def test_a_system_that_proposes_nothing_cannot_be_forgotten_and_those_that_do_are_named(project: Project) -> None:
    with pytest.raises(Refusal, match="No system 'alpha 1' proposes") as refusal:
        forget(project, "alpha 1")
    assert refusal.value.do == "Nothing came from elsewhere."
    take(project, line(HOUSES))
    with pytest.raises(Refusal) as refusal:
        forget(project, "alpha")
    assert (refusal.value.code, refusal.value.do) == ("finder.unknown", "Those that do are 'alpha 1'.")


# Sources that are asked


def test_a_source_is_asked_about_every_article_and_may_leave_out_what_it_was_asked(project: Project) -> None:
    told: list[str] = []
    oracle = Oracle(b"[]", b'Sure! ```json\n[{"kind": "actor", "quote": "houses"}]\n```')
    taken = take_from(project, oracle, progress=told.append)
    assert oracle.asked == told == ["arabic", "english"]
    assert taken.systems == {"oracle 1": Came(articles=2, candidates=1, new=1)}
    assert by_quote(project, "houses") == ("oracle 1",)
    assert taken.exit == Exit.DONE


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"no JSON", "There is no JSON in it"),
        (line(article="english"), "is not in the question"),
        (b'{"mentions": [{"kind": "actor", "quote": "nobody"}]}', "the text does not hold it"),
        (b'{"mentions": "none"}', "mentions must be a list"),
        (b'{"mentions": [{"kind": "actor", "start": 0, "end": 99999999999999999999}]}', "must be an integer"),
    ],
)
def test_a_bad_answer_is_told_with_its_article_and_stops_no_other(project: Project, answer: bytes, said: str) -> None:
    taken = take_from(project, Oracle(answer, b'[{"kind": "actor", "quote": "houses"}]'))
    (error,) = [problem for problem in taken.problems if problem.level == "error"]
    assert error.where.partition(":")[0] == "arabic"
    assert said in error.message
    assert taken.exit == Exit.BAD_INPUT
    assert taken.systems == {"oracle 1": Came(articles=1, candidates=1, new=1)}


def test_what_an_article_had_stays_when_a_later_answer_is_bad_and_goes_when_it_is_empty(project: Project) -> None:
    take_from(project, Oracle(b"[]", b'[{"kind": "actor", "quote": "houses"}]'))
    take_from(project, Oracle(b"[]", b"broken"))
    assert by_quote(project, "houses") == ("oracle 1",)
    take_from(project, Oracle(b"[]"))
    assert by_quote(project, "houses") == ()


def test_a_run_that_was_broken_off_is_run_again_without_doubles(project: Project) -> None:
    class Interrupted(Oracle):
        def ask(self, article: Article) -> bytes:
            if len(self.asked) == 1:
                raise KeyboardInterrupt
            return super().ask(article)

    everywhere = b'[{"kind": "number", "quote": "6"}]'
    with pytest.raises(KeyboardInterrupt):
        take_from(project, Interrupted(everywhere))
    assert get_suggestions(project.engine, get_article(project.engine, "arabic")) is not None
    taken = take_from(project, Oracle(everywhere))
    assert taken.systems["oracle 1"].articles == 2
    assert all(one.finders.count("oracle 1") <= 1 for one in candidates(project).values())
    assert sum("oracle 1" in one.finders for one in candidates(project).values()) == 1


def test_a_source_is_asked_about_the_languages_that_it_knows_and_the_others_are_counted(project: Project) -> None:
    oracle = Oracle(b"[]", languages="en")
    taken = take_from(project, oracle)
    assert oracle.asked == ["english"]
    assert [problem.line() for problem in taken.problems] == [
        "warning: oracle 1: 1 article left out: not in a language it knows. [finder.language]"
    ]


@pytest.mark.parametrize("code", ["finder.unreachable", "finder.answer"])
def test_a_source_that_is_no_use_again_and_again_is_asked_no_more(project: Project, code: str) -> None:
    for number in range(5):
        (project.workspace.corpus / f"more{number}.txt").write_text("Six killed.", encoding="utf-8")
    import_corpus(project)
    oracle = Oracle(Refusal(code, "It is silent."))
    taken = take_from(project, oracle)
    assert len(oracle.asked) == PATIENCE
    assert taken.problems[-1].line().count("oracle 1") == 1
    assert "was not asked about 4 more article(s)" in taken.problems[-1].message
    assert taken.exit == Exit.ENVIRONMENT


def test_one_that_fails_on_its_own_is_asked_about_every_article(project: Project) -> None:
    for number in range(5):
        (project.workspace.corpus / f"more{number}.txt").write_text("Six killed.", encoding="utf-8")
    import_corpus(project)
    oracle = Oracle(Refusal("finder.failed", "It broke."))
    assert take_from(project, oracle).exit == Exit.ENVIRONMENT
    assert len(oracle.asked) == 7


def test_a_source_may_be_given_a_name_and_never_ours(project: Project) -> None:
    answer = b'[{"kind": "number", "quote": "6"}]'
    assert list(take_from(project, Oracle(answer), system="my model").systems) == ["my model"]
    taken = take_from(project, Oracle(answer), system=FINDER)
    assert taken.exit == Exit.BAD_INPUT
    assert systems(project.engine) == ["my model"]
