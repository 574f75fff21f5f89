"""Keys in the order in which they are pressed, however fast: none is lost, and none answers what it was not meant for.

Owns who gets what is typed: an open question, an article that is still being opened, or the screen in front. What a key
does is said by the screens.
"""

from typing import Any

from textual import events
from textual.app import App
from textual.screen import Screen

from annotator.text.display import display
from annotator.tui.screens.app_screen import AppScreen
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.queue import QueueScreen


class TypedAhead(App[None]):
    """An application in which one may type ahead."""

    def __init__(self, *, ansi_color: bool | None) -> None:
        """Begin with nothing typed; `ansi_color` is Textual's."""
        super().__init__(ansi_color=ansi_color)
        self._early: list[events.Event] = []
        """What was typed while an article was opened."""

    async def on_event(self, event: events.Event) -> None:
        """Hand keys to an open question here, where they come in one by one.

        Textual would queue them for the widget that has the focus when they arrive: a key typed ahead then reaches a
        question that is answered already, or none. For the same reason the keys of article screens have priority.
        """
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        screen = self.screen if self.screen_stack else None
        if isinstance(screen, ArticleScreen) and isinstance(event, events.Key | events.Paste | events.MouseDown):
            screen.session.clock.tick()
        if typed and isinstance(screen, AppScreen) and not screen.takes(event):
            return
        if isinstance(event, events.Key) and isinstance(screen, ArticleScreen) and screen.panel.asking:
            event = await self._escaped(event)
        if typed and self._article_comes(screen):
            self._early.append(event)
        elif not (typed and isinstance(screen, ArticleScreen) and self._taken(event, screen)):
            if isinstance(event, events.Paste):
                event.text = display(event.text)  # Textual's own inputs write what they hold as it is
            await super().on_event(event)

    async def _escaped(self, event: events.Key) -> events.Key:
        """Take Esc first when it came with a letter right behind it, and give the letter.

        Terminals send Alt in the same way, so Textual drops the Esc: the letter would answer what was just left.
        """
        if not (event.key.startswith("alt+") and event.character):
            return event
        await self.on_event(events.Key("escape", "\x1b"))
        return events.Key(event.character, event.character)

    def _article_comes(self, screen: Screen[Any] | None) -> bool:
        """Tell whether an article is being opened: keys are for it, and wait until it is there."""
        if isinstance(screen, QueueScreen):
            return screen.opening
        return isinstance(screen, ArticleScreen) and (bool(self._early) or not screen.ready)

    def _taken(self, event: events.Event, screen: ArticleScreen) -> bool:
        """Hand what was typed to the open question of a screen, and tell whether there is one."""
        if not screen.panel.asking:
            return False
        if isinstance(event, events.Key):
            screen.panel.take(event.key, event.character)
        elif isinstance(event, events.Paste):
            screen.panel.paste(event.text)
        return True

    async def on_article_screen_ready(self, _event: ArticleScreen.Ready) -> None:
        """An article was opened: what was typed meanwhile is for it."""
        await self.hand_over()

    async def hand_over(self) -> None:
        """Hand over what was typed while something was opened that is there now."""
        early, self._early = self._early, []
        for event in early:
            await self.on_event(event)
