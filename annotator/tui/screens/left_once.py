"""A screen that is left once, however often that is asked for before it has gone. Owns nothing else."""

from textual.await_complete import AwaitComplete
from textual.screen import Screen, ScreenResultType


class LeftOnce(Screen[ScreenResultType]):
    """A screen that cannot take the one below it along.

    Textual puts away whichever screen is in front when one is dismissed: a second Enter that was typed ahead would put
    away the article, unsaved.
    """

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Go, with a result, unless it went already."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
