"""`annotator status`: who has done what, what is left."""

from pathlib import Path

import click

from annotator.cli.options import json_option, print_json
from annotator.store.log import Standing
from annotator.text.counted import counted
from annotator.workflow.project import open_project
from annotator.workflow.status import ArticleStatus, statuses


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Show every article with its state, who is how far in it, and what is left.

    Example: annotator status --json
    """
    project = open_project(Path.cwd())
    found = statuses(project)
    project.close()
    if as_json:
        print_json([_plain(status) for status in found])
        return
    width = max((len(status.article.article_id) for status in found), default=7)
    click.echo(f"{'article':<{width}}  lang  {'state':<18}  candidates  who")
    for status in found:
        who = "  ".join(_progress(standing) for standing in (*status.labelling, *status.adjudicating))
        candidates = "?" if status.article.candidates is None else status.article.candidates
        click.echo(
            f"{status.article.article_id:<{width}}  {status.article.metadata.language:<4}  {status.state:<18}  "
            f"{candidates:>10}  {who}"
        )
        for standing in status.earlier:
            click.echo(
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


def _plain(status: ArticleStatus) -> dict[str, object]:
    return {
        "article_id": status.article.article_id,
        "language": status.article.metadata.language,
        "state": status.state,
        "candidates": status.article.candidates,
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
