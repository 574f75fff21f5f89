"""Precision and recall by confidence: how good predictions are when only those are kept of which their maker is sure.

At a threshold the predictions with at least that confidence are kept, and counted as the level counts. A prediction
without a confidence counts as wholly sure (1): nobody said that it may be left out. Knows the three levels whose items
carry a confidence. Reads no files.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from annotator.scoring.counting import NO_LABEL
from annotator.scoring.document import Document, ScoredMention
from annotator.scoring.figures import figures
from annotator.scoring.levels import LEVELS, Level, Plan
from annotator.scoring.score import Score, Sum
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
        asked = {level.name for level in levels}
        self._summed = {name: _Summed(count) for name, count in _COUNTS.items() if name in asked}

    def add(self, gold: Document, predicted: Document, confidences: Confidences | None = None) -> None:
        """Take in one article more; without `confidences` all that is predicted there is sure."""
        for one in self._summed.values():
            one.add(gold, predicted, confidences or Confidences())

    def curves(self) -> dict[str, Curve]:
        """Give the curve of each level for which any prediction has a confidence, by its name."""
        return {name: one.curve() for name, one in self._summed.items() if one.says_anything}


class _Counts(NamedTuple):
    """What one article says at a level."""

    gold: int
    said: Sequence[float | None]
    """How sure each prediction is."""
    gains: Iterable[tuple[float, int, int]]
    """What is right and predicted with a confidence, beside what is surer."""


_Count = Callable[[Document, Document, Confidences], _Counts]


class _Summed:
    """What is right and predicted at one level, by exact confidence."""

    def __init__(self, count: _Count) -> None:
        self._count = count
        self._gains: dict[float, Sum] = defaultdict(Sum)
        self._gold, self._without, self.says_anything = 0, 0, False

    def add(self, gold: Document, predicted: Document, confidences: Confidences) -> None:
        counted = self._count(gold, predicted, confidences)
        without = counted.said.count(None)
        self._gold += counted.gold
        self._without += without
        self.says_anything |= len(counted.said) > without
        for threshold, right, number in counted.gains:
            self._gains[threshold].add_counts(right, number, 0)

    def curve(self) -> Curve:
        points, reached = [], Score(0, 0, self._gold)
        for threshold in sorted(self._gains, reverse=True):
            reached = reached.plus(self._gains[threshold].score())
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

_Items = list[tuple[Hashable, float | None]]
"""What must be equal to match, and how sure it is."""


def _same_items(items: Callable[[Document, Confidences], _Items]) -> _Count:
    """Give the count of a level at which equal items match: the surest that says something is the first to be right."""

    def count(gold: Document, predicted: Document, confidences: Confidences) -> _Counts:
        ours = Counter(item for item, _ in items(gold, Confidences()))
        theirs = sorted(items(predicted, confidences), key=lambda one: _counts_as(one[1]), reverse=True)
        left, gains = Counter(ours), []
        for item, sure in theirs:
            right = left[item] > 0
            left[item] -= right
            gains.append((_counts_as(sure), int(right), 1))
        return _Counts(ours.total(), [sure for _, sure in theirs], gains)

    return count


def _mentions(document: Document, confidences: Confidences) -> _Items:
    mentions = document.mentions
    items = ((mention.kind, mention.label or NO_LABEL, mention.span) for mention in mentions)
    return list(zip(items, _of_mentions(mentions, confidences), strict=True))


def _triggers(document: Document, confidences: Confidences) -> _Items:
    """Give triggers of events, and trigger mentions that no event uses, by type and span."""
    of_events = [(event.type, trigger) for event in document.events for trigger in event.triggers]
    used = {trigger for _, trigger in of_events}
    alone = [one for one in document.mentions if one.kind == "trigger" and one.span not in used]
    items: list[Hashable] = [*of_events, *((one.label or NO_LABEL, one.span) for one in alone)]
    sure = [*_of(confidences.triggers, of_events), *_of_mentions(alone, confidences)]
    return list(zip(items, sure, strict=True))


def _count_arguments(gold: Document, predicted: Document, confidences: Confidences) -> _Counts:
    """Count again at each confidence: which event an argument hangs on depends on what else is kept."""
    # Events that say the same may stand in any order: no order may tell which of them is the surer one.
    events = sorted(
        predicted.events, key=lambda event: (event.type, event.triggers, [one[:2] for one in event.arguments])
    )
    keys = [(event.type, event.triggers, one.role, one.span) for event in events for one in event.arguments]
    said = _of(confidences.arguments, keys)
    sure = list(map(_counts_as, said))

    def score(threshold: float) -> Score:
        turns = iter(sure)
        kept = (
            event._replace(arguments=tuple(one for one in event.arguments if next(turns) >= threshold))
            for event in events
        )
        return _ARGUMENTS.totals(gold, predicted._replace(events=tuple(kept)))[ARGUMENTS]

    gains, before = [], score(2)
    for threshold in sorted(set(sure), reverse=True):
        reached = score(threshold)
        gains.append((threshold, int(reached.tp - before.tp), reached.pred - before.pred))
        before = reached
    return _Counts(before.gold, said, gains)


ARGUMENTS = "argument-C"
_ARGUMENTS = Plan([level for level in LEVELS if level.name == ARGUMENTS])

_COUNTS: Mapping[str, _Count] = {
    "mentions-strict": _same_items(_mentions),
    "trigger-C": _same_items(_triggers),
    ARGUMENTS: _count_arguments,
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
