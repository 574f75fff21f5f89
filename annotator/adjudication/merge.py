"""What several annotators agree on, and where they differ. Settling a difference is a person's decision.

Mentions are compared first; each cluster of them becomes one mention with an id of its own. Events are then compared
with their mentions replaced by those, so that a boundary difference counts once and not again in every role.

What an audit planted is nobody's until an adjudicator says so: that it stands is a disagreement, however many agree,
and that it was rejected is no negative gold, since nobody proposed it in earnest.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

from annotator.adjudication.disagreement import Answer, Disagreement, most_first
from annotator.adjudication.hub_names import with_common_hubs
from annotator.adjudication.rejections import Reasoned, reasoned, reasons_for
from annotator.adjudication.ruled import Place, lasting_ids
from annotator.matching.clusters import Cluster
from annotator.matching.events import ResolvedEvent, cluster_events, resolve
from annotator.matching.mentions import cluster_mentions, same_claims
from annotator.model.annotation import Annotation, Settled, reading_order
from annotator.model.article import Region
from annotator.model.decision import About
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention, candidate_id
from annotator.model.value import NumberValue
from annotator.text.span import Span

MAJORITY_OF = 3
"""How many annotators a majority needs."""

Accepted = Literal["unanimous", "majority"]

_Content = TypeVar("_Content", Mention, Event)


class Policy(NamedTuple):
    """What is taken over without asking an adjudicator."""

    unanimous: bool = True
    """What all say alike."""
    majority: float | None = None
    """What at least this share of three or more annotators say alike; None: never."""

    def accepts(self, answers: Sequence[Answer]) -> Answer | None:
        """Give the answer that holds without asking, or None."""
        first, everybody = answers[0], sum(len(answer.people) for answer in answers)
        if first.unsure:
            return None
        if len(answers) == 1:
            return first if self.unanimous else None
        enough = self.majority is not None and len(first.people) >= max(self.majority * everybody, everybody / 2 + 0.5)
        return first if everybody >= MAJORITY_OF and enough else None


ALIKE = Policy()
"""Takes over what all say alike, and asks about everything else."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Several annotations of one text, compared."""

    agreed: Annotation
    """What holds without a ruling: mentions that stand, rejections, events."""
    disagreements: tuple[Disagreement, ...]
    """Mentions in reading order, then events: an event can only hold mentions that are settled."""
    mentions: Mapping[str, Mention]
    """Every mention that anybody has, under its merged id, as most have it."""
    accepted: Mapping[str, Accepted]
    """By id: what in `agreed` holds, or is left out, and why nobody was asked."""
    reasons_differ: Mapping[str, tuple[str, ...]]
    """By id: what all rejected for different reasons, and these. Negative gold then has none, unless an adjudicator
    says which: no reason is better than one that half of the annotators did not mean."""


