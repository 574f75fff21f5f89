"""The finders over many articles: alone, in two processes, on two workers of a Dask scheduler. All find the same bytes.

    python -m benchmarks.finders_on_many [--articles 10000]

Articles are the seeds over and over, each with a line of its own; no store is written, so that the finders are what is
measured. Each way is a process from its start to its end. The scheduler and its workers run before; what they take of
processors is counted from when they are asked.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.model.canonical import canonical_json
from annotator.store.workspace import open_workspace
from annotator.text.intake import take_in
from annotator.workflow.baseline import predict
from annotator.workflow.dask_cluster import scheduler_at
from annotator.workflow.finder_processes import answers
from tests.own_cluster import OwnCluster

HERE = Path(__file__).parents[1]
WORKERS = 2


def articles() -> Iterator[Article]:
    """Give articles without end."""
    seeds = [path.read_text(encoding="utf-8", errors="strict") for path in sorted((HERE / "seeds").glob("*.txt"))]
    number = 0
    while True:
        for text in seeds:
            number += 1
            taken = take_in(f"{text}\n\n{number} people were there.\n".encode(), str(number))
            yield Article(
                article_id=f"many-{number:07}",
                text=taken.text,
                raw_sha256=taken.raw_sha256,
                text_sha256=taken.text_sha256,
                metadata=Metadata(language="ar" if re.search("[\u0621-\u064a]", text) else "en"),
            )


def find(way: str, number: int) -> None:
    """Be one contender: print what the bytes of all predictions hash to."""
    guidelines = open_workspace(HERE).guidelines()
    jobs = scheduler_at(way) if "://" in way else int(way)
    seen = hashlib.sha256()
    for article, said in answers(((one, None) for one in islice(articles(), number)), guidelines, jobs):
        assert not isinstance(said, Refusal), said
        seen.update(canonical_json(predict(article, said)))
    print(seen.hexdigest())


def measure(called: str, way: str, number: int, helpers: list[psutil.Process]) -> str:
    """Run a contender, print its row, and give what it printed."""
    before = sum(processors(one) for one in helpers)
    asked = [sys.executable, "-m", "benchmarks.finders_on_many", "--way", way, "--articles", str(number)]
    with tempfile.TemporaryFile("w+") as said:
        began = time.perf_counter()
        process = subprocess.Popen(asked, cwd=HERE, stdout=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{called} left with {process.returncode}")
        said.seek(0)
        digest = said.read().strip()
    spent = used.ru_utime + used.ru_stime + sum(processors(one) for one in helpers) - before
    highest = [used.ru_maxrss / 1024, *map(peak, helpers)]
    print(f"| {called} | {wall:.0f} s | {spent:.0f} s | {' + '.join(f'{one:.0f}' for one in highest)} MB |", flush=True)
    return digest


def processors(process: psutil.Process) -> float:
    """Give the seconds of processors that a process has had."""
    times = process.cpu_times()
    return float(times.user + times.system)


def peak(process: psutil.Process) -> float:
    """Give the most memory that a process ever had, in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--articles", type=int, default=10_000)
    asked.add_argument("--way", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.way is not None:
        find(given.way, given.articles)
        return
    with tempfile.TemporaryDirectory() as folder:
        cluster = OwnCluster(Path(folder) / "cluster")
        try:
            for _ in range(WORKERS):
                cluster.start_worker()
            started = [psutil.Process(one.process.pid) for one in (cluster.scheduler, *cluster.workers)]
            digests = {
                measure("alone", "1", given.articles, []),
                measure(f"`--jobs {WORKERS}`", str(WORKERS), given.articles, []),
                measure(f"`--dask`, {WORKERS} workers", cluster.address, given.articles, started),
            }
        finally:
            cluster.close()
    if len(digests) > 1:
        raise SystemExit("they do not find the same")


if __name__ == "__main__":
    main()
