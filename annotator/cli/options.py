"""Options and arguments that several verbs share, written once so that they mean the same everywhere."""

import sys
from pathlib import Path

import click
import orjson

from annotator.errors import Refusal

as_option = click.option("--as", "name", metavar="NAME", help="Who is at the keyboard.")
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="Run the finders in N processes; 0 is one for each core. What they find is the same.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def print_json(value: object) -> None:
    """Print a result as JSON, keys sorted, one value to standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2) + b"\n")
    sys.stdout.buffer.flush()


def refuse_missing_folder(out: Path) -> None:
    """Refuse to begin work whose result could not be written, with `file.not-written`: no folder is made in passing."""
    if not out.parent.exists():
        raise Refusal(
            "file.not-written", f"{out} cannot be written: there is no folder {out.parent}.", "Make it first."
        )
