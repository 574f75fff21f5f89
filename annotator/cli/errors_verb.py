"""`annotator errors`: what is wrong with predictions, one by one or in groups."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from annotator.cli.browse_errors import browse, can_browse
from annotator.cli.gold.terminal_here import printer_here
from annotator.cli.options import allow_option, json_option
from annotator.cli.talk import talk, warn
from annotator.errors import Refusal
from annotator.formats.csv_table import csv_line, csv_lines
from annotator.scoring.errors import ERROR_KINDS, PARTS, Reading, ScoringError
from annotator.store.atomic import growing_file, held_back
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.workflow.erring import Erring, canonical, gathered, in_groups
from annotator.workflow.error_choice import ErrorChoice, quoted
from annotator.workflow.error_export import COLUMNS, json_line, place, row

_ENDS = 40
"""Letters that are told of the beginning and of the end of a long quote."""

STANDARD_OUTPUT = "-"

Add = Callable[[bytes], None]
Written = Callable[[ScoringError, str, str], bytes]


@click.command()
@click.argument("gold")
@click.argument("predictions")
@click.option(
    "--list", "as_list", is_flag=True, help="Print a line an error, or a group, also where a screen could open."
)
@click.option(
    "--group", "by_group", is_flag=True, help="Print the groups with how many errors each has, as lines or with --json."
)
@click.option("--jsonl", metavar="FILE", help="Write a line of JSON an error there; - is standard output.")
@click.option("--csv", metavar="FILE", help="Write a table for spreadsheets there; - is standard output.")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Of these parts alone.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(ERROR_KINDS), help="Of these kinds alone.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="In these articles alone (how an id begins).")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="In articles in these languages alone.")
@click.option("--source", "sources", multiple=True, metavar="NAME", help="In articles of these outlets alone.")
@click.option(
    "--find", "words", multiple=True, metavar="TEXT", help="With this in the group or a quote, in any spelling."
)
@click.option("--in", "groups", multiple=True, metavar="GROUP", help="In these groups alone, as --group names them.")
@allow_option
@click.option("--judged", is_flag=True, help="Leave out predictions where nobody judged, as `annotator score` does.")
@click.option("--ids", metavar="MAP", help="Their article ids and ours, as `annotator score` takes them.")
@json_option
def command(gold: str, predictions: str, **options: Any) -> None:
    """Find the errors of PREDICTIONS against GOLD, both as `annotator score` takes them, and look through them.

    Each is missed, spurious, or read at other edges (boundary), with another label, role or value, and in one of few
    groups. They add up to what `annotator score` counts as wrong. Filters (--part to --in) may be repeated. On a
    terminal each opens in its article; through a pipe, or with --list, it is a line.

    Example: annotator errors gold/1.0.0 predictions.jsonl --group --part number
    """
    _refuse_mixed(options)
    choice = ErrorChoice(**{one.name: options[one.name] for one in fields(ErrorChoice)})
    erring = Erring(gold, predictions, **{name: options[name] for name in ("allow", "judged", "ids")})
    erring.refuse_unknown(choice)
    if options["jsonl"] or options["csv"]:
        _export(erring, choice, options["jsonl"], options["csv"])
    elif options["by_group"]:
        _print_groups(erring, choice, options["as_json"])
    elif options["as_json"]:
        _print(gathered(erring, choice).to_json())
    elif not options["as_list"] and can_browse():
        browse(gathered(erring, choice).errors, erring.texts, gold, predictions)
    else:
        _list(erring, choice)
    warn(erring.warnings())
    for hint in erring.unmet(choice):
        talk(hint)


def _refuse_mixed(options: dict[str, Any]) -> None:
    """Refuse what cannot be done at once."""
    exports = [options[name] for name in ("jsonl", "csv") if options[name]]
    if options["as_list"] and options["as_json"]:
        raise Refusal("usage", "Errors and groups are listed, or written as JSON.", "Give one of --list and --json.")
    if exports and (options["as_list"] or options["by_group"] or options["as_json"]):
        raise Refusal("usage", "What goes to --jsonl or --csv is not printed as well.", "Leave some out.")
    if len(exports) == 2 and len({Path(one).resolve() for one in exports}) == 1:
        raise Refusal("usage", f"Both tables cannot go to {exports[0]}.", "Name two files.")


# what is written as it comes


def _export(erring: Erring, choice: ErrorChoice, jsonl: str | None, csv: str | None) -> None:
    """Write every error to one file or both, article by article: whole, or not at all."""
    with ExitStack() as files:
        sinks: list[tuple[Add, Written]] = []
        if jsonl is not None:
            sinks.append((files.enter_context(_growing(jsonl)), json_line))
        if csv is not None:
            add = files.enter_context(_growing(csv))
            for line in csv_lines(COLUMNS, ()):
                add(line)
            sinks.append((add, lambda error, gold, text: csv_line(row(error, gold, text))))
        count = 0
        for error, text in _each(erring, choice):
            count += 1
            for add, written in sinks:
                add(written(error, erring.gold, text))
    talk(f"{counted(count, 'error')}. {erring.signature()}")


def _each(erring: Erring, choice: ErrorChoice) -> Iterator[tuple[ScoringError, str]]:
    """Give every error with its article's text, which is empty where it is not at hand."""
    for article in erring.articles(choice):
        text = erring.texts.get(article.article_id, "")
        for error in article.errors:
            yield error, text


def _growing(written: str) -> AbstractContextManager[Add]:
    return held_back(sys.stdout.buffer) if written == STANDARD_OUTPUT else growing_file(Path(written))


# what is printed


def _list(erring: Erring, choice: ErrorChoice) -> None:
    with printer_here() as printer:
        ordered = printer.line if printer is not None else str
        with held_back(sys.stdout.buffer) as add:
            count = 0
            for error, text in _each(erring, choice):
                count += 1
                add(f"{ordered(display(_line(error, text)))}\n".encode())
    talk(f"{counted(count, 'error')}. {erring.signature()}")
    if count and erring.is_release:
        talk("Where gold is wrong: " + f'annotator challenge {erring.gold} ARTICLE START-END --reason "…"')


def _line(error: ScoringError, text: str) -> str:
    """Give an error on a line: article, place, part, kind, group, and how both read it, gold first."""
    gold, predicted = (_said(reading, text) for reading in (error.gold, error.predicted))
    where = place(error.place) or "-"
    return f"{error.article_id} {where}  {error.part}  {error.kind}  {error.group}  {gold} → {predicted}"


def _said(reading: Reading | None, text: str) -> str:
    if reading is None:
        return "nothing"
    words = _brief(quoted(reading, text))
    quote = f"“{words}”" if words else place(reading.place) or ("no trigger" if reading.span is None else "no place")
    return f"{quote} {reading.said}".rstrip()


def _brief(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= 2 * _ENDS else f"{line[:_ENDS].rstrip()} … {line[-_ENDS:].lstrip()}"


def _print(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _print_groups(erring: Erring, choice: ErrorChoice, as_json: bool) -> None:
    counts: Counter[str] = Counter()
    for article in erring.articles(choice):
        counts.update(error.group for error in article.errors)
    groups = in_groups(counts)
    if as_json:
        _print(canonical(erring.plain(groups)))
        return
    width = len(str(max(groups.values(), default=0)))
    for group, times in groups.items():
        click.echo(display(f"{times:>{width}}  {group}"))
    click.echo(f"\n{counted(counts.total(), 'error')}. {erring.signature()}")
