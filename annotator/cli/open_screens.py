"""What opens the terminal screens: the queue, or one article, once there is a terminal to open them on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from annotator.cli.progress import progress
from annotator.cli.served import allowed_stages, end_with_the_server, is_served
from annotator.cli.talk import talk
from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.articles import find_article_id
from annotator.store.workspace import Workspace
from annotator.workflow.first_time import remembered
from annotator.workflow.importing import import_corpus
from annotator.workflow.in_checkout import refuse_in_checkout, told_of_checkout
from annotator.workflow.outgoing import send_waiting
from annotator.workflow.person import person_here
from annotator.workflow.project import Project, open_project
from annotator.workflow.status import statuses

if TYPE_CHECKING:  # what shows screens is loaded once there is something to show
    from annotator.tui.app import AnnotatorApp
    from annotator.tui.terminal import Way
    from annotator.tui.terminal_app import TerminalApp

SomeApp = TypeVar("SomeApp", bound="TerminalApp")

_FRAMES_A_SECOND = "120"


def open_screens(article: str | None, stage: Stage, given_name: str | None) -> None:
    """Open the workspace around the current folder on the terminal, or in the browser's window that we are served to.

    Raises `Refusal` when there is no workspace or article, or no terminal: then it says first what it would open.
    """
    project = open_project(Path.cwd())
    try:
        if stage == "adjudicate":
            refuse_in_checkout(project.workspace, "Nobody adjudicates")
        with progress("taking articles in") as step:
            report = import_corpus(project, step)
        article_id = find_article_id(project.engine, article) if article else None
        name = person_here(project, given_name)
        if is_served():
            end_with_the_server()
        elif not (sys.stdin.isatty() and sys.stderr.isatty()):
            for refusal in report.refusals:
                talk(f"annotator: {refusal}")
            _say_what_would_open(project, article_id)
            raise Refusal("terminal.missing", "There is no terminal to open it on.", "Run it in one.")
        news = "\n".join(
            filter(None, (project.store_warning, send_waiting(project), told_of_checkout(project), report.news))
        )
        _run(project, name, article_id, stage, news)
    finally:
        project.close()


def _run(project: Project, name: str | None, article_id: str | None, stage: Stage, news: str) -> None:
    """Show the screens until they are left. Raises what the screens refused."""

    def make(way: "Way") -> "AnnotatorApp":
        from annotator.tui.app import AnnotatorApp

        return AnnotatorApp(
            project,
            name,
            article_id,
            stage,
            news,
            way.mode,
            typed_ahead=way.typed,
            welcome=True,
            terminal=way.terminal,
            stages=allowed_stages(),
        )

    app = on_the_terminal(project.workspace, make)
    if app.refusal is not None:
        raise app.refusal


def on_the_terminal(workspace: Workspace, make: "Callable[[Way], SomeApp]") -> "SomeApp":
    """Run the application that `make` gives until it is left, and give it; the terminal is as it was before.

    `make` is told how right-to-left text is written here, as the workspace sets it, or remembers it of this terminal.
    """
    # "saved" comes in a frame of its own, and Textual, which reads this once, lets the next one wait for its turn.
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES_A_SECOND)
    from annotator.tui import tidying
    from annotator.tui.terminal import way_of_writing

    way = way_of_writing(workspace.settings.screen.bidi, answered=remembered(workspace).writing)
    app = make(way)
    _send(way.enter)
    tidying.begin()
    try:
        app.run()
    finally:
        tidying.end()
        _send(way.leave)
    return app


def _send(sequence: str) -> None:
    """Send the terminal what its way of writing needs around the session; nothing for nearly all."""
    if sequence:
        sys.stderr.write(sequence)
        sys.stderr.flush()


def _say_what_would_open(project: Project, article_id: str | None) -> None:
    for status in statuses(project):
        if article_id in (None, status.article.article_id):
            left = "?" if status.article.candidates is None else status.article.candidates
            click.echo(
                f"{status.article.article_id}  {status.article.metadata.language}  {status.state}  {left} candidates"
            )
