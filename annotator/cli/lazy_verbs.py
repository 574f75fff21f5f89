"""A group of verbs of which each is a module, imported only to run that verb or to show its help."""

import importlib
from typing import Any

import click

from annotator.errors import Refusal


class LazyVerbs(click.Group):
    """A group that knows its verbs by name; each is `PACKAGE.VERB_verb.command`."""

    def __init__(
        self, *args: Any, verbs: tuple[tuple[str, str], ...] = (), package: str, called: str, **kwargs: Any
    ) -> None:
        """Take the verbs with their one line of help each; `called` is what a person types before the verb."""
        super().__init__(*args, **kwargs)
        self._verbs, self._package, self._called = verbs, package, called

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in their order, not by name."""
        return [name for name, _ in self._verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's module and give its command; None for what is no verb."""
        if cmd_name not in dict(self._verbs):
            return None
        command = importlib.import_module(f"{self._package}.{cmd_name}_verb").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs' lines of help without importing any."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(self._verbs))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that is meant. Raises `Refusal` `usage` with the nearest one for what is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib

            near = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"Did you mean `{self._called} {near[0]}`?" if near else f"`{self._called} --help` lists the verbs."
            raise Refusal("usage", f"There is no verb {args[0]!r}.", hint) from None
