"""What migrations make of one annotation: the labels that change, and what only a person can say.

Pure: the same annotation and migrations give the same. An annotation that was migrated is not changed a second time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.annotation import Annotation, reading_order
from annotator.model.decision import Change, RemoveEvent, RemoveMention, SetEvent, SettleMention
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.migration import Migration, Sort, Split
from annotator.model.value import NumberValue


@dataclass(frozen=True, slots=True)
class Question:
    """One label that became several, of which a person has to say the one that holds."""

    migration: str
    """The name of the migration that asks."""
    sort: Sort
    old: str
    """The name that stands there."""
    split: Split
    mention: str
    """Id of the mention that it is about: of an event its first trigger."""
    event: str | None = None
    """Id of the event, where it is about one or about what fills a role of it."""
    argument: Argument | None = None
    """What fills a role, where it is about that."""


def migrated(annotation: Annotation, migrations: Sequence[Migration]) -> Annotation:
    """Give an annotation under the names that the migrations, in order, give; events that then say the same are one."""
    for migration in migrations:
        annotation = replace(
            annotation,
            settled={name: migration.settled(item) for name, item in annotation.settled.items()},
            events=_once({name: migration.event(event) for name, event in annotation.events.items()}, annotation),
        )
    return annotation


def _once(events: Mapping[str, Event], before: Annotation) -> dict[str, Event]:
    """Leave out events that a migration made equal to an earlier one; what was equal before is not its business."""
    said: dict[object, str] = {}
    kept: dict[str, Event] = {}
    for name, event in events.items():
        first = said.setdefault(_content(event), name)
        if first == name or _content(before.events[first]) == _content(before.events[name]):
            kept[name] = event
    return kept


def _content(event: Event) -> object:
    return event.model_copy(update={"id": "", "arguments": tuple(sorted(event.arguments, key=repr))})


def steps_between(have: Annotation, want: Annotation) -> list[Change]:
    """Give the changes that make `have` say what `want` does of mentions, events and rulings.

    An event that is there under another id is left as it is: what it is called means nothing.
    """
    steps: list[Change] = []
    for name, item in want.settled.items():
        if have.settled.get(name) != item:
            steps.append(SettleMention(disposition=item.disposition, mention=item.mention, reason=item.reason))
    steps += [RemoveMention(mention=name) for name in have.settled if name not in want.settled]
    steps += _events_between(have.events, want.events)
    steps += [rule for item, rule in want.rulings.items() if have.rulings.get(item) != rule]
    return steps


def _events_between(have: Mapping[str, Event], want: Mapping[str, Event]) -> Iterator[Change]:
    missing = {name: event for name, event in want.items() if have.get(name) != event}
    spare = {name: _content(event) for name, event in have.items() if name not in want}
    for event in missing.values():
        alike = next((name for name, content in spare.items() if content == _content(event)), None)
        if alike is None or event.id in have:
            yield SetEvent(event=event)
        else:
            del spare[alike]
    yield from (RemoveEvent(event=name) for name in spare)


def questions(annotation: Annotation, migrations: Sequence[Migration]) -> list[Question]:
    """Give what a person has to say, in reading order: of events first their type, then what fills their roles."""
    found: list[tuple[tuple[object, ...], int, Question]] = []
    for migration in migrations:
        for place, question in _asked(annotation, migration):
            found.append((reading_order(place), len(found), question))
    return [question for *_, question in sorted(found, key=lambda one: one[:2])]


def _asked(annotation: Annotation, migration: Migration) -> Iterator[tuple[Mention, Question]]:
    """Give the questions of one migration, each with the mention at which it is asked."""
    live, events = annotation.live_mentions(), annotation.live_events()
    for event in events.values():
        main = live[event.triggers[0]]
        yield from _about(migration, "types", event.type, main, event=event.id)
        for held in event.arguments:
            filler = live[held.mention]
            yield from _about(migration, "roles", held.role, filler, event.type, event=event.id, argument=held)
    taken = {trigger for event in events.values() for trigger in event.triggers}
    for mention in live.values():
        if mention.kind == "trigger" and mention.id not in taken:
            yield from _about(migration, "types", mention.label, mention)
        if isinstance(mention.value, NumberValue):
            yield from _about(migration, "units", mention.value.unit, mention)
    for item in annotation.settled.values():
        if item.disposition == "rejected":
            yield from _about(migration, "rejection_reasons", item.reason, item.mention)


def _about(
    migration: Migration,
    sort: Sort,
    name: str | None,
    mention: Mention,
    within: str = "",
    *,
    event: str | None = None,
    argument: Argument | None = None,
) -> Iterator[tuple[Mention, Question]]:
    """Give the question that a name raises, if it was split; `within`: the type, for a role."""
    split = migration.split_of(sort, name, within)
    if split is not None and name is not None:
        yield mention, Question(migration.name, sort, name, split, mention.id, event, argument)


def answering(question: Question, answer: str, annotation: Annotation, migrations: Sequence[Migration]) -> list[Change]:
    """Give the changes by which a person's answer, one of the new names, holds; later migrations go on from there."""
    after = _answered(question, answer, annotation)
    names = [migration.name for migration in migrations]
    return steps_between(annotation, migrated(after, migrations[names.index(question.migration) + 1 :]))


def _answered(question: Question, answer: str, annotation: Annotation) -> Annotation:
    settled, events = dict(annotation.settled), dict(annotation.events)
    event = events.get(question.event or "")
    item = settled[question.mention]
    match question.sort:
        case "types":
            if event is not None:
                events[event.id] = event.model_copy(update={"type": answer})
            for trigger in (question.mention,) if event is None else event.triggers:
                held = settled.get(trigger)
                if held is not None and held.mention.label == question.old:
                    settled[trigger] = replace(held, mention=held.mention.model_copy(update={"label": answer}))
        case "roles":
            assert event is not None
            changed = tuple(
                held.model_copy(update={"role": answer})
                if (held.role, held.mention) == (question.old, question.mention)
                else held
                for held in event.arguments
            )
            events[event.id] = event.model_copy(update={"arguments": changed})
        case "units":
            value = item.mention.value
            assert value is not None
            whole = item.mention.model_copy(update={"value": value.model_copy(update={"unit": answer})})
            settled[question.mention] = replace(item, mention=whole)
        case "rejection_reasons":
            settled[question.mention] = replace(item, reason=answer)
    return replace(annotation, settled=settled, events=events)
