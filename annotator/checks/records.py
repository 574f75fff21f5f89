"""Every rule over what is said of one article, applied to a gold record or to one person's annotation."""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.checks.events import EVENTS
from annotator.checks.labels import Labels
from annotator.checks.mentions import MENTIONS
from annotator.checks.rule import Found, RuleBook
from annotator.model.annotation import Annotation, Settled
from annotator.model.article import Article, Region
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord, Rejected
from annotator.model.registry import Registry
from annotator.model.schema import Schema


class Settlement(NamedTuple):
    """A gold record and the article that it is said to be of."""

    record: GoldRecord
    article: Article


RECORDS: RuleBook[Settlement] = RuleBook("records")
"""Rules over a gold record and its article."""


@RECORDS.rule("record.article", "error", "A record names another article than the one that it is held against.")
def _other_article(pair: Settlement) -> Iterator[Found]:
    if pair.record.article_id != pair.article.article_id:
        yield Found(pair.record.article_id, f"The record is not of the article {pair.article.article_id!r}.")


@RECORDS.rule("record.text", "error", "A record was made on another text than the article's.")
def _other_text(pair: Settlement) -> Iterator[Found]:
    if pair.record.text_sha256 != pair.article.text_sha256:
        message = (
            f"The record was made on the text {pair.record.text_sha256[:12]}…, but the article's is"
            f" {pair.article.text_sha256[:12]}…: its offsets mean nothing here."
        )
        yield Found(pair.record.article_id, message)


@RECORDS.rule("record.language", "error", "A record gives another language than the article's metadata.")
def _other_language(pair: Settlement) -> Iterator[Found]:
    if pair.record.language != pair.article.language:
        message = f"The record says {pair.record.language!r}, the article {pair.article.language!r}."
        yield Found(pair.record.article_id, message)


@RECORDS.rule("record.incomplete", "warning", "A record's article was not read to its end.")
def _incomplete(pair: Settlement) -> Iterator[Found]:
    if not pair.record.complete:
        message = "The article was not read to its end: what is not labelled here may still be there."
        yield Found(pair.record.article_id, message)


def check_record(record: GoldRecord, article: Article, schema: Schema, registry: Registry) -> tuple[Problem, ...]:
    """Give what is wrong with a gold record of `article`, rule by rule."""
    labels = _labels_of(record, schema, article.text, registry)
    return RECORDS.check(Settlement(record, article)) + _check(labels)


def check_structure(record: GoldRecord, schema: Schema) -> tuple[Problem, ...]:
    """Give what is wrong with a gold record as far as it shows without the article and the registry."""
    return _check(_labels_of(record, schema, None, None))


def check_annotation(
    annotation: Annotation, person: str, article: Article, regions: tuple[Region, ...], schema: Schema,
    registry: Registry,
) -> tuple[Problem, ...]:  # fmt: skip
    """Give what is wrong with one person's annotation of `article`, by the rules that a gold record obeys."""
    settled = sorted(annotation.settled.values(), key=lambda item: (item.mention.start, item.mention.end))
    labels = Labels(
        where=f"{article.article_id} ({person})",
        schema=schema,
        mentions=tuple(annotation.live_mentions().values()),
        events=tuple(annotation.live_events().values()),
        rejected=tuple(_rejected(item) for item in settled if item.disposition == "rejected"),
        regions=regions,
        text=article.text,
        registry=registry,
    )
    return _check(labels)


def _check(labels: Labels) -> tuple[Problem, ...]:
    return MENTIONS.check(labels) + EVENTS.check(labels)


def _labels_of(record: GoldRecord, schema: Schema, text: str | None, registry: Registry | None) -> Labels:
    return Labels(
        where=record.article_id,
        schema=schema,
        mentions=record.mentions,
        events=record.events,
        rejected=record.rejected,
        regions=record.regions,
        text=text,
        registry=registry,
    )


def _rejected(item: Settled) -> Rejected:
    mention = item.mention
    return Rejected(
        kind=mention.kind,
        start=mention.start,
        end=mention.end,
        quote=mention.quote,
        label=mention.label,
        reason=item.reason,
    )
