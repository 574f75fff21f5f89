"""What is said at the terminal: safe to show, whatever data it speaks of, and never on standard output."""

import click

from annotator.text.display import display


def shown(text: str) -> str:
    """Give text with its lines kept and everything else in it that could steer a terminal made visible."""
    return "\n".join(display(line) for line in text.split("\n"))


def talk(text: str) -> None:
    """Say something on standard error."""
    click.echo(shown(text), err=True)
