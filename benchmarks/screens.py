"""The labelling screen in a real pseudo-terminal, beside a bare Textual application and a stock TextArea.

    python -m benchmarks.screens [--keys 200] [--articles seed en-1 ar-1 en-10 ar-10] [--folder DIR]

Keys are pressed in turn in the three programs, so that whatever else the machine does disturbs them alike.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.store.people import pseudonym_of
from annotator.workflow.project import open_project
from benchmarks.terminal import Shown, Terminal
from benchmarks.workspaces import big_workspace, seed_workspace

HERE = Path(__file__).parent.parent
ARTICLES = ("seed", "en-1", "ar-1", "en-10", "ar-10")
SEED = "003_f9e0462914e4000a"
NAME = "bench"


@dataclass(frozen=True)
class Key:
    """A key to be measured, and its like in a TextArea."""

    name: str
    sent: bytes
    saves: bool = False
    in_text_area: bytes | None = None


KEYS = (
    Key("next candidate", b"n"),
    Key("accept and next", b"a", saves=True),
    Key("undo", b"u", saves=True),
    Key("caret right", b"\x1b[C", in_text_area=b"\x1b[C"),
    Key("page down", b"\x1b[6~", in_text_area=b"\x1b[6~"),
)


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def bare() -> Terminal:
    return Terminal(_python("-m", "benchmarks.peers", "bare"), HERE)


def _workspace(folder: Path, article: str) -> Path:
    """Give a fresh copy of a workspace, in which nobody has worked, but the person was welcomed."""
    if article == "seed":
        made = seed_workspace(folder / "seeds")
    else:
        language, size = article.split("-")
        made = big_workspace(folder / article, language, int(float(size) * 1_000_000))
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(made, run)
    project = open_project(run)
    pseudonym_of(project.engine, NAME, "label")
    project.close()
    with (run / "annotator.toml").open("a", encoding="utf-8") as settings:
        settings.write('[screen]\nbidi = "guard"\n')  # or a card would ask how Arabic reads correctly here
    return run


def _article_shown(seen: bytes) -> bool:
    return b" left" in seen and (b"untouched" in seen or b"confirmed" in seen)


def _label(workspace: Path, article: str) -> Terminal:
    name = SEED if article == "seed" else "big"
    return Terminal(_python("-m", "annotator", "label", name, "--as", NAME), workspace)


def _percentile(values: Sequence[float], percent: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def starting(folder: Path, article: str, times: int) -> None:
    """Print process start to the first article painted, and what it takes beyond a bare application."""
    beyond, ours = [], []
    for _ in range(times):
        peer = bare()
        shown = peer.until(lambda seen: b"peer" in seen)
        peer.close()
        program = _label(_workspace(folder, article), article)
        ours.append(program.until(_article_shown))
        beyond.append(ours[-1] - shown)
        program.close()
    print(f"start to article painted: {statistics.median(ours):.2f} s, bare + {statistics.median(beyond):.2f} s")


def opening(folder: Path, article: str) -> None:
    """Print how long an article takes to open from the queue of a running program, and the memory it takes."""
    workspace = _workspace(folder, article)
    peer, program = bare(), Terminal(_python("-m", "annotator", "label", "--as", NAME), workspace)
    peer.until(lambda seen: b"peer" in seen)
    program.until(lambda seen: b"big" in seen or b"000_" in seen)
    took = program.clock(b"\r", _article_shown)
    program.settle()
    text = max(path.stat().st_size for path in (workspace / "seeds").glob("*.txt"))
    now, highest = program.memory()
    base = peer.memory()[0]
    print(
        f"open from the queue: {took:.2f} s; memory over a bare application: {(now - base) / 1e6:.0f} MB now, "
        f"{(highest - base) / 1e6:.0f} MB at most, for {text / 1e6:.1f} MB of text"
    )
    peer.close()
    program.close()


def _line(name: str, found: Sequence[Shown], peers: Sequence[Shown], stock: Sequence[Shown]) -> str:
    times = [one.milliseconds for one in found if one.milliseconds is not None]
    base = statistics.median(one.milliseconds for one in peers if one.milliseconds is not None)
    others = [one.milliseconds for one in stock if one.milliseconds is not None]
    saved = [one.acknowledged for one in found if one.acknowledged is not None]
    return (
        f"| {name} | {statistics.median(times):.1f} | {_percentile(times, 99):.1f} | {base:.1f} "
        f"| {statistics.median(times) / base:.2f} | {f'{statistics.median(others):.1f}' if others else ''} "
        f"| {statistics.mean(one.frames for one in found):.2f} | {statistics.median(one.size for one in found):.0f} "
        f"| {statistics.mean(one.size for one in found):.0f} "
        f"| {f'{statistics.median(saved):.1f}' if saved else ''} |"
    )


def keys(folder: Path, article: str, times: int) -> None:
    """Print the table of keys."""
    workspace = _workspace(folder, article)
    text = workspace / "seeds" / (f"{SEED}.txt" if article == "seed" else "big.txt")
    peer, program = bare(), _label(workspace, article)
    stock = Terminal(_python("-m", "benchmarks.peers", "textarea", str(text)), HERE)
    peer.until(lambda seen: b"peer" in seen)
    program.until(_article_shown)
    stock.until(lambda seen: len(seen) > 1000, timeout=120)
    for one in (peer, program, stock):
        one.settle(1.0)
    print("| key | median ms | 99th | bare ms | ratio | TextArea ms | frames | bytes | mean bytes | saved ms |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for key in KEYS:
        found, beside, other = [], [], []
        for number in range(min(times, 40) if article == "seed" else times):
            beside.append(peer.press(b"x"))
            shown = program.press(key.sent, saves=key.saves)
            if shown.milliseconds is not None:  # at the end of a short article a key has nothing to show
                found.append(shown)
            if key.in_text_area and number < 20:
                other.append(stock.press(key.in_text_area))
        print(_line(key.name, found, beside, other), flush=True)
    for one in (peer, program, stock):
        one.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keys", type=int, default=200)
    asked.add_argument("--articles", nargs="+", choices=ARTICLES, default=ARTICLES)
    asked.add_argument("--folder", type=Path, help="where workspaces are made, and found again the next time")
    asked.add_argument("--starts", type=int, default=5)
    given = asked.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="benchmarks-"))
    folder.mkdir(exist_ok=True)
    for article in given.articles:
        print(f"\n## {article}\n", flush=True)
        starting(folder, article, given.starts)
        opening(folder, article)
        print(flush=True)
        keys(folder, article, given.keys)


if __name__ == "__main__":
    main()
