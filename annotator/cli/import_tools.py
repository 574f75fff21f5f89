"""Taking another tool's files in from the command line: what the options say, and what is told of what came."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from annotator.cli.open_for_work import open_for_work
from annotator.cli.options import print_json
from annotator.cli.progress import progress
from annotator.cli.talk import talk, warn
from annotator.errors import Exit, Refusal
from annotator.formats.tools.advice import advice
from annotator.formats.tools.label_map import read_label_map, skeleton
from annotator.text.counted import counted
from annotator.workflow.opening import read_file
from annotator.workflow.tool_import import Came, Taking, take_files_in
from annotator.workflow.tool_people import Names

_SHOWN = 20
"""Errors that are told before they are only counted; --json has them all."""


def people_given(written: Sequence[str]) -> Names:
    """Give who is who: `IN-THE-FILE=NAME`, or `NAME` alone for who annotated a file that names nobody."""
    found: dict[str | None, str] = {}
    for one in written:
        called, mark, name = one.partition("=")
        if mark and not (called and name):
            raise Refusal("usage", f"{one!r} does not say who is who.", "Write --person NAME-IN-THE-FILE=NAME.")
        found[called if mark else None] = name if mark else called
    return found


def take_tool_files(taking: Taking, labels: Path | None, *, dry_run: bool, as_json: bool) -> int | None:
    """Take files in with the map in the file `labels`, tell what came of it, and give the exit status."""
    project = open_for_work()
    try:
        if labels is not None:
            given = read_label_map(read_file(labels), str(labels), project.guidelines.schema)
            taking = replace(taking, labels=given)
        with progress("taking files in"):
            came = take_files_in(project, taking, dry_run=dry_run)
    finally:
        project.close()
    if as_json:
        print_json(_plain(came))
    else:
        _tell(came, dry_run=dry_run)
    return Exit.BAD_INPUT if came.refused else None


def _plain(came: Came) -> dict[str, Any]:
    """Give what came as data; with an error nothing came, whatever else the files hold."""
    if came.refused:
        came = replace(came, articles=(), taken=(), mentions=0, events=0)
    return {
        "articles": list(came.articles),
        "taken": [{"article_id": article_id, "name": name} for article_id, name in came.taken],
        "there": came.there,
        "mentions": came.mentions,
        "events": came.events,
        "unknown": [{"table": table, "word": word, "times": times} for (table, word), times in came.unknown.items()],
        "problems": [problem.plain() for problem in came.problems],
        "refused": came.refused,
    }


def _tell(came: Came, *, dry_run: bool) -> None:
    """Tell what is wrong and what came; a map to fill in is data, and goes where it can be kept."""
    errors = [problem for problem in came.problems if problem.level == "error"]
    warn(problem for problem in came.problems if problem.level == "warning")
    for problem in errors[:_SHOWN]:
        talk(problem.line())
    if errors:
        more = len(errors) - _SHOWN
        talk(f"nothing was taken in{f', and {more} more problems' if more > 0 else ''}")
        for line in advice(errors):
            talk(line)
        if came.unknown and any(problem.rule == "format.unknown-type" for problem in errors):
            click.echo(skeleton(came.unknown, came.choices), nl=False)
        return
    for article_id in came.articles:
        click.echo(f"{'would be new' if dry_run else 'new':<9}  {article_id}")
    of_it = f"{counted(came.mentions, 'mention')} and {counted(came.events, 'event')}"
    people = counted(len({name for _, name in came.taken}), "annotator")
    articles = counted(len({article_id for article_id, _ in came.taken}), "article")
    done = "would be taken in" if dry_run else "taken in"
    click.echo(f"{of_it} by {people} on {articles} {done}, {came.there} here already")
