"""Precision and recall by confidence: how good predictions are when only those are kept of which their maker is sure.

At a threshold the predictions with at least that confidence are kept, and counted by the level's own rule. A prediction
without a confidence counts as wholly sure (1): nobody said that it may be left out. Knows the three levels whose items
carry a confidence. Reads no files.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.figures import figures
from annotator.scoring.levels import LEVELS, Level, Plan
from annotator.scoring.score import Score, total
from annotator.text.span import Span

MOST = 50
"""Points that a curve has at most. Of more thresholds those stay that lie about as many predictions apart."""

Said = dict[Hashable, list[float | None]]
"""Confidences by what is said: as many as it is said times, None where none is given."""


@dataclass(frozen=True, slots=True)
class Confidences:
    """How sure an extractor is of each thing that it says of one article."""

    mentions: Said = field(default_factory=lambda: defaultdict(list))
    triggers: Said = field(default_factory=lambda: defaultdict(list))
    """Of events."""
    arguments: Said = field(default_factory=lambda: defaultdict(list))

    def of_mention(self, mention: ScoredMention, sure: float | None) -> None:
        """Take in how sure a mention is, with the label that it was given."""
        self.mentions[mention.kind, mention.span, mention.label].append(sure)

    def of_trigger(self, event_type: str, where: Span, sure: float | None) -> None:
        """Take in how sure an event's trigger is."""
        self.triggers[event_type, where].append(sure)

    def of_argument(
        self, event_type: str, triggers: Iterable[Span], role: str, where: Span, sure: float | None
    ) -> None:
        """Take in how sure an argument is."""
        self.arguments[event_type, tuple(sorted(triggers)), role, where].append(sure)


class Point(NamedTuple):
    """What a level scores when only predictions with at least some confidence are kept."""

    threshold: float
    score: Score


@dataclass(frozen=True, slots=True)
class Curve:
    """A level's scores by threshold."""

    points: tuple[Point, ...]
    """From the highest threshold to the lowest, which keeps all: recall never falls."""
    best: Point
    """The one with the highest F1; of several the one with the highest threshold."""
    without: int
    """Predictions without a confidence, which every point keeps."""

    def plain(self) -> dict[str, Any]:
        """Give the curve for JSON."""
        return {
            "best": self.best.threshold,
            "points": [{"threshold": one.threshold, **figures(one.score)} for one in self.points],
            "without_confidence": self.without,
        }


class Curves:
    """Counts of articles by how sure their predictions are, level by level."""

    def __init__(self, levels: Collection[Level] = LEVELS) -> None:
        asked = {level.name: level for level in levels}
        self._counted = [_Counted(asked[name], parts) for name, parts in _PARTS.items() if name in asked]

    def add(self, gold: Document, predicted: Document, confidences: Confidences | None = None) -> None:
        """Take in one article more; without `confidences` all that is predicted there is sure."""
        for one in self._counted:
            one.add(gold, predicted, confidences or Confidences())

    def curves(self) -> dict[str, Curve]:
        """Give the curve of each level for which any prediction has a confidence, by its name."""
        return {one.level.name: one.curve() for one in self._counted if one.says_anything}


Parts = tuple[Sequence[float | None], Callable[[Sequence[bool]], Document]]
"""How sure the items of an article are, and what gives the article with those alone that are to be kept."""


