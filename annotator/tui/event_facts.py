"""What panel and lists say of events: the frame, what could still fill it, and a line for each. Reads; changes nothing.

Everything that comes from an article passes `quote`, which makes it safe and puts it in the order of the screen.
"""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from annotator.model.event import Event
from annotator.model.mention import KINDS, Kind, Mention
from annotator.model.notation import notation
from annotator.model.schema import ARITY_BOUNDS, Schema
from annotator.tui.facts import NOTHING_SAID, ROOM, frame, quote
from annotator.tui.layout import BidiMode, beginning, in_lines, one_line
from annotator.tui.palette import kind_style
from annotator.workflow.clause import Proposal
from annotator.workflow.event_edits import frame_problems
from annotator.workflow.session import Item
from annotator.workflow.tellings import Telling

SHOWN = 4
"""Proposals that are shown at once."""

_LINES = 3
"""Lines of the words around a trigger that stands in another article."""

SHORT = 20
"""Cells of a quote that shares its line with more."""


def event_facts(
    event: Event,
    place: str,
    mentions: Mapping[str, Mention],
    schema: Schema,
    mode: BidiMode,
    linked: Sequence[int] = (),
    elsewhere: str | None = None,
    which: Mapping[str, str] = NOTHING_SAID,
) -> Text:
    """Give an event with its frame, what is missing in it or too many, and which others tell the same.

    `which` tells by id those mentions apart that have the same words; `linked` are the numbers of those in this
    article; `elsewhere` is the id of another article that tells it, empty where it is not known which.
    """
    declared = schema.types.get(event.type)
    facts = Text(no_wrap=False)
    facts.append(f"EVENT {place}", style="bold reverse")
    facts.append(f"  {event.type}\n", style="bold")
    if declared:
        facts.append(f"{declared.title}\n", style="dim")
    for problem in frame_problems(schema.roles_of(event.type), event):
        facts.append(f"! {problem}\n", style="italic")
    told = [_numbered(linked)] if linked else []
    if elsewhere is not None:
        told.append(f"in {one_line(elsewhere)}" if elsewhere else "in another article")
    if told:
        facts.append(f"same as {', '.join(told)}\n", style="bold")
    return facts.append(frame(event, mentions, schema, mode, which=which))


def proposal_facts(
    proposals: Sequence[Proposal],
    items: Mapping[str, Item],
    mode: BidiMode,
    accept: str,
    pass_over: str,
    which: Mapping[str, str] = NOTHING_SAID,
) -> Text:
    """Give the first proposals, a line each, and the keys that take or leave the first.

    `which` tells by id those mentions apart that have the same words.
    """
    drawn = Text()
    for at, one in enumerate(proposals[:SHOWN]):
        before, behind = f"{'?' if at == 0 else ' '} {one.role} ← ", f"  {one.why}"
        of = which.get(one.mention, "")
        left = ROOM - len(before) - len(of)
        words = quote(items[one.mention].mention.quote, mode, min(left, max(SHORT, left - len(behind))))
        if cell_len(words) + len(behind) > left:
            behind = ""
        drawn.append(f"{before}{words}{of}", style="bold" if at == 0 else "").append(f"{behind}\n", style="dim")
    if proposals:
        more = f"   {len(proposals) - SHOWN} more" if len(proposals) > SHOWN else ""
        drawn.append(f" {accept} ", style="reverse").append(" takes ?  ")
        drawn.append(f" {pass_over} ", style="reverse").append(f" passes{more}\n")
    return drawn


def open_roles(event: Event, schema: Schema, keys: Mapping[str, str], kind: Kind | None) -> Text:
    """Give the roles that have room by the kind of mention that fills them, each with its letter and, unless it takes
    any number, its arity as the schema writes it: those for a mention of `kind` first, the others dim.
    """
    roles, declared = schema.roles_of(event.type), schema.types.get(event.type)
    held = {role: sum(argument.role == role for argument in event.arguments) for role in roles}
    lines: dict[Kind, Text] = {}
    # What makes the type what it is stands first; what many types share comes behind.
    for role, spec in sorted(roles.items(), key=lambda pair: declared is None or pair[0] not in declared.roles):
        most = ARITY_BOUNDS[spec.arity][1]
        if most is None or held[role] < most:
            under = kind if kind in spec.kinds else spec.kinds[0]
            style = "" if under == kind else "dim"
            line = lines.setdefault(under, Text().append(f"{under}  ", style=kind_style(under)))
            line.append(f"{keys.get(role, '·')}", style=f"bold {style}".strip())
            line.append(f":{role}{'' if spec.arity == '*' else spec.arity}  ", style=style)
    return Text("\n").join(lines[under] for under in sorted(lines, key=lambda one: (one != kind, KINDS.index(one))))


def part_in(mention_id: str, events: Sequence[Event]) -> list[str]:
    """Say in which events a mention takes part, and as what."""
    said = []
    for number, event in enumerate(events, 1):
        roles = [held.role for held in event.arguments if held.mention == mention_id]
        if mention_id in event.triggers:
            roles.insert(0, "trigger")
        if roles:
            said.append(f"in EVENT {number} as {', '.join(roles)}")
    return said


def event_line(
    number: int,
    event: Event,
    items: Mapping[str, Item],
    schema: Schema,
    linked: Sequence[int],
    elsewhere: str | None,
    mode: BidiMode,
) -> str:
    """Give an event in one line: number, type, main trigger, and what is to be known of it."""
    told = [*map(str, linked), *([one_line(elsewhere) or "elsewhere"] if elsewhere is not None else [])]
    marks = [f"={', '.join(told)}"] if told else []
    if not event.arguments:
        marks.append("empty")
    if event.background:
        marks.append("background")
    marks += frame_problems(schema.roles_of(event.type), event)
    said = f"  {'; '.join(marks)}" if marks else ""
    return f"{number} {event.type} {quote(items[event.triggers[0]].mention.quote, mode, SHORT)}{said}"


def telling_line(telling: Telling, name: str, linked: bool, mode: BidiMode, room: int) -> str:
    """Give an event of another article, called `name`, in a line of `room` cells: type, main trigger, tolls, the words
    behind the trigger as far as there is room, and last the article.
    """
    words = quote(telling.trigger.quote, mode, SHORT)
    tolls = [
        f"{held.role} {notation(mention.value) or quote(mention.quote, mode, SHORT)}"
        for held in telling.event.arguments
        if (mention := telling.mentions[held.mention]).kind == "number"
    ]
    said = f"{'=' if linked else ''}{telling.event.type} {words}{''.join(f'; {one}' for one in tolls)}"
    article = one_line(name)
    behind = " ".join(telling.context.partition(telling.trigger.quote)[2].split())
    left = room - cell_len(said) - cell_len(article) - len(" … ")
    return (
        f"{said} … {beginning(behind, left, mode)} {article}" if behind and left >= SHORT // 2 else f"{said} {article}"
    )


def telling_context(telling: Telling, mode: BidiMode) -> tuple[str, ...]:
    """Give the article of an event of another one, and the words around its main trigger, in lines for the panel."""
    around = in_lines(" ".join(telling.context.split()), ROOM, mode).split("\n")
    return (beginning(f"in {telling.article_id}", ROOM, mode), *around[:_LINES])


def numbers_of(events: Sequence[Event], wanted: Sequence[Event]) -> list[int]:
    """Give the numbers under which the events that are wanted are shown."""
    ids = {event.id for event in wanted}
    return [number for number, event in enumerate(events, 1) if event.id in ids]


def _numbered(numbers: Sequence[int]) -> str:
    return f"EVENT {', '.join(map(str, numbers))}"
