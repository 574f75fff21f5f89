"""What a record does not say is neither right nor wrong: two records are compared in what both say.

Records of a release say everything; lines of plain gold may say as little as mentions.
"""

from collections.abc import Mapping

from annotator.model.record import GoldRecord

Said = Mapping[str, frozenset[str]]
"""By article id the fields that its record says; an article that is not here says all of them."""

_TAKEN_OVER = ("language", "text_sha256", "regions", "rejected", "complete")
"""Fields that stand for themselves."""


def in_common(
    before: Mapping[str, GoldRecord], said_before: Said, after: Mapping[str, GoldRecord], said_after: Said
) -> tuple[list[GoldRecord], list[GoldRecord]]:
    """Give the records of both sides, by article id, without what the other side of the same article does not say."""
    return _without(before, after, said_before, said_after), _without(after, before, said_after, said_before)


def _without(
    records: Mapping[str, GoldRecord], others: Mapping[str, GoldRecord], said: Said, said_by_others: Said
) -> list[GoldRecord]:
    return [
        _as_far_as(record, others[name], said.get(name), said_by_others.get(name)) if name in others else record
        for name, record in records.items()
    ]


def _as_far_as(
    record: GoldRecord, other: GoldRecord, said: frozenset[str] | None, by_other: frozenset[str] | None
) -> GoldRecord:
    """Give a record with nothing in it that is said on one side alone.

    A field that only `other` says is taken from there: then nothing is new in it. Events name mentions by ids, so where
    either side says none neither has any.
    """
    taken = {name: getattr(other, name) for name in _TAKEN_OVER if said is not None and name not in said}
    silent = any(fields is not None and "events" not in fields for fields in (said, by_other))
    return record.model_copy(update=taken | ({"events": ()} if silent else {}))
