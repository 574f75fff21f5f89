"""How mentions look: readable in each theme, told apart by those who see few colours, and without any colour at all."""

from itertools import combinations, product

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from annotator.model.decision import Disposition
from annotator.model.mention import KINDS
from annotator.tui.palette import COLOURLESS, PALETTES, Palette, kind_style, palette_of, style_of

THEMES = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES.keys())

DISPOSITIONS: tuple[Disposition | None, ...] = (None, "confirmed", "rejected", "unsure")

SEEN_BY = {
    "most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopes": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopes": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""What of linear red, green and blue arrives (Machado, Oliveira and Fernandes 2009, severity 1)."""


def linear(color: Color) -> list[float]:
    parts = [part / 255 for part in color.get_truecolor()]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(color: Color) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """Give the contrast ratio of a style's text, as WCAG 2 defines it."""
    assert style.color
    assert style.bgcolor
    darker, lighter = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(color: Color, seen: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Give a colour as somebody sees it, in CIE L*a*b*, in which distances are alike everywhere."""
    red, green, blue = (
        min(1.0, max(0.0, sum(share * part for share, part in zip(row, linear(color), strict=True)))) for row in seen
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@THEMES
def test_whatever_is_written_can_be_read(palette: Palette):
    for kind, disposition, nested, current, selected, caret, dim in product(KINDS, DISPOSITIONS, *[(False, True)] * 5):
        looks = ((("actor", None),) if nested else ()) + ((kind, disposition),)
        style = style_of(palette, looks, current, selected, caret, dim)
        assert contrast(style) >= 4.5, (kind, disposition, current, selected, caret, dim)
    for caret, dim in product((False, True), (False, True)):
        assert contrast(style_of(palette, (), False, False, caret, dim)) >= 4.5


@THEMES
@pytest.mark.parametrize("who", SEEN_BY)
def test_kinds_look_different_to_everybody(palette: Palette, who: str):
    seen = {kind: lab(Color.parse(colour), SEEN_BY[who]) for kind, colour in palette.kinds.items() if colour}
    assert len(seen) == len(KINDS)
    for one, other in combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance > 15, (one, other, distance)


@THEMES
@pytest.mark.parametrize("system", [ColorSystem.EIGHT_BIT, ColorSystem.STANDARD], ids=lambda system: system.name)
def test_kinds_stay_apart_where_there_are_few_colours(palette: Palette, system: ColorSystem):
    shown = [Color.parse(colour).downgrade(system).number for colour in palette.kinds.values() if colour]
    paper = Color.parse(str(palette.paper)).downgrade(system).number
    ink = Color.parse(str(palette.ink)).downgrade(system).number
    assert len({*shown, paper, ink}) == len(KINDS) + 2


@pytest.mark.parametrize("palette", [*PALETTES.values(), COLOURLESS], ids=[*PALETTES, "colourless"])
def test_what_was_said_of_a_mention_is_never_told_by_colour_alone(palette: Palette):
    def signs(style: Style) -> tuple[bool | None, ...]:
        return style.bold, style.italic, style.underline, style.underline2, style.strike, style.reverse

    told = {signs(style_of(palette, (("place", said),), False, False, False, False)) for said in DISPOSITIONS}
    plain = signs(style_of(palette, (), False, False, False, False))
    assert len(told | {plain}) == len(DISPOSITIONS) + 1
    for said in DISPOSITIONS:
        alone = style_of(palette, (("place", said),), False, False, False, False)
        nested = style_of(palette, (("actor", None), ("place", said)), False, False, False, False)
        assert signs(alone) != signs(nested)


def test_without_colours_everything_is_still_told_apart():
    looks = {
        "plain": style_of(COLOURLESS, (), False, False, False, False),
        "boilerplate": style_of(COLOURLESS, (), False, False, False, True),
        "caret": style_of(COLOURLESS, (), False, False, True, False),
        "selected": style_of(COLOURLESS, (), False, True, False, False),
        "current": style_of(COLOURLESS, (("place", None),), True, False, False, False),
        "caret on the current one": style_of(COLOURLESS, (("place", None),), True, False, True, False),
        "caret on a mention": style_of(COLOURLESS, (("place", "confirmed"),), False, False, True, False),
        "caret at a selection": style_of(COLOURLESS, (), False, True, True, False),
        **{str(said): style_of(COLOURLESS, (("place", said),), False, False, False, False) for said in DISPOSITIONS},
    }
    assert all(style.color is None and style.bgcolor is None for style in looks.values())
    assert len({style.render("x") for style in looks.values()}) == len(looks)


def test_every_theme_names_the_styles_of_all_kinds():
    for palette in (*PALETTES.values(), COLOURLESS):
        assert set(palette.named) == {kind_style(kind, bold=bold) for kind in KINDS for bold in (False, True)}
    assert palette_of("textual-dark") is PALETTES["dark"]
    assert palette_of("light", colours=False) is COLOURLESS
