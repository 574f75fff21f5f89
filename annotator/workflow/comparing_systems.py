"""Comparing two systems' predictions on one gold: reads all three as a score does. Loads no screen and no database."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from annotator.errors import Refusal
from annotator.formats.predictions import stream
from annotator.model.problem import Problem
from annotator.scoring.comparison import System, compare_documents
from annotator.scoring.comparison_report import Comparison
from annotator.scoring.document import Document
from annotator.scoring.judged import judged_part
from annotator.scoring.levels import chosen
from annotator.statistics.bootstrap import SEED
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS
from annotator.workflow.evaluating import Gold, load_gold, opened, refuse_errors

STANDARD_INPUT = "-"


def compare(
    gold: Gold | str | Path,
    a: str | Path,
    b: str | Path,
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    levels: Collection[str] = (),
    trials: int = TRIALS,
    boot: int = BOOT,
    seed: int = SEED,
) -> Comparison:
    """Give how far two files of predictions (`-` is standard input) differ in F1 against gold, and whether by chance.

    p is that of approximate randomisation over articles, in so many `trials`; intervals come of drawing articles
    `boot` times; both follow from `seed`. Without `levels` all are compared; `judged` is
    as in `score`.
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
    if judged and not loaded.records:
        raise Refusal(
            "usage", "This gold does not say what was judged.", "Name a release, or compare over all predictions."
        )
    problems: tuple[list[Problem], list[Problem]] = ([], [])
    systems = [
        System(name, _predicted(loaded, predictions, name, allow, judged, said))
        for name, predictions, said in zip(_names(a, b), (a, b), problems, strict=True)
    ]
    compared = compare_documents(
        loaded.documents,
        *systems,
        gold_name=loaded.name,
        over="judged" if judged else "all",
        levels=levels,
        trials=trials,
        boot=boot,
        seed=seed,
    )
    return replace(compared, warnings=(*loaded.warnings, *problems[0], *problems[1], *compared.warnings))


def _predicted(
    gold: Gold, predictions: str | Path, name: str, allow: Collection[str], judged: bool, problems: list[Problem]
) -> Iterator[Document]:
    """Give the articles of a file, and add to `problems`; read when the first is asked for, so one file is held."""
    found: list[Problem] = []
    with opened(predictions) as source:
        documents = tuple(stream(source, str(predictions), found, known=gold.known, allow=frozenset(allow)))
    refuse_errors("predictions.invalid", str(predictions), found, "compared")
    problems.extend(found)
    if judged:
        documents, said = judged_part(gold.records, documents)
        problems.extend(problem.model_copy(update={"where": name}) for problem in said)
    yield from documents


def _names(a: str | Path, b: str | Path) -> tuple[str, str]:
    """Give what the two are called: by file name, or as they were written where both have one."""
    one, other = (
        "stdin" if str(written) == STANDARD_INPUT else Path(written).name or str(written) for written in (a, b)
    )
    return (one, other) if one != other else (str(a), str(b))