_Own = tuple[str, str]
"""A mention as one person has it: pseudonym, and id in that person's annotation."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def merge(
    annotations: Mapping[str, Annotation],
    policy: Policy = ALIKE,
    *,
    ruled: Mapping[str, About] = _NOTHING,
    planted: Mapping[str, Sequence[Mention]] = _NOTHING,
) -> Merge:
    """Compare the annotations of several people, by pseudonym, of one text.

    `ruled` is what an adjudicator ruled on already: it keeps its ids, and stays among the disagreements even where
    annotators now agree. `planted` is what an audit showed each of them that is wrong.
    """
    people = tuple(sorted(annotations))
    mentions = _merge_mentions(annotations, people, policy, ruled, _planted(annotations, planted))
    events = _merge_events(annotations, people, mentions, policy, ruled)
    found = sorted(
        (*mentions.disagreements, *events.disagreements), key=lambda one: (one.what == "event", one.span, one.id)
    )
    agreed = Annotation(
        settled=mentions.agreed,
        events=events.agreed,
        regions=_common_regions(annotations),
        read_to_end=bool(annotations) and all(one.read_to_end for one in annotations.values()),
    )
    return Merge(agreed, tuple(found), mentions.merged, mentions.accepted | events.accepted, mentions.reasons_differ)


def _planted(annotations: Mapping[str, Annotation], planted: Mapping[str, Sequence[Mention]]) -> frozenset[_Own]:
    """Give the mentions, rejected ones included, that say what was planted for the person who has them."""
    found = set()
    for person, wrong in planted.items():
        own = [item.mention for item in annotations[person].settled.values()] if person in annotations else []
        found |= {(person, own[index].id) for index, _ in same_claims(own, wrong)}
    return frozenset(found)


def _common_regions(annotations: Mapping[str, Annotation]) -> tuple[Region, ...] | None:
    """Give the regions on which all agree; where they do not, None: those of the finders."""
    said = {annotation.regions for annotation in annotations.values()}
    return said.pop() if len(said) == 1 else None


def _answers(said: Mapping[tuple[_Content | None, bool], Sequence[str]]) -> tuple[Answer, ...]:
    return tuple(Answer(tuple(sorted(said[one])), *one) for one in most_first(said))


# --- mentions ---


@dataclass(frozen=True, slots=True)
class _Mentions:
    agreed: dict[str, Settled] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)
    accepted: dict[str, Accepted] = field(default_factory=dict)
    merged: dict[str, Mention] = field(default_factory=dict)
    """The merged mention of every cluster, agreed or not, by its id."""
    reasons_differ: dict[str, tuple[str, ...]] = field(default_factory=dict)
    id_of: dict[_Own, str] = field(default_factory=dict)
    """The id of the merged mention for each that a person has."""

    def place(self, mention_id: str) -> tuple[int, str]:
        """Sort key of a merged mention by where it starts."""
        return self.merged[mention_id].start, mention_id


def _merge_mentions(
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    policy: Policy,
    ruled: Mapping[str, About],
    planted: AbstractSet[_Own],
) -> _Mentions:
    result, rejected = _Mentions(), reasoned(annotations)
    shown = {
        person: [item.mention for item in annotation.settled.values() if item.live or item.disposition == "unsure"]
        for person, annotation in annotations.items()
    }
    found = cluster_mentions(shown)
    places = [_mention_place(cluster) for cluster in found]
    clusters = dict(zip(lasting_ids(places, ruled), found, strict=True))
    for merged_id, cluster in clusters.items():
        result.id_of.update({(person, mention.id): merged_id for person, mention in cluster.items()})
    for (merged_id, cluster), place in zip(clusters.items(), places, strict=True):
        answers = _mention_answers(annotations, people, cluster, merged_id, result.id_of, rejected)
        merged = next(answer.content for answer in answers if isinstance(answer.content, Mention))
        result.merged[merged_id] = merged
        doubtful = merged_id in ruled or any((person, mention.id) in planted for person, mention in cluster.items())
        held = None if doubtful else policy.accepts(answers)
        if held is None:
            result.disagreements.append(Disagreement(merged_id, "mention", place.span, answers))
            continue
        result.accepted[merged_id] = "unanimous" if len(answers) == 1 else "majority"
        if isinstance(held.content, Mention):
            result.agreed[merged_id] = Settled(held.content, _common_disposition(annotations, cluster))
    _add_rejections(result, annotations, people, clusters, planted)
    return result


def _mention_place(cluster: Cluster[Mention]) -> Place:
    first = min(cluster.values(), key=reading_order)
    hull = Span(min(one.start for one in cluster.values()), max(one.end for one in cluster.values()))
    return Place(candidate_id(first.kind, first.start, first.end), first.kind, hull)


def _mention_answers(
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    cluster: Cluster[Mention],
    merged_id: str,
    id_of: Mapping[_Own, str],
    rejected: Reasoned,
) -> tuple[Answer, ...]:
    said: dict[tuple[Mention | None, bool], list[str]] = {}
    for person in people:
        mention = cluster.get(person)
        unsure = mention is not None and annotations[person].settled[mention.id].disposition == "unsure"
        content = _as_merged(mention, merged_id, person, id_of) if mention else None
        said.setdefault((content, unsure), []).append(person)
    return tuple(
        answer if answer.content else replace(answer, reasons=reasons_for(rejected, answer.people, cluster))
        for answer in _answers(said)
    )


def _as_merged(mention: Mention, merged_id: str, person: str, id_of: Mapping[_Own, str]) -> Mention:
    """Give a person's mention under the merged ids, those inside a fraction's value included."""
    value = mention.value
    if isinstance(value, NumberValue) and value.of is not None:
        value = value.model_copy(update={"of": id_of.get((person, value.of))})
    said = mention.__dict__ | {"id": merged_id, "value": value}
    return mention if said == mention.__dict__ else Mention.model_construct(**said)


def _common_disposition(
    annotations: Mapping[str, Annotation], cluster: Cluster[Mention]
) -> Literal["confirmed", "corrected", "added"]:
    ways = {annotations[person].settled[mention.id].disposition for person, mention in cluster.items()}
    if ways == {"added"}:
        return "added"
    return "confirmed" if "confirmed" in ways else "corrected"


def _add_rejections(
    result: _Mentions,
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    clusters: Mapping[str, Cluster[Mention]],
    planted: AbstractSet[_Own],
) -> None:
    """Add what all rejected: negative gold. What one rejected and another kept is a disagreement already.

    A reason that nobody gainsays holds: who rejects without one says nothing against it.
    """
    rejected = [
        {
            candidate_id(item.mention.kind, item.mention.start, item.mention.end): item
            for item in annotations[person].settled.values()
            if item.disposition == "rejected" and (person, item.mention.id) not in planted
        }
        for person in people
    ]
    kept = {
        candidate_id(mention.kind, mention.start, mention.end)
        for cluster in clusters.values()
        for mention in cluster.values()
    }
    for place in sorted(set.intersection(*map(set, rejected)) - kept - clusters.keys() if rejected else ()):
        reasons = sorted({reason for one in rejected if (reason := one[place].reason) is not None})
        mention = _as_merged(rejected[0][place].mention, place, people[0], result.id_of)
        result.agreed[place] = Settled(mention, "rejected", reasons[0] if len(reasons) == 1 else None)
        if len(reasons) > 1:
            result.reasons_differ[place] = tuple(reasons)


# --- events ---


@dataclass(frozen=True, slots=True)
class _Events:
    agreed: dict[str, Event] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)
    accepted: dict[str, Accepted] = field(default_factory=dict)


def _merge_events(
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    mentions: _Mentions,
    policy: Policy,
    ruled: Mapping[str, About],
) -> _Events:
    result = _Events()
    translated = {person: _translated(annotation, person, mentions) for person, annotation in annotations.items()}
    resolved = {person: [resolve(event, mentions.merged) for event in events] for person, events in translated.items()}
    event_of = {
        id(found): event
        for person in annotations
        for found, event in zip(resolved[person], translated[person], strict=True)
    }
    found = cluster_events(resolved)
    own = [{person: event_of[id(one)] for person, one in cluster.items()} for cluster in found]
    held = with_common_hubs(own, annotations)
    places = [_event_place(cluster, events, mentions) for cluster, events in zip(found, held, strict=True)]
    ids = lasting_ids(places, ruled)
    splits = _splits(ids, held)
    for event_id, events, place in zip(ids, held, places, strict=True):
        answers = _event_answers(people, events, event_id, mentions)
        accepted = None if event_id in ruled else policy.accepts(answers)
        if accepted is None:
            split = splits.get(event_id, ()) if len(events) < len(people) else ()
            result.disagreements.append(Disagreement(event_id, "event", place.span, answers, split))
            continue
        result.accepted[event_id] = "unanimous" if len(answers) == 1 else "majority"
        if isinstance(accepted.content, Event):
            result.agreed[event_id] = accepted.content
    return result


def _event_place(cluster: Cluster[ResolvedEvent], events: Mapping[str, Event], mentions: _Mentions) -> Place:
    main = min((mentions.merged[event.triggers[0]] for event in events.values()), key=reading_order)
    by_type: dict[str, list[str]] = {}
    for person, event in events.items():
        by_type.setdefault(event.type, []).append(person)
    first = [event.triggers[0] for event in cluster.values()]
    hull = Span(min(one.start for one in first), max(one.end for one in first))
    return Place(f"event:{most_first(by_type)[0]}:{main.start}-{main.end}", "event", hull)


def _event_answers(
    people: Sequence[str], held: Mapping[str, Event], event_id: str, mentions: _Mentions
) -> tuple[Answer, ...]:
    """Give the different answers; which trigger is the main one is nothing to differ on, most decide."""
    said: dict[tuple[Event | None, bool], list[str]] = {}
    mains: dict[Event | None, list[str]] = {}
    for person in people:
        event = _with(held[person], id=event_id) if person in held else None
        unordered = event and _with(event, triggers=tuple(sorted(event.triggers)))
        said.setdefault((unordered, False), []).append(person)
        mains.setdefault(unordered, []).extend(event.triggers[:1] if event else ())
    return tuple(
        Answer(answer.people, _led_by(answer.content, mains[answer.content], mentions))
        if isinstance(answer.content, Event)
        else answer
        for answer in _answers(said)
    )


def _led_by(event: Event, mains: Sequence[str], mentions: _Mentions) -> Event:
    """Give an event with the trigger first that most have as its main one, the earliest of several."""
    main = min(mains, key=lambda trigger: (-mains.count(trigger), mentions.place(trigger)))
    others = sorted((one for one in event.triggers if one != main), key=mentions.place)
    return _with(event, triggers=(main, *others))


def _splits(ids: Sequence[str], held: Sequence[Mapping[str, Event]]) -> dict[str, tuple[str, ...]]:
    """Give for each event that somebody lacks the events in which that person has one of its triggers."""
    having: dict[tuple[str, str], set[str]] = {}
    for event_id, events in zip(ids, held, strict=True):
        for person, event in events.items():
            for trigger in event.triggers:
                having.setdefault((person, trigger), set()).add(event_id)
    people = {person for events in held for person in events}
    found: dict[str, tuple[str, ...]] = {}
    for event_id, events in zip(ids, held, strict=True):
        triggers = {trigger for event in events.values() for trigger in event.triggers}
        told = {
            other
            for person in people - events.keys()
            for trigger in triggers
            for other in having.get((person, trigger), ())
        }
        found[event_id] = tuple(sorted(told - {event_id}))
    return found


def _translated(annotation: Annotation, person: str, mentions: _Mentions) -> list[Event]:
    """Give a person's events with merged mention ids: they and their lists in an order that no id of theirs decides.

    The main trigger stays the first.
    """
    translated = []
    for event in annotation.live_events().values():
        main, *others = dict.fromkeys(mentions.id_of[person, trigger] for trigger in event.triggers)
        triggers = (main, *sorted(others, key=mentions.place))
        ordered = sorted(_merged_arguments(event, person, mentions), key=lambda held: _argument_place(held, mentions))
        translated.append(_with(event, triggers=triggers, arguments=tuple(ordered)))
    return translated


def _with(event: Event, **fields: Any) -> Event:
    """Give an event with other fields: `model_copy` costs more than all else that is done here."""
    return Event.model_construct(**event.__dict__ | fields)


def _merged_arguments(event: Event, person: str, mentions: _Mentions) -> Iterable[Argument]:
    return {
        Argument(role=held.role, mention=mentions.id_of[person, held.mention], of=held.of) for held in event.arguments
    }


def _argument_place(held: Argument, mentions: _Mentions) -> tuple[object, ...]:
    return held.role, mentions.place(held.mention), held.of or ""
