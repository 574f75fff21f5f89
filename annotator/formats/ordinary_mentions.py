"""Mentions in which nothing is unusual, all of one article at a time, as columns.

Says nothing of what is wrong: it raises `Unusual` for whatever is not plainly right, and somebody else looks at it.
The words and fields stand here once more, because the models that own them take longer to load than thousands of
articles to score; tests hold the two together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import repeat
from operator import itemgetter, lt
from typing import Any, NamedTuple, cast

from annotator.model.canonical import MAX_INTEGER
from annotator.model.date import is_date
from annotator.scoring.document import Amount, Moment, ScoredMention
from annotator.text.span import Span

FIELDS = frozenset({"id", "kind", "start", "end", "quote", "label", "ref", "value", "confidence", "trigger_class"})
"""What a listed mention may say."""
TRIGGER_FIELDS = FIELDS - {"id", "trigger_class"}
"""What a trigger may say that stands in its event."""
ARGUMENT_FIELDS = TRIGGER_FIELDS | {"role", "of"}
"""What an argument may say that stands in its event."""
KINDS = frozenset({"trigger", "actor", "number", "place", "time"})
TRIGGER_CLASSES = frozenset({"event", "casualty", None})
NUMBER_FIELDS = frozenset({"low", "high", "best", "qualifier", "unit", "scope", "num", "den", "of"})
TIME_FIELDS = frozenset({"value", "precision", "anchor", "offset"})
QUALIFIERS = frozenset({"exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "unknown"})
SCOPES = frozenset({"new", "cumulative", "additional", None})
PRECISIONS = frozenset({"year", "month", "week", "day", "part_of_day", "hour", "minute", "unresolved"})
ANCHORS = frozenset({"publication", "quoted_report", "event", None})

_INTEGERS = frozenset({int})
_OBJECTS = frozenset({dict})
_TEXTS_OR_NONE = frozenset({str, type(None)})
_SHARES_OR_NONE = frozenset({int, float, type(None)})

# A named tuple's own constructor is a Python function: twice as slow as making the tuple as what it is.
_span = cast(Callable[[tuple[int, int]], Span], partial(tuple.__new__, Span))
_mention = cast(Callable[[tuple[object, ...]], ScoredMention], partial(tuple.__new__, ScoredMention))


class Unusual(Exception):  # noqa: N818 - it is no error: the careful reader says whether there is one
    """Something that only the careful reader can judge."""


class Columns(NamedTuple):
    """The mentions of an article, field by field."""

    kinds: Sequence[str]
    spans: Sequence[Span]
    labels: Sequence[str | None]
    rest: tuple[Iterable[object], ...]
    """Refs, amounts, moments and classes of triggers; where no mention has any, None without end."""
    ids: Sequence[str | None]
    """Empty where no mention has any."""
    keys: int
    """How many keys the mentions and their values have."""
    quotes: int
    """How many mentions have a quote."""

    @property
    def lacks_labels(self) -> bool:
        """Whether some trigger carries no label."""
        return ("trigger", None) in zip(self.kinds, self.labels, strict=True)

    def mentions(self, types: Mapping[Span, str]) -> list[ScoredMention]:
        """Give the mentions; triggers that carry no label have the one that `types` has for their span."""
        labels = self.labels
        if types:
            labels = [
                types.get(where) if kind == "trigger" and label is None else label
                for kind, where, label in zip(self.kinds, self.spans, labels, strict=False)
            ]
        return list(map(_mention, zip(self.kinds, self.spans, labels, *self.rest, strict=False)))


def columns(items: Sequence[dict[str, Any]], text: str | None, kinds: Sequence[str | None] | None = None) -> Columns:
    """Give the mentions of an article that are written as `items`, and lie in its text, where that is at hand.

    `kinds` are what they are that say no kind; without, all must say theirs. Raises `Unusual`, `KeyError` or
    `TypeError` for what is not plainly right.
    """
    nothing: Any = repeat(None)
    keys = sum(map(len, items))
    said = _by_field(items, keys)
    if not said.keys() <= (FIELDS if kinds is None else ARGUMENT_FIELDS):
        raise Unusual
    starts, ends = said["start"], said["end"]
    if not (
        {*map(type, starts), *map(type, ends)} == _INTEGERS
        and min(starts) >= 0
        and max(ends) <= (MAX_INTEGER if text is None else len(text))
        and all(map(lt, starts, ends))
    ):
        raise Unusual
    of_kind = said["kind"] if kinds is None else _kinds(said.get("kind", nothing), said.get("value", nothing), kinds)
    amounts = moments = nothing
    if "value" in said:
        if kinds is None and None in of_kind:
            raise Unusual  # a value tells the kind of what stands in an event alone
        of_kind, amounts, moments, in_values = _values(said["value"], of_kind)
        keys += in_values
    if not KINDS.issuperset(of_kind) or not TRIGGER_CLASSES.issuperset(said.get("trigger_class", ())):
        raise Unusual
    for name in ("id", "label", "ref"):
        check_texts(said.get(name, ()))
    check_shares(said.get("confidence", ()))
    quotes = said.get("quote", ())
    if quotes:
        _check_quotes(quotes, starts, ends, text)
    return Columns(
        of_kind,
        list(map(_span, zip(starts, ends, strict=True))),
        said.get("label") or [None] * len(items),
        (said.get("ref", nothing), amounts, moments, said.get("trigger_class", nothing)),
        said.get("id", ()),
        keys,
        len(quotes) - quotes.count(None),
    )


def _by_field(items: Sequence[dict[str, Any]], keys: int) -> dict[str, Sequence[Any]]:
    """Give what items with so many keys in all say, by field: None where one says nothing."""
    names = tuple(items[0])
    if keys == len(items) * len(names) > len(items):
        # Mostly all have the same fields: one pass takes all of them.
        with suppress(KeyError):
            return dict(zip(names, zip(*map(itemgetter(*names), items), strict=True), strict=True))
    if {*map(type, items)} != _OBJECTS:
        raise Unusual
    return {name: [item.get(name) for item in items] for name in set().union(*items)}


def check_texts(found: Sequence[object]) -> None:
    """Raise `Unusual` for what is neither None nor a text that is not empty, anywhere in a column."""
    if "" in found or not _TEXTS_OR_NONE.issuperset(map(type, found)):
        raise Unusual


def check_text(one: object) -> None:
    """Raise `Unusual` for what is neither None nor a text that is not empty."""
    if one is not None and not (type(one) is str and one):
        raise Unusual


def check_shares(found: Sequence[Any]) -> None:
    """Raise `Unusual` for a confidence that is neither None nor a number from 0 to 1."""
    if not _SHARES_OR_NONE.issuperset(map(type, found)) or not all(one is None or 0 <= one <= 1 for one in found):
        raise Unusual


def _check_quotes(quotes: Sequence[object], starts: Iterable[int], ends: Iterable[int], text: str | None) -> None:
    """Raise `Unusual` for a quote that is neither None nor a text, or that the article's text does not have there."""
    if not _TEXTS_OR_NONE.issuperset(map(type, quotes)):
        raise Unusual
    if text is not None and any(
        quote is not None and text[start:end] != quote for quote, start, end in zip(quotes, starts, ends, strict=True)
    ):
        raise Unusual


