"""Which file systems are on another machine, as Linux and macOS tell it."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.store.engine import file_url, open_engine
from annotator.store.network_disks import Mount, from_mount, from_mountinfo, mount_of, mounted, network_warning

MOUNTINFO = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:51 / /home rw,relatime shared:5 - nfs4 server:/home rw,vers=4.2,addr=10.0.0.1
41 40 254:1 / /home/miriam/local rw - ext4 /dev/vdb rw
42 27 0:52 / /mnt/team\040share rw - cifs //server/team\040share rw,vers=3.1.1
43 27 0:53 / /mnt/over rw - ext4 /dev/vdc rw
44 43 0:54 / /mnt/over rw - fuse.sshfs miriam@server:/data rw,user_id=0
45 27 0:51 /noor/work /srv/work rw,relatime - nfs4 server:/home rw
46 27 0:55 / /mnt/back\134slash\011tab rw - 9p host rw
47 27 0:56 / /homestead rw - xfs /dev/vdd rw
48 27 0:57 / /mnt/made\040\330\271 rw master:2 propagate_from:1 - ceph mon:/ rw
this is no line of it
49 27 0:58 /
"""

MAC = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//miriam@server/team (1) on /Volumes/team (1) (smbfs, nodev, nosuid, mounted by miriam)
server:/export on /Volumes/export (nfs)
/dev/disk4s1 on /Volumes/On a stick (exfat, local, nodev)
"""


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/var/work.db", "ext4"),
        ("/home/miriam/work.db", "nfs4"),
        ("/home/miriam/local/work.db", "ext4"),
        ("/home/miriam/local", "ext4"),
        ("/home/miriam/locally/work.db", "nfs4"),
        ("/homestead/work.db", "xfs"),
        ("/mnt/team share/a b/work.db", "cifs"),
        ("/mnt/over/work.db", "fuse.sshfs"),
        ("/srv/work/work.db", "nfs4"),
        ("/mnt/back\\slash\ttab/work.db", "9p"),
        ("/mnt/made ع/work.db".encode().decode("utf-8"), "ceph"),
        ("/home/miriam/../../var/work.db", "ext4"),
    ],
)
def test_a_file_lies_on_the_longest_mount_and_of_several_in_one_place_on_the_last(file: str, kind: str) -> None:
    found = mount_of(Path(file), from_mountinfo(MOUNTINFO))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/Users/miriam/work.db", "apfs"),
        ("/Volumes/team (1)/work.db", "smbfs"),
        ("/Volumes/export/work.db", "nfs"),
        ("/Volumes/On a stick/work.db", "exfat"),
    ],
)
def test_macos_says_it_in_its_own_way(file: str, kind: str) -> None:
    found = mount_of(Path(file), from_mount(MAC))
    assert found is not None
    assert found.kind == kind


def test_a_link_lies_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "local").symlink_to("share")
    mounts = [Mount(Path("/"), "ext4"), Mount(tmp_path / "share", "nfs")]
    found = mount_of(tmp_path / "local" / "work.db", mounts)
    assert found is not None
    assert found.kind == "nfs"


def test_only_a_sqlite_file_on_a_network_file_system_is_warned_of() -> None:
    mounts = list(from_mountinfo(MOUNTINFO))

    def said(url: str) -> str:
        engine = open_engine(url)
        try:
            return network_warning(engine, mounts)
        finally:
            engine.dispose()

    warning = said(file_url(Path("/mnt/team share/work.db")))
    assert warning.startswith("The store work.db lies on a network file system (cifs, mounted at /mnt/")
    assert "keep it on a disk of this machine, or on PostgreSQL" in warning
    assert warning.count("\n") == 0
    assert said(file_url(Path("/var/work.db"))) == ""
    assert said("postgresql://lead@db.example.org/syria") == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "lustre", "afs", "smbfs"])
def test_the_usual_ones_are_known(kind: str) -> None:
    engine = open_engine(file_url(Path("/data/work.db")))
    assert kind in network_warning(engine, [Mount(Path("/"), "ext4"), Mount(Path("/data"), kind)])
    engine.dispose()


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "fuseblk"])
def test_disks_of_this_machine_are_not(kind: str) -> None:
    engine = open_engine(file_url(Path("/data/work.db")))
    assert network_warning(engine, [Mount(Path("/data"), kind)]) == ""
    engine.dispose()


@given(st.binary(max_size=300))
def test_whatever_the_system_says_nothing_breaks(data: bytes) -> None:
    for mount in from_mountinfo(MOUNTINFO + data):
        assert mount.kind
    list(from_mount(data.decode("utf-8", "replace")))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1), min_size=1))
def test_any_name_of_a_mount_point_is_read_as_the_kernel_writes_it(names: list[str]) -> None:
    point = "/" + "/".join(names)
    written = b"".join(b"\\%03o" % byte if byte in b" \t\n\\" else bytes([byte]) for byte in os.fsencode(point))
    (mount,) = from_mountinfo(b"40 27 0:51 / " + written + b" rw shared:1 - nfs4 server:/ rw\n")
    assert mount == Mount(Path(point), "nfs4")


def test_this_machine_says_where_the_root_is() -> None:
    assert Path("/") in {mount.point for mount in mounted()}
