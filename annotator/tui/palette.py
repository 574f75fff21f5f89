"""How mentions look. Colours are from the Okabe-Ito set, which colour-blind readers tell apart; they never stand alone:
confirmed is bold, rejected is struck out, unsure is italic, nested mentions are underlined.
"""

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style

from annotator.model.decision import Disposition
from annotator.model.mention import Kind

KIND_COLOURS: Mapping[Kind, str] = {
    "trigger": "#e08a3c",
    "actor": "#56b4e9",
    "number": "#e5d94a",
    "place": "#3fbf8f",
    "time": "#d493bd",
}
"""Foreground of an untouched mention, background of a settled one."""

_PAPER = "#14171a"
_INK = "#d8d8d4"
_DIM = "#7d8388"

Look = tuple[Kind, Disposition | None]
"""What decides how a mention looks: its kind and what was said of it."""


@lru_cache(maxsize=4096)
def style_of(looks: tuple[Look, ...], current: bool, selected: bool, caret: bool, boilerplate: bool) -> Style:
    """Give the style of characters under `looks`, the mentions that cover them, outermost first."""
    style = Style(color=_DIM if boilerplate else _INK, bgcolor=_PAPER)
    if looks:
        kind, disposition = looks[-1]
        colour = KIND_COLOURS[kind]
        if disposition is None:
            style += Style(color=colour, underline=True)
        elif disposition == "rejected":
            style += Style(color=_DIM, strike=True)
        elif disposition == "unsure":
            style += Style(color=colour, italic=True, underline=True)
        else:
            style += Style(color="#101010", bgcolor=colour, bold=True)
        if len(looks) > 1:
            style += Style(underline=True)
    if current:
        style += Style(color="#000000", bgcolor="#ffffff", bold=True)
    if selected:
        style += Style(color="#ffffff", bgcolor="#0057b8")
    if caret:
        style += Style(reverse=True)
    return style


BLANK = Style(color=_INK, bgcolor=_PAPER)
"""Where there is no text."""
