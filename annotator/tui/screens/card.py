"""A card: one question in the middle of an otherwise empty screen. What it asks is said by who is one."""

from textual.screen import ScreenResultType

from annotator.tui.screens.app_screen import AppScreen


class Card(AppScreen[ScreenResultType]):
    """A question that stands alone, its lines in a `Vertical`; dismissed with the answer."""

    DEFAULT_CSS = """
    Card { align: center middle; }
    Card > Vertical { width: 58; height: auto; }
    """
