"""Rules over the articles of a workspace and what is known about them."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from annotator.checks.labels import repeated
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.article import Article
from annotator.model.problem import Problem
from annotator.text.intake import text_sha256


@dataclass(frozen=True)
class Corpus:
    """All articles of a workspace, and the day on which they are looked at where the caller knows it."""

    articles: tuple[Article, ...]
    today: date | None = None

    @cached_property
    def by_id(self) -> dict[str, Article]:
        """Articles by id."""
        return {article.article_id: article for article in self.articles}

    def translations(self) -> Iterator[tuple[Article, str]]:
        """Give each article that is a translation, with the id of its original."""
        for article in self.articles:
            if article.metadata.translation_of is not None:
                yield article, article.metadata.translation_of

    def published(self) -> Iterator[tuple[Article, str]]:
        """Give each article that has a date of publication, with that date."""
        for article in self.articles:
            if article.metadata.published is not None:
                yield article, article.metadata.published


ARTICLES: RuleBook[Corpus] = RuleBook("articles")
"""Rules over articles."""


@ARTICLES.rule("article.id", "error", "Two articles have the same id, or ids that differ only in case.")
def _ids_twice(corpus: Corpus) -> Iterator[Found]:
    for article in repeated((_as_file_name(article.article_id), article) for article in corpus.articles):
        yield Found(article.article_id, "Another article has this id, up to case. Rename one of the two files.")


def _as_file_name(article_id: str) -> str:
    """Give what file systems that fold case and normalise would make of an id."""
    return unicodedata.normalize("NFC", article_id).casefold()


@ARTICLES.rule("article.text-hash", "error", "An article's text is not the one that its hash was taken of.")
def _hash_differs(corpus: Corpus) -> Iterator[Found]:
    for article in corpus.articles:
        if text_sha256(article.text) != article.text_sha256:
            message = "The text was changed after it was taken in, so offsets may have slipped. Restore the file."
            yield Found(article.article_id, message)


@ARTICLES.rule("article.same-text", "warning", "Two articles have the same text.")
def _same_text(corpus: Corpus) -> Iterator[Found]:
    for article in repeated((article.text_sha256, article) for article in corpus.articles):
        yield Found(article.article_id, "Another article has the same text: it would be labelled and scored twice.")


@ARTICLES.rule("article.translation-of", "error", "An article is a translation of an article that is not there.")
def _original_unknown(corpus: Corpus) -> Iterator[Found]:
    for article, original in corpus.translations():
        if original not in corpus.by_id:
            yield Found(article.article_id, unknown(original, "the id of an article", corpus.by_id))


@ARTICLES.rule(
    "article.translation-language", "error", "A translation has the language of its original, or is its own."
)
def _same_language(corpus: Corpus) -> Iterator[Found]:
    for article, original in corpus.translations():
        if original in corpus.by_id and corpus.by_id[original].language == article.language:
            yield Found(
                article.article_id, f"It is called a translation of {original!r}, but both are in one language."
            )


@ARTICLES.rule("article.published", "error", "A date of publication is no day of the calendar, or lies in the future.")
def _no_day(corpus: Corpus) -> Iterator[Found]:
    for article, published in corpus.published():
        try:
            day = date.fromisoformat(published)
        except ValueError:
            yield Found(article.article_id, f"{published} is no day of the calendar.")
            continue
        if corpus.today is not None and day > corpus.today:
            yield Found(article.article_id, f"It would be published on {published}, after today.")


@ARTICLES.rule("article.published-from", "warning", "A date of publication does not say how it was derived.")
def _no_derivation(corpus: Corpus) -> Iterator[Found]:
    for article, published in corpus.published():
        if article.metadata.published_from is None:
            yield Found(article.article_id, f"Say in `published_from` where the date {published} comes from.")


def check_articles(articles: Iterable[Article], today: date | None = None) -> tuple[Problem, ...]:
    """Give what is wrong with the articles; dates in the future are found when `today` is given."""
    return ARTICLES.check(Corpus(tuple(articles), today))
