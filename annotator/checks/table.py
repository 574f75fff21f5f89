"""All rules in one table, for the documentation and for the tests that demand a bad example of each."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from annotator.checks.articles import ARTICLES
from annotator.checks.events import EVENTS
from annotator.checks.guidelines import GUIDELINES
from annotator.checks.hubs import HUBS
from annotator.checks.mentions import MENTIONS
from annotator.checks.migrations import MIGRATIONS
from annotator.checks.pages import PAGES
from annotator.checks.records import RECORDS
from annotator.checks.schema_version import SCHEMA_VERSION
from annotator.model.problem import Level


class Entry(NamedTuple):
    """What the documentation says of a rule."""

    subject: str
    """What the rule looks at: `guidelines`, `schema versions`, `migrations`, `pages`, `articles`, `records`, `hubs`."""
    level: Level
    sentence: str


def _entries() -> dict[str, Entry]:
    books = (GUIDELINES, SCHEMA_VERSION, MIGRATIONS, PAGES, ARTICLES, RECORDS, MENTIONS, EVENTS, HUBS)
    entries = chain.from_iterable(
        [(rule.id, Entry(book.subject, rule.level, rule.sentence)) for rule in book.rules] for book in books
    )
    table: dict[str, Entry] = {}
    for rule_id, entry in entries:
        if rule_id in table:
            raise ValueError(f"two rules are called {rule_id}")
        table[rule_id] = entry
    return table


RULES: Mapping[str, Entry] = MappingProxyType(_entries())
"""Every rule of `annotator check`, by id."""
