"""What was last copied from an article, kept in the workspace: not every terminal gives programs a clipboard."""

from pathlib import Path

from annotator.store.atomic import write_file
from annotator.workflow.project import Project


def keep_copied(project: Project, text: str) -> Path:
    """Keep `text` as it is stored, and give the file, relative to the workspace. Raises `Refusal` if it cannot be."""
    path = project.workspace.work / "clipboard.txt"
    write_file(path, text.encode())
    return path.relative_to(project.workspace.root)
