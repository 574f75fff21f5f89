"""`annotator suggest`: run the finders over all articles; the output is predictions in the full shape."""

import sys
from pathlib import Path

import click

from annotator.cli.progress import progress
from annotator.cli.talk import talk
from annotator.store.atomic import write_file
from annotator.text.counted import counted
from annotator.workflow.baseline import prediction_lines
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import open_project


@click.command()
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write there instead of standard output.")
def command(out: Path | None) -> None:
    """Print what the finders propose for every article, as predictions that `annotator score` takes.

    Example: annotator suggest --out baseline.jsonl
    """
    project = open_project(Path.cwd())
    try:
        with progress("taking articles in") as step:
            import_corpus(project, step)
        with progress("looking for candidates") as step:
            lines = list(prediction_lines(project, step))
    finally:
        project.close()
    if out is None:
        sys.stdout.buffer.writelines(lines)
        sys.stdout.buffer.flush()
    else:
        write_file(out, b"".join(lines))
        talk(f"{counted(len(lines), 'article')} written to {out}")
