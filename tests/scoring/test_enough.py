"""Intervals that rest on few articles say so: they are too narrow."""

from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.report import Report
from annotator.statistics.enough import ENOUGH, FEW
from annotator.text.span import span

ACTOR = ScoredMention("actor", span(0, 5))
PLACE = ScoredMention("place", span(9, 12))


def score(articles: int, with_places: int = 0, boot: int = 50) -> Report:
    """Give the score of so many articles with an actor, some of them also with a place."""
    documents = [
        Document(f"{number:03}", "en", (ACTOR, PLACE) if number < with_places else (ACTOR,))
        for number in range(articles)
    ]
    return score_documents(documents, documents, boot=boot)


def test_one_article_less_than_enough_is_marked():
    enough, few = score(ENOUGH), score(ENOUGH - 1)
    assert "100.00 to 100.00" in enough.table()
    assert FEW not in enough.table()
    assert f"100.00 to 100.00{FEW}\n" in few.table()
    assert f"\n{FEW} rests on fewer than 20 articles" in few.table()


def test_what_has_no_interval_has_no_mark():
    assert FEW not in score(5, boot=0).table()
    assert FEW not in score(1).table()


def test_articles_that_have_nothing_to_say_do_not_count():
    report = score(ENOUGH + 5, with_places=3)
    assert report.articles("mentions") == ENOUGH + 5
    assert report.articles_by("mentions", "kind") == {"actor": ENOUGH + 5, "place": 3}
    assert report.plain()["levels"]["mentions-strict"]["intervals"]["articles"] == ENOUGH + 5
    assert report.articles("numbers") == 0


def test_without_draws_nobody_counts_articles():
    report = score(5, boot=0)
    assert report.articles("mentions") is report.articles_by("mentions", "kind") is None
    assert report.plain()["levels"]["mentions-strict"]["intervals"] is None
