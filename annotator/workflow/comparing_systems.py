"""Comparing two systems' predictions on one gold: reads all three as a score does. Loads no screen and no database."""

import sys
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from annotator.errors import Refusal
from annotator.formats.predictions import read
from annotator.model.problem import Problem
from annotator.scoring.comparison import System, compare_documents
from annotator.scoring.comparison_report import Comparison
from annotator.scoring.document import Document
from annotator.scoring.levels import chosen
from annotator.statistics.bootstrap import SEED
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS
from annotator.workflow.evaluating import Gold, load_gold, read_file, refuse_errors

STANDARD_INPUT = "-"


def compare(
    gold: Gold | str | Path,
    a: str | Path,
    b: str | Path,
    *,
    allow: Collection[str] = (),
    levels: Collection[str] = (),
    trials: int = TRIALS,
    boot: int = BOOT,
    seed: int = SEED,
) -> Comparison:
    """Give how far two files of predictions (`-` is standard input) differ in F1 against gold, and whether by chance.

    p is that of approximate randomisation over articles, in so many `trials`; intervals come of drawing articles
    `boot` times; both follow from `seed`. Without `levels` all are compared.
    Raises `Refusal` as `score` does, and `usage` for a level that is none, or both files on standard input.

    >>> import annotator
    >>> line = '{"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": %s}]}'
    >>> written = [Path(f"{name}.jsonl").write_text(line % end) for name, end in (("gold", 5), ("a", 5), ("b", 9))]
    >>> found = annotator.compare("gold.jsonl", "a.jsonl", "b.jsonl")["mentions-strict"]
    >>> found.f1, found.p
    (1.0, 1.0)
    >>> found.articles[0].article_id, found.articles[0].contribution
    ('x', 1.0)
    """
    chosen(levels)  # a slip is told before anything is read
    if str(a) == str(b) == STANDARD_INPUT:
        raise Refusal("usage", "Only one of the two can come on standard input.", "Give the other as a file.")
    loaded = gold if isinstance(gold, Gold) else load_gold(gold)
    found = [_predicted(loaded, predictions, allow) for predictions in (a, b)]
    systems = [System(name, documents) for name, (documents, _) in zip(_names(a, b), found, strict=True)]
    compared = compare_documents(
        loaded.documents,
        *systems,
        gold_name=loaded.name,
        levels=levels,
        trials=trials,
        boot=boot,
        seed=seed,
    )
    said = (problem for _, problems in found for problem in problems)
    return replace(compared, warnings=(*loaded.warnings, *said, *compared.warnings))


def _predicted(
    gold: Gold, predictions: str | Path, allow: Collection[str]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    data = sys.stdin.buffer.read() if str(predictions) == STANDARD_INPUT else read_file(Path(predictions))
    documents, problems = read(data, str(predictions), known=gold.known, allow=frozenset(allow))
    refuse_errors("predictions.invalid", str(predictions), problems, "compared")
    return documents, problems


def _names(a: str | Path, b: str | Path) -> tuple[str, str]:
    """Give what the two are called: by file name, or as they were written where both have one."""
    one, other = (
        "stdin" if str(written) == STANDARD_INPUT else Path(written).name or str(written) for written in (a, b)
    )
    return (one, other) if one != other else (str(a), str(b))
