"""Scoring beside its peers, on the same files in the same run, each as a process of its own, from start to end.

    python -m benchmarks.scoring [--peers PYTHON] [--textee scorer.py] [--gtt eval.py --muc4 FOLDER]
                                 [--only spans large events randomisation templates] [--rounds 5]

PYTHON is an interpreter that has the packages of `benchmarks/peers.txt`. Two scorers are in no package: TextEE's
`TextEE/scorer.py` (github.com/ej0cl6/TextEE, db8a95e) and GTT's `eval.py` (github.com/xinyadu/gtt, 9ff7920), which is
measured on the folder with MUC-4's `test.json` and its own output `preds_gtt.out`. What is not named is left out, ours
is always there. Contenders take turns, round after round, so that whatever else the machine does disturbs them alike.
Prints the rows of the tables in `benchmarks/README.md`: seconds, seconds of processors (of all threads), peak memory,
how many times ours, and what the contender says. The floor is no scorer: it only parses the files.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parents[1]
PROGRAM = HERE / "benchmarks" / "scoring_contenders.py"
MENTIONS = [f"mentions-{way}" for way in ("strict", "exact", "overlap", "half", "iou")]
EVENTS = ["argument-C", "argument-I", "trigger-C", "trigger-I", "argument-C-unattached", "argument-I-unattached"]
"""What TextEE reports, by our names."""
PARTS = 4
"""Files of a corpus in parts."""
CASES = ("spans", "large", "events", "randomisation", "templates")


class Run(NamedTuple):
    """One process, from start to end."""

    wall: float
    processors: float
    peak: float
    """MB."""
    said: str


class Contender:
    """A program that is run again and again."""

    def __init__(self, called: str, command: Sequence[str], figure: str, beside: "Contender | None" = None) -> None:
        self.called, self.command, self.beside = called, list(map(str, command)), beside
        self.figure = figure
        """Where the figure that is shown stands in the JSON that is printed, with slashes between the keys; empty where
        there is none."""
        self.runs: list[Run] = []

    def run(self, folder: Path) -> None:
        """Run once, in `folder`. This process stays small: what a child takes over from it counts as the child's."""
        with (folder / "said").open("w+b") as said, (folder / "complained").open("w+b") as complained:
            began = time.perf_counter()
            process = subprocess.Popen(self.command, stdout=said, stderr=complained, cwd=folder, env=environment())
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                complained.seek(0)
                raise SystemExit(f"{self.called} left with {process.returncode}:\n{complained.read().decode()[-2000:]}")
            said.seek(0)
            self.runs.append(Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.read().decode()))

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def processors(self) -> float:
        """Seconds of processors, which say more than the clock where others use them too."""
        return statistics.median(run.processors for run in self.runs)

    @property
    def peak(self) -> float:
        return max(run.peak for run in self.runs)

    def row(self, work: str) -> str:
        """Give the contender's row of the table."""
        ratio = ""
        if (ours := self.beside) is not None:
            time, memory = self.processors / ours.processors, self.peak / ours.peak
            ratio = f"{time:.1f} times the processors, {memory:.1f} the memory"
        cells = (work, self.called, f"{self.wall:.2f} s", f"{self.processors:.2f} s", f"{self.peak:.0f} MB", ratio)
        return f"| {' | '.join((*cells, self._told_figure()))} |"

    def _told_figure(self) -> str:
        if not self.figure:
            return ""
        figure: Any = json.loads(self.runs[-1].said)
        for key in self.figure.split("/"):
            figure = figure[key]
        return f"{figure:.4f}"


def environment() -> dict[str, str]:
    """Give the environment of every contender: our package is found there, the peers' need none of it."""
    return os.environ | {"PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0"}


def race(work: str, contenders: Sequence[Contender], rounds: int, folder: Path) -> None:
    """Let contenders work in turn, and print their rows."""
    for _ in range(rounds):
        for contender in contenders:
            contender.run(folder)
    for contender in contenders:
        print(contender.row(work), flush=True)


def score(*files: Path, levels: Sequence[str] = (), boot: int = 0) -> list[str]:
    """Give the command of a score."""
    asked = [part for level in levels for part in ("--level", level)]
    return [sys.executable, "-m", "annotator", "score", *map(str, files), "--boot", str(boot), "--json", *asked]


def parted(file: Path, articles: int) -> Path:
    """Give a folder with the same articles in parts."""
    folder = file.with_suffix("")
    folder.mkdir()
    with file.open("rb") as lines:
        for part in range(PARTS):
            share = articles * (part + 1) // PARTS - articles * part // PARTS
            with (folder / f"part-{part}.jsonl").open("wb") as out:
                out.writelines(islice(lines, share))
    return folder


