"""The project's own guidelines: their examples are true, their words the schema's, their links lead somewhere."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from annotator.checks.pages import PAGES, Prose
from annotator.model.article import Article
from annotator.model.fences import outside_fences
from annotator.model.pages import CHANGES, INDEX, Page, read_pages
from annotator.store.corpus import read_corpus
from annotator.store.releases import latest_release
from annotator.store.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[2]
RULE = re.compile(r" {0,3}(?:[-*\d.]+ )?\*\*")
CODE = re.compile(r"`([^`]+)`")
WITHOUT_EXAMPLES = {CHANGES, "wellbeing.md"}


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return open_workspace(ROOT)


@pytest.fixture(scope="module")
def prose(workspace: Workspace) -> Prose:
    guidelines = workspace.guidelines()
    articles = [found for found in read_corpus(workspace.corpus) if isinstance(found, Article)]
    newest = latest_release(workspace.gold)
    return Prose(
        read_pages(workspace.page_files()),
        guidelines.schema,
        guidelines.registry,
        texts={article.article_id: article.text for article in articles},
        gold={record.article_id: record for record in newest.release.records} if newest else {},
    )


def found(prose: Prose, rule_id: str) -> list[str]:
    [rule] = [rule for rule in PAGES.rules if rule.id == rule_id]
    return [problem.line() for problem in rule.problems(prose)]


@pytest.mark.parametrize("rule", [rule.id for rule in PAGES.rules if rule.id != "guidelines.example-gold"])
def test_every_example_quotes_what_stands_there_and_every_link_leads_somewhere(prose: Prose, rule: str):
    assert found(prose, rule) == []


def test_gold_holds_what_the_pages_call_right_and_nothing_that_they_call_wrong(prose: Prose):
    if not prose.gold:
        pytest.skip("there is no release yet to hold the examples against")
    assert found(prose, "guidelines.example-gold") == []


def test_every_example_is_of_a_seed(prose: Prose):
    named = {claim.article for _, claim in prose.claims()}
    assert named
    assert all(sum(article.startswith(one) for article in prose.texts) == 1 for one in named)


def pages(prose: Prose) -> Iterator[Page]:
    return (page for page in prose.handbook.pages if page.name not in WITHOUT_EXAMPLES)


def test_every_page_that_states_rules_shows_right_and_wrong(prose: Prose):
    stating = {page.name for page in pages(prose) if any(RULE.match(line) for _, line in outside_fences(page.text))}
    verdicts = {(name, claim.right) for name, example in prose.examples for claim in example.claims}
    assert stating
    assert {(name, right) for name in stating for right in (True, False)} <= verdicts


def explained(prose: Prose) -> set[str]:
    lines = chain.from_iterable(outside_fences(page.text) for page in pages(prose) if page.name != INDEX)
    return {word for _, line in lines for code in CODE.findall(line) for word in code.split()}


def test_every_word_of_the_schema_is_explained(prose: Prose):
    schema = prose.schema
    roles = {role for name in schema.types for role in schema.roles_of(name)}
    said = explained(prose)
    assert set(schema.types) - said == set()
    assert roles - said == set()
    assert {*schema.realis, *schema.certainty} - said == set()
    assert set(schema.rejection_reasons.values()) - said == set()


def test_what_is_at_the_cursor_leads_to_the_page_on_it(prose: Prose):
    kinds = {
        "trigger": "triggers.md",
        "actor": "actors.md",
        "number": "numbers.md",
        "place": "places.md",
        "time": "dates.md",
    }
    for kind, name in kinds.items():
        assert prose.handbook.about([kind])[0][0].name == name
    for event_type in prose.schema.types:
        page, line = prose.handbook.about([event_type, "trigger", "event"])[0]
        assert page.name == "types.md", event_type
        assert f"`{event_type}`" in page.text.split("\n")[line - 1]
