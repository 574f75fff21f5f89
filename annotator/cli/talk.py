"""What is said at the terminal: safe to show, whatever data it speaks of, and never on standard output."""

from collections import Counter
from collections.abc import Iterable, Sequence

import click

from annotator.errors import Refusal
from annotator.model.problem import Problem
from annotator.text.display import display

_TOLD = 20
"""How many refusals are told before they are only counted."""

_A_RULE = 10
"""How many warnings of one rule are told before they are only counted."""


def shown(text: str) -> str:
    """Give text with its lines kept and everything else in it that could steer a terminal made visible."""
    return "\n".join(display(line) for line in text.split("\n"))


def talk(text: str) -> None:
    """Say something on standard error."""
    click.echo(shown(text), err=True)


def warn(problems: Iterable[Problem]) -> None:
    """Tell what is doubtful, at most ten findings a rule: an oversight in every article would bury all else."""
    found = Counter[str]()
    for problem in problems:
        found[problem.rule] += 1
        if found[problem.rule] <= _A_RULE:
            talk(problem.line())
    for rule, times in found.items():
        if times > _A_RULE:
            talk(f"and {times - _A_RULE:,} more [{rule}]; --json has all")


def complain(refusals: Sequence[Refusal]) -> int | None:
    """Tell what was refused of many things, and give the exit status of the first; None when nothing was.

    A refusal that a bug stands behind has its traceback as a note: that is told too.
    """
    for refusal in refusals[:_TOLD]:
        talk(f"annotator: {refusal}")
        for note in getattr(refusal, "__notes__", ()):
            talk(note.rstrip())
    if len(refusals) > _TOLD:
        talk(f"annotator: and {len(refusals) - _TOLD} more like these")
    return refusals[0].exit if refusals else None
