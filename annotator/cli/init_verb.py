"""`annotator init`: a new workspace with copies of a folder's articles and of our guidelines."""

from pathlib import Path

import click

from annotator.cli.options import jobs_option
from annotator.cli.progress import progress
from annotator.cli.talk import complain
from annotator.errors import Refusal
from annotator.store.corpus import METADATA_FILE
from annotator.store.workspace import create_workspace
from annotator.text.counted import counted
from annotator.workflow.importing import corpus_size, import_corpus
from annotator.workflow.project import open_project


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from", "source", metavar="FOLDER", type=click.Path(path_type=Path), help="Folder whose *.txt are the articles."
)
@jobs_option
def command(folder: Path, source: Path | None, jobs: int) -> int | None:
    """Make a workspace at DIR: articles, our guidelines, an empty gold folder.

    Example: annotator init syria --from downloads
    """
    files: list[Path] = []
    if source is not None:
        if not source.is_dir():
            raise Refusal("file.missing", f"{source} is no folder.", "Name the folder that holds the .txt files.")
        files = sorted(source.glob("*.txt")) + [path for path in [source / METADATA_FILE] if path.is_file()]
        if not files:
            raise Refusal("file.missing", f"{source} holds no .txt files.", "Name the folder that holds the articles.")
    workspace = create_workspace(folder, files)
    project = open_project(workspace.root)
    with progress("taking articles in", corpus_size(project)) as step:
        report = import_corpus(project, step, jobs)
    project.close()
    status = complain(report.refusals)
    click.echo(
        f"{folder} is a workspace with {counted(len(report.arrivals), 'article')}. Open it: cd {folder} && annotator"
    )
    return status
