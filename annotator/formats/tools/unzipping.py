"""Archives of files that are read whole: what is in them, by name. Nothing is ever put on the disk.

What grows beyond all measure is refused, whatever the archive says of its sizes, and so is a name that leads out of it.
"""

import io
import zlib
from collections.abc import Iterator, Mapping
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from annotator.formats.inspection import shown
from annotator.model.problem import Problem

FREE = 1 << 26
"""Bytes that any archive may unpack to."""
RATIO = 100
"""How many times its size a larger one may become."""
MOST_FILES = 50_000
_DEEPEST = 2
"""Archives that may lie in each other: a project's holds one for each annotation."""

_ZIP = b"PK\x03\x04"
_EMPTY = b"PK\x05\x06"


def unzipped(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, bytes]:
    """Give the files, with those of an archive in its place, below its name; what cannot be read is in `problems`."""
    found: dict[str, bytes] = {}
    for path, data in files.items():
        try:
            found |= _Archives(len(data)).files(path, data)
        except _Refused as refused:
            problems.append(Problem(rule="format.archive", level="error", where=path, message=str(refused)))
    return found


class _Refused(Exception):  # noqa: N818 - it says what is done
    """An archive is not to be read."""


class _Archives:
    """An archive and those in it, and how much may still come out of them."""

    def __init__(self, size: int) -> None:
        self._left = max(FREE, RATIO * size)
        self._files_left = MOST_FILES

    def files(self, path: str, data: bytes, depth: int = 0) -> dict[str, bytes]:
        """Give the files of an archive by path; a file that is none is itself."""
        if not data.startswith((_ZIP, _EMPTY)):
            return {path: data}
        if depth >= _DEEPEST:
            raise _Refused("Archives lie in each other too deeply.")
        found: dict[str, bytes] = {}
        try:
            with ZipFile(io.BytesIO(data)) as archive:
                for name, content in self._members(archive):
                    found |= self.files(f"{path}/{name}", content, depth + 1)
        except (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError) as fault:
            raise _Refused(f"This archive cannot be unpacked: {fault}. Pack it again.") from None
        except (NotImplementedError, RuntimeError, ValueError, LookupError):
            raise _Refused("This archive is encrypted or packed in a way that is not read.") from None
        return found

    def _members(self, archive: ZipFile) -> Iterator[tuple[str, bytes]]:
        for info in archive.infolist():
            self._files_left -= 1
            if self._files_left < 0:
                raise _Refused(f"This archive has more than {MOST_FILES} files.")
            if not info.is_dir():
                yield _safe(info), self._content(archive, info)

    def _content(self, archive: ZipFile, info: ZipInfo) -> bytes:
        with archive.open(info) as packed:
            content = packed.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise _Refused("This archive becomes far too large when it is unpacked. Unpack it yourself.")
        return content


def _safe(info: ZipInfo) -> str:
    name = info.filename
    if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
        raise _Refused(f"A file in this archive leads out of it: {shown(name)}.")
    return name
