"""The finders beside their peers on the same texts in the same run: numbers, names, and all of them together.

    python -m benchmarks.finders [--peers PYTHON] [--rounds 5]

PYTHON is an interpreter that has the packages of `benchmarks/peers.txt`; without it only ours are measured. Contenders
work in turn, round after round, so that whatever else the machine does disturbs them alike.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parents[1]
PROGRAM = HERE / "benchmarks" / "contenders.py"
ENGLISH = ("000", "003", "004")
ALIASES = 50_000
_ARABIC = re.compile("[\u0600-\u06ff]")
_SYLLABLES = (
    "ba",
    "dar",
    "el",
    "fa",
    "hal",
    "im",
    "jar",
    "ka",
    "lam",
    "mar",
    "na",
    "qas",
    "ra",
    "sah",
    "ta",
    "um",
    "zir",
)


class Contender:
    """A program that goes through the texts when it is told to."""

    def __init__(self, python: str, name: str, texts: Path, aliases: Path | None = None) -> None:
        self.name, self.seconds = name, list[float]()
        self.found = self.peak_kb = 0
        self._process = subprocess.Popen(
            [python, str(PROGRAM), name, str(texts), *([str(aliases)] if aliases else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE,
        )
        self.ready: float = self._answer()["ready"]

    def work(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("again\n")
        self._process.stdin.flush()
        answer = self._answer()
        self.seconds.append(answer["seconds"])
        self.found, self.peak_kb = int(answer["found"]), int(answer["peak_kb"])

    def end(self) -> None:
        self._process.communicate()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended; what it needs is in benchmarks/peers.txt")
        answer: dict[str, float] = json.loads(line)
        return answer

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def race(contenders: Sequence[Contender], rounds: int, size: int, unit: int) -> None:
    """Let contenders work in turn, the first of them ours, and print what each needed."""
    for _ in range(rounds):
        for contender in contenders:
            contender.work()
    ours = contenders[0]
    for one in contenders:
        one.end()
        ratio = "" if one is ours else f"{one.median / ours.median:.1f}x ours"
        each = f"{unit / one.median:.1f} articles/s" if unit else ""
        print(
            f"{one.name:<18} ready {one.ready:6.2f} s  {one.median:8.3f} s  {size / one.median / 1e6:7.3f} MB/s  "
            f"found {one.found:>6}  peak {one.peak_kb // 1024:>4} MB  {ratio}{each}"
        )


def seeds(*begin: str) -> list[str]:
    return [
        path.read_text(encoding="utf-8")
        for path in sorted((HERE / "seeds").glob("*.txt"))
        if path.name.startswith(begin)
    ]


def paragraphs(texts: Sequence[str]) -> list[str]:
    """Give the English lines of texts: the peers were not made for long ones."""
    return [line for text in texts for line in text.splitlines() if (len(line) > 40 and line.isascii()) or "“" in line]


def made_aliases() -> list[str]:
    """Give so many names of two or three words, the same each time."""
    made = random.Random(4)

    def word() -> str:
        return "".join(made.choices(_SYLLABLES, k=made.randint(2, 3))).capitalize()

    names: dict[str, None] = {}
    while len(names) < ALIASES:
        names[" ".join(word() for _ in range(made.randint(2, 3)))] = None
    return list(names)


def long_texts(aliases: Sequence[str]) -> list[str]:
    """Give 100 texts of about ten kilobytes of English news, with a made name after every twelfth word."""
    made = random.Random(5)
    words = [word for word in " ".join(seeds(*ENGLISH)).split() if not _ARABIC.search(word)]
    texts = []
    for _ in range(100):
        said: list[str] = []
        for number in range(1400):
            said.append(words[made.randrange(len(words))])
            if number % 12 == 11:
                said.append(made.choice(aliases))
        texts.append(" ".join(said))
    return texts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peers", help="interpreter that has the peers")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:

        def kept(name: str, texts: Sequence[str]) -> tuple[Path, int]:
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps(texts), encoding="utf-8")
            return path, sum(len(text.encode()) for text in texts)

        def peers(*names: str) -> list[tuple[str, str]]:
            return [(given.peers, name) for name in names] if given.peers else []

        path, size = kept("numbers", paragraphs(seeds(*ENGLISH)) * 10)
        print(f"numbers in {size / 1000:.0f} KB of English news, paragraph by paragraph")
        asked = [(sys.executable, "our_numbers"), *peers("recognizers_text", "quantulum3")]
        race([Contender(python, name, path) for python, name in asked], given.rounds, size, 0)

        aliases = made_aliases()
        listed = Path(folder) / "aliases.txt"
        listed.write_text("\n".join(aliases), encoding="utf-8")
        path, size = kept("names", long_texts(aliases))
        print(f"\n{ALIASES} names in {size / 1e6:.1f} MB of English")
        asked = [(sys.executable, "our_names"), *peers("spacy_names")]
        race([Contender(python, name, path, listed) for python, name in asked], given.rounds, size, 0)

        texts = seeds("00") * 20
        path, size = kept("everything", texts)
        print(f"\neverything in {len(texts)} articles of both languages, {size / 1000:.0f} KB")
        race([Contender(sys.executable, "everything", path)], given.rounds, size, len(texts))


if __name__ == "__main__":
    main()
