"""Slots for articles: who gets how much, in which order, and which articles an adjudicator sees."""

from collections import Counter

import pytest

from annotator.errors import Refusal
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article, list_articles
from annotator.store.people import pseudonym_of
from annotator.store.proposed import put_proposed
from annotator.store.tasks import lease_next, tasks
from annotator.workflow.assigning import Wish, carry_out, disagreement, plan, take_back
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import open_project


@pytest.fixture
def project(workspace):
    for number in range(2, 41):
        (workspace / "seeds" / f"en-{number}.txt").write_text(f"Six were killed in {number}.\n", encoding="utf-8")
    opened = open_project(workspace)
    import_corpus(opened)
    yield opened
    opened.close()


def articles_of(planned, stage="label"):
    return list(dict.fromkeys(one.article_id for one in planned.wanted if one.stage == stage))


def test_every_article_is_wanted_twice_and_adjudicated(project):
    planned = plan(project, Wish())
    assert (planned.articles, planned.labelling, planned.adjudicating) == (41, 82, 41)
    assert carry_out(project, planned) == 123
    assert carry_out(project, planned) == 0


def test_people_by_name_share_the_work_evenly_and_nobody_gets_an_article_twice(project):
    planned = plan(project, Wish(people=("noor", "miriam", "sami"), overlap=2))
    assert Counter(one.reserved_for for one in planned.wanted if one.stage == "label") == {"a1": 28, "a2": 27, "a3": 27}
    pairs = Counter((one.article_id, one.reserved_for) for one in planned.wanted if one.stage == "label")
    assert set(pairs.values()) == {1}
    carry_out(project, planned)
    assert lease_next(project.engine, "label", "a1", 1000) == articles_of(planned)[0]


def test_too_few_people_are_refused(project):
    with pytest.raises(Refusal, match="1 person cannot label each article 2 times"):
        plan(project, Wish(people=("noor", "noor")))


def test_a_name_is_one_however_it_is_written(project):
    planned = plan(project, Wish(people=("Amélie", " Ame\u0301lie "), overlap=1))
    assert len(planned.people) == 1
    assert planned.people == [pseudonym_of(project.engine, "Amélie", "label")]


@pytest.mark.parametrize("name", ["", "noor;miriam", "n" * 65])
def test_who_cannot_be_named_so_is_assigned_nothing(project, name):
    with pytest.raises(Refusal, match="cannot be a person's name"):
        plan(project, Wish(people=(name,), overlap=1))


def test_named_articles_come_in_the_order_in_which_they_are_named(project):
    planned = plan(project, Wish(articles=("en-7", "ar-1", "en-7"), overlap=1))
    assert articles_of(planned) == ["en-7", "ar-1"]
    with pytest.raises(Refusal, match="no article 'xyz'"):
        plan(project, Wish(articles=("xyz",)))


def test_a_random_order_hangs_on_its_seed_alone(project):
    one, same, other = (articles_of(plan(project, Wish(order="random", seed=seed))) for seed in (1, 1, 2))
    assert one == same != other
    assert sorted(one) == sorted(other) == sorted(article.article_id for article in list_articles(project.engine))
    assert one != sorted(one)


def test_by_language_one_comes_behind_the_other(project):
    languages = {article.article_id: article.metadata.language for article in list_articles(project.engine)}
    ordered = [languages[one] for one in articles_of(plan(project, Wish(order="language")))]
    assert ordered == sorted(ordered)
    assert set(ordered) == {"ar", "en"}


def test_what_systems_differ_on_comes_first(project):
    article = get_article(project.engine, "en-9")
    assert disagreement(project, "en-9") == 0
    put_proposed(project.engine, article, {"other/1": Candidates.of(article.text, ())})
    assert articles_of(plan(project, Wish(order="disagreement")))[0] != "en-9"  # nothing proposed says nothing
    from annotator.model.mention import Candidate

    odd = Candidate(id="place:0-3", kind="place", start=0, end=3, quote="Six", finders=("other/1",))
    put_proposed(project.engine, article, {"other/1": Candidates.of(article.text, [odd])})
    assert disagreement(project, "en-9") == 1
    assert articles_of(plan(project, Wish(order="disagreement")))[0] == "en-9"


def test_a_share_is_adjudicated_and_a_smaller_one_is_part_of_it(project):
    half = set(articles_of(plan(project, Wish(adjudicated=0.5)), "adjudicate"))
    fifth = set(articles_of(plan(project, Wish(adjudicated=0.2)), "adjudicate"))
    assert fifth < half
    assert 10 < len(half) < 31
    assert articles_of(plan(project, Wish(adjudicated=0)), "adjudicate") == []


def test_what_nobody_took_is_taken_back(project):
    carry_out(project, plan(project, Wish(articles=("en-7", "en-8"), overlap=1, adjudicated=0)))
    lease_next(project.engine, "label", "a1", 10**9)
    assert take_back(project, ()) == 1
    assert [task.article_id for task in tasks(project.engine)] == ["en-7"]
