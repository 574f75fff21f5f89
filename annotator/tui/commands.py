"""The command palette's list: every action of the screen below, from the registry, with the keys that are in force."""

from collections.abc import Iterator
from typing import Any, Protocol, cast

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.types import IgnoreReturnCallbackType
from textual.worker import Worker, WorkType

from annotator.tui.actions import Action, ScreenName, actions_of
from annotator.tui.screens.left_once import LeftOnce


class Commanded(Protocol):
    """A screen whose actions can be listed."""

    @property
    def name_of_screen(self) -> ScreenName:
        """Under which its actions are registered."""

    def shown_keys(self) -> dict[str, str]:
        """Give the keys of each action that can be done now, by its id."""


class Commands(Provider):
    """What can be done on the screen that the palette was opened on. One thing is done, and once."""

    _done = False

    async def discover(self) -> Hits:
        """Give all actions, in the order of the help."""
        for action, keys in self._offered():
            yield DiscoveryHit(_line(Content(action.help), keys), self._run(action), action.help)

    async def search(self, query: str) -> Hits:
        """Give the actions whose words are like what was typed."""
        matcher = self.matcher(query)
        for action, keys in self._offered():
            if (score := matcher.match(action.help)) > 0:
                yield Hit(score, _line(matcher.highlight(action.help), keys), self._run(action), action.help)

    def _offered(self) -> Iterator[tuple[Action, str]]:
        screen = cast(Commanded, self.screen)
        keys = screen.shown_keys()
        for action in actions_of(screen.name_of_screen):
            if action.name != "commands":
                yield action, keys.get(action.id, "")

    def _run(self, action: Action) -> IgnoreReturnCallbackType:
        """Give what runs an action on the screen below; one that cannot be seen refuses it, as it refuses the key."""

        async def run() -> None:
            if not self._done:
                self._done = True
                await self.app.run_action(action.name, self.screen)

        return run


class Palette(CommandPalette, LeftOnce[None]):
    """The list of commands, to be found by typing."""

    def __init__(self) -> None:
        """List what can be done on the screen in front."""
        super().__init__([Commands], placeholder="What do you want to do?")

    def run_worker(self, work: WorkType[Any], *arguments: Any, **options: Any) -> Worker[Any]:
        """Search only while the list stands: quitting takes it away under a search, as it begins or ends."""

        async def search() -> None:
            if self.query(CommandList):
                assert callable(work)
                try:
                    await work()
                except NoMatches:
                    if self.query(CommandList):  # only a list that is gone could not be filled
                        raise

        return super().run_worker(search, *arguments, **options)


def _line(words: Content, keys: str) -> Content:
    return Content.assemble(words, (f"  {keys}", "dim"))
