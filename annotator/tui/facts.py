"""What the side panel says of a mention and of an event, as styled text. Reads; changes nothing.

Everything that comes from an article passes `in_lines` or `quote`, which make it safe, put it in the order of the
screen and keep a line within the panel: one that the panel had to wrap would lose its order.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.notation import notation, sentence
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue
from annotator.text.display import display
from annotator.tui.layout import BidiMode, beginning, in_lines
from annotator.tui.palette import kind_style
from annotator.workflow.session import Item
from annotator.workflow.suggesting import proposers

ROOM = 37
"""Cells of a line of the panel, wherever it stands: beside the article, or half of it below a narrow one."""

_QUOTE = 60
"""Code points of a quote that the panel shows where it may take several lines."""

_NAMES = 3
"""Names of finders that the panel shows."""

NOTHING_SAID: Mapping[str, str] = {}
"""Where mentions are not told apart by more than their words."""

_LEAST = 10
"""Cells that are left to a quote, however much stands around it."""


def quote(text: str, mode: BidiMode, room: int = ROOM - 1) -> str:
    """Give as much of a quote as so many cells hold, from where it begins, safe and in the order of the screen."""
    return beginning(_tidy(text), max(_LEAST, room), mode)


def _tidy(text: str) -> str:
    return " ".join(text.split())


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
    item: Item,
    schema: Schema,
    registry: Registry,
    mode: BidiMode,
    *,
    name: str = "",
    means: str | None = None,
    remarks: Iterable[str] = (),
) -> Text:
    """Give what is known of one mention, under its short name if it has one, with remarks below.

    `means` says what it stands for, where that is to be said in other words than `meaning` gives.
    """
    mention = item.mention
    facts = Text(no_wrap=False)
    facts.append(" ".join((mention.kind.upper(), name)).strip(), style=kind_style(mention.kind, bold=True))
    facts.append(f"  {display(item.said)}\n")
    words = _tidy(mention.quote)
    words = words if len(words) <= _QUOTE else f"{words[:_QUOTE]}…"
    facts.append(f"{in_lines(words, ROOM, mode)}\n", style="bold")
    facts.append(f"{in_lines(means or meaning(mention, schema, registry), ROOM, mode)}\n")
    for remark in remarks:
        facts.append(f"{in_lines(remark, ROOM, mode)}\n", style="italic")
    if item.candidate and item.disposition == "corrected":
        proposed = item.candidate.as_mention()
        if proposed.content[3:] != mention.content[3:]:
            facts.append(f"{in_lines(f'proposed: {meaning(proposed, schema, registry)}', ROOM, mode)}\n", style="dim")
    if item.candidate and item.candidate.trigger_class == "casualty":
        facts.append("a casualty: usually one more trigger (E)\n", style="dim")
    if item.candidate and item.candidate.marks:
        around = f"the words around it say: {', '.join(item.candidate.marks)}"
        facts.append(f"{in_lines(around, ROOM, mode)}\n", style="italic")
    if item.candidate and (named := proposers(item.candidate)):
        facts.append(f"{in_lines(f'proposed by {_some(named)}', ROOM, mode)}\n", style="dim")
    return facts


def _some(names: Sequence[str]) -> str:
    """Give the first of some names, and how many more there are."""
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


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
    room: int = ROOM,
    which: Mapping[str, str] = NOTHING_SAID,
) -> Text:
    """Give attributes, triggers and roles of an event in lines of `room` cells; what fills a role is never parted.

    With `shared`, what is not among those slots is marked by a plus: there the answers differ. Mentions in `dropped`
    are struck out: they are not settled as mentions. `which` tells by id those apart that have the same words.
    """
    background = " · background" if event.background else ""
    drawn = Text(f"{event.realis} · {event.certainty}{background}\n", style="dim")
    held = sorted(slots(event), key=lambda slot: (mentions[slot[1]].start, slot[1]))
    for role in dict.fromkeys(("triggers", *schema.roles_of(event.type), *(slot[0] for slot in held))):
        fillers = [slot for slot in held if slot[0] == role]
        if fillers:
            name, left = f"{role}  ", room - cell_len(role) - len("  ,")
            drawn.append(name, style=kind_style(mentions[fillers[0][1]].kind))
            written = [
                _filler(slot, mentions[slot[1]], mode, shared, dropped, left, which.get(slot[1], ""))
                for slot in fillers
            ]
            drawn.append(_enumerated(written, left, " " * cell_len(name))).append("\n")
    return drawn


def _enumerated(parts: Sequence[Text], room: int, indent: str) -> Text:
    """Give parts with commas between them, as many on a line as there is room for; further lines are indented."""
    drawn, used = Text(), 0
    for part in parts:
        wanted = cell_len(part.plain)
        if used and used + len(", ") + wanted > room:
            drawn.append(f",\n{indent}")
            used = 0
        elif used:
            drawn.append(", ")
            used += len(", ")
        drawn.append(part)
        used += wanted
    return drawn


def _filler(
    slot: Slot,
    mention: Mention,
    mode: BidiMode,
    shared: frozenset[Slot] | None,
    dropped: Container[str],
    room: int,
    which: str,
) -> Text:
    """Give what fills a slot: its words, as far as there is room, its value, and whose losses it counts."""
    differs = shared is not None and slot not in shared
    filler, behind = Text("+" if differs else ""), Text(which)
    if mention.value:
        behind.append(f" {notation(mention.value)}", style="dim")
    if slot[2]:
        behind.append(f" of {slot[2]}")
    words = quote(mention.quote, mode, room - len(filler) - len(behind))
    filler.append(words, style=Style(bold=differs, strike=mention.id in dropped, dim=False))
    return filler.append(behind)
