"""The hubs of several annotations of one article, called the same where they link the same: their names say nothing.

What counts as the same is said in `matching/hubs.py`; this only reads annotations for it.
"""

from collections.abc import Mapping, Sequence

from annotator.matching.hubs import Hub, common_names, place_of
from annotator.model.annotation import Annotation
from annotator.model.event import Event


def with_common_hubs(
    held: Sequence[Mapping[str, Event]], annotations: Mapping[str, Annotation]
) -> list[Mapping[str, Event]]:
    """Give the events, a mapping each, with hubs called the same where they link the same: names tell nothing."""
    linked: dict[str, dict[str, set[int]]] = {}
    for number, events in enumerate(held):
        for person, event in events.items():
            if event.hub is not None:
                linked.setdefault(person, {}).setdefault(event.hub, set()).add(number)
    here = {person: _beginning(annotations[person]) for person in linked}
    hubs = {
        person: [Hub(name, frozenset(numbers), name in here[person]) for name, numbers in of.items()]
        for person, of in linked.items()
    }
    name_of = common_names(hubs) if len(hubs) > 1 else {}

    def renamed(person: str, event: Event) -> Event:
        name = name_of.get((person, event.hub)) if event.hub is not None else None
        return event if name in (None, event.hub) else event.model_copy(update={"hub": name})

    return [{person: renamed(person, event) for person, event in events.items()} for events in held]


def _beginning(annotation: Annotation) -> frozenset[str]:
    """Give the hubs that are called after a telling in this very article."""
    return frozenset(
        event.hub
        for event in annotation.live_events().values()
        if event.hub is not None and (place := place_of(event.hub)) is not None
        if any(annotation.settled[trigger].mention.span == place.span for trigger in event.triggers)
    )
