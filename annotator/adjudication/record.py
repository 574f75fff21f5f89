"""From the settled annotation of an article to the record that goes into gold: ids renumbered, order canonical."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from annotator.adjudication.merge import Accepted
from annotator.model.annotation import Annotation, reading_order
from annotator.model.article import Article, Region
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Decision
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord, Provenance, Rejected
from annotator.model.value import NumberValue, TimeValue


def record_of(
    article: Article,
    regions: Sequence[Region],
    annotation: Annotation,
    provenance: Provenance,
    accepted: Mapping[str, Accepted] | None = None,
) -> GoldRecord:
    """Give the gold record of an article: the same content gives the same record, whatever ids it was made with.

    `accepted` is what was taken over without asking, by id; the provenance then says so.
    """
    live = annotation.live_mentions()
    in_order = sorted(live.values(), key=_content_order)
    new_id = {mention.id: f"m{number}" for number, mention in enumerate(in_order, 1)}
    mentions = [_renumbered(mention, new_id) for mention in in_order]
    by_id = {mention.id: mention for mention in mentions}
    translated = ((old, _translated(event, new_id)) for old, event in annotation.live_events().items())
    in_place = sorted(translated, key=lambda one: (by_id[one[1].triggers[0]].start, one[1].type, repr(one[1])))
    events = [event for _, event in in_place]
    new_id |= {old: f"e{number}" for number, (old, _) in enumerate(in_place, 1)}
    type_of = {trigger: event.type for event in reversed(events) for trigger in event.triggers}
    return GoldRecord(
        article_id=article.article_id,
        language=article.language,
        text_sha256=article.text_sha256,
        regions=tuple(regions),
        # An event's type is its triggers' label, whichever of the two was settled last.
        mentions=tuple(one.model_copy(update={"label": type_of.get(one.id, one.label)}) for one in mentions),
        events=tuple(event.model_copy(update={"id": f"e{number}"}) for number, event in enumerate(events, 1)),
        rejected=tuple(_rejected(annotation)),
        complete=annotation.finished and annotation.read_to_end,
        provenance=provenance.model_copy(update=_unasked(accepted or {}, new_id)),
    )


def _unasked(accepted: Mapping[str, Accepted], new_id: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give by policy the new ids of what was taken over under it and stands, mentions first, each in order."""
    found: dict[str, list[str]] = {}
    for item, policy in accepted.items():
        if item in new_id:
            found.setdefault(policy, []).append(new_id[item])
    return {policy: tuple(sorted(ids, key=lambda one: (one[0] == "e", int(one[1:])))) for policy, ids in found.items()}


def decisions_sha256(decisions: Iterable[Decision]) -> str:
    """Give the digest of the decisions that a record follows from: annotators' first, by pseudonym, each in order."""
    return sha256(canonical_json([decision.plain() for decision in decisions]))


def decisions_behind(digest: str, others: Sequence[Decision], own: Sequence[Decision]) -> Sequence[Decision]:
    """Give as many of the adjudicator's `own` decisions, from the first on, as stand behind a record with this digest.

    `others` are the annotators' decisions, all of which came before. None when no such part has the digest.
    """
    hashed = hashlib.sha256(b"[" + b",".join(map(_item, others)))
    for number, decision in enumerate(own):
        hashed.update((b"," if others or number else b"") + _item(decision))
        ended = hashed.copy()
        ended.update(b"]\n")
        if ended.hexdigest() == digest:
            return own[: number + 1]
    return ()


def _item(decision: Decision) -> bytes:
    return canonical_json(decision.plain()).removesuffix(b"\n")


def _content_order(mention: Mention) -> tuple[int, int, str, str, str, str]:
    start, end, kind, _ = reading_order(mention)
    value = _whole_by(mention.value, {})
    return start, end, kind, mention.label or "", mention.ref or "", repr(value)


def _renumbered(mention: Mention, new_id: Mapping[str, str]) -> Mention:
    return mention.model_copy(update={"id": new_id[mention.id], "value": _whole_by(mention.value, new_id)})


def _whole_by(value: NumberValue | TimeValue | None, new_id: Mapping[str, str]) -> NumberValue | TimeValue | None:
    """Give a value in which a fraction names the mention that it is taken of by its new id."""
    if isinstance(value, NumberValue) and value.of is not None:
        return value.model_copy(update={"of": new_id.get(value.of)})
    return value


def _translated(event: Event, new_id: Mapping[str, str]) -> Event:
    def place(mention_id: str) -> int:
        return int(mention_id[1:])

    main, *others = (new_id[trigger] for trigger in event.triggers)
    arguments = [held.model_copy(update={"mention": new_id[held.mention]}) for held in event.arguments]
    return event.model_copy(
        update={
            "id": "e0",
            "triggers": (main, *sorted(others, key=place)),
            "arguments": tuple(sorted(arguments, key=lambda held: (held.role, place(held.mention), held.of or ""))),
        }
    )


def _rejected(annotation: Annotation) -> list[Rejected]:
    """Give what was rejected, in reading order; what stands after all, moved or added there, is not among it."""
    stands = {(mention.kind, mention.span) for mention in annotation.live_mentions().values()}
    said_no = [
        item
        for item in annotation.settled.values()
        if item.disposition == "rejected" and (item.mention.kind, item.mention.span) not in stands
    ]
    return [
        Rejected(
            kind=item.mention.kind,
            start=item.mention.start,
            end=item.mention.end,
            quote=item.mention.quote,
            label=item.mention.label,
            reason=item.reason,
        )
        for item in sorted(said_no, key=lambda item: (_content_order(item.mention), item.reason or ""))
    ]
