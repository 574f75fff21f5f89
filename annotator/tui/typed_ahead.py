"""Keys in the order in which they are pressed, however fast: none is lost, and none answers what it was not meant for.

Owns who gets what is typed: an open question, an article that is still being opened, or the screen in front; and what
nobody gets: the rest of a name of which one letter answered, and what was meant for the article before. What a key does
is said by the screens.
"""

from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.screen import Screen

from annotator.text.display import display
from annotator.tui.screens.app_screen import AppScreen
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.screens.asking_screen import AskingScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.spelling import Spelling

_MOMENT = 0.4
"""Seconds that a letter waits which may be the second one of a name."""


class TypedAhead(App[None]):
    """An application in which one may type ahead."""

    def __init__(self, *, ansi_color: bool | None) -> None:
        """Begin with nothing typed; `ansi_color` is Textual's."""
        super().__init__(ansi_color=ansi_color)
        self._early: list[events.Event] = []
        """What was typed while an article was opened."""
        self.unseen = 0.3
        """Seconds in which nobody has read an article that has come in the place of another."""
        self._seen_from = 0.0
        """When keys are for the article that came in the place of another; it comes later while they keep coming."""
        self._goes_on = False
        """Whether an article is being opened in the place of another."""
        self._spelling: Spelling | None = None
        self._held: list[events.Key] = []
        """A letter that may be the second one of a name."""

    def goes_on(self) -> None:
        """Another article comes in the place of the one that was left: what is typed until it is seen is for none."""
        self._goes_on = True

    async def on_event(self, event: events.Event) -> None:
        """Hand keys to an open question here, where they come in one by one.

        Textual would queue them for the widget that has the focus when they arrive: a key typed ahead then reaches a
        question that is answered already, or none. For the same reason the keys of article screens have priority.
        """
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if typed and (self._before_it_is_seen() or await self._spelled(event)):
            return
        screen = self.screen if self.screen_stack else None
        if isinstance(screen, ArticleScreen) and isinstance(event, events.Key | events.Paste | events.MouseDown):
            screen.session.clock.tick()
        if typed and isinstance(screen, AppScreen) and not screen.takes(event):
            return
        if isinstance(event, events.Key) and isinstance(screen, AskingScreen) and screen.panel.asking:
            event = await self._escaped(event)
        if typed and self._article_comes(screen):
            self._early.append(event)
        elif not (typed and isinstance(screen, AskingScreen) and self._taken(event, screen)):
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

    def _taken(self, event: events.Event, screen: AskingScreen[Any]) -> bool:
        """Hand what was typed to the open question of a screen, and tell whether there is one."""
        if not screen.panel.asking:
            return False
        if isinstance(event, events.Key):
            names = screen.panel.names
            screen.panel.take(event.key, event.character)
            self._look_for_a_name(names, event.character or "", screen)
        elif isinstance(event, events.Paste):
            screen.panel.paste(event.text)
        return True

    def _look_for_a_name(self, names: list[str], letter: str, screen: AskingScreen[Any]) -> None:
        """Mind what follows a letter that answered, where it may be the first of one of `names`."""
        if names and letter and self.screen is screen and not screen.panel.asking:
            self._spelling = Spelling(names, letter)

    def _before_it_is_seen(self) -> bool:
        """Tell whether what is typed now was meant for the article before: nobody has read the one that came."""
        now = monotonic()
        if self._goes_on or now < self._seen_from:
            self._seen_from = now + self.unseen
            return True
        return False

    async def _spelled(self, event: events.Event) -> bool:
        """Keep a letter back that goes on with a name, one letter of which answered; tell whether it was."""
        spelling = self._spelling
        if spelling is None:
            return False
        if not (isinstance(event, events.Key) and event.character and spelling.goes_on(event.character)):
            await self._let_go(spelling)
            return False
        self._held.append(event)
        if not spelling.is_name:
            self.set_timer(_MOMENT, lambda: self._let_go(spelling))
            return True
        self._spelling, self._held = None, []
        if isinstance(self.screen, AskingScreen):
            self.screen.panel.tell("A name was typed, of which one letter answered. u takes that back.", typed=True)
        return True

    async def _let_go(self, spelling: Spelling) -> None:
        """Hand on what was kept back for a name that did not come."""
        if self._spelling is spelling:
            held, self._held, self._spelling = self._held, [], None
            for event in held:
                await self.on_event(event)

    async def on_article_screen_ready(self, _event: ArticleScreen.Ready) -> None:
        """An article was opened: what was typed meanwhile is for it, unless it came in the place of another."""
        if self._goes_on:
            self._goes_on, self._seen_from = False, monotonic() + self.unseen
        await self.hand_over()

    async def hand_over(self) -> None:
        """Hand over what was typed while something was opened that is there now."""
        early, self._early = self._early, []
        for event in early:
            await self.on_event(event)
