"""What several annotators agree on, and where they differ. Settling a difference is a person's decision.

Mentions are compared first; each cluster of them becomes one mention with an id of its own. Events are then compared
with their mentions replaced by those, so that a boundary difference counts once and not again in every role.

What an audit planted is nobody's until an adjudicator says so: that it stands is a disagreement, however many agree,
and that it was rejected is no negative gold, since nobody proposed it in earnest.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from annotator.matching.clusters import Cluster
from annotator.matching.events import ResolvedEvent, cluster_events, resolve
from annotator.matching.mentions import cluster_mentions, same_claims
from annotator.model.annotation import Annotation, Settled, reading_order
from annotator.model.article import Region
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention, candidate_id
from annotator.model.value import NumberValue
from annotator.text.span import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers to a question: who gives it, and what it is."""

    people: tuple[str, ...]
    """Pseudonyms, in order."""
    content: Mention | Event | None
    """None says: there is no such thing here."""
    unsure: bool = False
    """Whether they left it unsure."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where annotators say different things."""

    id: str
    what: Literal["mention", "event"]
    span: Span
    """Where to look, in code points."""
    answers: tuple[Answer, ...]
    """All different; the one of the first annotator first. A single one is of something that was planted."""

    def answer_of(self, person: str) -> Answer:
        """Give the answer that a person gave."""
        return next(answer for answer in self.answers if person in answer.people)


@dataclass(frozen=True, slots=True)
class Merge:
    """Several annotations of one text, compared."""

    agreed: Annotation
    """What all say alike: mentions that stand, rejections, events."""
    disagreements: tuple[Disagreement, ...]
    """Mentions in reading order, then events: an event can only hold mentions that are settled."""
    mentions: Mapping[str, Mention]
    """Every mention that anybody has, under its merged id, as the first annotator has it."""


_NOTHING: Mapping[str, Sequence[Mention]] = MappingProxyType({})


def merge(annotations: Mapping[str, Annotation], planted: Mapping[str, Sequence[Mention]] = _NOTHING) -> Merge:
    """Compare the annotations of several people, by pseudonym, of one text.

    `planted` is what an audit showed each of them that is wrong.
    """
    people = tuple(sorted(annotations))
    mentions = _merge_mentions(annotations, people, _planted(annotations, planted))
    events, event_disagreements = _merge_events(annotations, people, mentions)
    found = sorted(
        (*mentions.disagreements, *event_disagreements), key=lambda one: (one.what == "event", one.span, one.id)
    )
    agreed = Annotation(
        settled=mentions.agreed,
        events=events,
        regions=_common_regions(annotations),
        read_to_end=bool(annotations) and all(one.read_to_end for one in annotations.values()),
    )
    return Merge(agreed, tuple(found), mentions.merged)


def _common_regions(annotations: Mapping[str, Annotation]) -> tuple[Region, ...] | None:
    """Give the regions on which all agree; where they do not, None: those of the finders."""
    said = {annotation.regions for annotation in annotations.values()}
    return said.pop() if len(said) == 1 else None


_Own = tuple[str, str]
"""A mention as one person has it: pseudonym, and id in that person's annotation."""


def _planted(annotations: Mapping[str, Annotation], planted: Mapping[str, Sequence[Mention]]) -> frozenset[_Own]:
    """Give the mentions, rejected ones included, that say what was planted for the person who has them."""
    found = set()
    for person, wrong in planted.items():
        own = [item.mention for item in annotations[person].settled.values()] if person in annotations else []
        found |= {(person, own[index].id) for index, _ in same_claims(own, wrong)}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Mentions:
    agreed: dict[str, Settled]
    disagreements: list[Disagreement]
    merged: dict[str, Mention]
    """The merged mention of every cluster, agreed or not, by its id."""
    id_of: dict[_Own, str]
    """The id of the merged mention for each that a person has."""

    def place(self, mention_id: str) -> tuple[int, str]:
        """Sort key of a merged mention by where it starts."""
        return self.merged[mention_id].start, mention_id


def _merge_mentions(
    annotations: Mapping[str, Annotation], people: Sequence[str], planted: AbstractSet[_Own]
) -> _Mentions:
    result = _Mentions({}, [], {}, {})
    shown = {
        person: sorted(
            (item.mention for item in annotation.settled.values() if item.live or item.disposition == "unsure"),
            key=_content_order,
        )
        for person, annotation in annotations.items()
    }
    clusters: dict[str, Cluster[Mention]] = {}
    for cluster in cluster_mentions(shown):
        first = min(cluster.values(), key=reading_order)
        merged_id = _unique(f"{first.kind}:{first.start}-{first.end}", clusters)
        clusters[merged_id] = cluster
        result.id_of.update({(person, mention.id): merged_id for person, mention in cluster.items()})
    for merged_id, cluster in clusters.items():
        answers = _mention_answers(annotations, people, cluster, merged_id, result.id_of)
        merged = next(answer.content for answer in answers if isinstance(answer.content, Mention))
        result.merged[merged_id] = merged
        doubtful = any((person, mention.id) in planted for person, mention in cluster.items())
        if len(answers) == 1 and not answers[0].unsure and not doubtful:
            result.agreed[merged_id] = Settled(merged, _common_disposition(annotations, cluster))
        else:
            result.disagreements.append(Disagreement(merged_id, "mention", _hull(cluster), answers))
    result.agreed.update(_agreed_rejections(annotations, people, clusters, result.id_of, planted))
    return result


