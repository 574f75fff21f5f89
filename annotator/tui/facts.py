"""What the side panel says of a mention and of an event, as styled text. Reads; changes nothing.

Everything that comes from an article passes `one_line`, which makes it safe and puts it in the order of the screen.
"""

from collections.abc import Container, Iterable, Mapping

from rich.style import Style
from rich.text import Text

from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.notation import notation, sentence
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.palette import kind_style
from annotator.workflow.session import Item

_QUOTE = 60
"""Code points of a quote that the panel shows."""


def quote(text: str, mode: BidiMode, most: int = _QUOTE) -> str:
    """Give the beginning of a quote, at most so many code points, safe and in the order of the screen."""
    tidy = " ".join(text.split())
    return one_line(tidy if len(tidy) <= most else f"{tidy[:most]}…", mode)


def meaning(mention: Mention, schema: Schema, registry: Registry) -> str:
    """Give what a mention stands for, in words: an event type, a registry entry, a value."""
    if mention.kind == "trigger":
        declared = schema.types.get(mention.label or "")
        return f"{mention.label} ({declared.title})" if declared else (mention.label or "no event type yet")
    if mention.kind in ("actor", "place"):
        return f"{mention.ref} ({registry.name_of(mention.ref)})" if mention.ref else "not in the registry"
    if isinstance(mention.value, NumberValue):
        return sentence(mention.value)
    return notation(mention.value) or "no value yet"


def mention_facts(
    item: Item, schema: Schema, registry: Registry, mode: BidiMode, *, name: str = "", remarks: Iterable[str] = ()
) -> Text:
    """Give what is known of one mention, under its short name if it has one, with remarks below."""
    mention = item.mention
    facts = Text(no_wrap=False)
    facts.append(" ".join((mention.kind.upper(), name)).strip(), style=kind_style(mention.kind, bold=True))
    facts.append(f"  {item.disposition or 'untouched'}\n")
    facts.append(f"{quote(mention.quote, mode)}\n", style="bold")
    facts.append(f"{one_line(meaning(mention, schema, registry), mode)}\n")
    for remark in remarks:
        facts.append(f"{one_line(remark, mode)}\n", style="italic")
    if item.candidate and item.disposition == "corrected":
        proposed = item.candidate.as_mention()
        if proposed.content[3:] != mention.content[3:]:
            facts.append(f"proposed: {one_line(meaning(proposed, schema, registry), mode)}\n", style="dim")
    if item.candidate and item.candidate.trigger_class == "casualty":
        facts.append("a casualty: usually one more trigger (E)\n", style="dim")
    return facts


Slot = tuple[str, str, str | None]
"""A place in a frame with what fills it: role (or `triggers`), mention id, whose losses it counts."""


def slots(event: Event) -> frozenset[Slot]:
    """Give every trigger and argument of an event, to be compared with those of another answer."""
    triggers = {("triggers", trigger, None) for trigger in event.triggers}
    return frozenset(triggers | {(held.role, held.mention, held.of) for held in event.arguments})


def frame(
    event: Event,
    mentions: Mapping[str, Mention],
    schema: Schema,
    mode: BidiMode,
    *,
    shared: frozenset[Slot] | None = None,
    dropped: Container[str] = (),
) -> Text:
    """Give attributes, triggers and roles of an event, a line each.

    With `shared`, what is not among those slots is marked by a plus: there the answers differ. Mentions in `dropped`
    are struck out: they are not settled as mentions.
    """
    background = " · background" if event.background else ""
    drawn = Text(f"{event.realis} · {event.certainty}{background}\n", style="dim")
    held = sorted(slots(event), key=lambda slot: (mentions[slot[1]].start, slot[1]))
    for role in dict.fromkeys(("triggers", *schema.roles_of(event.type), *(slot[0] for slot in held))):
        fillers = [slot for slot in held if slot[0] == role]
        if fillers:
            drawn.append(f"{role}  ", style=kind_style(mentions[fillers[0][1]].kind))
            drawn.append(Text(", ").join(_filler(slot, mentions[slot[1]], mode, shared, dropped) for slot in fillers))
            drawn.append("\n")
    return drawn


def _filler(
    slot: Slot, mention: Mention, mode: BidiMode, shared: frozenset[Slot] | None, dropped: Container[str]
) -> Text:
    """Give what fills a slot: its words, its value, and whose losses it counts."""
    differs = shared is not None and slot not in shared
    filler = Text("+" if differs else "")
    filler.append(quote(mention.quote, mode), style=Style(bold=differs, strike=mention.id in dropped, dim=False))
    if mention.value:
        filler.append(f" {notation(mention.value)}", style="dim")
    if slot[2]:
        filler.append(f" of {slot[2]}")
    return filler
