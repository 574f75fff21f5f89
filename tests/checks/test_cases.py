"""Every rule has examples that it finds nothing in, and examples in which it, and nothing else, finds something.

The examples are files under `tests/cases/<rule id>/`; what they leave out is filled in here.
"""

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotator.checks.articles import check_articles
from annotator.checks.guidelines import check_guidelines
from annotator.checks.hubs import Told, check_hubs
from annotator.checks.migrations import check_migrations
from annotator.checks.pages import Prose, check_pages
from annotator.checks.records import check_record
from annotator.checks.schema_version import check_schema_version
from annotator.checks.table import RULES
from annotator.model.article import Article, Metadata
from annotator.model.lexicon import Lexicon
from annotator.model.migration import Migration, MigrationFile
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.slips import TomlFile
from annotator.text.intake import text_sha256

CASES = Path(__file__).parents[1] / "cases"
Case = dict[str, Any]


def article(case: Case) -> Article:
    case = dict(case)
    name, text = case.pop("article_id"), case.pop("text")
    digest = case.pop("text_sha256", text_sha256(text))
    return Article(article_id=name, text=text, raw_sha256=digest, text_sha256=digest, metadata=Metadata(**case))


def check_articles_case(case: Case) -> tuple[Problem, ...]:
    today = date.fromisoformat(case["today"]) if "today" in case else None
    return check_articles([article(item) for item in case["articles"]], today)


def schema_of(case: Case) -> Schema:
    some = {"some": {"key": "s"}}
    types = {name: {"title": name, "description": name, **given} for name, given in case.get("types", some).items()}
    rest: Case = {"version": "1.0.0", "realis": ["actual"], "certainty": ["asserted"], "rejection_reasons": {}}
    said = {name: given for name, given in case.items() if name in Schema.model_fields}
    return Schema.model_validate({**rest, **said, "types": types})


def check_schema_version_case(case: Case) -> tuple[Problem, ...]:
    return check_schema_version(schema_of(case["before"]), schema_of(case["after"]))


def check_migrations_case(case: Case) -> tuple[Problem, ...]:
    steps = MigrationFile.model_validate(case["migration"])
    schemas = {schema.version: schema for schema in map(schema_of, case["schemas"])}
    return check_migrations(
        [(Migration("names", steps), TomlFile("migrations/names.toml", "", {}))], schemas, schema_of(case["newest"])
    )


def check_guidelines_case(case: Case) -> tuple[Problem, ...]:
    schema = schema_of(case)
    registry = Registry.model_validate({"actors": case.get("actors", {}), "places": case.get("places", {})})
    lexicon = Lexicon.model_validate({"languages": case["lexicon"]}) if "lexicon" in case else None
    return check_guidelines(schema, registry, lexicon)


def record(case: Case, article_id: str, digest: str) -> GoldRecord:
    filled = {
        "article_id": article_id,
        "language": "en",
        "text_sha256": digest,
        "regions": case.get("regions", []),
        "mentions": case.get("mentions", []),
        "events": case.get("events", []),
        "rejected": case.get("rejected", []),
        "complete": True,
        "provenance": {"annotators": ["a1", "a2"], "adjudicator": "j1", "decisions_sha256": "0" * 64},
    }
    return GoldRecord.model_validate({**filled, **case.get("record", {})})


def domain() -> tuple[Schema, Registry]:
    """The schema and registry that the cases of records and pages are held against."""
    schema = Schema.model_validate(tomllib.loads((CASES / "schema.toml").read_text("utf-8")))
    return schema, Registry.model_validate(tomllib.loads((CASES / "registry.toml").read_text("utf-8")))


def check_record_case(case: Case) -> tuple[Problem, ...]:
    of = article({"article_id": "001", "text": case["text"], "language": "en"})
    return check_record(record(case, "001", of.text_sha256), of, *domain())


def check_pages_case(case: Case) -> tuple[Problem, ...]:
    gold = {name: record(given, name, "0" * 64) for name, given in case.get("gold", {}).items()}
    return check_pages(Prose(case["pages"], *domain(), texts=case.get("articles", {}), gold=gold))


CHECKS: Mapping[str, Callable[[Case], tuple[Problem, ...]]] = {
    "articles": check_articles_case,
    "guidelines": check_guidelines_case,
    "migrations": check_migrations_case,
    "schema versions": check_schema_version_case,
    "pages": check_pages_case,
    "records": check_record_case,
    "hubs": lambda case: check_hubs([Told(where, hub) for where, hub in case["told"]]),
}


def problems_of(path: Path) -> tuple[Problem, ...]:
    case: Case = json.loads(path.read_text("utf-8"))
    return CHECKS[RULES[path.parent.name].subject](case)


def files(pattern: str) -> list[Any]:
    return [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in sorted(CASES.glob(pattern))]


@pytest.mark.parametrize("path", files("*/good*.json"))
def test_nothing_is_found_in_a_good_case(path: Path) -> None:
    assert [problem.line() for problem in problems_of(path)] == []


@pytest.mark.parametrize("path", files("*/bad*.json"))
def test_exactly_its_rule_is_broken_by_a_bad_case(path: Path) -> None:
    rule = path.parent.name
    assert {(problem.rule, problem.level) for problem in problems_of(path)} == {(rule, RULES[rule].level)}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("sort", ["good", "bad"])
def test_every_rule_has_a_case(rule: str, sort: str) -> None:
    assert list((CASES / rule).glob(f"{sort}*.json")), f"tests/cases/{rule}/{sort}.json is missing"


def test_every_case_belongs_to_a_rule() -> None:
    assert {folder.name for folder in CASES.iterdir() if folder.is_dir()} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_it_finds(rule: str) -> None:
    about, _, finds = rule.partition(".")
    assert about.isalpha()
    assert finds
    assert RULES[rule].sentence.endswith(".")
