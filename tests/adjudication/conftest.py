"""Annotations of a few people on one text, made by hand in few words or drawn at random."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import strategies as st

from annotator.model.annotation import Annotation, Settled
from annotator.model.event import Argument, Event
from annotator.model.mention import KINDS, Mention
from annotator.model.value import NumberValue

TEXT = "The coalition killed 6 members at least of ISIS near Khasham; القوات قصفت."


def mention(mention_id: str, kind: str, start: int, end: int, **fields: Any) -> Mention:
    return Mention.model_validate(
        {"id": mention_id, "kind": kind, "start": start, "end": end, "quote": TEXT[start:end], **fields}
    )


def event(event_id: str, event_type: str, triggers: Sequence[str], **fields: Any) -> Event:
    """An event; arguments as `role=mention` pairs under `held`."""
    held = tuple(Argument(role=role, mention=name) for role, name in fields.pop("held", ()))
    return Event(id=event_id, type=event_type, triggers=tuple(triggers), arguments=held, **fields)


def annotation(
    mentions: Sequence[Mention] = (),
    events: Sequence[Event] = (),
    *,
    rejected: Mapping[Mention, str | None] | None = None,
    unsure: Sequence[Mention] = (),
    disposition: Any = "confirmed",
) -> Annotation:
    settled = {one.id: Settled(one, disposition) for one in mentions}
    settled |= {one.id: Settled(one, "rejected", reason) for one, reason in (rejected or {}).items()}
    settled |= {one.id: Settled(one, "unsure") for one in unsure}
    return Annotation(settled=settled, events={one.id: one for one in events}, finished=True, read_to_end=True)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    """One person's annotation: at most one mention of a kind at a place, a few events over them."""
    stretches = draw(
        st.lists(
            st.tuples(st.sampled_from(KINDS[:3]), st.integers(0, 12), st.integers(1, 5)),
            unique_by=lambda stretch: (stretch[0], stretch[1], stretch[2]),
            max_size=7,
        )
    )
    settled: dict[str, Settled] = {}
    for number, (kind, start, size) in enumerate(stretches):
        label = draw(st.sampled_from(["clash.armed", "strike.air"])) if kind == "trigger" else None
        made = mention(f"m{number}", kind, start, start + size, label=label)
        disposition = draw(st.sampled_from(["confirmed", "corrected", "added", "rejected", "unsure"]))
        reason = draw(st.sampled_from([None, "idiom", "name"])) if disposition == "rejected" else None
        settled[made.id] = Settled(made, disposition, reason)
    numbers = [one for one in settled.values() if one.mention.kind == "number"]
    for one in numbers:
        value = NumberValue(low=draw(st.integers(0, 2)))
        if draw(st.booleans()):
            value = NumberValue(num=1, den=2, of=draw(st.sampled_from(numbers)).mention.id)
        settled[one.mention.id] = Settled(one.mention.model_copy(update={"value": value}), one.disposition, one.reason)
    triggers = [one.mention.id for one in settled.values() if one.mention.kind == "trigger"]
    others = [one.mention.id for one in settled.values() if one.mention.kind != "trigger"]
    events = {}
    for number in range(draw(st.integers(0, 3)) if triggers else 0):
        chosen = draw(st.lists(st.sampled_from(triggers), min_size=1, max_size=2, unique=True))
        held = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
        events[f"e{number}"] = event(
            f"e{number}",
            draw(st.sampled_from(["clash.armed", "strike.air"])),
            chosen,
            held=[(draw(st.sampled_from(["side_a", "target"])), name) for name in held],
            background=draw(st.booleans()),
        )
    return Annotation(settled=settled, events=events, finished=True, read_to_end=True)


@st.composite
def relabelled(draw: st.DrawFn, of: Annotation) -> Annotation:
    """The same annotation under other ids, its mentions and events handed in another order."""
    mention_ids = draw(st.permutations([f"x{number}" for number in range(len(of.settled))]))
    event_ids = draw(st.permutations([f"y{number}" for number in range(len(of.events))]))
    new = dict(zip(of.settled, mention_ids, strict=True))
    settled = {}
    for old, item in draw(st.permutations(list(of.settled.items()))):
        value = item.mention.value
        if isinstance(value, NumberValue) and value.of:
            value = value.model_copy(update={"of": new[value.of]})
        renamed = item.mention.model_copy(update={"id": new[old], "value": value})
        settled[new[old]] = Settled(renamed, item.disposition, item.reason)
    events = {}
    for event_id, one in zip(event_ids, draw(st.permutations(list(of.events.values()))), strict=True):
        main, *more = [new[trigger] for trigger in one.triggers]
        held = [argument.model_copy(update={"mention": new[argument.mention]}) for argument in one.arguments]
        events[event_id] = one.model_copy(
            update={
                "id": event_id,
                "triggers": (main, *draw(st.permutations(more))),
                "arguments": tuple(draw(st.permutations(held))),
            }
        )
    return Annotation(
        settled=settled, events=events, rulings=of.rulings, finished=of.finished, read_to_end=of.read_to_end
    )


class Made:
    """What the tests of this folder make annotations with."""

    text = TEXT
    mention = staticmethod(mention)
    event = staticmethod(event)
    annotation = staticmethod(annotation)
    annotations = staticmethod(annotations)
    relabelled = staticmethod(relabelled)


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made
