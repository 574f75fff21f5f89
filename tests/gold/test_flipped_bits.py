"""One flipped bit anywhere in a release is found and its file named: in every byte of every file, and on the disk."""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.gold.manifest import GOLD, MANIFEST, SCHEMA, SUMS, Facts
from annotator.gold.release import Release, build_release
from annotator.gold.verify import verify
from annotator.model.record import GoldRecord


@pytest.fixture(scope="module")
def release(make_record: Callable[..., GoldRecord], schema_toml: bytes, facts: Facts) -> Release:
    return build_release([make_record("001"), make_record("002")], schema_toml, None, facts)


def flipped(data: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    return bytes(changed)


def refused_for(release: Release, name: str, position: int, bit: int) -> bool:
    """Tell whether a release with that bit flipped is refused, and the file named in what is said."""
    found, problems = verify({**release.files, name: flipped(release.files[name], position, bit)})
    return found is None and any(name in problem.line() for problem in problems)


@pytest.mark.parametrize("name", [GOLD, MANIFEST, SCHEMA, SUMS])
def test_a_bit_of_every_byte(name: str, release: Release) -> None:
    size = len(release.files[name])
    missed = [position for position in range(size) if not refused_for(release, name, position, position % 8)]
    assert size > 200
    assert missed == []


@pytest.mark.parametrize("name", [GOLD, MANIFEST, SCHEMA, SUMS])
def test_every_bit_of_some_bytes(name: str, release: Release) -> None:
    sample = random.Random(6).sample(range(len(release.files[name])), 60)
    missed = [(at, bit) for at in sample for bit in range(8) if not refused_for(release, name, at, bit)]
    assert missed == []


@pytest.mark.parametrize("name", [GOLD, MANIFEST, SCHEMA])
def test_sha256sum_finds_it_without_this_tool(name: str, release: Release, tmp_path: Path) -> None:
    for written, data in release.files.items():
        (tmp_path / written).write_bytes(data)

    def checked() -> tuple[int, list[str]]:
        done = subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=tmp_path, capture_output=True, text=True)
        return done.returncode, done.stdout.split("\n")

    assert checked() == (0, [""])
    chance = random.Random(6)
    for _ in range(12):
        position, bit = chance.randrange(len(release.files[name])), chance.randrange(8)
        (tmp_path / name).write_bytes(flipped(release.files[name], position, bit))
        status, said = checked()
        assert (status, said[0].partition(":")[0]) == (1, name)
