"""Whether gold holds what a worked example claims. Looks at one release's records; says nothing of right or wrong.

A claim holds where something in the record says all that the claim says; it may say more.
"""

from collections.abc import Collection, Iterable, Mapping

from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue, TimeValue
from annotator.model.worked_example import (
    NONE,
    Claim,
    FillsRole,
    IsMention,
    OfEvent,
    Range,
    SameEvent,
    WasRejected,
)


def full_id(written: str, known: Collection[str]) -> tuple[str, ...]:
    """Give the article ids that `written` names: itself, or all that it is a beginning of."""
    return (written,) if written in known else tuple(sorted(one for one in known if one.startswith(written)))


def holds(claim: Claim, gold: Mapping[str, GoldRecord]) -> bool | None:
    """Tell whether the records (by article id) hold the claim; None when they do not have the article it is on."""
    record = _record(claim.article, gold)
    if record is None:
        return None
    says = claim.says
    if isinstance(says, IsMention):
        return any(_is(mention, says, record) for mention in _over(claim.place, record))
    if isinstance(says, FillsRole):
        return _fills(claim.place, says, record)
    if isinstance(says, OfEvent):
        return any(_like(event, says) for event in _events_at(claim.place, record))
    if isinstance(says, WasRejected):
        return any(
            (one.start, one.end) == claim.place.span and says.reason in (None, one.reason) for one in record.rejected
        )
    other = _record(says.article, gold)
    return None if other is None else _same(claim.place, record, says, other)


def _record(written: str, gold: Mapping[str, GoldRecord]) -> GoldRecord | None:
    named = full_id(written, gold)
    return gold[named[0]] if len(named) == 1 else None


def _over(place: Range, record: GoldRecord) -> Iterable[Mention]:
    return [mention for mention in record.mentions if mention.span == place.span]


def _events_at(place: Range, record: GoldRecord) -> list[Event]:
    ids = {mention.id for mention in _over(place, record) if mention.kind == "trigger"}
    return [event for event in record.events if not ids.isdisjoint(event.triggers)]


def _is(mention: Mention, says: IsMention, record: GoldRecord) -> bool:
    if mention.kind != says.kind:
        return False
    if says.value is not None:
        return _says_value(mention.value, says.value, record)
    if says.said is None:
        return True
    return says.said == (mention.label if mention.kind == "trigger" else mention.ref or NONE)


def _says_value(value: NumberValue | TimeValue | None, said: NumberValue | TimeValue, record: GoldRecord) -> bool:
    if isinstance(value, NumberValue) and isinstance(said, NumberValue):
        return _says_number(value, said, record)
    if isinstance(value, TimeValue) and isinstance(said, TimeValue):
        fields = [(value.value, said.value), (value.offset, said.offset), (value.anchor, said.anchor)]
        return value.precision == said.precision and _said_of(fields)
    return False


def _says_number(value: NumberValue, said: NumberValue, record: GoldRecord) -> bool:
    bounds = [(value.low, said.low), (value.high, said.high), (value.best, said.best)]
    # What a fraction comes to may be left unsaid; otherwise an open bound is a statement.
    same = _said_of(bounds) if said.num is not None else all(one == other for one, other in bounds)
    whole = next((one for one in record.mentions if one.id == value.of), None)
    of = f"{whole.start}-{whole.end}" if whole else None
    rest = [(value.unit, said.unit), (value.scope, said.scope), (value.num, said.num), (value.den, said.den)]
    return same and value.qualifier == said.qualifier and _said_of([*rest, (of, said.of)])


def _said_of(pairs: Iterable[tuple[object, object]]) -> bool:
    """Tell whether all that is said of something, beside what it is, is so."""
    return all(said is None or is_so == said for is_so, said in pairs)


def _fills(place: Range, says: FillsRole, record: GoldRecord) -> bool:
    ids = {mention.id for mention in _over(place, record)}
    return any(
        held.role == says.role and held.mention in ids and says.losses in (None, held.of)
        for event in _events_at(says.trigger, record)
        for held in event.arguments
    )


def _like(event: Event, says: OfEvent) -> bool:
    return _said_of(
        [
            (event.type, says.type),
            (event.realis, says.realis),
            (event.certainty, says.certainty),
            (event.background, says.background),
        ]
    )


def _same(place: Range, record: GoldRecord, says: SameEvent, other: GoldRecord) -> bool:
    return any(
        (record is other and one.id == two.id) or (one.hub is not None and one.hub == two.hub)
        for one in _events_at(place, record)
        for two in _events_at(says.trigger, other)
    )
