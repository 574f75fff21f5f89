"""Whether a SQLite file lies on a network file system, where locks and syncing may not be what SQLite relies on.

Owns the names of such file systems and how a system says what is mounted where. Never looks into the file, and never
refuses: many such disks work most of the time, so that a person is warned and goes on.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

_NAMES = """
nfs nfs4 cifs smb smb2 smb3 smbfs ncpfs 9p virtiofs afs afpfs auristorfs coda webdav davfs davfs2
ceph lustre glusterfs beegfs gpfs orangefs pvfs2 ocfs2 gfs2 panfs wekafs vboxsf prl_fs vmhgfs
fuse.sshfs fuse.ceph fuse.ceph-fuse fuse.glusterfs fuse.orangefs fuse.hdfs fuse.juicefs fuse.mfs fuse.moosefs
fuse.lizardfs fuse.seaweedfs fuse.davfs fuse.davfs2 fuse.curlftpfs fuse.smbnetfs fuse.gvfsd-fuse fuse.kio-fuse
fuse.rclone fuse.s3fs fuse.gcsfuse fuse.goofys fuse.blobfuse fuse.blobfuse2 fuse.onedriver
fuse.google-drive-ocamlfuse fuse.vmhgfs-fuse
"""

NETWORK = frozenset(_NAMES.split())
"""File systems whose files are on another machine, as systems name their types; shares of a host with its guest too."""

_MOUNTINFO = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_LINE_OF_MOUNT = re.compile(r"^.*? on (?P<point>/.*) \((?P<kind>[^,)]+).*\)$")


class Mount(NamedTuple):
    """A file system, and where it is mounted."""

    point: Path
    kind: str
    """Its type, as the system names it: `ext4`, `nfs4`, `fuse.sshfs`."""


def network_warning(engine: Engine, mounts: Iterable[Mount] | None = None) -> str:
    """Give a sentence for a SQLite store on a network file system; nothing for any other store.

    `mounts` stands in for what this system has mounted.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return ""
    file = Path(engine.url.database)
    mount = mount_of(file, mounted() if mounts is None else mounts)
    if mount is None or mount.kind not in NETWORK:
        return ""
    return (
        f"The store {file.name} lies on a network file system ({mount.kind}, mounted at {mount.point}): two programs "
        "at once can damage it, and a lost connection can take with it what was called saved; keep it on a disk of "
        "this machine, or on PostgreSQL (`annotator store copy`)."
    )


def mount_of(file: Path, mounts: Iterable[Mount]) -> Mount | None:
    """Give the mount that a file, which need not be there, lies on: the longest, of several in one place the last."""
    there = file.resolve()
    holding = [mount for mount in mounts if there.is_relative_to(mount.point)]
    return max(reversed(holding), key=lambda mount: len(mount.point.parts), default=None)


def mounted() -> list[Mount]:
    """Give what is mounted on this machine; nothing where the system does not say."""
    try:
        return list(from_mountinfo(_MOUNTINFO.read_bytes()))
    except OSError:
        return list(from_mount(_said_by_mount())) if sys.platform == "darwin" else []


def from_mountinfo(data: bytes) -> Iterator[Mount]:
    """Give the mounts in the form of Linux's /proc/self/mountinfo; a line that has another form is left out."""
    for line in data.split(b"\n"):
        place, _, system = line.partition(b" - ")
        fields, kind = place.split(b" "), system.split(b" ")[0]
        if len(fields) > 4 and kind:
            point = _ESCAPED.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), fields[4])
            yield Mount(Path(point.decode("utf-8", "surrogateescape")), kind.decode("utf-8", "replace"))


def from_mount(said: str) -> Iterator[Mount]:
    """Give the mounts in the form of what macOS's `mount` says: `//server/x on /Volumes/x (smbfs, nodev)`."""
    for line in said.splitlines():
        if found := _LINE_OF_MOUNT.match(line):
            yield Mount(Path(found["point"]), found["kind"])


def _said_by_mount() -> str:
    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, errors="replace", timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
