"""`annotator guidelines build`: the guidelines as one page."""

import sys
from pathlib import Path

import click

from annotator.cli.options import refuse_missing_folder
from annotator.cli.talk import talk
from annotator.store.atomic import write_file
from annotator.store.workspace import find_workspace
from annotator.workflow.guidebook import Guidebook


@click.command("build")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write the page there.")
def command(out: Path | None) -> None:
    """Write pages and schema as one HTML page without network; to standard output unless a file is named.

    Example: annotator guidelines build --out guidelines.html
    """
    if out is not None:
        refuse_missing_folder(out)
    workspace = find_workspace(Path.cwd())
    from annotator.cli.guidelines_page import guidelines_page  # reads Markdown, which no other verb does

    page = guidelines_page(Guidebook(workspace, workspace.guidelines())).encode()
    if out is None:
        sys.stdout.buffer.write(page)
        return
    write_file(out, page)
    talk(f"The page is in {out}.")
