"""`kill -9` anywhere in a release leaves the old state or the new one, and the next release goes on from there.

The killing runs in fresh processes that fork, so that nothing of the test runner is forked with them.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PUBLISHING = """
import json, os, random, shutil, signal, sys, time
from pathlib import Path
from annotator.errors import Refusal
from annotator.gold.manifest import Facts
from annotator.gold.release import build_release
from annotator.model.canonical import sha256
from annotator.model.record import GoldRecord, Provenance
from annotator.store import atomic, releases
from annotator.store.releases import list_releases, publish, verify_release

root, kills, way = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
SCHEMA = b'version = "1.0.0"\\nrealis = ["actual"]\\ncertainty = ["asserted"]\\n[types]\\n[rejection_reasons]\\n'
FACTS = Facts(guidelines_sha256=sha256(b""), tool_version="0")
MADE = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(b""))

def record(name):
    return GoldRecord(article_id=name, language="en", text_sha256=sha256(b""), regions=(), mentions=(), events=(),
                      complete=True, provenance=MADE)

chain = []
for number in range(1, 60):
    records = [record(f"{n:03}") for n in range(number)]
    chain.append(build_release(records, SCHEMA, chain[-1] if chain else None, FACTS))

def in_place(target, files):
    target.mkdir()
    for name, data in files.items():
        (target / name).write_bytes(data)

if way == "in place":
    releases.publish_folder = in_place

def work(gold, told):
    for release in chain:
        publish(gold, release)
        os.write(told, b"%s\\n" % str(release.version).encode())
    time.sleep(60)

def killed_in(gold, after):
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        work(gold, told)
    os.close(told)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    heard = b""
    while more := os.read(read, 65536):
        heard += more
    os.close(read)
    return heard.decode().split()

def torn(gold):
    previous = None
    for path, expected in zip(list_releases(gold), chain):
        try:
            found, problems = verify_release(path, previous)
        except Refusal:  # there is no manifest
            return True
        if found != expected or problems:
            return True
        previous = found
    return False

began = time.monotonic()
for release in chain[:10]:
    publish(root / "measured", release)
each = (time.monotonic() - began) / 10
chance = random.Random(1)
count = dict(kills=0, torn=0, forgotten=0, untold=0, leftovers=0, stuck=0, releases=0)
for number in range(kills):
    gold = root / str(number)
    gold.mkdir()
    said = killed_in(gold, chance.uniform(0, 4 * each))
    there = [path.name for path in list_releases(gold)]
    hidden = [path for path in gold.iterdir() if path.name not in there]
    count["kills"] += 1
    count["torn"] += torn(gold)
    count["forgotten"] += not set(said) <= set(there)
    count["untold"] += len(there) > len(said)
    count["leftovers"] += bool(hidden)
    count["releases"] += len(there)
    if way == "renamed":
        publish(gold, chain[len(there)])
        after = sorted(path.name for path in gold.iterdir())
        count["stuck"] += after != sorted([*there, str(chain[len(there)].version)]) or torn(gold)
    shutil.rmtree(gold)
print(json.dumps(count))
"""

RELEASING = """
import json, os, random, shutil, signal, sys
from pathlib import Path
from annotator.cli import command
from annotator.store import atomic, releases
from annotator.store.releases import list_releases, verify_release
from annotator.workflow import gold_changelog, releasing

workspace, kills = Path(sys.argv[1]), int(sys.argv[2])
WATCHED = {module.__file__ for module in (atomic, gold_changelog, releases, releasing)}

def release(folder, steps=None):
    \"\"\"Call the verb in a child that is killed before its nth watched line; give its status and lines.\"\"\"
    read, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        lines = 0
        def trace(frame, event, _):
            nonlocal lines
            if frame.f_code.co_filename not in WATCHED:
                return None
            if event == "line":
                lines += 1
                if lines == steps:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace
        sys.settrace(trace)
        try:
            command(["release"], standalone_mode=False)
        finally:
            sys.settrace(None)
            os.write(told, b"%d" % lines)
            os._exit(0)
    os.close(told)
    lines = os.read(read, 64)
    os.close(read)
    return os.waitpid(child, 0)[1], int(lines or 0)

def fresh(name):
    return Path(shutil.copytree(workspace, workspace.with_name(name)))

whole = fresh("whole")
status, lines = release(whole)
expected = {path.name: path.read_bytes() for path in (whole / "gold" / "1.0.0").iterdir()}
changelog = (whole / "gold" / "CHANGELOG.md").read_bytes()
chance = random.Random(1)
count = dict(kills=0, before=0, after=0, untold=0, torn=0, stuck=0)
for number in range(kills):
    folder = fresh(f"killed-{number}")
    status, _ = release(folder, lines - int(lines * number / kills) - chance.randrange(lines // kills))
    count["kills"] += os.WIFSIGNALED(status)
    there = list_releases(folder / "gold")
    count["after" if there else "before"] += 1
    count["untold"] += bool(gold_changelog.without_entry(folder / "gold"))
    count["torn"] += any(verify_release(path)[0] is None for path in there)
    release(folder)  # it releases, or says that nothing changed
    found = {path.name: path.read_bytes() for path in (folder / "gold" / "1.0.0").iterdir()}
    names = sorted(path.name for path in (folder / "gold").iterdir())
    mended = (folder / "gold" / "CHANGELOG.md").read_bytes() == changelog
    count["stuck"] += found != expected or names != ["1.0.0", "CHANGELOG.md"] or not mended
    shutil.rmtree(folder)
print(json.dumps(count))
"""


def counted(script: str, *arguments: object) -> dict[str, int]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def test_two_hundred_kills_leave_whole_releases_only(tmp_path: Path) -> None:
    found = counted(PUBLISHING, tmp_path, 200, "renamed")
    assert (found["kills"], found["torn"], found["forgotten"], found["stuck"]) == (200, 0, 0, 0)
    # They were killed at work: most in the middle of a release, some of them just behind the rename.
    assert found["leftovers"] > 20
    assert found["releases"] > 20


def test_the_same_kills_find_a_publisher_that_writes_in_place(tmp_path: Path) -> None:
    assert counted(PUBLISHING, tmp_path, 60, "in place")["torn"] > 0


@pytest.fixture
def ready(workspace: Path, settle: Callable[[Path], None]) -> Path:
    settle(workspace)
    return workspace


def test_the_verb_killed_anywhere_is_made_good_by_calling_it_again(ready: Path) -> None:
    found = counted(RELEASING, ready, 32)
    assert (found["torn"], found["stuck"]) == (0, 0)
    assert found["kills"] == 32
    # Before the release was there, once it was, and between it and its entry in the changelog.
    assert found["before"] > 5
    assert found["after"] > 2
    assert found["untold"] > 0
