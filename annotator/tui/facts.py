"""What the side panel says of a mention and of an event, as styled text. Reads; changes nothing.

Everything that comes from an article passes `one_line`, which makes it safe and puts it in the order of the screen.
"""

from rich.text import Text

from annotator.model.annotation import Annotation
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.notation import notation, sentence
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue
from annotator.text.display import display
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.palette import KIND_COLOURS
from annotator.workflow.event_edits import frame_problems
from annotator.workflow.session import Item

_QUOTE = 60
"""Code points of a quote that the panel shows."""


def quote(text: str, mode: BidiMode) -> str:
    """Give the beginning of a quote, safe and in the order of the screen."""
    tidy = " ".join(text.split())
    return one_line(tidy if len(tidy) <= _QUOTE else f"{tidy[:_QUOTE]}…", mode)


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


def mention_facts(item: Item, schema: Schema, registry: Registry, mode: BidiMode) -> Text:
    """Give what is known of one mention."""
    mention = item.mention
    facts = Text(no_wrap=False)
    facts.append(f"{mention.kind.upper()}", style=f"bold {KIND_COLOURS[mention.kind]}")
    facts.append(f"  {item.disposition or 'untouched'}\n")
    facts.append(f"{quote(mention.quote, mode)}\n", style="bold")
    facts.append(f"{display(meaning(mention, schema, registry))}\n")
    if item.candidate and item.disposition == "corrected":
        proposed = item.candidate.as_mention()
        if proposed.content[3:] != mention.content[3:]:
            facts.append(f"proposed: {display(meaning(proposed, schema, registry))}\n", style="dim")
    if item.candidate and item.candidate.trigger_class == "casualty":
        facts.append("a casualty: usually one more trigger (E)\n", style="dim")
    return facts


def _filler(argument: Argument, mention: Mention, mode: BidiMode) -> Text:
    """Give what fills a role: its words, its value, and whose losses it counts."""
    filler = Text(quote(mention.quote, mode))
    if mention.value:
        filler.append(f" {notation(mention.value)}", style="dim")
    if argument.of:
        filler.append(f" of {argument.of}")
    return filler


def event_facts(event: Event, place: str, annotation: Annotation, schema: Schema, mode: BidiMode) -> Text:
    """Give the frame of an event: type, triggers, roles with what fills them, what is missing, attributes."""
    mentions = annotation.live_mentions()
    declared = schema.types.get(event.type)
    facts = Text(no_wrap=False)
    facts.append(f"EVENT {place}", style="bold reverse")
    facts.append(f"  {event.type}\n", style="bold")
    if declared:
        facts.append(f"{declared.title}\n", style="dim")
    background = " · background" if event.background else ""
    facts.append(f"{event.realis} · {event.certainty}{background}\n", style="dim")
    facts.append("triggers  ", style=KIND_COLOURS["trigger"])
    facts.append(f"{', '.join(quote(mentions[trigger].quote, mode) for trigger in event.triggers)}\n")
    for role in dict.fromkeys((*schema.roles_of(event.type), *(held.role for held in event.arguments))):
        fillers = [held for held in event.arguments if held.role == role]
        if fillers:
            facts.append(f"{role}  ", style=KIND_COLOURS[mentions[fillers[0].mention].kind])
            facts.append(Text(", ").join(_filler(held, mentions[held.mention], mode) for held in fillers))
            facts.append("\n")
    for problem in frame_problems(schema.roles_of(event.type), event):
        facts.append(f"! {problem}\n", style="italic")
    return facts
