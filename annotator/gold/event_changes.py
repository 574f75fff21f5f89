"""In what the events of two records of one article differ: there or not, type, triggers, arguments, attributes, hub."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from annotator.gold.alignment import Alignment
from annotator.gold.change import Change, What
from annotator.gold.telling import Telling, place_of
from annotator.model.event import Argument, Event
from annotator.model.record import GoldRecord

_TOLD = 3
"""How many tellings of a hub are told before they are only counted."""

Tellings = Mapping[str, tuple[tuple[str, int, int], ...]]
"""By hub where it is told: article and span of the main trigger, in order."""


@dataclass(frozen=True, slots=True)
class Hubs:
    """The hubs of both versions, over all articles."""

    same: Mapping[str, str]
    """Which hub of the newer version each of the older one is."""
    before: Tellings
    after: Tellings

    def keep_their_names(self, events: Iterable[Event]) -> bool:
        """Tell whether the hubs of these events are called the same in both versions."""
        return all(event.hub is None or self.same.get(event.hub) == event.hub for event in events)

    def is_changed(self, was: Event, now: Event) -> bool:
        """Tell whether an event is linked to others than it was."""
        if was.hub is None or now.hub is None:
            return was.hub != now.hub
        return self.same.get(was.hub) != now.hub


def tellings(records: Iterable[GoldRecord]) -> Tellings:
    """Give where each hub is told."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for record in records:
        by_id = {mention.id: mention for mention in record.mentions}
        for event in record.events:
            if event.hub is not None:
                main = by_id[event.triggers[0]]
                found[event.hub].append((record.article_id, main.start, main.end))
    return {hub: tuple(sorted(places)) for hub, places in found.items()}


def changes_of_events(was: GoldRecord, now: GoldRecord, aligned: Alignment, hubs: Hubs) -> Iterator[Change]:
    """Give how the events of an article differ."""
    comparing = _Comparing(was, now, aligned, hubs)
    for i, j in aligned.events:
        one, other = None if i is None else was.events[i], None if j is None else now.events[j]
        if other is None:
            assert one is not None
            told = comparing.old.told(one)
            frame = comparing.frame(comparing.old, one)
            yield Change(what="event", how="removed", place=told.trigger, event=told, before=frame)
        elif one is None:
            told = comparing.new.told(other)
            frame = comparing.frame(comparing.new, other)
            yield Change(what="event", how="added", place=told.trigger, event=told, after=frame)
        else:
            yield from comparing.both(one, other)