def _kinds(kinds: Iterable[Any], values: Iterable[Any], otherwise: Sequence[str | None]) -> Sequence[Any]:
    """Give what each mention says that it is; what says none is what it is `otherwise`, or None where a value tells."""
    return [
        kind if kind is not None or value is not None else other
        for other, kind, value in zip(otherwise, kinds, values, strict=False)
    ]


def _values(
    values: Sequence[Any], kinds: Sequence[Any]
) -> tuple[Sequence[Any], list[Amount | None], list[Moment | None], int]:
    """Give kinds, told by a value where nothing else says them, numbers, times, and how many keys the values have."""
    told, keys = list(kinds), 0
    amounts: list[Amount | None] = [None] * len(values)
    moments: list[Moment | None] = [None] * len(values)
    for index, value in enumerate(values):
        if value is None:
            continue
        if type(value) is not dict:
            raise Unusual
        keys += len(value)
        kind = told[index]
        if kind is None:
            kind = told[index] = "number" if TIME_FIELDS.isdisjoint(value) else "time"
        if kind == "number":
            amounts[index] = _amount(value)
        elif kind == "time":
            moments[index] = _moment(value)
        else:
            raise Unusual
    return told, amounts, moments, keys


def _amount(value: dict[str, Any]) -> Amount:
    """Give what is scored of a number's value."""
    get = value.get
    low, high, num, den = get("low"), get("high"), get("num"), get("den")
    _check_figures(low, high, get("best"), num, den)
    check_text(get("unit"))
    check_text(get("of"))
    if (
        not value.keys() <= NUMBER_FIELDS
        or get("qualifier", "exact") not in QUALIFIERS
        or get("scope") not in SCOPES
        or (low is not None and high is not None and low > high)
        or (num is None) != (den is None)
        or (den is not None and den <= 0)
    ):
        raise Unusual
    return Amount(low, high, get("best"), get("unit"), num, den)


def _moment(value: dict[str, Any]) -> Moment:
    """Give what is scored of a time's value."""
    get = value.get
    said, precision, anchor, offset = get("value"), get("precision", "unresolved"), get("anchor"), get("offset")
    _check_figures(offset)
    check_text(said)
    if (
        not value.keys() <= TIME_FIELDS
        or not (said is None or _is_date(said))
        or precision not in PRECISIONS
        or anchor not in ANCHORS
    ):
        raise Unusual
    return Moment(said, precision, anchor, offset)


_is_date = lru_cache(1 << 12)(is_date)


def _check_figures(*figures: object) -> None:
    for figure in figures:
        if figure is not None and not (type(figure) is int and -MAX_INTEGER <= figure <= MAX_INTEGER):
            raise Unusual
