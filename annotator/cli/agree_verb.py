"""`annotator agree`: what audits say of each annotator."""

from collections.abc import Sequence
from pathlib import Path

import click

from annotator.agreement.audit import AuditFigures
from annotator.agreement.wilson import Share
from annotator.cli.options import json_option, print_json
from annotator.cli.talk import talk
from annotator.workflow.agreeing import audit_of_annotators
from annotator.workflow.project import open_project

_NONE = (
    "Nobody was audited yet.\n"
    "`withheld = 0.1` and `planted = 0.1` under [audit] in annotator.toml switch audits on, for articles that are"
    " opened from then on."
)
_LEGEND = (
    "accepted: of the wrong candidates that were settled, those that stand as they were planted\n"
    "found: of the withheld candidates that are right, those marked all the same, in articles that are done\n"
    "In brackets the 95% interval (Wilson)."
)
_HEADINGS = ("annotator", "articles", "planted", "accepted", "withheld", "found", "not judged")


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Show for each annotator how many planted candidates they accepted, and how many withheld ones they found.

    Example: annotator agree --json
    """
    project = open_project(Path.cwd())
    try:
        figures = audit_of_annotators(project)
    finally:
        project.close()
    if as_json:
        print_json({"audit": [_plain(one) for one in figures]})
    elif figures:
        _print_table(figures)
        talk(_LEGEND)
    if not figures:
        talk(_NONE)


def _print_table(figures: Sequence[AuditFigures]) -> None:
    rows = [_HEADINGS, *(_cells(one) for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cells(one: AuditFigures) -> tuple[str, ...]:
    return (
        one.person,
        str(one.articles),
        str(one.planted),
        _share(one.accepted, "none settled"),
        str(one.withheld),
        _share(one.found, "none to find"),
        str(one.not_judged),
    )


def _share(share: Share, none: str) -> str:
    if share.rate is None or share.interval is None:
        return none
    low, high = share.interval
    return f"{share.hits} of {share.of}: {share.rate:.0%} [{low:.0%}, {high:.0%}]"


def _plain(one: AuditFigures) -> dict[str, object]:
    return {
        "person": one.person,
        "articles": one.articles,
        "planted": {
            "shown": one.planted,
            "settled": one.accepted.of,
            "accepted": one.accepted.hits,
            "acceptance": one.accepted.rate,
            "interval": one.accepted.interval,
            "right_by_chance": one.right_by_chance,
        },
        "withheld": {
            "total": one.withheld,
            "right": one.found.of,
            "found": one.found.hits,
            "recall": one.found.rate,
            "interval": one.found.interval,
            "wrong": one.wrong,
            "not_judged": one.not_judged,
        },
    }