class _Counted:
    """What is right and predicted at one level, by exact confidence."""

    def __init__(self, level: Level, parts: Callable[[Document, Confidences], Parts]) -> None:
        self.level, self._parts = level, parts
        self._plan = Plan((level,))
        self._gains: dict[float, list[Score]] = defaultdict(list)
        """By confidence: what is right and predicted with it beside what is surer."""
        self._gold, self._without, self.says_anything = 0, 0, False

    def add(self, gold: Document, predicted: Document, confidences: Confidences) -> None:
        said, kept = self._parts(predicted, confidences)
        self._without += said.count(None)
        self.says_anything |= len(said) > said.count(None)
        sure = list(map(_counts_as, said))
        before = self._score(gold, kept([False] * len(sure)))
        self._gold += before.gold
        for threshold in sorted(set(sure), reverse=True):
            score = self._score(gold, kept([one >= threshold for one in sure]))
            self._gains[threshold].append(Score(score.tp - before.tp, score.pred - before.pred))
            before = score

    def _score(self, gold: Document, predicted: Document) -> Score:
        return self._plan.totals(gold, predicted)[self.level.name]

    def curve(self) -> Curve:
        points, reached = [], Score(0, 0, self._gold)
        for threshold in sorted(self._gains, reverse=True):
            reached = reached.plus(total(self._gains[threshold]))
            points.append(Point(threshold, reached))
        best = max(points, key=lambda point: Fraction(2 * point.score.tp) / (point.score.pred + self._gold))
        return Curve(tuple(_thinned(points, best)), best, self._without)


def _thinned(points: Sequence[Point], best: Point) -> Iterator[Point]:
    """Give points about as many predictions apart, first and last and best among them."""
    steps, step = MOST - 2, 0
    for point in points:
        due = point.score.pred * steps >= step * points[-1].score.pred
        if due:
            step = point.score.pred * steps // points[-1].score.pred + 1
        if due or point is best or len(points) <= MOST:
            yield point


# --- what carries a confidence at each level ---


def _mentions(document: Document, confidences: Confidences) -> Parts:
    mentions = document.mentions
    return _of_mentions(mentions, confidences), lambda kept: document._replace(mentions=_only(mentions, kept))


def _triggers(document: Document, confidences: Confidences) -> Parts:
    """Give triggers of events, and trigger mentions that no event uses, each as such a mention."""
    of_events = [(event.type, trigger) for event in document.events for trigger in event.triggers]
    used = {trigger for _, trigger in of_events}
    alone = [one for one in document.mentions if one.kind == "trigger" and one.span not in used]
    triggers = [*(ScoredMention("trigger", where, name) for name, where in of_events), *alone]
    sure = [*_of(confidences.triggers, of_events), *_of_mentions(alone, confidences)]
    return sure, lambda kept: document._replace(mentions=_only(triggers, kept), events=())


def _arguments(document: Document, confidences: Confidences) -> Parts:
    # Events that say the same may stand in any order: no order may tell which of them is the surer one.
    events = sorted(
        document.events, key=lambda event: (event.type, event.triggers, [one[:2] for one in event.arguments])
    )
    keys = [(event.type, event.triggers, one.role, one.span) for event in events for one in event.arguments]

    def keep(kept: Sequence[bool]) -> Document:
        turns = iter(kept)
        left = (event._replace(arguments=tuple(one for one in event.arguments if next(turns))) for event in events)
        return document._replace(events=tuple(left))

    return _of(confidences.arguments, keys), keep


_PARTS: Mapping[str, Callable[[Document, Confidences], Parts]] = {
    "mentions-strict": _mentions,
    "trigger-C": _triggers,
    "argument-C": _arguments,
}


def _of_mentions(mentions: Iterable[ScoredMention], confidences: Confidences) -> list[float | None]:
    said = confidences.mentions

    def key(mention: ScoredMention) -> Hashable:
        # A trigger that was given no label has that of its event by now.
        own = mention.kind, mention.span, mention.label
        return own if own in said else (mention.kind, mention.span, None)

    return _of(said, map(key, mentions))


def _of(said: Mapping[Hashable, Sequence[float | None]], keys: Iterable[Hashable]) -> list[float | None]:
    """Give the confidence of each item by its key; of items that say the same the surest first."""
    turns, found = Counter[Hashable](), []
    for key in keys:
        listed = sorted(said.get(key, ()), key=_counts_as, reverse=True)
        found.append(listed[turns[key]] if turns[key] < len(listed) else None)
        turns[key] += 1
    return found


def _counts_as(sure: float | None) -> float:
    return 1.0 if sure is None else float(sure)


def _only(mentions: Sequence[ScoredMention], kept: Sequence[bool]) -> tuple[ScoredMention, ...]:
    return tuple(mention for mention, stays in zip(mentions, kept, strict=True) if stays)
