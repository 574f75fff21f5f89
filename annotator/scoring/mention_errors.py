"""Errors in mentions and triggers: what is right by span and label is none, but for what it is said to mean.

Mentions are held to `mentions-strict`, kind by kind; triggers to `trigger-C`, so a trigger counts once for each event
that has it. What a number, time, actor or place is said to mean is asked only where span and label are right.

A prediction that says nothing where gold does misses that, as at `numbers-exact`. Where gold says nothing, that is an
answer too (no entry of the registry, no figure), and a prediction that says something is wrong. But where the gold of
an article says it of no mention of a kind, it was not made to tell it, and nothing is held against it. How the words
of a group go is `error_groups.py`'s.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from annotator.matching.assignment import Pair
from annotator.matching.leftovers import Marked, pair_marked
from annotator.model.mention import KINDS
from annotator.model.notation import notation
from annotator.model.value import NumberValue, Qualifier, TimeValue
from annotator.scoring.counting import NO_LABEL
from annotator.scoring.document import UNKNOWN, Amount, Document, Moment, ScoredMention
from annotator.scoring.error_groups import edges, of_amounts, of_moments, of_refs, read_as
from annotator.scoring.scoring_error import ErrorKind, Reading, ScoringError, error_in

TRIGGER = "trigger"


class Compared(NamedTuple):
    """The mentions of one kind, or the triggers, of an article."""

    pairs: tuple[tuple[ScoredMention, ScoredMention], ...]
    """What is one thing, gold first, also where it differs."""
    errors: tuple[ScoringError, ...]


def compare_triggers(gold: Document, predicted: Document) -> Compared:
    """Give the triggers of events and those that no event uses, each under its type."""
    return _compare(gold, TRIGGER, _triggers(gold), _triggers(predicted))


def compare_mentions(gold: Document, predicted: Document) -> Iterator[Compared]:
    """Give the mentions of every other kind."""
    ours, theirs = _by_kind(gold.mentions), _by_kind(predicted.mentions)
    for kind in (*KINDS, UNKNOWN):
        if kind != TRIGGER and (kind in ours or kind in theirs):
            yield _compare(gold, kind, ours.get(kind, ()), theirs.get(kind, ()))


def _triggers(document: Document) -> list[ScoredMention]:
    """Give the triggers that `trigger-C` counts: of every event, by its type, and those that no event uses."""
    of_events = [ScoredMention(TRIGGER, where, event.type) for event in document.events for where in event.triggers]
    used = {trigger.span for trigger in of_events}
    lone = [one for one in document.mentions if one.kind == TRIGGER and one.span not in used]
    return of_events + [ScoredMention(TRIGGER, one.span, one.label or NO_LABEL) for one in lone]


def _by_kind(mentions: Iterable[ScoredMention]) -> Mapping[str, list[ScoredMention]]:
    kinds: dict[str, list[ScoredMention]] = defaultdict(list)
    for mention in mentions:
        kinds[mention.kind].append(mention)
    return kinds


def _compare(document: Document, part: str, ours: Sequence[ScoredMention], theirs: Sequence[ScoredMention]) -> Compared:
    pairs = pair_marked(list(map(_marked, ours)), list(map(_marked, theirs)))
    found = {i for i, _ in pairs}
    right = {j for _, j in pairs}
    errors = [error_in(document, part, "missed", _reading(one), None, _named(one, "missed"))
              for i, one in enumerate(ours) if i not in found]  # fmt: skip
    errors += [error_in(document, part, "spurious", None, _reading(one), _named(one, "spurious"))
               for j, one in enumerate(theirs) if j not in right]  # fmt: skip
    errors += _differing(document, part, ours, theirs, pairs)
    return Compared(tuple((ours[i], theirs[j]) for i, j in pairs), tuple(errors))


def _differing(
    document: Document, part: str, ours: Sequence[ScoredMention], theirs: Sequence[ScoredMention], pairs: list[Pair]
) -> Iterator[ScoringError]:
    """Give the pairs that differ."""
    tells = any(map(_means, ours))
    for i, j in pairs:
        found = _difference(part, ours[i], theirs[j], tells)
        if found is not None:
            kind, group = found
            yield error_in(document, part, kind, _reading(ours[i]), _reading(theirs[j]), group)


def _difference(part: str, one: ScoredMention, other: ScoredMention, tells: bool) -> tuple[ErrorKind, str] | None:
    """Give in what two that are one thing differ, if they do; what they mean counts where gold `tells` it."""
    label, others_label = one.label or NO_LABEL, other.label or NO_LABEL
    if label != others_label:
        return "label", read_as(label, others_label, one.span == other.span)
    if one.span != other.span:
        return "boundary", edges(one.span, other.span)
    means_other = _value_differs(part, one, other) if tells else None
    return ("value", means_other) if means_other else None


def _value_differs(part: str, one: ScoredMention, other: ScoredMention) -> str | None:
    if part == "number":
        return of_amounts(one.amount, other.amount)
    if part == "time":
        return of_moments(one.moment, other.moment)
    return of_refs(one.ref, other.ref)


def _means(mention: ScoredMention) -> bool:
    """Tell whether it is said of a mention what it means, as far as its kind goes by that."""
    meaning = {"number": mention.amount, "time": mention.moment}.get(mention.kind, mention.ref)
    return meaning is not None


def _marked(mention: ScoredMention) -> Marked:
    said = repr((mention.ref, mention.amount, mention.moment))
    return Marked(mention.span, mention.label or NO_LABEL, said)


def _named(mention: ScoredMention, what: str) -> str:
    return f"{mention.label} {what}" if mention.label else what


def _reading(mention: ScoredMention) -> Reading:
    if mention.kind == TRIGGER:
        return Reading(mention.span, mention.label or NO_LABEL)
    label = f"{mention.kind} {mention.label}" if mention.label else mention.kind
    return Reading(mention.span, label, _said(mention))


def _said(mention: ScoredMention) -> str:
    if mention.amount is not None:
        return notation(_number(mention.amount))
    if mention.moment is not None:
        return notation(_time(mention.moment))
    return mention.ref or ""


def _number(said: Amount) -> NumberValue:
    return NumberValue.model_construct(**said._asdict(), qualifier=_qualifier(said))


def _qualifier(said: Amount) -> Qualifier:
    """Give the qualifier that goes without saying, so that none is written: no score looks at it."""
    if said.num is not None:
        return "about"
    if said.low is not None and said.high is not None:
        return "exact" if said.low == said.high == said.best else "range"
    if said.low is not None:
        return "at_least"
    if said.high is not None:
        return "at_most"
    return "unknown" if said.best is None else "about"


def _time(said: Moment) -> TimeValue:
    return TimeValue.model_construct(**said._asdict())
