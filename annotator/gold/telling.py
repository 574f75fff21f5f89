"""What a record says, in words on one line: mentions, values, arguments, event frames. Never tells a record's ids."""

from collections.abc import Iterable

from annotator.gold.alignment import without_of
from annotator.gold.change import Place, Told
from annotator.model.annotation import reading_order
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.notation import notation, number_notation
from annotator.model.record import GoldRecord, Rejected
from annotator.model.value import NumberValue, TimeValue
from annotator.text.counted import counted


class Telling:
    """Tells what one record says."""

    def __init__(self, record: GoldRecord) -> None:
        self.record = record
        self.by_id = {mention.id: mention for mention in record.mentions}

    def mention(self, mention: Mention) -> str:
        """Give what a mention says beside where it stands: its kind, label, entry and value."""
        return " ".join(filter(None, (mention.kind, mention.label, mention.ref, self.value(mention.value))))

    def value(self, value: NumberValue | TimeValue | None) -> str:
        """Give a value as it would be typed; a fraction names the words that it is taken of."""
        said = notation(without_of(value))
        whole = self.by_id.get(value.of) if isinstance(value, NumberValue) and value.of else None
        return f"{said} of {where(place_of(whole))}" if whole else said

    def argument(self, argument: Argument) -> str:
        """Give a role with what fills it."""
        side = f" of {argument.of}" if argument.of else ""
        return f"{argument.role}{side}: {self.filling(argument)}"

    def filling(self, argument: Argument) -> str:
        """Give what fills a role: its words, where they stand and what they mean."""
        mention = self.by_id[argument.mention]
        says = " ".join(filter(None, (mention.ref, self.value(mention.value))))
        return f"{where(place_of(mention))}{f' ({says})' if says else ''}"

    def event(self, event: Event) -> str:
        """Give a whole frame: its type, triggers, arguments, and the attributes that are not the usual ones."""
        main, *others = (self.by_id[trigger] for trigger in event.triggers)
        triggers = ", ".join(where(place_of(one)) for one in (main, *sorted(others, key=reading_order)))
        arguments = (self.argument(argument) for argument in self.in_order(event))
        return "; ".join((f"{event.type} on {triggers}", *arguments, *attributes(event)))

    def in_order(self, event: Event) -> list[Argument]:
        """Give an event's arguments by role, then in reading order, whatever their ids."""

        def order(argument: Argument) -> tuple[object, ...]:
            mention = self.by_id[argument.mention]
            return argument.role, mention.start, mention.end, mention.kind, argument.of or ""

        return sorted(event.arguments, key=order)

    def told(self, event: Event) -> Told:
        """Give which event something is about."""
        return Told(type=event.type, trigger=place_of(self.by_id[event.triggers[0]]) if event.triggers else None)

    def all(self) -> str:
        """Give how much the record holds."""
        record = self.record
        parts = [counted(len(record.events), "event"), counted(len(record.mentions), "mention")]
        if record.rejected:
            parts.append(f"{len(record.rejected)} rejected")
        return ", ".join([*parts, "read to the end" if record.complete else "not read to the end"])


def attributes(event: Event) -> Iterable[str]:
    """Give the attributes of an event that say more than that it happened, and is told as such."""
    if event.realis != "actual":
        yield event.realis
    if event.certainty != "asserted":
        yield event.certainty
    if event.background:
        yield "background"


def all_attributes(event: Event) -> tuple[str, str, str]:
    """Give the attributes of an event, the usual ones too."""
    return event.realis, event.certainty, "background" if event.background else "foreground"


def place_of(mention: Mention | Rejected) -> Place:
    """Give where a mention or a rejected candidate stands."""
    return Place(start=mention.start, end=mention.end, quote=mention.quote or None)


def where(place: Place) -> str:
    """Give a place in words: “6 members” 3409-3418."""
    quote = f"“{place.quote}” " if place.quote is not None else ""
    return f"{quote}{place.start}-{place.end}"


def bounds(value: NumberValue) -> str:
    """Give the low, high and best of a number, and how the text says them where that is not plain."""
    return number_notation(value.model_copy(update=dict.fromkeys(("unit", "scope", "num", "den", "of"))))


def rejection(rejected: Rejected) -> str:
    """Give what was rejected and why."""
    said = " ".join(filter(None, (rejected.kind, rejected.label)))
    return f"{said} ({rejected.reason})" if rejected.reason else said
