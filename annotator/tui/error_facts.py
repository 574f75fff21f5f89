"""What the side panel says of an error: what sort it is, and how each side reads the place. Reads; changes nothing.

Gold and prediction are headed in the looks that their stretches have in the article, so that the headings are the key
to it. Article text passes `quote` or `in_lines`, as in `facts`.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import get_args

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from annotator.model.mention import Kind
from annotator.scoring.errors import Reading, ScoringError
from annotator.scoring.scoring_error import standing
from annotator.text.counted import counted
from annotator.text.span import Span
from annotator.tui.disagreement_facts import both_ends
from annotator.tui.facts import quote
from annotator.tui.highlights import Highlight
from annotator.tui.layout import BidiMode, beginning, in_lines
from annotator.tui.palette import kind_style
from annotator.workflow.error_choice import quoted
from annotator.workflow.error_filter import words_at

GOLD, PREDICTED = "gold", "predicted"
"""Ids of the highlights; that of gold is shown as the current one, reversed."""

TRIGGER = "trigger"
"""Id of the highlight of an argument's trigger."""

_LOOKS: Mapping[str, Style] = {
    GOLD: Style(bold=True, reverse=True),
    PREDICTED: Style(bold=True, italic=True, underline=True),
}

_ID, _WORDS = 9, 30
"""Cells of an article's id on a line, and of all before it on lines that are wide enough for more of the id."""

_LONGEST = 120
"""Code points of a quote that are shown."""


def highlights(error: ScoringError) -> list[Highlight]:
    """Give the stretches to be marked: gold's, the prediction's, and the trigger of an argument's event."""
    marked = [
        Highlight(name, reading.place, _kind(error), None if name == GOLD else "unsure")
        for name, reading in ((GOLD, error.gold), (PREDICTED, error.predicted))
        if reading is not None and reading.place is not None
    ]
    triggers = filter(None, (standing(one.trigger) for one in (error.gold, error.predicted) if one is not None))
    return [*marked, *(Highlight(TRIGGER, trigger, "trigger", "confirmed") for trigger in islice(triggers, 1))]


def _kind(error: ScoringError) -> Kind:
    """Give the kind in whose colour an error is shown; an argument may be of any."""
    return next(
        (kind for kind in get_args(Kind) if kind == error.part), "actor" if error.part == "argument" else "trigger"
    )


def error_head(error: ScoringError, of_trigger: str, state: str, mode: BidiMode, room: int) -> Text:
    """Give of what sort an error is.

    `of_trigger` says what was wrong with an argument's trigger, `state` what came of a challenge, if there was one.
    """
    facts = Text(f"{error.kind.upper()}\n", style="bold")
    facts.append(f"{in_lines(error.group, room, mode)}\n", style="not bold")
    if of_trigger:
        facts.append(f"{in_lines(f'follows from its {of_trigger}', room, mode)}\n", style="not bold italic")
    if state:
        facts.append(f" challenged: {state} ", style="reverse")
        facts.append("\n")
    return facts


def reading_facts(error: ScoringError, name: str, text: str | None, mode: BidiMode, room: int) -> Text:
    """Give how one side, `GOLD` or `PREDICTED`, reads the place; `text` is the article's, where it is at hand."""
    own, other = (error.gold, error.predicted) if name == GOLD else (error.predicted, error.gold)
    facts = Text()
    facts.append(f" {name} ", style=_LOOKS[name])
    if own is None:
        return facts.append("  nothing here\n")
    facts.append(f"  {_offsets(own.span)}\n", style=_marked(own, other, "span"))
    if shown := _words(error, own, text):
        facts.append(f"{in_lines(shown, room, mode)}\n", style=_marked(own, other, "span"))
    if own.label and own.label != error.part:
        facts.append(f"{beginning(own.label, room, mode)}\n", style=_marked(own, other, "label"))
    said = own.said or ("nothing said of it" if error.kind == "value" else "")
    if said:
        facts.append(f"{in_lines(said, room, mode)}\n", style=_marked(own, other, "said"))
    if own.event_type or own.trigger:
        facts.append(
            f"of {beginning(own.event_type or 'an event', room - 3, mode)}\n", style=_marked(own, other, "event_type")
        )
    if own.trigger:
        facts.append_text(_trigger(own.trigger, text, mode, room, _marked(own, other, "trigger"))).append("\n")
    return facts


def _trigger(trigger: Span, text: str | None, mode: BidiMode, room: int, style: str) -> Text:
    """Give a trigger in the looks that it has in the article, and where it stands."""
    where = _offsets(trigger)
    words = words_at(trigger, text)
    drawn = Text(quote(words, mode, room - len(where) - 2), style=kind_style("trigger", bold=True))
    return drawn.append(f"{'  ' if words else 'trigger '}{where}", style=style)


def _words(error: ScoringError, reading: Reading, text: str | None) -> str:
    """Give the words of a reading, of many both ends; where edges differ, with blanks at them to be seen."""
    if error.kind == "boundary" and text is not None:
        return both_ends(quoted(reading, text), _LONGEST)
    return both_ends(words_at(reading.span, text), _LONGEST)


def error_line(error: ScoringError, text: str | None, state: str, room: int, mode: BidiMode, *, mixed: bool) -> str:
    """Give an error on a line of `room` cells: its words, where they begin, and how its article's id does.

    Among errors of several groups (`mixed`) its group stands in the place of that.
    """
    reading = error.gold or error.predicted
    assert reading is not None, "an error has at least one side"
    mark = "! " if state else ""
    begins = "" if reading.place is None else f"  {reading.place.start}"
    last, most = (error.group, room // 2) if mixed else (error.article_id, max(_ID, room - _WORDS))
    behind = f"{begins}  {beginning(last, most, mode)}"
    left = room - cell_len(behind) - len(mark)
    words = beginning(words_at(reading.span, text) or reading.label, left, mode)
    return f"{mark}{words}{' ' * (left - cell_len(words))}{behind}"


def in_articles(errors: Sequence[ScoringError]) -> str:
    """Give how many errors there are and in how many articles."""
    return f"{counted(len(errors), 'error')} in {counted(len({one.article_id for one in errors}), 'article')}"


def _offsets(span: Span | None) -> str:
    where = standing(span)
    return "without a place" if where is None else f"{where.start}-{where.end}"


def _marked(own: Reading, other: Reading | None, name: str) -> str:
    """Give the style of a part in which the sides differ."""
    return "bold" if other is not None and getattr(own, name) != getattr(other, name) else ""