class Races:
    """What there is to run, with the files that it is run on."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        self._folder, self._given = folder, given

    def spans(self, times: int = 1) -> None:
        """Score spans: one level for who reports one, all ways of matching for who reports several."""
        articles, shown = times * self._given.articles, "levels/mentions-strict/f1"
        files = self._made("spans", articles, 0, 1)
        one = Contender("`annotator score --level mentions`", score(*files, levels=MENTIONS[:1]), shown)
        five = Contender("`annotator score`, five levels", score(*files, levels=MENTIONS), shown)
        script = self._ours("`score_spans` in a script", "score_spans", "strict", *files)
        contenders = [self._floor(one, *files), one, five, script]
        contenders += self._peer("nervaluate 1.2.1", "nervaluate", "strict", five, *files)
        if times == 1:
            contenders += self._peer("seqeval 1.2.2", "seqeval", "strict", one, *files)
            contenders += self._peer("spaCy 3.8.18 `score_spans`", "spacy", "strict", one, *files)
        else:
            folders = [parted(file, articles) for file in files]
            command = [*score(*folders, levels=MENTIONS[:1]), "--jobs", "2"]
            contenders.append(Contender(f"`annotator score --level mentions --jobs 2`, {PARTS} parts", command, shown))
        # What takes minutes is run once.
        race(f"spans, {articles:,} articles", contenders, self._given.rounds if times == 1 else 1, self._folder)

    def large(self) -> None:
        """Score ten times as many."""
        self.spans(10)

    def events(self) -> None:
        """Report on triggers and arguments, as TextEE does, and on everything."""
        files, shown = self._made("events", self._given.articles, 0, 1), "levels/argument-C/f1"
        six = Contender("`annotator score`, TextEE's six levels", score(*files, levels=EVENTS), shown)
        everything = Contender("`annotator score`, all levels, intervals", score(*files, boot=1000), shown)
        contenders = [self._floor(six, *files), six, everything]
        if self._given.textee:
            contenders += self._peer("TextEE db8a95e", "textee", "argument-C", six, *files, Path(self._given.textee))
        race(f"events, {self._given.articles:,} articles", contenders, self._given.rounds, self._folder)

    def randomisation(self) -> None:
        """Test a difference of two systems with 10,000 trials: on counts, and beginning with the files."""
        counts = self._made("counts", self._given.articles, 1, 2)
        ours = self._ours("`statistics.randomisation`", "our_randomisation", "p", *counts)
        peer = self._peer("scipy 1.17.1 `permutation_test`", "permutation_test", "p", ours, *counts)
        work = f"10,000 trials, {self._given.articles:,} articles"
        race(work, [ours, *peer], self._given.rounds, self._folder)
        files = map(str, self._made("spans", self._given.articles, 0, 1, 2))
        command = [sys.executable, "-m", "annotator", "compare", *files, "--level", "mentions-strict", "--json"]
        whole = Contender("`annotator compare --level mentions`", command, "levels/mentions-strict/p")
        race("the same, from files of spans", [whole], self._given.rounds, self._folder)

    def templates(self) -> None:
        """Score MUC-4's templates, where its files are."""
        if not self._given.muc4:
            return
        files = [Path(self._given.muc4).resolve() / name for name in ("test.json", "preds_gtt.out")]
        command = [sys.executable, "-m", "annotator", "templates", *map(str, files), "--json", "--boot", "0"]
        ours = Contender("`annotator templates`", command, "templates/f1")
        contenders = [ours]
        if self._given.gtt:
            contenders += self._peer("GTT 9ff7920", "gtt", "f1", ours, *files, Path(self._given.gtt))
        race("MUC-4, 200 articles", contenders, self._given.rounds, self._folder)

    def _made(self, what: str, articles: int, *seeds: int) -> list[Path]:
        """Give a file for each seed, made by processes of their own."""
        paths = [self._folder / f"{what}-{articles}-{seed}.jsonl" for seed in seeds]
        making = [
            subprocess.Popen(
                [sys.executable, "-m", "benchmarks.scoring_files", what, str(path), str(seed), str(articles)], cwd=HERE
            )
            for path, seed in zip(paths, seeds, strict=True)
            if not path.exists()
        ]
        if sum(one.wait() for one in making):
            raise SystemExit("The files could not be made.")
        return paths

    def _floor(self, beside: Contender, *files: Path) -> Contender:
        """Give the parsing of the files alone, by our interpreter: below it is nobody who reads with orjson."""
        command = [sys.executable, str(PROGRAM), "floor", *map(str, files)]
        return Contender("floor: orjson parses both files", command, "", beside)

    def _ours(self, called: str, name: str, figure: str, *files: Path) -> Contender:
        return Contender(called, [sys.executable, str(PROGRAM), name, *map(str, files)], figure)

    def _peer(self, called: str, name: str, figure: str, beside: Contender, *files: Path) -> list[Contender]:
        if not self._given.peers:
            return []
        command = [self._given.peers, str(PROGRAM), name, *(str(file.resolve()) for file in files)]
        return [Contender(called, command, figure, beside)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", help="interpreter that has the peers")
    options.add_argument("--textee", help="TextEE's scorer.py")
    options.add_argument("--gtt", help="GTT's eval.py")
    options.add_argument("--muc4", help="folder of MUC-4's test.json and preds_gtt.out")
    options.add_argument("--only", nargs="+", choices=CASES, default=CASES)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--articles", type=int, default=10_000)
    given = options.parse_args()
    print("| work | | wall | of processors | peak memory | beside ours | F1, or p |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        races = Races(Path(folder), given)
        for case in given.only:
            getattr(races, case)()


if __name__ == "__main__":
    main()
