"""Rows out of a SQLite file that SQLite itself can no longer read: every leaf page of every table is looked at alone.

Follows the file format (https://sqlite.org/fileformat2.html, sections 1.6 and 2.1): a damaged page costs its own rows
and no others. It trusts nothing and checks nothing of what rows say; that is `recovering`'s. Never writes.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from struct import Struct
from struct import error as StructError  # noqa: N812 - it is a class

Value = int | float | str | bytes | None
Cells = tuple[Value, ...]

_LEAF = 0x0D
"""The type of a page that holds rows of a table."""

_MAGIC = b"SQLite format 3\0"
_USUAL_SIZE = 4096
_SMALLEST, _LARGEST = 512, 65536
_LEAST_USABLE = 480
"""Bytes of a page that SQLite itself insists on."""
_HEADER = 100
"""Bytes that the file's header takes from its first page."""

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_JOURNAL_SECTOR = 512
_WAL_HEADER, _FRAME_HEADER = 32, 24

_U16, _U32 = Struct(">H"), Struct(">I")

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""How many bytes an integer of each serial type takes."""

Pages = Mapping[int, bytes]
"""The pages of a file by their number, from 1."""


def carve(path: Path) -> Iterator[Cells]:
    """Give every row that a database and the journals beside it hold, the same row maybe more than once.

    A column declared as the table's integer key is None in its row; the key stands in front of each row.
    """
    data = path.read_bytes()
    for size, reserved in sorted({_sizes(data[:_HEADER]), (_USUAL_SIZE, 0)}):
        pages = dict(enumerate(_split(data, size), start=1))
        yield from _rows(pages, size, reserved)
        for later in (_of_journal(path, size), _of_wal(path, size)):
            if later:
                yield from _rows({**pages, **later}, size, reserved, only=later)


def _sizes(header: bytes) -> tuple[int, int]:
    """Give the size of a page and how much of its end is not used, or what is usual where the header cannot be right.

    What it says may be damage too: pages are looked at in the usual size as well.
    """
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return _USUAL_SIZE, 0
    size = _U16.unpack_from(header, 16)[0]
    size = _LARGEST if size == 1 else size
    possible = size >= _SMALLEST and size & (size - 1) == 0
    return (size, header[20]) if possible and size - header[20] >= _LEAST_USABLE else (_USUAL_SIZE, 0)


def _split(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def _of_journal(path: Path, size: int) -> dict[int, bytes]:
    """Give the pages as they were before a transaction that was not finished, also where the journal's head is torn.

    Whenever a transaction outgrew the memory, a further head stands in the journal, and pages behind it. The last one
    is empty until all behind it is on the disk.
    """
    data = _beside(path, "-journal")
    step = 4 + size + 4
    told = [found.start() for found in re.finditer(re.escape(_JOURNAL_MAGIC), data)]
    untold = {0, *(_behind(data, head, step) for head in told)} - set(told)
    found: dict[int, bytes] = {}
    for head in [*told, *sorted(untold)]:
        end = next((one for one in told if one > head), len(data))
        for start in range(head + _JOURNAL_SECTOR, end - step + 1, step):
            found.setdefault(_U32.unpack_from(data, start)[0], data[start + 4 : start + 4 + size])
    return found


def _behind(data: bytes, head: int, step: int) -> int:
    """Give where a journal's next head stands: in the first sector behind as many pages as this one tells."""
    pages = int.from_bytes(data[head + 8 : head + 12], "big")
    if pages == 0:
        return head
    sectors = -(-(head + _JOURNAL_SECTOR + pages * step) // _JOURNAL_SECTOR)
    return sectors * _JOURNAL_SECTOR


def _of_wal(path: Path, size: int) -> dict[int, bytes]:
    """Give the pages that were written and not yet put into the file, the latest of each."""
    data = _beside(path, "-wal")
    step = _FRAME_HEADER + size
    return {
        _U32.unpack_from(data, start)[0]: data[start + _FRAME_HEADER : start + step]
        for start in range(_WAL_HEADER, len(data) - step + 1, step)
    }


def _beside(path: Path, ending: str) -> bytes:
    beside = path.with_name(path.name + ending)
    return beside.read_bytes() if beside.is_file() else b""


def _rows(pages: Pages, size: int, reserved: int, only: Pages | None = None) -> Iterator[Cells]:
    for number, page in (pages if only is None else only).items():
        head = _HEADER if number == 1 else 0
        if len(page) > head and page[head] == _LEAF:
            yield from _of_leaf(page, head, pages, size - reserved)


def _of_leaf(page: bytes, head: int, pages: Pages, usable: int) -> Iterator[Cells]:
    first = head + 8
    for index in range(_U16.unpack_from(page, head + 3)[0] if len(page) >= first else 0):
        try:
            yield _cell(page, _U16.unpack_from(page, first + 2 * index)[0], pages, usable)
        except (LookupError, ValueError, StructError):  # a row that was torn: the next one may be whole
            continue


def _cell(page: bytes, at: int, pages: Pages, usable: int) -> Cells:
    length, at = _varint(page, at)
    key, at = _varint(page, at)
    return (key - (key >> 63 << 64), *_record(_payload(page, at, length, pages, usable)))


def _payload(page: bytes, at: int, length: int, pages: Pages, usable: int) -> bytes:
    """Give a row's bytes, of which those that do not fit stand in a chain of further pages."""
    most = usable - 35
    if length <= most:
        return _exactly(page, at, length)
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= most else least
    parts, held, seen = [_exactly(page, at, here)], here, set[int]()
    following = _U32.unpack(_exactly(page, at + here, 4))[0]
    while held < length:
        if following in seen:
            raise ValueError("the chain of pages runs in a circle")
        seen.add(following)
        further = pages[following]
        part = _exactly(further, 4, min(length - held, usable - 4))
        following = _U32.unpack_from(further)[0]
        parts.append(part)
        held += len(part)
    return b"".join(parts)


def _exactly(page: bytes, start: int, length: int) -> bytes:
    part = page[start : start + length]
    if len(part) < length:
        raise ValueError("the page ends before the row does")
    return part


def _record(payload: bytes) -> Iterator[Value]:
    """Give the values of a row: its header says the type of each."""
    end, at = _varint(payload, 0)
    body = end
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        yield value


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(_exactly(payload, at, end - at), "big", signed=True), end
    if kind == 7:
        return Struct(">d").unpack(_exactly(payload, at, 8))[0], at + 8
    if kind < 12:
        raise ValueError("no row has a value of this type")
    length = (kind - 12) // 2
    raw = _exactly(payload, at, length)
    return (raw.decode() if kind % 2 else raw), at + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Give a number of one to nine bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9
