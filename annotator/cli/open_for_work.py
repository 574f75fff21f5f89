"""Opening the workspace of the current folder for a verb that writes, with a warning where its store is in danger."""

from pathlib import Path

from annotator.cli.talk import talk
from annotator.workflow.project import Project, open_project


def open_for_work() -> Project:
    """Give the workspace around the current folder, open; say on standard error where its store lies badly.

    Raises `Refusal` as `open_project` does.
    """
    project = open_project(Path.cwd())
    warn_of(project.store_warning)
    return project


def warn_of(warning: str) -> None:
    """Say on standard error what is doubtful about where a store lies, if anything is."""
    if warning:
        talk(f"annotator: warning: {warning}")
