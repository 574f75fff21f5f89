"""Projects as INCEpTION and WebAnno export them: an archive with a folder an article, in it a file or archive a person.

Owns which files of a project are annotations, and whose a file is by where it lies.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

NOBODYS = frozenset({"INITIAL_CAS"})
"""Names of files that hold an article before anybody annotated it."""
_FOLDERS = frozenset({"annotation", "curation"})


class Lying(NamedTuple):
    """What the path of a file says."""

    folder: str
    """The folder that is named as the article; empty where the file lies in none."""
    stem: str


def annotations(files: Mapping[str, bytes], endings: tuple[str, ...]) -> dict[str, bytes]:
    """Give the files with those endings: of an exported project, what people or its curators annotated."""
    found = {path: data for path, data in files.items() if path.endswith(endings) and lying(path).stem not in NOBODYS}
    within = {path: data for path, data in found.items() if not _FOLDERS.isdisjoint(path.split("/"))}
    return within or found


def lying(path: str) -> Lying:
    """Give the folder of an article that a file lies in, whatever archives lie between, and the file's name."""
    folders = [part for part in path.split("/")[:-1] if not part.endswith(".zip") and part not in _FOLDERS]
    return Lying(folders[-1] if folders else "", PurePosixPath(path).stem)
