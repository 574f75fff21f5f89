"""Options and arguments that several verbs share, written once so that they mean the same everywhere."""

import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from annotator.errors import Refusal
from annotator.statistics.bootstrap import SEED, TRIALS
from annotator.store.atomic import held_back

Verb = TypeVar("Verb", bound=Callable[..., Any])


class RealRange(click.FloatRange):
    """A range of numbers outside of which is also what is no number: NaN is neither below nor above anything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the number. Fails as click's own ranges do."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number


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
html_option = click.option(
    "--html", metavar="FILE", type=click.Path(path_type=Path), help="Write one page without network there."
)

# What all verbs that score have.

allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Take predictions that break a rule: extra-articles, text-hash, quote, anchor. May be repeated.",
)


def boot_option(more: str = "") -> Callable[[Verb], Verb]:
    """Give the option that says how often articles are drawn; `more` is said behind what 0 does."""
    return click.option(
        "--boot",
        type=click.IntRange(min=0),
        default=TRIALS,
        show_default=True,
        metavar="TIMES",
        help=f"How often articles are drawn for the 95 % intervals; 0 leaves them out{more}.",
    )


def seed_option(what: str = "draws follow") -> Callable[[Verb], Verb]:
    """Give the option of the seed; `what` says of what."""
    kind = click.IntRange(0, 2**32 - 1)
    return click.option("--seed", type=kind, default=SEED, show_default=True, help=f"What the {what} from.")


_JSON = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2


def print_json(value: object) -> None:
    """Print a result as JSON, keys sorted, one value to standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=_JSON) + b"\n")
    sys.stdout.buffer.flush()


def print_json_list(values: Iterable[object]) -> None:
    """Print the same bytes as `print_json` of a list, without holding it; nothing of it when a value cannot be had."""
    with held_back(sys.stdout.buffer) as add:
        before = b"[\n  "
        for value in values:
            add(before + orjson.dumps(value, option=_JSON).replace(b"\n", b"\n  "))
            before = b",\n  "
        add(b"[]\n" if before.startswith(b"[") else b"\n]\n")


def refuse_missing_folder(out: Path) -> None:
    """Refuse to begin work whose result could not be written, with `file.not-written`: no folder is made in passing."""
    if not out.parent.exists():
        raise Refusal(
            "file.not-written", f"{out} cannot be written: there is no folder {out.parent}.", "Make it first."
        )
