"""Finding the errors of predictions against gold: reads both as a score does. Loads no screen and no database.

Articles are compared as they come and let go of; who keeps their errors is told in `find_errors`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from annotator.model.problem import Problem
from annotator.scoring.articles import joined, warn_of_missing
from annotator.scoring.confusion import Confusions
from annotator.scoring.document import Document
from annotator.scoring.errors import Compared, Reading, ScoringError, compared
from annotator.scoring.signature import Signature, signature
from annotator.text.span import Span
from annotator.workflow.evaluating import Gold, load_gold, load_predictions


class Erring:
    """The articles of gold, each compared with its prediction when it comes."""

    def __init__(
        self,
        gold: Gold | str | Path,
        predictions: str | Path,
        *,
        allow: Collection[str] = (),
        judged: bool = False,
        ids: str | Path | None = None,
    ) -> None:
        """Take what `find_errors` takes."""
        self._gold = gold if isinstance(gold, Gold) else load_gold(gold)
        self.gold = self._gold.name.version if isinstance(gold, Gold) else str(gold)
        """As a person names it."""
        self.texts: Mapping[str, str] = self._gold.known.texts
        """The texts at hand, by article id."""
        self._over = "judged" if judged else "all"
        self._problems: list[Problem] = []
        self._predicted = self._read(predictions, allow, judged, ids)
        self._articles, self._languages, self._unpredicted = 0, set[str](), list[str]()

    def articles(self) -> Iterator[Compared]:
        """Give every article of gold in its order, once; what is said of the whole is complete after the last.

        Raises `Refusal` as `score` does, for predictions also after the last article: then nothing was right.
        """
        for ours, theirs in joined(self._gold.documents, self._predicted):
            self._articles += 1
            self._languages.add(ours.language)
            if theirs is None:
                self._unpredicted.append(ours.article_id)
                theirs = Document(ours.article_id, ours.language)
            yield compared(ours, theirs)

    def _read(
        self, predictions: str | Path, allow: Collection[str], judged: bool, ids: str | Path | None
    ) -> Iterator[Document]:
        documents, found = load_predictions(
            self._gold, predictions, allow=allow, judged=judged, ids=ids, done="compared"
        )
        self._problems.extend(found)
        yield from documents

    def signature(self) -> Signature:
        """Give what says which gold and which rules the errors hang on."""
        return signature(self._gold.name, self._articles, self._languages, self._over, "errors")

    def warnings(self) -> tuple[Problem, ...]:
        """Give what was counted although it looks like an oversight."""
        return (*self._gold.warnings, *self._problems, *warn_of_missing(self._unpredicted))


@dataclass(frozen=True)
class Errors:
    """The errors of one file of predictions."""

    gold: str
    """The gold, as a person names it: what `annotator challenge` takes, where it is a release."""
    signature: Signature
    errors: tuple[ScoringError, ...]
    """Article by article in the order of gold, in each by place, part and kind."""
    confusion: Confusions
    """What was read as what, over all articles."""
    texts: Mapping[str, str]
    """The texts at hand by article id; quotes are cut from these."""
    warnings: tuple[Problem, ...] = ()

    def groups(self) -> dict[str, int]:
        """Give how many errors each group has, commonest first."""
        return in_groups(Counter(error.group for error in self.errors))

    def plain(self) -> dict[str, Any]:
        """Give all of it ready for JSON."""
        return {
            "against": self.gold,
            "confusion": self.confusion.plain(),
            "errors": [plain_error(error, self.gold, self.texts) for error in self.errors],
            "groups": [{"group": group, "errors": times} for group, times in self.groups().items()],
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "warnings": [problem.plain() for problem in self.warnings],
        }

    def to_json(self) -> bytes:
        """Give all of it as JSON with sorted keys and a final newline."""
        return orjson.dumps(self.plain(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def find_errors(
    gold: Gold | str | Path,
    predictions: str | Path,
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    ids: str | Path | None = None,
) -> Errors:
    """Give every miss, spurious item, and boundary, label, role and value error of predictions (`-`: standard input).

    One-to-one, and so that they add up to what `trigger-C`, `mentions-strict` and `argument-C` of a score count.
    `allow`, `judged` and `ids` are as in `score`, and so is what is raised.

    >>> import annotator
    >>> line = '{"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": %s}]}'
    >>> written = Path("gold.jsonl").write_text(line % 5), Path("predictions.jsonl").write_text(line % 9)
    >>> found = annotator.find_errors("gold.jsonl", "predictions.jsonl")
    >>> found.groups()
    {'actor: ends too late': 1}
    >>> found.errors[0].kind, found.errors[0].gold.span.end, found.errors[0].predicted.span.end
    ('boundary', 5, 9)
    """
    erring = Erring(gold, predictions, allow=allow, judged=judged, ids=ids)
    errors, confusion = list[ScoringError](), Confusions()
    for article in erring.articles():
        errors += article.errors
        confusion.add(article)
    return Errors(erring.gold, erring.signature(), tuple(errors), confusion, erring.texts, erring.warnings())


def in_groups(counts: Mapping[str, int]) -> dict[str, int]:
    """Give groups with their counts, commonest first."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def quote(error: ScoringError, reading: Reading | None, texts: Mapping[str, str]) -> str:
    """Give the words at which one side reads something; nothing where it does not, or no text is at hand."""
    if reading is None or reading.span is None or reading.span.start < 0:
        return ""
    return reading.span.of(texts.get(error.article_id, ""))


def place(span: Span | None) -> str:
    """Give a stretch as `annotator challenge` takes it; nothing for none."""
    return "" if span is None else f"{span.start}-{span.end}"


def plain_error(error: ScoringError, gold: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Give an error ready for JSON, with all that it takes to challenge gold there."""
    return {
        "against": gold,
        "article_id": error.article_id,
        "gold": _plain_reading(error, error.gold, texts),
        "group": error.group,
        "kind": error.kind,
        "language": error.language,
        "part": error.part,
        "place": place(error.span),
        "predicted": _plain_reading(error, error.predicted, texts),
        "source": error.source,
    }


def _plain_reading(error: ScoringError, reading: Reading | None, texts: Mapping[str, str]) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {
        "end": None if reading.span is None else reading.span.end,
        "event_type": reading.event_type,
        "label": reading.label,
        "quote": quote(error, reading, texts),
        "said": reading.said,
        "start": None if reading.span is None else reading.span.start,
        "trigger": None if reading.trigger is None else list(reading.trigger),
    }


def json_lines(articles: Iterable[ScoringError], gold: str, texts: Mapping[str, str]) -> Iterator[bytes]:
    """Give every error as a line of JSON with sorted keys."""
    for error in articles:
        yield orjson.dumps(plain_error(error, gold, texts), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
