"""Finding the errors of predictions against gold: reads both as a score does. Loads no screen and no database.

Articles are compared as they come and let go of; who keeps their errors is told in `find_errors`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from annotator.errors import Refusal
from annotator.model.problem import Problem
from annotator.scoring.articles import joined, warn_of_missing
from annotator.scoring.confusion import Confusions
from annotator.scoring.document import Document
from annotator.scoring.errors import Compared, ScoringError, compared
from annotator.scoring.signature import Signature, signature
from annotator.text.encodable import encodable
from annotator.workflow.error_choice import EVERYTHING, ErrorChoice
from annotator.workflow.error_export import plain_error
from annotator.workflow.evaluating import Gold, load_gold, predicted

_NAMED = 5
"""How many of those that there are a hint names."""


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
        self.gold = self._gold.name.version if isinstance(gold, Gold) else encodable(str(gold))
        """As a person names it."""
        self.texts: Mapping[str, str] = self._gold.known.texts
        """The texts at hand, by article id."""
        self.confusion = Confusions()
        """What was read as what in the articles that are chosen, also where an error of it is not."""
        self._over = "judged" if judged else "all"
        self._problems: list[Problem] = []
        self._predicted: Callable[[], Iterable[Document]] = partial(
            predicted, self._gold, predictions, self._problems, allow=allow, judged=judged, ids=ids, done="compared"
        )
        self._articles, self._languages, self._unpredicted = 0, Counter[str](), list[str]()
        self._sources, self._groups = Counter[str](), Counter[str]()

    def articles(self, choice: ErrorChoice = EVERYTHING) -> Iterator[Compared]:
        """Give the articles that are chosen in the order of gold, once, each with those of its errors that are.

        What is said of the whole is of all articles, and complete after the last.
        Raises `Refusal` as `score` does, for predictions also after the last article: then nothing was right.
        """
        for ours, theirs in joined(self._gold.documents, self._predicted()):
            self._articles += 1
            self._languages[ours.language] += 1
            if theirs is None:
                self._unpredicted.append(ours.article_id)
                theirs = Document(ours.article_id, ours.language)
            article = compared(ours, theirs)
            self._sources[article.source] += 1
            self._groups.update(error.group for error in article.errors)
            if choice.takes_article(article):
                self.confusion.add(article)
                yield article._replace(errors=tuple(choice.of(article, self.texts)))

    @property
    def is_release(self) -> bool:
        """Whether gold can be challenged."""
        return bool(self._gold.records)

    def refuse_unknown(self, choice: ErrorChoice) -> None:
        """Raise a `Refusal` `usage` when gold has no article that is asked for by name."""
        known = self._gold.known.articles or ()
        for begun in choice.articles:
            if not any(article_id.startswith(begun) for article_id in known):
                raise Refusal("usage", f"Gold has no article that begins with {begun!r}.", "Look at its ids.")

    def unmet(self, choice: ErrorChoice) -> Iterator[str]:
        """Say of each group, language and outlet that is asked for and is nowhere which there are, commonest first.

        Complete after the last article.
        """
        for asked, there, fault in (
            (choice.groups, self._groups, "No error is in the group"),
            (choice.languages, self._languages, "Gold has no article in the language"),
            (choice.sources, self._sources, "Gold has no article of the outlet"),
        ):
            for one in asked:
                if one not in there:
                    named = list(filter(None, in_groups(there)))
                    more = f", and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
                    yield f"{fault} {one!r}. There are: {', '.join(map(repr, named[:_NAMED])) or 'none'}{more}."

    def signature(self) -> Signature:
        """Give what says which gold and which rules the errors hang on."""
        return signature(self._gold.name, self._articles, set(self._languages), self._over, "errors")

    def plain(self, groups: Mapping[str, int]) -> dict[str, Any]:
        """Give what is said of the whole ready for JSON: as `Errors.plain`, without the errors."""
        return _plain(self.gold, self.signature(), self.confusion, groups, self.warnings())

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
    """What was read as what."""
    texts: Mapping[str, str]
    """The texts at hand by article id; quotes are cut from these."""
    warnings: tuple[Problem, ...] = ()

    def groups(self) -> dict[str, int]:
        """Give how many errors each group has, commonest first."""
        return in_groups(Counter(error.group for error in self.errors))

    def plain(self) -> dict[str, Any]:
        """Give all of it ready for JSON."""
        texts = self.texts
        errors = [plain_error(error, self.gold, texts.get(error.article_id, "")) for error in self.errors]
        whole = _plain(self.gold, self.signature, self.confusion, self.groups(), self.warnings)
        return whole | {"errors": errors}

    def to_json(self) -> bytes:
        """Give all of it as JSON with sorted keys and a final newline."""
        return canonical(self.plain())


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
    return gathered(erring)


def gathered(erring: Erring, choice: ErrorChoice = EVERYTHING) -> Errors:
    """Give the errors that are chosen, all of them at once."""
    errors = tuple(error for article in erring.articles(choice) for error in article.errors)
    return Errors(erring.gold, erring.signature(), errors, erring.confusion, erring.texts, erring.warnings())


def _plain(
    gold: str, signed: Signature, confusion: Confusions, groups: Mapping[str, int], warnings: Collection[Problem]
) -> dict[str, Any]:
    return {
        "against": gold,
        "confusion": confusion.plain(),
        "groups": [{"group": group, "errors": times} for group, times in groups.items()],
        "signature": str(signed),
        "signature_parts": signed._asdict(),
        "warnings": [problem.plain() for problem in warnings],
    }


def canonical(value: object) -> bytes:
    """Give a value as JSON with sorted keys and a final newline."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def in_groups(counts: Mapping[str, int]) -> dict[str, int]:
    """Give groups with their counts, commonest first."""
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