def _mention_answers(
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    cluster: Cluster[Mention],
    merged_id: str,
    id_of: Mapping[_Own, str],
) -> tuple[Answer, ...]:
    said: dict[tuple[Mention | None, bool], list[str]] = {}
    for person in people:
        mention = cluster.get(person)
        unsure = mention is not None and annotations[person].settled[mention.id].disposition == "unsure"
        content = _as_merged(mention, merged_id, person, id_of) if mention else None
        said.setdefault((content, unsure), []).append(person)
    return tuple(Answer(tuple(who), content, unsure) for (content, unsure), who in said.items())


def _as_merged(mention: Mention, merged_id: str, person: str, id_of: Mapping[_Own, str]) -> Mention:
    """Give a person's mention under the merged ids, those inside a fraction's value included."""
    value = mention.value
    if isinstance(value, NumberValue) and value.of is not None:
        value = value.model_copy(update={"of": id_of.get((person, value.of))})
    return mention.model_copy(update={"id": merged_id, "value": value})


def _common_disposition(
    annotations: Mapping[str, Annotation], cluster: Cluster[Mention]
) -> Literal["confirmed", "corrected", "added"]:
    ways = {annotations[person].settled[mention.id].disposition for person, mention in cluster.items()}
    if ways == {"added"}:
        return "added"
    return "confirmed" if "confirmed" in ways else "corrected"


def _agreed_rejections(
    annotations: Mapping[str, Annotation],
    people: Sequence[str],
    clusters: Mapping[str, Cluster[Mention]],
    id_of: Mapping[_Own, str],
    planted: AbstractSet[_Own],
) -> dict[str, Settled]:
    """Give what all rejected: negative gold. What one rejected and another kept is a disagreement already."""
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
    agreed = {}
    for place in sorted(set.intersection(*map(set, rejected)) - kept if rejected else ()):
        reasons = {one[place].reason for one in rejected} - {None}
        mention = _as_merged(rejected[0][place].mention, place, people[0], id_of)
        agreed[place] = Settled(mention, "rejected", reasons.pop() if len(reasons) == 1 else None)
    return agreed


def _merge_events(
    annotations: Mapping[str, Annotation], people: Sequence[str], mentions: _Mentions
) -> tuple[dict[str, Event], list[Disagreement]]:
    translated = {person: _translated(annotation, person, mentions) for person, annotation in annotations.items()}
    resolved = {person: [resolve(event, mentions.merged) for event in events] for person, events in translated.items()}
    events_of = {
        person: dict(zip(map(id, resolved[person]), translated[person], strict=True)) for person in annotations
    }
    agreed: dict[str, Event] = {}
    disagreements: list[Disagreement] = []
    taken: dict[str, object] = {}
    for cluster in cluster_events(resolved):
        held = {person: events_of[person][id(found)] for person, found in cluster.items()}
        first = held[min(held)]
        trigger = mentions.merged[first.triggers[0]]
        event_id = _unique(f"event:{first.type}:{trigger.start}-{trigger.end}", taken)
        taken[event_id] = None
        answers = _event_answers(people, held, event_id)
        if len(answers) == 1:
            agreed[event_id] = first.model_copy(update={"id": event_id})
        else:
            disagreements.append(Disagreement(event_id, "event", _event_hull(cluster), answers))
    return agreed, disagreements


def _event_answers(people: Sequence[str], held: Mapping[str, Event], event_id: str) -> tuple[Answer, ...]:
    """Give the different answers; which trigger is the main one is nothing to differ on, the first annotator says."""
    said: dict[Event | None, list[str]] = {}
    content: dict[Event | None, Event | None] = {None: None}
    for person in people:
        event = held[person].model_copy(update={"id": event_id}) if person in held else None
        unordered = event and event.model_copy(update={"triggers": tuple(sorted(event.triggers))})
        content.setdefault(unordered, event)
        said.setdefault(unordered, []).append(person)
    return tuple(Answer(tuple(who), content[unordered]) for unordered, who in said.items())


def _translated(annotation: Annotation, person: str, mentions: _Mentions) -> list[Event]:
    """Give a person's events with merged mention ids: they and their lists in an order that no id of theirs decides.

    The main trigger stays the first.
    """
    translated = []
    for event in annotation.live_events().values():
        main, *others = dict.fromkeys(mentions.id_of[person, trigger] for trigger in event.triggers)
        triggers = (main, *sorted(others, key=mentions.place))
        arguments = {
            Argument(role=held.role, mention=mentions.id_of[person, held.mention], of=held.of)
            for held in event.arguments
        }
        ordered = sorted(arguments, key=lambda held: (held.role, mentions.place(held.mention), held.of or ""))
        translated.append(event.model_copy(update={"triggers": triggers, "arguments": tuple(ordered)}))
    return sorted(
        translated, key=lambda event: (mentions.place(event.triggers[0]), repr(event.model_copy(update={"id": ""})))
    )


def _content_order(mention: Mention) -> tuple[object, ...]:
    """Sort key that no id decides."""
    return (*reading_order(mention)[:3], mention.label or "", mention.ref or "", repr(mention.value), mention.id)


def _hull(cluster: Cluster[Mention]) -> Span:
    return Span(min(one.start for one in cluster.values()), max(one.end for one in cluster.values()))


def _event_hull(cluster: Cluster[ResolvedEvent]) -> Span:
    first = [event.triggers[0] for event in cluster.values()]
    return Span(min(one.start for one in first), max(one.end for one in first))


def _unique(wanted: str, taken: Mapping[str, object]) -> str:
    """Give `wanted`, or `wanted` with a number behind it when something has that id already."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}#{number}"
    return found
