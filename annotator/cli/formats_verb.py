"""`annotator formats`: the formats of other tools, what each holds and loses, with an example of each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from annotator.cli.options import json_option, print_json
from annotator.cli.talk import shown
from annotator.errors import Refusal
from annotator.formats.tools.document import LOSSES
from annotator.formats.tools.registry import FORMATS, OURS_ALONE, Format, format_named

_COUNTS = {"code_point": "code points", "utf16": "UTF-16 units", "utf8": "bytes", "grapheme": "graphemes", None: "–"}

_NO_MORE = "no more than all others"
_ALL_LOSE = f"All but our own also lose {' and '.join(OURS_ALONE)}: no other tool has them."

_LINES = 20
"""Of each file of an example that are shown."""


@click.command()
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """List the formats that import and export know; with a NAME, what it holds and loses, and its example.

    Example: annotator formats brat
    """
    rows = FORMATS if name is None else (_named(name),)
    if as_json:
        print_json([_plain(row) for row in rows] if name is None else _plain(rows[0]))
    elif name is None:
        click.echo("\n".join(_table()))
        click.echo(f"\n{_ALL_LOSE}")
    else:
        click.echo("\n".join(_page(rows[0])))


def _named(name: str) -> Format:
    row = format_named(name)
    if row is None:
        import difflib

        near = difflib.get_close_matches(name.lower(), [one.name for one in FORMATS], n=1)
        hint = f"Did you mean {near[0]}?" if near else "`annotator formats` lists them."
        raise Refusal("usage", f"There is no format {name!r}.", hint)
    return row


def _plain(row: Format) -> dict[str, Any]:
    fields = ("name", "title", "unit", "reads", "writes", "holds", "lost", "extra", "note", "endings")
    found = {field: getattr(row, field) for field in fields} | {"example": [name for name, _ in _example(row)]}
    # What a format holds is known of writing alone: of one that is only read there is nothing to say.
    return found if row.writes else found | {"holds": None, "lost": None}


def _table() -> Iterator[str]:
    """Give a line a format: which way it goes, what it counts in, what is lost when it is written."""
    head = ("format", "in", "out", "counts", "needs", "loses when written")
    rows = [head, *(_cells(row) for row in FORMATS)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head) - 1)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()


def _cells(row: Format) -> tuple[str, ...]:
    lost = ", ".join(sort for sort in row.lost if sort not in OURS_ALONE) or ("nothing" if row.is_ours else _NO_MORE)
    return (
        row.name,
        "in" if row.reads else "",
        "out" if row.writes else "",
        _COUNTS[row.unit],
        row.extra or "",
        lost if row.writes else "",
    )


def _page(row: Format) -> Iterator[str]:
    ways = " and ".join([*(["in"] if row.reads else []), *(["out"] if row.writes else [])])
    yield from (f"{row.title} ({row.name}): {ways}", row.note, "")
    yield f"Offsets count {_COUNTS[row.unit]}." if row.unit else "It has no offsets of characters."
    yield f"Of a folder it reads {', '.join(row.endings)}."
    if row.extra:
        yield f"It needs an extra: pip install 'annotator[{row.extra}]'."
    if row.writes:
        yield from ("", "Holds whole:", *_sorts(row.holds))
        yield from ("", "May lose, and lists what it lost:", *_sorts(row.lost))
    for name, path in _example(row):
        yield from ("", f"Example, {name}:", *_beginning(path))


def _sorts(sorts: tuple[str, ...]) -> Iterator[str]:
    yield from (f"  {sort:<10} {LOSSES[sort]}" for sort in sorts)
    if not sorts:
        yield "  nothing"


def _example(row: Format) -> list[tuple[str, Path]]:
    found = (path for path in sorted(row.example.rglob("*")) if path.is_file())
    return [(path.relative_to(row.example).as_posix(), path) for path in found]


def _beginning(path: Path) -> Iterator[str]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        yield f"  {path.stat().st_size:,} bytes that are no text"
        return
    yield from (f"  {shown(line)}" for line in lines[:_LINES])
    if len(lines) > _LINES + 1:
        yield f"  … and {len(lines) - _LINES - 1} more lines"