class _Comparing:
    """Two records of one article, with what is the same mention in both."""

    def __init__(self, was: GoldRecord, now: GoldRecord, aligned: Alignment, hubs: Hubs) -> None:
        self.old, self.new, self.hubs = Telling(was), Telling(now), hubs
        pairs = list(enumerate(aligned.mentions))
        self.in_old = {was.mentions[i].id: number for number, (i, _) in pairs if i is not None}
        self.in_new = {now.mentions[j].id: number for number, (_, j) in pairs if j is not None}

    def both(self, was: Event, now: Event) -> Iterator[Change]:
        """Give what is said otherwise of an event that both have."""
        told = self.new.told(now)
        about = Change(what="event", how="changed", place=told.trigger, event=told)
        for what, before, after in _attributes(was, now):
            yield about.model_copy(update={"what": what, "before": before, "after": after})
        if self.hubs.is_changed(was, now):
            yield about.model_copy(
                update={"what": "hub", "before": self._hub(self.old, was), "after": self._hub(self.new, now)}
            )
        yield from self._triggers(was, now, about)
        yield from self._arguments(was, now, about)

    def frame(self, side: Telling, event: Event) -> str:
        """Give all that one side says of an event."""
        hub = self._hub(side, event)
        return f"{side.event(event)}; hub {hub}" if hub else side.event(event)

    def _hub(self, side: Telling, event: Event) -> str | None:
        """Give a hub with the other places where it is told."""
        if event.hub is None:
            return None
        main = side.by_id[event.triggers[0]]
        here = (side.record.article_id, main.start, main.end)
        all_of_it = (self.hubs.before if side is self.old else self.hubs.after)[event.hub]
        others = [f"{article} {start}-{end}" for article, start, end in all_of_it if (article, start, end) != here]
        more = f" and {len(others) - _TOLD} more" if len(others) > _TOLD else ""
        return f"{event.hub} with {', '.join(others[:_TOLD])}{more}" if others else event.hub

    def _triggers(self, was: Event, now: Event, about: Change) -> Iterator[Change]:
        old = {self.in_old[trigger]: self.old.by_id[trigger] for trigger in was.triggers}
        new = {self.in_new[trigger]: self.new.by_id[trigger] for trigger in now.triggers}
        for same in old.keys() - new.keys():
            place = place_of(old[same])
            yield about.model_copy(update={"what": "trigger", "how": "removed", "place": place, "before": place.quote})
        for same in new.keys() - old.keys():
            place = place_of(new[same])
            yield about.model_copy(update={"what": "trigger", "how": "added", "place": place, "after": place.quote})
        mains = self.in_old[was.triggers[0]], self.in_new[now.triggers[0]]
        if mains[0] != mains[1] and old.keys() >= set(mains) and new.keys() >= set(mains):
            before, after = (place_of(side[main]).quote for side, main in zip((old, new), mains, strict=True))
            yield about.model_copy(update={"what": "main trigger", "before": before, "after": after})

    def _arguments(self, was: Event, now: Event, about: Change) -> Iterator[Change]:
        old, new = _by_mention(was, self.in_old), _by_mention(now, self.in_new)
        in_old, in_new = _first_of(was, self.in_old), _first_of(now, self.in_new)
        for same in sorted(old.keys() | new.keys()):
            gone, come = old[same] - new[same], new[same] - old[same]
            mention = self.new.by_id[in_new[same]] if same in in_new else self.old.by_id[in_old[same]]
            of_it = about.model_copy(update={"kind": mention.kind, "place": place_of(mention)})
            for before, after in _paired(gone, come):
                yield from self._argument(
                    before and before.held(in_old[same]), after and after.held(in_new[same]), of_it
                )

    def _argument(self, before: Argument | None, after: Argument | None, about: Change) -> Iterator[Change]:
        if before is None or after is None:
            told = {"before": before and self.old.argument(before), "after": after and self.new.argument(after)}
            yield about.model_copy(update={"what": "argument", "how": "removed" if before else "added"} | told)
            return
        if before.role != after.role:
            yield about.model_copy(update={"what": "role", "before": before.role, "after": after.role})
        if before.of != after.of:
            yield about.model_copy(update={"what": "side", "before": before.of, "after": after.of})


class _Part(NamedTuple):
    """The part that a mention has in an event."""

    role: str
    of: str
    """The side that is counted; empty for none, so that parts have an order."""

    def held(self, mention: str) -> Argument:
        """Give the argument of the mention with that id."""
        return Argument(role=self.role, mention=mention, of=self.of or None)


def _by_mention(event: Event, same: Mapping[str, int]) -> dict[int, Counter[_Part]]:
    found: dict[int, Counter[_Part]] = defaultdict(Counter)
    for argument in event.arguments:
        found[same[argument.mention]][_Part(argument.role, argument.of or "")] += 1
    return found


def _first_of(event: Event, same: Mapping[str, int]) -> dict[int, str]:
    return {same[argument.mention]: argument.mention for argument in event.arguments}


def _paired(gone: Counter[_Part], come: Counter[_Part]) -> Iterator[tuple[_Part | None, _Part | None]]:
    """Give which part of one mention became which: those of one role first, then of one side, then any."""
    left, right = sorted(gone.elements()), sorted(come.elements())
    for alike in (attrgetter("role"), attrgetter("of"), lambda _: ""):
        for key in sorted({alike(part) for part in left} & {alike(part) for part in right}):
            ours, theirs = ([part for part in side if alike(part) == key] for side in (left, right))
            for one, other in zip(ours, theirs, strict=False):
                left.remove(one)
                right.remove(other)
                yield one, other
    yield from ((part, None) for part in left)
    yield from ((None, part) for part in right)


def _attributes(was: Event, now: Event) -> Iterator[tuple[What, str, str]]:
    if was.type != now.type:
        yield "type", was.type, now.type
    if was.realis != now.realis:
        yield "realis", was.realis, now.realis
    if was.certainty != now.certainty:
        yield "certainty", was.certainty, now.certainty
    if was.background != now.background:
        yield "background", _ground(was), _ground(now)


def _ground(event: Event) -> str:
    return "background" if event.background else "foreground"
