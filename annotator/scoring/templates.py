"""Filled templates against gold ones, as GTT's scorer defines it: what the published figures on MUC-4 count.

Strings are compared lower-cased, without punctuation, `a`, `an`, `the` and further blanks. An article's templates are
mapped one-to-one as gives the best micro F1; a pair may only be mapped where the predicted type is a part of the gold
one. In a mapped pair a predicted entity is right when all its strings are among those of one gold entity of its role,
and a gold entity is found when some predicted entity is right by it, so that both sides have a count of their own.
The type counts as a role. Counts are summed over articles.

Two things differ from that scorer, and change no figure on MUC-4: an entity of which no string is left matches nothing,
where there it matches everything, and punctuation is what Unicode calls so as well, not ASCII's alone. Reads no files.
"""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotator.model.template import Entity, Template
from annotator.scoring.template_mapping import Amounts, best_mapping

TYPE = "incident_type"
"""The role that the type of a template counts as."""


class TemplateScore(NamedTuple):
    """Counts of both sides, and what follows from them. 0/0 is undefined: None, never 0 or 1."""

    right: int = 0
    """What is predicted and right by some of gold."""
    pred: int = 0
    """What is predicted."""
    found: int = 0
    """What of gold some prediction is right by."""
    gold: int = 0
    """What gold has."""

    @property
    def precision(self) -> float | None:
        """The share of what is predicted that is right: right / pred."""
        return self.right / self.pred if self.pred else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found: found / gold."""
        return self.found / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; 0 where only one side has something."""
        if not (self.right and self.found):
            return 0.0 if self.pred or self.gold else None
        return 2 * self.right * self.found / (self.right * self.gold + self.found * self.pred)

    def plus(self, other: "TemplateScore") -> "TemplateScore":
        """Give the sum of the counts: figures are never averaged."""
        return TemplateScore(*map(sum, zip(self, other, strict=True)))


Counts = Mapping[str, TemplateScore]
"""Counts by role."""


def total_of(scores: Iterable[TemplateScore]) -> TemplateScore:
    """Give the sums of scores."""
    total = TemplateScore()
    for score in scores:
        total = total.plus(score)
    return total


def count_templates(gold: Iterable[Template], predicted: Iterable[Template]) -> Counts:
    """Give the counts of one article by role; roles that neither side fills are absent.

    Gold templates that say the same count once, predicted ones as often as they are given.
    """
    ours = sorted(set(map(_compared, gold)))
    theirs = sorted(map(_compared, predicted))
    matched = {
        (i, j): common
        for i, one in enumerate(theirs)
        for j, other in enumerate(ours)
        if (common := _matched(one, other))
    }
    gains = {pair: Amounts(common.right.total(), common.found.total()) for pair, common in matched.items()}
    pred, there = _held(theirs), _held(ours)
    right, found = Counter[str](), Counter[str]()
    for pair in best_mapping(gains, Amounts(pred.total(), there.total())):
        right += matched[pair].right
        found += matched[pair].found
    return {role: TemplateScore(right[role], pred[role], found[role], there[role]) for role in sorted(pred | there)}


class _Compared(NamedTuple):
    """A template as it is compared: which order it was written in makes no difference."""

    type: str
    entities: tuple[tuple[str, tuple[str, ...]], ...]
    """Of each its role and its strings."""


class _Matched(NamedTuple):
    """What a mapped pair has in common, by role: what is right of the one, and found of the other."""

    right: Counter[str]
    found: Counter[str]


def _compared(template: Template) -> _Compared:
    entities = ((role, _strings(entity)) for role, filled in template.roles for entity in filled)
    return _Compared(template.type, tuple(sorted(entities)))


def _strings(entity: Entity) -> tuple[str, ...]:
    return tuple(sorted({plain(name.said) for name in entity} - {""}))


def _held(templates: Sequence[_Compared]) -> Counter[str]:
    held = Counter(role for template in templates for role, _ in template.entities)
    return held + Counter({TYPE: len(templates)})


def _matched(predicted: _Compared, gold: _Compared) -> _Matched | None:
    """Give what a pair has in common; None where it may not be mapped."""
    if not predicted.type or predicted.type not in gold.type:
        return None
    right, found = Counter({TYPE: 1}), Counter({TYPE: 1})
    right.update(one[0] for one in predicted.entities if any(_is_right(one, other) for other in gold.entities))
    found.update(other[0] for other in gold.entities if any(_is_right(one, other) for one in predicted.entities))
    return _Matched(right, found)


def _is_right(predicted: tuple[str, tuple[str, ...]], gold: tuple[str, tuple[str, ...]]) -> bool:
    role, strings = predicted
    return role == gold[0] and bool(strings) and set(strings) <= set(gold[1])


_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_ASCII_MARKS = frozenset(string.punctuation)


def plain(said: str) -> str:
    """Give a string as it is compared."""
    kept = "".join(one for one in said.lower() if one not in _ASCII_MARKS and unicodedata.category(one)[0] != "P")
    return " ".join(_ARTICLES.sub(" ", kept).split())
