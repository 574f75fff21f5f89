"""Whether the memory of a score grows with its files: `python -m benchmarks.memory_of_scores [ARTICLES …]`.

For each number of articles (10,000 and 100,000 unless told otherwise), with ten mentions each on both sides, prints the
seconds and the peak memory of `annotator score` as a process of its own, plain and packed by gzip. Without intervals:
they keep the counts of every article.
"""

import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import orjson

_MENTIONS = 10
_SIZES = (10_000, 100_000)


def _write(path: Path, articles: int, seed: int) -> None:
    draw = random.Random(seed)
    with path.open("wb") as plain, gzip.open(f"{path}.gz", "wb", compresslevel=1) as packed:
        for number in range(articles):
            starts = (place * 20 + draw.randint(0, 2) for place in range(_MENTIONS))
            mentions = [{"kind": "actor", "start": start, "end": start + 9} for start in starts]
            line = orjson.dumps({"article_id": f"{number:08d}", "language": "en", "mentions": mentions}) + b"\n"
            plain.write(line)
            packed.write(line)


def _measure(gold: str, predictions: str) -> tuple[float, float]:
    """Give the seconds of one score and its peak memory in MB."""
    command = [sys.executable, "-m", "annotator", "score", gold, predictions, "--boot", "0", "--level", "mentions"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} left with status {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def main() -> None:
    """Print a line for each number of articles and way to write them."""
    print("articles  files     seconds  peak MB")
    with tempfile.TemporaryDirectory() as folder:
        for articles in map(int, sys.argv[1:] or _SIZES):
            gold, predictions = Path(folder) / "gold.jsonl", Path(folder) / "predictions.jsonl"
            _write(gold, articles, 1)
            _write(predictions, articles, 2)
            for ending, called in (("", "plain"), (".gz", "packed")):
                seconds, peak = _measure(f"{gold}{ending}", f"{predictions}{ending}")
                print(f"{articles:8,}  {called:6}  {seconds:9.1f}  {peak:7.0f}")


if __name__ == "__main__":
    main()
