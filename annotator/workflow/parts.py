"""Folders of files that are one thing in parts: one system's predictions, or one corpus of plain gold.

Owns which files of a folder are parts, in which order they are read, and which parts of two folders belong together.
Opens none of them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.problem import Problem

_ENDINGS = (".jsonl", ".json")
_PACKED = ".gz"

_OF_A_RELEASE = ("manifest.json", "SHA256SUMS", "schema.toml")
"""Files any of which says that a folder is a release, be it a broken one: its gold is not taken as it is."""

_NAMED = 5
"""How many files a warning names before it only counts."""


def is_parted(gold: Path) -> bool:
    """Tell whether a path is a folder of plain gold, and no release."""
    if not gold.is_dir() or any((gold / name).exists() for name in _OF_A_RELEASE):
        return False
    return any(map(_is_part, gold.iterdir()))


def parts_of(path: Path) -> tuple[Path, ...]:
    """Give the files of a folder that are its parts, by name; a file is its own only part.

    Raises `Refusal` `file.missing` for a folder that has none.
    """
    if not path.is_dir():
        return (path,)
    parts = sorted(filter(_is_part, path.iterdir()), key=lambda one: (_name(one), one.name))
    if not parts:
        raise Refusal("file.missing", f"{path} holds no *.jsonl and no *.json.", "Name a file, or a folder of such.")
    return tuple(parts)


def passed_over(path: Path, prefix: str) -> Iterator[Problem]:
    """Give the warning about what else lies in a folder of parts, if there is anything; hidden files say nothing."""
    if not path.is_dir():
        return
    others = sorted(one.name for one in path.iterdir() if not _is_part(one) and not one.name.startswith("."))
    if others:
        named = ", ".join(name if name.isprintable() else repr(name) for name in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        message = f"{len(others)} file(s) or folder(s) in it are no part of it and were not read: {named}{more}."
        yield Problem(rule=f"{prefix}.passed-over", level="warning", where=str(path), message=message)


def pairs(gold: Path, predictions: Path) -> list[tuple[Path, Path | None]] | None:
    """Give each part of gold with that of the predictions of the same name, if it has one; endings may differ.

    None where the names do not say what belongs together: two of a side are alike, or gold lacks one.
    """
    ours, theirs = (parts_of(side) for side in (gold, predictions))
    by_name = {_name(part): part for part in theirs}
    names = {_name(part) for part in ours}
    if len(names) < len(ours) or len(by_name) < len(theirs) or not by_name.keys() <= names:
        return None
    return [(part, by_name.get(_name(part))) for part in ours]


def digest_of(digests: Mapping[Path, str]) -> str:
    """Give the SHA-256 of a corpus in parts from those of its parts: that of what `sha256sum` writes of them.

    Parts are sorted by name, and called what they would be called unpacked.
    """
    lines = sorted((part.name.removesuffix(_PACKED), digest) for part, digest in digests.items())
    written = "".join(f"{digest}  {name}\n" for name, digest in lines)
    return hashlib.sha256(written.encode(errors="surrogateescape")).hexdigest()


def _is_part(path: Path) -> bool:
    name = path.name.removesuffix(_PACKED)
    return name.endswith(_ENDINGS) and not name.startswith(".") and path.is_file()


def _name(part: Path) -> str:
    return Path(part.name.removesuffix(_PACKED)).stem
