"""In what the mentions of two records of one article differ: there or not, where, and what is said of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from annotator.gold.alignment import Alignment
from annotator.gold.change import Change, Place, What
from annotator.gold.telling import Telling, bounds, place_of, where
from annotator.model.mention import Mention
from annotator.model.notation import time_notation
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue, TimeValue

_Said = tuple[What, str | None, str | None]
"""What is said otherwise, before and after, in words."""


def changes_of_mentions(was: GoldRecord, now: GoldRecord, aligned: Alignment) -> Iterator[Change]:
    """Give how the mentions of an article differ."""
    old, new = _Side(was, [i for i, _ in aligned.mentions]), _Side(now, [j for _, j in aligned.mentions])
    for i, j in aligned.mentions:
        one, other = None if i is None else was.mentions[i], None if j is None else now.mentions[j]
        if other is None:
            assert one is not None
            told = old.telling.mention(one)
            yield Change(what="mention", how="removed", kind=one.kind, place=place_of(one), before=told)
        elif one is None:
            told = new.telling.mention(other)
            yield Change(what="mention", how="added", kind=other.kind, place=place_of(other), after=told)
        else:
            yield from _of_both(old, one, new, other)


class _Side:
    """One record, as far as its mentions need it."""

    def __init__(self, record: GoldRecord, pairs: Sequence[int | None]) -> None:
        self.telling = Telling(record)
        self._number = {record.mentions[own].id: number for number, own in enumerate(pairs) if own is not None}
        self._types: dict[str, set[str]] = defaultdict(set)
        for event in record.events:
            for trigger in event.triggers:
                self._types[trigger].add(event.type)

    def own_label(self, mention: Mention) -> str | None:
        """Give a label that is not only the type of an event that the mention triggers."""
        return None if mention.label in self._types.get(mention.id, ()) else mention.label

    def whole_of(self, value: NumberValue) -> int | None:
        """Give which mention a fraction is taken of, by its number among those of both sides."""
        return self._number.get(value.of) if value.of is not None else None


def _of_both(old: _Side, was: Mention, new: _Side, now: Mention) -> Iterator[Change]:
    """Give what is said otherwise of a mention that both have."""
    place = place_of(now)
    if was.span != now.span:
        yield _changed("boundary", now, place, where(place_of(was)), where(place))
    if was.label != now.label and old.own_label(was) != new.own_label(now):
        yield _changed("label", now, place, was.label, now.label)
    if was.ref != now.ref:
        yield _changed("link", now, place, was.ref, now.ref)
    if was.value is None and now.value is not None:
        yield Change(what="value", how="added", kind=now.kind, place=place, after=new.telling.value(now.value))
    elif was.value is not None and now.value is None:
        yield Change(what="value", how="removed", kind=now.kind, place=place, before=old.telling.value(was.value))
    for what, before, after in _of_values(old, was, new, now):
        yield _changed(what, now, place, before, after)


def _of_values(old: _Side, was: Mention, new: _Side, now: Mention) -> Iterator[_Said]:
    match was.value, now.value:
        case TimeValue() as before, TimeValue() as after:
            if before != after:
                yield "time", time_notation(before), time_notation(after)
        case NumberValue() as before, NumberValue() as after:
            yield from _of_numbers(before, after)
            fractions = (before.num, before.den, old.whole_of(before)), (after.num, after.den, new.whole_of(after))
            if fractions[0] != fractions[1]:
                yield "fraction", old.telling.value(before), new.telling.value(after)


def _of_numbers(before: NumberValue, after: NumberValue) -> Iterator[_Said]:
    if (before.low, before.high, before.best) != (after.low, after.high, after.best):
        yield "bounds", bounds(before), bounds(after)
    elif before.qualifier != after.qualifier:
        yield "qualifier", before.qualifier, after.qualifier
    if before.unit != after.unit:
        yield "unit", before.unit, after.unit
    if before.scope != after.scope:
        yield "scope", before.scope, after.scope


def _changed(what: What, now: Mention, place: Place, before: str | None, after: str | None) -> Change:
    return Change(what=what, how="changed", kind=now.kind, place=place, before=before, after=after)
