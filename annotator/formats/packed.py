"""Bytes of a file as they come, unpacked on the way where they are gzip: by what they begin with, never by a name.

Nothing is held whole. What grows beyond all measure when it is unpacked is refused, so that a few kilobytes cannot
fill a machine.
"""

import hashlib
import io
import zlib
from typing import TYPE_CHECKING, BinaryIO

from annotator.errors import Refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_PIECE = 1 << 16

FREE = 1 << 26
"""Bytes that any file may unpack to."""
RATIO = 200
"""How many times its size a larger one may become: lines of JSON become ten to fifty times theirs, bombs a thousand."""
MOST = 1 << 36
"""Bytes that no file may unpack to."""


class Source(io.BufferedReader):
    """A file that is being read, from its first byte to its last."""

    def __init__(self, pieces: "_Pieces") -> None:
        super().__init__(pieces, _PIECE)
        self._pieces = pieces

    @property
    def size(self) -> int:
        """How many bytes came so far, unpacked."""
        return self._pieces.size

    def sha256(self) -> str:
        """Give the SHA-256 of what came so far, unpacked, where it was asked for."""
        return self._pieces.digest.hexdigest() if self._pieces.digest else ""


def unpacked(raw: BinaryIO, file: str, *, hashed: bool = False) -> Source:
    """Give the bytes of `raw`, unpacked where they are gzip; `file` is its name. `raw` stays open when they end.

    With `hashed` they are hashed on the way. While they are read `Refusal` is raised: `file.missing` where that fails,
    `file.packed` where gzip is cut off or damaged, or would become too large.
    """
    plain = Source(_Pieces(raw, file, hashed=hashed))
    if not plain.peek(len(_GZIP)).startswith(_GZIP):
        return plain
    # What was looked at is still to come: the packed side reads through the same buffer.
    return Source(_Unpacking(plain, file, hashed=hashed))


class _Pieces(io.RawIOBase):
    """Bytes of another file, counted and perhaps hashed."""

    def __init__(self, raw: BinaryIO, file: str, *, hashed: bool) -> None:
        super().__init__()
        self._raw, self._file = raw, file
        self.size = 0
        self.digest = hashlib.sha256() if hashed else None

    def readable(self) -> bool:
        """Say that it is there to be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill `buffer` with what comes next, and give how much that is; nothing at the end."""
        view = memoryview(buffer).cast("B")
        piece = self._next(len(view))
        view[: len(piece)] = piece
        self.size += len(piece)
        if self.digest is not None:
            self.digest.update(piece)
        return len(piece)

    def _next(self, size: int) -> bytes:
        try:
            return self._raw.read(size)
        except OSError as error:
            raise Refusal(
                "file.missing", f"{self._file} could not be read: {error.strerror}.", "Check its name."
            ) from None


class _Unpacking(_Pieces):
    """What gzip holds, as long as it stays within measure."""

    def __init__(self, packed: Source, file: str, *, hashed: bool) -> None:
        super().__init__(packed, file, hashed=hashed)
        from gzip import GzipFile  # most files are plain

        self._packed, self._gzip = packed, GzipFile(fileobj=packed, mode="rb")

    def _next(self, size: int) -> bytes:
        try:
            piece = self._gzip.read(size)
        except (OSError, EOFError, zlib.error):
            raise Refusal(
                "file.packed", f"{self._file} cannot be unpacked: its gzip is cut off or damaged.", "Pack it again."
            ) from None
        if self.size + len(piece) > min(MOST, max(FREE, RATIO * self._packed.size)):
            raise Refusal(
                "file.packed",
                f"{self._file} becomes more than {RATIO} times its size, or far too large, when it is unpacked.",
                "No annotations do: check where it is from, or unpack it yourself.",
            )
        return piece
