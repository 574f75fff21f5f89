"""The files of another tool that a user names: one, several, or those of a folder, with what identifies them.

Owns how much is read and under which names readers see it. Never follows a link out of a folder that was named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.canonical import canonical_json, sha256
from annotator.workflow.opening import read_file

LARGEST = 1 << 30
"""Bytes that all files together may have: they are held whole."""


@dataclass(frozen=True, slots=True)
class ToolFiles:
    """What a user named."""

    name: str
    """Of the file or folder, without the folders above it."""
    files: Mapping[str, bytes]
    """By path below what was named."""

    @property
    def sha256(self) -> str:
        """The hash of a single file; of several, of their names and hashes."""
        if len(self.files) == 1:
            return sha256(next(iter(self.files.values())))
        return sha256(canonical_json([[name, sha256(data)] for name, data in sorted(self.files.items())]))


def files_at(paths: Sequence[Path], endings: Sequence[str]) -> ToolFiles:
    """Give the files at `paths`, of folders those with one of the `endings`.

    Raises `Refusal`: `file.missing` where there is nothing, or nothing of that sort, `usage` for too much at once.
    """
    found: dict[str, bytes] = {}
    size = 0
    for path in paths:
        for name, file in _files(path, tuple(one.casefold() for one in endings)):
            data = read_file(file)
            size += len(data)
            if size > LARGEST:
                raise Refusal("usage", f"There are more than {LARGEST:,} bytes at {path}.", "Take fewer in at a time.")
            key = name if len(paths) == 1 or name not in found else f"{path.parent.name}/{name}"
            if key in found:
                raise Refusal("usage", f"Two of the files are called {key}.", "Name the folder that holds both.")
            found[key] = data
    return ToolFiles(", ".join(dict.fromkeys(path.resolve().name for path in paths)), found)


def _files(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Give the files at a path with the names that readers see."""
    if not path.is_dir():
        yield path.name, path
        return
    there = [one for one in sorted(path.rglob("*")) if one.name.casefold().endswith(endings) and one.is_file()]
    inside = path.resolve()
    shown = [one for one in there if not any(part.startswith(".") for part in one.relative_to(path).parts)]
    kept = [one for one in shown if one.resolve().is_relative_to(inside)]
    if not kept:
        raise Refusal("file.missing", f"There is no {' or '.join(endings)} in {path}.", "Check the name and --from.")
    yield from ((one.relative_to(path).as_posix(), one) for one in kept)
