"""What the finders are worth on the seeds that their words come from; the gold was written by reading alone."""

from pathlib import Path

import orjson
import pytest

from annotator.finders.suggest import suggest
from annotator.formats.known import Known
from annotator.formats.records import read_plain
from annotator.model.article import READ_REGIONS, Article
from annotator.model.guidelines import Guidelines
from annotator.scoring.proposals import ALL, Found, Row, find_in_articles
from annotator.workflow.measuring import proposed
from tests.finders.test_suggest import NUMBERS, TIMES

GOLD = (Path(__file__).parent / "seeds_gold.jsonl").read_bytes()


@pytest.fixture(scope="module")
def found(seeds: dict[str, Article], guidelines: Guidelines) -> Found:
    texts = {article.article_id: article.text for article in seeds.values()}
    documents, problems = read_plain(GOLD, known=Known(articles=texts.keys(), texts=texts, schema=guidelines.schema))
    assert problems == ()
    pairs = (
        (gold, proposed(gold.article_id, gold.language, suggest(seeds[gold.article_id[:3]], guidelines)))
        for gold in documents
    )
    return find_in_articles(pairs, {mention.kind for document in documents for mention in document.mentions})


def test_every_mention_stands_where_people_read(seeds: dict[str, Article], guidelines: Guidelines) -> None:
    for line in GOLD.splitlines():
        told = orjson.loads(line)
        article = seeds[told["article_id"][:3]]
        read = [region for region in suggest(article, guidelines).regions if region.kind in READ_REGIONS]
        for mention in told["mentions"]:
            assert mention["quote"] == article.text[mention["start"] : mention["end"]]
            assert any(region.start <= mention["start"] and mention["end"] <= region.end for region in read)


@pytest.mark.parametrize(("kind", "expected"), [("number", NUMBERS), ("time", TIMES)])
def test_numbers_and_times_are_those_that_are_held_elsewhere(kind: str, expected: dict[str, list[str]]) -> None:
    for line in GOLD.splitlines():
        told = orjson.loads(line)
        quotes = [mention["quote"] for mention in told["mentions"] if mention["kind"] == kind]
        assert quotes == expected[told["article_id"][:3]]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["trigger", "actor", "place"])
def test_nearly_all_is_proposed(found: Found, language: str, kind: str) -> None:
    tally = found.sums()[Row(language, kind, ALL)]
    assert tally.found >= 0.95 * tally.gold, tally


@pytest.mark.parametrize("language", ["en", "ar"])
def test_at_most_one_proposal_in_five_is_spurious(found: Found, language: str) -> None:
    tally = found.sums()[Row(language, ALL, ALL)]
    assert tally.good >= 4 * (tally.proposed - tally.good), tally


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_number_and_time_has_the_right_bounds_and_value(found: Found, language: str) -> None:
    for kind in ("number", "time"):
        tally = found.sums()[Row(language, kind, ALL)]
        assert tally.gold == tally.found == tally.exact == tally.proposed
        assert tally.figure == tally.judged
