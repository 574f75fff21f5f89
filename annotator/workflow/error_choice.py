"""Which errors are asked for on the command line: of one option any value will do, and every option must be met."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from annotator.scoring.errors import Compared, Reading, ScoringError
from annotator.text.finding import sought


@dataclass(frozen=True, slots=True)
class ErrorChoice:
    """What is asked for; of what is empty everything is."""

    parts: Collection[str] = ()
    kinds: Collection[str] = ()
    articles: Collection[str] = ()
    """Ids of articles, or how they begin."""
    languages: Collection[str] = ()
    sources: Collection[str] = ()
    groups: Collection[str] = ()
    """Whole names of groups."""
    words: Collection[str] = ()
    """What must stand, each of it, in the group or in a quote, however its letters are written."""

    def takes_article(self, article: Compared) -> bool:
        """Tell whether the errors of an article can be among those that are asked for."""
        return (
            (not self.articles or article.article_id.startswith(tuple(self.articles)))
            and (not self.languages or article.language in self.languages)
            and (not self.sources or article.source in self.sources)
        )

    def of(self, article: Compared, texts: Mapping[str, str]) -> Iterator[ScoringError]:
        """Give those of an article's errors, in their order; quotes are cut from `texts`, by article id."""
        if self.takes_article(article):
            text = texts.get(article.article_id, "")
            yield from (error for error in article.errors if self._takes(error, text))

    def _takes(self, error: ScoringError, text: str) -> bool:
        return (
            (not self.parts or error.part in self.parts)
            and (not self.kinds or error.kind in self.kinds)
            and (not self.groups or error.group in self.groups)
            and (not self.words or self._holds_words(error, text))
        )

    def _holds_words(self, error: ScoringError, text: str) -> bool:
        said = [sought(one) for one in (error.group, quoted(error.gold, text), quoted(error.predicted, text))]
        return all(any(word in one for one in said) for word in map(sought, self.words))


EVERYTHING = ErrorChoice()


def quoted(reading: Reading | None, text: str) -> str:
    """Give the words at which one side reads something; nothing where it does not, or no text is at hand."""
    return reading.place.of(text) if reading is not None and reading.place is not None else ""
