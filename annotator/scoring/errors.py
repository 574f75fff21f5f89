"""Every miss, spurious item, and boundary, label, role and value error of one article.

Whatever a strict level counts as wrong is in exactly one error of its part, one-to-one, and what it counts as right in
none, but for what a mention or event is said to mean (`value`): so by part

    gold      = right + missed   + boundary + label + role
    predicted = right + spurious + boundary + label + role

where right is what `trigger-C`, `mentions-strict` and `argument-C` count. Reads no text and holds no quote.
"""

from typing import NamedTuple

from annotator.scoring.argument_errors import compare_events
from annotator.scoring.document import Document
from annotator.scoring.mention_errors import compare_mentions, compare_triggers
from annotator.scoring.scoring_error import (
    ARGUMENT,
    ERROR_KINDS,
    EVENT,
    PARTS,
    ErrorKind,
    Reading,
    ScoringError,
    in_order,
)  # fmt: skip

__all__ = [
    "ARGUMENT", "ERROR_KINDS", "EVENT", "PARTS", "Compared", "ErrorKind", "Reading", "ScoringError", "compared",
    "errors_of",
]  # fmt: skip


class Compared(NamedTuple):
    """What became of an article."""

    article_id: str
    language: str
    source: str
    errors: tuple[ScoringError, ...]
    """By place, part and kind."""
    types: tuple[tuple[str, str], ...]
    """The types of triggers that are one, gold first, right ones and others."""
    roles: tuple[tuple[str, str], ...]
    """The roles of arguments that are one, gold first, right ones and others."""


def errors_of(gold: Document, predicted: Document) -> list[ScoringError]:
    """Give what is wrong in an article, by place, part and kind; no order in either document changes it."""
    return list(compared(gold, predicted).errors)


def compared(gold: Document, predicted: Document) -> Compared:
    """Give what is wrong in an article, and which types and roles were read as which."""
    triggers = compare_triggers(gold, predicted)
    events = compare_events(
        gold,
        predicted,
        (((one.label or "", one.span), (other.label or "", other.span)) for one, other in triggers.pairs),
    )
    errors = [*triggers.errors, *events.errors]
    for of_kind in compare_mentions(gold, predicted):
        errors += of_kind.errors
    return Compared(
        gold.article_id,
        gold.language,
        gold.source,
        tuple(sorted(errors, key=in_order)),
        tuple((one.label or "", other.label or "") for one, other in triggers.pairs),
        tuple((one.argument.role, other.argument.role) for one, other in events.pairs),
    )
