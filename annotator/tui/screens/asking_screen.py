"""A screen with a panel at its side that asks questions. Owns nothing: what is asked is said by the screens."""

from textual.screen import ScreenResultType

from annotator.tui.screens.app_screen import AppScreen
from annotator.tui.widgets.side_panel import SidePanel

NARROW = 100
"""Columns under which the panel stands below instead of beside."""


class AskingScreen(AppScreen[ScreenResultType]):
    """A screen whose panel gets the keys while it asks."""

    @property
    def panel(self) -> SidePanel:
        """What stands at its side."""
        return self.query_one(SidePanel)
