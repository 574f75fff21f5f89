"""What opens the terminal screens: the queue, or one article, once there is a terminal to open them on."""

import sys
from pathlib import Path

import click

from annotator.errors import Refusal
from annotator.model.decision import Stage
from annotator.store.articles import find_article_id
from annotator.workflow.importing import ImportReport, import_corpus
from annotator.workflow.person import known_person
from annotator.workflow.project import Project, open_project
from annotator.workflow.status import statuses


def open_screens(article: str | None, stage: Stage, given_name: str | None) -> None:
    """Open the workspace around the current folder on the terminal.

    Raises `Refusal` when there is no workspace or article, or no terminal: then it says first what it would open.
    """
    project = open_project(Path.cwd())
    try:
        report = import_corpus(project)
        article_id = find_article_id(project.engine, article) if article else None
        name = known_person(project.workspace, given_name)
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            _say_what_would_open(project, article_id)
            raise Refusal("terminal.missing", "There is no terminal to open it on.", "Run it in one.")
        from annotator.tui.app import AnnotatorApp

        AnnotatorApp(project, name, article_id, stage, news_of(report)).run()
    finally:
        project.close()


def news_of(report: ImportReport) -> str:
    """Give what an import changed, as a few lines; nothing when it changed nothing."""
    lines = [f"{len(ids)} new articles" for ids in [report.of("new")] if ids]
    lines += [f"{article_id}: the text changed, a new version was taken in" for article_id in report.of("changed")]
    lines += [str(refusal) for refusal in report.refusals]
    return "\n".join(lines)


def _say_what_would_open(project: Project, article_id: str | None) -> None:
    for status in statuses(project):
        if article_id in (None, status.article.article_id):
            left = "?" if status.article.candidates is None else status.article.candidates
            click.echo(
                f"{status.article.article_id}  {status.article.metadata.language}  {status.state}  {left} candidates"
            )
