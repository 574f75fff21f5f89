"""From the regions and relations of one Label Studio annotation to a document: which are events, and which only notes.

Regions of the control `event` are events. Such a one is its main trigger as well, unless a relation says which is; the
relations that start from it are roles.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.formats.inspection import Inspection
from annotator.formats.tools.cycles import cycle_among
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.formats.tools.in_words import value_of
from annotator.formats.tools.label_studio_regions import Region, Relation, regions_of
from annotator.formats.tools.units import Unit
from annotator.model.note import Note, NoteKind
from annotator.model.value import NumberValue, TimeValue

MENTION, EVENT, MARGIN_OF = "mention", "event", "margin"
"""Our controls that label regions: mentions, events, and stretches that notes are about which are about no mention."""
MARGIN: Mapping[str, NoteKind] = {"margin note": "note", "margin question": "question"}
ALSO, SAME, ABOUT = "also a trigger", "the trigger", "about"
"""Relations that are no roles: from an event to a trigger beyond the first, or to the first where the event is not a
region of its own; from a note's stretch to the mention that it is about."""
SUBTYPE, REF, HUB, OF, NOTE = "subtype", "ref", "hub", "of", "note"
TEXTS = (SUBTYPE, REF, "number", "time", HUB, OF, *MARGIN.values())
"""Our controls of texts beside regions."""
SAYINGS = ("realis", "certainty", "background")


def document(
    items: Sequence[tuple[str, dict[str, Any]]],
    article_id: str,
    raw: str,
    text: str,
    check: Inspection,
    unit: Unit | None,
) -> Document:
    """Give what the results `items` say, each with its path in the task."""
    regions, relations = regions_of(items, raw, text, check, unit)
    made = _Maker(regions, relations).document(article_id, text)
    if found := cycle_among(made.frames):
        check.warning("cycle", f"The event {found} is an argument of itself, by way of others.")
    return made


class _Maker:
    """What regions and relations come to."""

    def __init__(self, regions: Mapping[str, Region], relations: Sequence[Relation]) -> None:
        self._regions, self._relations = regions, relations
        self._from: dict[str, list[Relation]] = defaultdict(list)
        for one in relations:
            self._from[one.source].append(one)
        self._frames = {name: f"{name}:{EVENT}" for name, one in regions.items() if one.labels[0][0] == EVENT}
        said = [(one.source, one.target) for one in relations if one.label == SAME]
        self._trigger = {
            source: target for source, target in said if source in self._frames and target not in self._frames
        }
        """For events that have their trigger elsewhere the region that it is."""
        self._about = {one.source: one.target for one in relations if one.label == ABOUT}
        used = {one.target for one in relations} | {one.source for one in relations if one.label != ABOUT}
        noted = {name for name, one in regions.items() if one.labels[0] in _MARGINS and NOTE in one.texts}
        self._beside = noted - used

    def document(self, article_id: str, text: str) -> Document:
        """Give the document; whose and in which language is for the caller to say."""
        return Document(
            article_id=article_id,
            text=text,
            marks=tuple(self._marks()),
            frames=tuple(self._frame(name) for name in sorted(self._frames, key=_in_order)),
            links=tuple(self._links()),
            notes=tuple(self._notes()),
        )

    def _marks(self) -> Iterator[Marked]:
        for name, one in self._regions.items():
            if name in self._beside or name in self._trigger or one.span is None:
                continue
            event = name in self._frames
            yield Marked(
                id=name,
                type="trigger" if event else one.type,
                spans=(one.span,),
                label=one.text(SUBTYPE) or (one.type if event else None),
                ref=one.text(REF),
                value=self._value(one),
                attributes=() if event else one.attributes(TEXTS),
            )

    def _value(self, one: Region) -> NumberValue | TimeValue | None:
        number, time = one.text("number"), one.text("time")
        value = value_of(number, "number") if number else value_of(time, "time") if time else None
        known = not isinstance(value, NumberValue) or value.of is None or self._is_mark(value.of)
        return value if known else value.model_copy(update={"of": None}) if value else None

    def _is_mark(self, name: str) -> bool:
        return name in self._regions and name not in self._beside and name not in self._trigger

    def _frame(self, name: str) -> Frame:
        region = self._regions[name]
        out = [one for one in self._from[name] if one.label not in (SAME, ABOUT)]
        triggers = [self._trigger.get(name, name)]
        triggers += [self._trigger.get(one.target, one.target) for one in out if one.label == ALSO]
        choices = dict(region.choices)
        return Frame(
            id=self._frames[name],
            type=region.type,
            triggers=tuple(triggers),
            arguments=tuple(self._filled(region, [one for one in out if one.label != ALSO])),
            realis=choices.get("realis"),
            certainty=choices.get("certainty"),
            background={"true": True, "false": False}.get(choices.get("background", "")),
            hub=region.text(HUB),
            attributes=region.attributes(TEXTS, SAYINGS),
        )

    def _filled(self, region: Region, relations: Sequence[Relation]) -> Iterator[Filled]:
        counted = list(region.texts.get(OF, ()))
        for one in relations:
            said = f"{one.label} {one.target}: "
            found = next((words for words in counted if words.startswith(said) and words != said), None)
            if found is not None:
                counted.remove(found)
            yield Filled(one.label, self._name(one.target), None if found is None else found.removeprefix(said))

    def _name(self, region: str) -> str:
        """Give what a relation's end is: an event where the region is one."""
        return self._frames.get(region, region)

    def _links(self) -> Iterator[Link]:
        for one in self._relations:
            if one.source not in self._frames and one.source not in self._beside:
                yield Link(one.label, one.source, self._name(one.target), one.symmetric)

    def _notes(self) -> Iterator[Note]:
        for name, one in self._regions.items():
            about = self._about.get(name) if name in self._beside else name
            about = self._trigger.get(about, about) if about is not None else None
            for kind in MARGIN.values():
                meant = MARGIN[one.type] if name in self._beside else kind
                for number, text in enumerate(one.texts.get(kind, ()), 1):
                    yield _note(one, f"{name}:{kind}:{number}", meant, about, text)


_MARGINS = tuple((MARGIN_OF, label) for label in MARGIN)


def _note(region: Region, name: str, kind: NoteKind, about: str | None, text: str) -> Note:
    assert region.span is not None, "only regions that have a place are read"
    start, end = region.span
    return Note(id=name, kind=kind, start=start, end=end, mention=about, text=text)


def _in_order(name: str) -> tuple[int, str]:
    """Order events as they were written: ours are called e1, e2 and so on."""
    number = name.removeprefix("e")
    return (int(number), "") if number.isascii() and number.isdigit() and len(number) < 10 else (0, "")
