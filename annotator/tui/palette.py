"""How mentions look: colours by kind, other signs by what was said of them, in a palette a theme.

Colours go back to the Okabe-Ito set, moved apart until they also differ for those who see few colours, on 256 and on 16
colours. They never stand alone: untouched is underlined, confirmed is bold, rejected is struck out, unsure is italic,
what lies inside another mention is underlined twice. Knows no widget and no theme of Textual's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rich.style import Style

from annotator.model.decision import Disposition
from annotator.model.mention import Kind

Look = tuple[Kind, Disposition | None]
"""What decides how a mention looks: its kind and what was said of it."""


@dataclass(frozen=True, eq=False)
class Palette:
    """The looks of one theme. What is None is left to the terminal."""

    paper: str | None
    ink: str | None
    dim: Style
    """Boilerplate, and what was rejected."""
    kinds: Mapping[Kind, str | None]
    """Foreground of an untouched mention, background of a settled one."""
    on_kind: str | None
    """Foreground on a kind's colour."""
    turned: bool | None
    """Whether dark letters on a colour are written as coloured ones reversed: with 16 colours, bold black is grey."""
    current: Style
    """The mention that the keys are about."""
    selected: Style
    found: Style
    """What a search found, unless it is selected."""

    @cached_property
    def blank(self) -> Style:
        """Where there is no text."""
        return Style(color=self.ink, bgcolor=self.paper)

    def kind(self, kind: Kind, *, bold: bool = False) -> Style:
        """Give the style in which the name of a kind, or a role that it fills, is written."""
        return Style(color=self.kinds[kind], dim=False, bold=bold or None)

    @property
    def named(self) -> dict[str, Style]:
        """The styles of kinds by the names that `kind_style` gives."""
        return {
            kind_style(kind, bold=bold): self.kind(kind, bold=bold) for kind in self.kinds for bold in (False, True)
        }


DARK = Palette(
    paper="#14171a",
    ink="#d8d8d4",
    dim=Style(color="#858b90"),
    kinds={"trigger": "#ef7e39", "actor": "#38bafb", "number": "#fcd003", "place": "#2fe89b", "time": "#ee4fbf"},
    on_kind="#101010",
    turned=True,
    current=Style(color="#ffffff", bgcolor="#000000", bold=True, reverse=True),
    selected=Style(color="#ffffff", bgcolor="#0057b8", reverse=False),
    found=Style(color="#000000", bgcolor="#c3b1e6"),
)

LIGHT = Palette(
    paper="#ffffff",
    ink="#1c1f22",
    dim=Style(color="#666b70"),
    kinds={"trigger": "#6e2a04", "actor": "#0658c3", "number": "#757300", "place": "#007c42", "time": "#9c1d72"},
    on_kind="#ffffff",
    turned=None,
    current=Style(color="#ffffff", bgcolor="#000000", bold=True),
    selected=Style(color="#000000", bgcolor="#a8d0ff"),
    found=Style(color="#ffffff", bgcolor="#5b3c88"),
)

COLOURLESS = Palette(
    paper=None,
    ink=None,
    dim=Style(dim=True),
    kinds={"trigger": None, "actor": None, "number": None, "place": None, "time": None},
    on_kind=None,
    turned=None,
    current=Style(reverse=True, bold=True),
    selected=Style(reverse=True, italic=True),
    found=Style(reverse=True),
)
"""For `NO_COLOR`. The kind of the mention at the cursor stands in the panel."""

PALETTES: Mapping[str, Palette] = {"dark": DARK, "light": LIGHT}
"""By the name of the theme."""


def palette_of(theme: str, *, colours: bool = True) -> Palette:
    """Give the palette of a theme; the dark one for a theme that is none of ours."""
    return PALETTES.get(theme, DARK) if colours else COLOURLESS


def kind_style(kind: Kind, *, bold: bool = False) -> str:
    """Give the name under which the application knows the style of a kind; what it looks like is the theme's matter."""
    return f"kind.{kind}.bold" if bold else f"kind.{kind}"


@lru_cache(maxsize=4096)
def style_of(
    palette: Palette,
    looks: tuple[Look, ...],
    current: bool,
    selected: bool,
    caret: bool,
    boilerplate: bool,
    found: bool = False,
) -> Style:
    """Give the style of characters under `looks`, the mentions that cover them, outermost first."""
    style = palette.blank + palette.dim if boilerplate else palette.blank
    if looks:
        style += _mention_style(palette, *looks[-1])
        if len(looks) > 1:
            style += Style(underline=True, underline2=True)
    if current:
        style += palette.current
    if selected:
        style += palette.selected
    elif found:
        style += palette.found
    if caret:
        # A hole in what is reversed already, and not taken for an unsure mention.
        style += Style(reverse=False, underline=True, bold=True) if style.reverse else Style(reverse=True)
    return style


def _mention_style(palette: Palette, kind: Kind, disposition: Disposition | None) -> Style:
    colour = palette.kinds[kind]
    if disposition is None:
        return Style(color=colour, underline=True)
    if disposition == "rejected":
        return palette.dim + Style(strike=True)
    if disposition == "unsure":
        return Style(color=colour, italic=True, underline=True)
    if palette.turned:
        return Style(color=colour, bgcolor=palette.on_kind, bold=True, reverse=True)
    return Style(color=palette.on_kind, bgcolor=colour, bold=True)


@lru_cache(maxsize=4096)
def without_line(style: Style) -> Style:
    """Give a style without its line below, for letters that it would hide; one that has no colour needs its line.

    A style that has no line stays the very same: one that only says so would part a row in pieces for nothing.
    """
    return style + Style(underline=False, underline2=False) if style.underline and style.color else style
