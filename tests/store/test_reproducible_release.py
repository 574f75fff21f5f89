"""The same decisions give the same bytes on any machine, whatever its hash seed, time zone, language, disk and store.

Each machine is a process of its own that gets articles, guidelines and the log of decisions, and releases from them.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

MACHINE = """
import os, shutil, sys
from pathlib import Path
source, target, log, umask, way = sys.argv[1:]
os.umask(int(umask, 8))
files = sorted(path for path in Path(source).rglob("*") if path.is_file() and ".annotator" not in path.parts)
for file in reversed(files) if way == "backwards" else files:
    place = Path(target) / file.relative_to(source)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, place)
os.chdir(target)
from annotator.cli import command
for arguments in (["import"], ["import", "--from", "decisions", log], ["release"]):
    if status := command(arguments, standalone_mode=False):
        sys.exit(status)
"""

MACHINES: Mapping[str, tuple[Mapping[str, str], str, str]] = {
    "plain": ({"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}, "022", "forwards"),
    "backwards": ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}, "077", "backwards"),
    "ascii": (
        {
            "PYTHONHASHSEED": "4294967295",
            "TZ": "XXX+11:30",
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        },
        "000",
        "backwards",
    ),
    "terse": (
        {"PYTHONHASHSEED": "random", "TZ": "America/New_York", "LANG": "xx_YY", "PYTHONOPTIMIZE": "2"},
        "027",
        "",
    ),
}


@pytest.fixture(scope="session")
def decided(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory, settle: Callable[[Path], None]) -> Path:
    """A workspace with everything decided, and its log beside it."""
    root = Path(shutil.copytree(made_workspace, tmp_path_factory.mktemp("decided") / "syria"))
    settle(root)
    (root / "annotator.toml").write_text('[release]\nmade_by = "قوم"\nlimits = ["Two articles."]\n', encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "annotator",
        "export",
        "--to",
        "decisions",
        "--out",
        str(root.parent / "log.jsonl"),
    ]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=_environment({}))
    return root


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ANNOTATOR_"))}
    return kept | dict(own)


def released(decided: Path, target: Path, machine: str, **more: str) -> dict[str, bytes]:
    """Give the bytes of what a machine releases, with the changelog; all files are read-only whatever the umask."""
    environment, umask, way = MACHINES[machine]
    arguments = [str(decided), str(target), str(decided.parent / "log.jsonl"), umask, way]
    done = subprocess.run(
        [sys.executable, "-c", MACHINE, *arguments], capture_output=True, env=_environment({**environment, **more})
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    files = list((target / "gold" / "1.0.0").iterdir())
    assert {path.stat().st_mode & 0o777 for path in files} == {0o444}
    subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=files[0].parent, check=True, capture_output=True
    )
    return {path.name: path.read_bytes() for path in (*files, target / "gold" / "CHANGELOG.md")}


@pytest.fixture(scope="session")
def expected(decided: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return released(decided, tmp_path_factory.mktemp("plain") / "syria", "plain")


@pytest.mark.parametrize("machine", [name for name in MACHINES if name != "plain"])
def test_another_machine(machine: str, decided: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    assert released(decided, tmp_path / "syria", machine) == expected
    assert b'"made_by":"\xd9\x82' in expected["manifest.json"]
    assert len(expected["gold.jsonl"].splitlines()) == 2


@pytest.mark.postgres
def test_another_store(decided: Path, expected: dict[str, bytes], tmp_path: Path, databases: Callable[[], str]) -> None:
    assert released(decided, tmp_path / "syria", "backwards", ANNOTATOR_STORE=databases()) == expected
    assert not (tmp_path / "syria" / ".annotator" / "work.db").exists()
