"""`annotator status`: who has done what, what is left."""

import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import click

from annotator.cli.options import json_option, print_json, print_json_list
from annotator.errors import Refusal
from annotator.store.checkouts import read_checkout
from annotator.store.figures import longest_id
from annotator.store.log import Standing
from annotator.text.counted import counted
from annotator.workflow.in_checkout import told_of_checkout, unsent
from annotator.workflow.project import Project, open_project
from annotator.workflow.status import ArticleStatus, each_status
from annotator.workflow.throughput import PersonStatus, Throughput, throughput

_EVERY = 2.0
"""Seconds between two looks with --watch."""

_HEAD = ("who", "done", "in hand", "kept", "decisions", "time", "per article", "last decision")


@click.command()
@click.option("--people", "only_people", is_flag=True, help="Show the people alone, and how much work is left.")
@click.option("--watch", is_flag=True, help="Look again every two seconds, until Ctrl-C.")
@json_option
def command(only_people: bool, watch: bool, as_json: bool) -> None:
    """Show every article with its state, who is how far in it, each person's throughput and what is left.

    Time is time at the keys; what is left takes as long as what is done took.

    Example: annotator status --json
    """
    if watch and as_json:
        raise Refusal("usage", "--watch is for people, --json for programs.", "Give one of the two.")
    project = open_project(Path.cwd(), only_to_look=True)
    try:
        if as_json:
            if only_people:
                print_json(_plain_people(throughput(project)))
            else:
                print_json_list(_plain_articles(project))
            return
        _show(project, only_people)
        if watch:
            _look_again(project, only_people)
    finally:
        project.close()


def _look_again(project: Project, only_people: bool) -> None:
    """Show the tables again and again. Raises KeyboardInterrupt once Ctrl-C was pressed.

    As an exception it could come while Python tidies up, where it is swallowed, and the watch would go on.
    """
    pressed = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: pressed.set())
    try:
        while not pressed.wait(_EVERY):
            _show(project, only_people, again=True)
    finally:
        signal.signal(signal.SIGINT, before)
    raise KeyboardInterrupt


def _show(project: Project, only_people: bool, *, again: bool = False) -> None:
    """Print the tables; when it is looked at again once all is read, so that nothing flickers."""
    lines: Iterator[str] = chain([] if only_people else _of_articles(project), _ends(project))
    if not again:
        for line in lines:
            click.echo(line)
        return
    try:
        lines = iter(list(lines))
    except Refusal as refusal:
        lines = iter(
            [f"{refusal.what} {refusal.do}"]
        )  # a server that is away comes back; whoever watches waits for that
    click.clear()
    click.echo("\n".join(lines))


def _ends(project: Project) -> Iterator[str]:
    yield from _of_people(throughput(project))
    yield from filter(None, [told_of_checkout(project)])


def _of_articles(project: Project) -> Iterator[str]:
    width = longest_id(project.engine) or len("article")
    yield f"{'article':<{width}}  lang  {'state':<18}  candidates  who"
    for status in each_status(project):
        who = "  ".join(_progress(standing) for standing in (*status.labelling, *status.adjudicating))
        candidates = "?" if status.article.candidates is None else status.article.candidates
        yield (
            f"{status.article.article_id:<{width}}  {status.article.metadata.language:<4}  {status.state:<18}  "
            f"{candidates:>10}  {who}"
        )
        for standing in status.earlier:
            yield (
                f"{'':<{width}}  {standing.person} has {counted(standing.decisions, 'decision')} on an earlier text; "
                "they are kept and were not moved [annotation.earlier-text]"
            )


def _progress(standing: Standing) -> str:
    minutes = round(standing.active_ms / 60_000)
    said = ["done" if standing.finished else f"{standing.untouched} left"]
    said += [word for word in ("flagged", "skipped") if getattr(standing, word)]
    said += [counted(standing.questions, "question")] if standing.questions else []
    said += [f"{minutes} min"] if minutes else []
    return f"{standing.person}: {', '.join(said)}"


def _of_people(found: Throughput) -> Iterator[str]:
    if not found.people:
        return
    rows = [_HEAD, *map(_cells, found.people)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for who, *figures in rows:
        cells = map(str.rjust, figures, widths[1:])
        yield "  ".join([who.ljust(widths[0]), *cells]).rstrip()
    if found.open_slots:
        left = "" if found.left_ms is None else f", about {_long(found.left_ms)} at the keys"
        yield f"{counted(found.open_slots, 'slot')} to label left{left}"


def _cells(one: PersonStatus) -> tuple[str, ...]:
    per_article = "" if one.per_article_ms is None else _long(one.per_article_ms)
    last = "" if one.last_at is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(one.last_at / 1000))
    counts = map(str, (one.done, one.in_hand, one.kept, one.decisions))
    return (one.person, *counts, _long(one.active_ms), per_article, last)


def _long(milliseconds: int) -> str:
    """Give how long something takes, as a person would say it."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min" if minutes else f"{seconds} s"


def _plain_people(found: Throughput) -> dict[str, object]:
    people = [asdict(one) | {"per_article_ms": one.per_article_ms} for one in found.people]
    return {"people": people, "open_slots": found.open_slots, "left_ms": found.left_ms}


def _plain_articles(project: Project) -> Iterator[dict[str, object]]:
    """Give every article; in a checkout also how many decisions on it were not sent."""
    checkout = read_checkout(project.workspace)
    left = unsent(project, checkout) if checkout else {}
    for one in each_status(project):
        yield _plain(one) | ({"unsent": left[one.article.article_id]} if one.article.article_id in left else {})


def _plain(status: ArticleStatus) -> dict[str, object]:
    return {
        "article_id": status.article.article_id,
        "language": status.article.metadata.language,
        "state": status.state,
        "candidates": status.article.candidates,
        "wanted": status.overlap.wanted,
        "people": [
            {
                "person": standing.person,
                "decisions": standing.decisions,
                "untouched": standing.untouched,
                "finished": standing.finished,
                "active_seconds": standing.active_ms // 1000,
                "flagged": standing.flagged,
                "skipped": standing.skipped,
                "questions": standing.questions,
                "current_text": standing.text_sha256 == status.article.text_sha256,
            }
            for standing in (*status.labelling, *status.adjudicating, *status.earlier)
        ],
    }
