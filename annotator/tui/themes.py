"""The themes: what stands around the article, in colours that go with the palette in which it is drawn.

The names are those of `palette.PALETTES`, and of `[screen] theme` in `annotator.toml`.
"""

from textual.theme import Theme

from annotator.tui.palette import DARK, LIGHT

THEMES: tuple[Theme, ...] = (
    Theme(
        name="dark",
        dark=True,
        primary="#1f7fc4",
        foreground=DARK.ink,
        background=DARK.paper,
        surface="#1d2125",
        panel="#282d32",
        variables={"primary-darken-2": "#00307a"},  # the head line: dark on 16 colours as well
    ),
    Theme(
        name="light",
        dark=False,
        primary="#8fc1e8",
        foreground=LIGHT.ink,
        background=LIGHT.paper,
        surface="#eeeeee",
        panel="#e4e4e4",
    ),
)


def theme_after(name: str) -> str:
    """Give the name of the theme that follows."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
