"""`annotator agree`: how far annotators agree before adjudication, and what audits say of each."""

from pathlib import Path

import click

from annotator.cli.agree_text import agreement_screen
from annotator.cli.audit_text import LEGEND, audit_plain, audit_table
from annotator.cli.options import html_option, json_option, print_json, refuse_missing_folder
from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.store.atomic import write_file
from annotator.workflow.agreeing import audit_of_annotators
from annotator.workflow.agreement_of import agreement_of
from annotator.workflow.project import open_project

_NONE = (
    "Nobody was audited yet.\n"
    "`withheld = 0.1` and `planted = 0.1` under [audit] in annotator.toml switch audits on, for articles that are"
    " opened from then on."
)


@click.command()
@json_option
@html_option
def command(as_json: bool, html: Path | None) -> None:
    """Show how far annotators agree, before adjudication: pair by pair, by type and role, over time.

    Where there were audits, also how many planted candidates each accepted and how many withheld ones each found.

    Example: annotator agree --html agreement.html
    """
    if html is not None:
        refuse_missing_folder(html)
    project = open_project(Path.cwd())
    try:
        with progress("comparing annotators"):
            report = agreement_of(project)
            audits = audit_of_annotators(project)
    finally:
        project.close()
    if html is not None:
        from annotator.cli.agree_page import agreement_page

        write_file(html, agreement_page(report).encode())
        talk(f"The page is in {html}.")
    if as_json:
        print_json({**report.plain(), "audit": [audit_plain(one) for one in audits]})
        return
    click.echo(agreement_screen(report), nl=False)
    if audits:
        click.echo(f"\n{audit_table(audits)}", nl=False)
        talk(LEGEND)
    else:
        talk(_NONE)
