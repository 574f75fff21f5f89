"""A file system of another name over a folder: real for the kernel, and failing where a test says so.

Speaks the kernel's FUSE protocol (7.31) itself, one request at a time. While the folder holds a file `.fails`, all
that would write is answered with the number in it: EDQUOT, EIO.

Run: python passthrough.py FOLDER MOUNTPOINT TYPE. It writes a line when it is mounted, and ends when it is unmounted.
"""

import ctypes
import errno
import os
import stat
import struct
import sys
from collections.abc import Callable
from pathlib import Path

HEADER, ANSWER = struct.Struct("<IIQQIIIHH"), struct.Struct("<IiQ")
INIT = struct.Struct("<IIIIHHIIHHIIIIIIII")
WRITING = frozenset({9, 16, 20, 35})
"""Opcodes that fail on demand: mkdir, write, fsync, create."""
FAILS = ".fails"


class Passthrough:
    """Answers requests out of a folder; a node is a path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths = {1: folder}
        self.nodes = {folder: 1}
        self.answers: dict[int, Callable[[int, bytes], bytes]] = {
            1: lambda node, body: self.entry(self.child(node, body)),
            3: lambda node, _: struct.pack("<QII", 0, 0, 0) + attributes(self.paths[node]),
            4: self.set_attributes,
            9: self.make_folder,
            10: lambda node, body: nothing(self.child(node, body).unlink()),
            11: lambda node, body: nothing(self.child(node, body).rmdir()),
            12: lambda node, body: self.rename(node, body, 8),
            14: self.open,
            15: self.read,
            16: self.write,
            17: lambda node, _: sizes(self.folder),
            18: lambda _, body: nothing(os.close(struct.unpack_from("<Q", body)[0])),
            20: lambda _, body: nothing(os.fsync(struct.unpack_from("<Q", body)[0])),
            25: lambda node, _: b"",
            26: lambda node, _: INIT.pack(7, 31, 65536, 0, 12, 10, 65536, 1, 16, *[0] * 9),
            27: lambda node, _: struct.pack("<QII", 0, 0, 0),
            28: self.list,
            29: lambda node, _: b"",
            30: lambda node, _: b"",
            35: self.create,
            45: lambda node, body: self.rename(node, body, 16),
        }

    def child(self, node: int, name: bytes) -> Path:
        return self.paths[node] / os.fsdecode(name.split(b"\0")[0])

    def entry(self, path: Path) -> bytes:
        shown = attributes(path)
        node = self.nodes.setdefault(path, len(self.nodes) + 1)
        self.paths[node] = path
        return struct.pack("<QQQQII", node, 0, 0, 0, 0, 0) + shown

    def set_attributes(self, node: int, body: bytes) -> bytes:
        valid, _, _, size = struct.unpack_from("<IIQQ", body)
        path = self.paths[node]
        if valid & 8:
            os.truncate(path, size)
        if valid & 1:
            path.chmod(struct.unpack_from("<I", body, 68)[0] & 0o7777)
        return struct.pack("<QII", 0, 0, 0) + attributes(path)

    def make_folder(self, node: int, body: bytes) -> bytes:
        path = self.child(node, body[8:])
        path.mkdir()
        return self.entry(path)

    def rename(self, node: int, body: bytes, names_at: int) -> bytes:
        old, new, *_ = body[names_at:].split(b"\0")
        source, target = self.child(node, old), self.child(struct.unpack_from("<Q", body)[0], new)
        source.rename(target)
        moved = self.nodes.pop(source, None)
        if moved is not None:
            self.nodes[target], self.paths[moved] = moved, target
        return b""

    def open(self, node: int, body: bytes) -> bytes:
        flags = struct.unpack_from("<I", body)[0] & ~(os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW)
        return struct.pack("<QII", os.open(self.paths[node], flags & ~os.O_APPEND), 0, 0)

    def create(self, node: int, body: bytes) -> bytes:
        flags, mode = struct.unpack_from("<II", body)
        path = self.child(node, body[16:])
        descriptor = os.open(path, flags & ~os.O_APPEND | os.O_CREAT, mode)
        return self.entry(path) + struct.pack("<QII", descriptor, 0, 0)

    def read(self, node: int, body: bytes) -> bytes:
        descriptor, offset, size = struct.unpack_from("<QQI", body)
        return os.pread(descriptor, size, offset)

    def write(self, node: int, body: bytes) -> bytes:
        descriptor, offset, size = struct.unpack_from("<QQI", body)
        return struct.pack("<II", os.pwrite(descriptor, body[40 : 40 + size], offset), 0)

    def list(self, node: int, body: bytes) -> bytes:
        _, offset, size = struct.unpack_from("<QQI", body)
        listed = b""
        for number, name in enumerate(sorted(os.listdir(self.paths[node])), start=1):  # noqa: PTH208 - names alone
            raw = os.fsencode(name)
            one = struct.pack("<QQII", number + 1, number, len(raw), 0) + raw
            one += bytes(-len(one) % 8)
            if number > offset and len(listed) + len(one) <= size:
                listed += one
        return listed


def nothing(_: None) -> bytes:
    return b""


def attributes(path: Path) -> bytes:
    found = path.lstat()
    times = (int(found.st_atime), int(found.st_mtime), int(found.st_ctime))
    owned = (found.st_mode, found.st_nlink, found.st_uid, found.st_gid, 0, 4096, 0)
    return struct.pack("<6Q3I7I", found.st_ino, found.st_size, found.st_blocks, *times, 0, 0, 0, *owned)


def sizes(folder: Path) -> bytes:
    found = os.statvfs(folder)
    return struct.pack(
        "<5Q4I24x", found.f_blocks, found.f_bfree, found.f_bavail, found.f_files, found.f_ffree, 4096, 255, 4096, 0
    )


def answer(served: Passthrough, opcode: int, node: int, body: bytes) -> tuple[int, bytes]:
    """Give the number of the error, or 0, and what was asked for."""
    asked = served.answers.get(opcode)
    if asked is None:
        return errno.ENOSYS, b""
    try:
        if opcode in WRITING and (served.folder / FAILS).exists():
            return int((served.folder / FAILS).read_text()), b""
        return 0, asked(node, body)
    except OSError as error:
        return error.errno or errno.EIO, b""


def serve(folder: Path, point: Path, kind: str) -> None:
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode={stat.S_IFDIR:o},user_id=0,group_id=0,allow_other,default_permissions"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"miriam@elsewhere:/data", os.fsencode(point), kind.encode(), 0, options.encode()):
        sys.exit(os.strerror(ctypes.get_errno()))
    sys.stdout.write("mounted\n")
    sys.stdout.flush()
    served = Passthrough(folder)
    while True:
        try:
            request = os.read(device, 1 << 17)
        except OSError as error:
            if error.errno == errno.ENODEV:  # it was unmounted
                return
            if error.errno in (errno.ENOENT, errno.EINTR):  # whoever asked was interrupted
                continue
            raise
        _, opcode, unique, node, *_ = HEADER.unpack_from(request)
        if opcode in (2, 42):  # forgetting is not answered
            continue
        failed, data = answer(served, opcode, node, request[HEADER.size :])
        os.write(device, ANSWER.pack(ANSWER.size + len(data), -failed, unique) + data)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
