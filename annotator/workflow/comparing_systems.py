"""Comparing two systems' predictions on one gold: reads all three as a score does. Loads no screen and no database."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from annotator.errors import Refusal
from annotator.model.problem import Problem
from annotator.scoring.comparison import System, compare_documents
from annotator.scoring.comparison_report import Comparison
from annotator.scoring.document import Document
from annotator.scoring.levels import chosen
from annotator.statistics.bootstrap import SEED, refuse_undrawable
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS
from annotator.text.encodable import encodable
from annotator.workflow.evaluating import Gold, load_gold, predicted, refuse_unjudged
from annotator.workflow.id_maps import IdMaps, map_of
from annotator.workflow.opening import STANDARD_INPUT

SIDES = ("a", "b")
"""What the two are called where something is said of one of them."""

OF_NO_LINE = "predictions"
"""Where a warning stands that is about predictions as a whole: of two systems it must say which."""


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
    ids: IdMaps = None,
) -> Comparison:
    """Give how far two files of predictions (`-` is standard input) differ in F1 against gold, and whether by chance.

    p is that of approximate randomisation over articles, in so many `trials`; intervals come of drawing articles
    `boot` times; both follow from `seed`. Without `levels` all are compared; `judged` is
    as in `score`, and so is `ids`: a map for both, or `{"a": MAP}` for one of them.
    Raises `Refusal` as `score` does, and `usage` for a level that is none, no trial, or both files on standard input.

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
    refuse_untraded(trials)
    refuse_undrawable(boot, seed)
    if str(a) == str(b) == STANDARD_INPUT:
        raise Refusal("usage", "Only one of the two can come on standard input.", "Give the other as a file.")
    loaded = gold if isinstance(gold, Gold) else load_gold(gold)
    if judged:
        refuse_unjudged(loaded, "compare")
    problems: tuple[list[Problem], list[Problem]] = ([], [])
    systems = [
        System(name, _predicted(loaded, predictions, name, allow, judged, map_of(ids, side), said))
        for side, name, predictions, said in zip(SIDES, _names(a, b), (a, b), problems, strict=True)
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
    # What is said of a map that both have is said once.
    doubtful = dict.fromkeys((*loaded.warnings, *problems[0], *problems[1], *compared.warnings))
    return replace(compared, warnings=tuple(doubtful))


def refuse_untraded(trials: int) -> None:
    """Raise `Refusal` `usage` where nothing is traded: p would be 1, and nothing ever differ."""
    if trials < 1:
        raise Refusal("usage", f"Without trials there is no p: {trials} are asked for.", "Ask for one at least.")


def _predicted(
    gold: Gold,
    predictions: str | Path,
    name: str,
    allow: Collection[str],
    judged: bool,
    ids: str | Path | None,
    problems: list[Problem],
) -> Iterator[Document]:
    """Give the articles of a file as they come, and add to `problems` when the last was taken: none is held."""
    found: list[Problem] = []
    yield from predicted(gold, predictions, found, allow=allow, judged=judged, ids=ids, done="compared")
    problems.extend(one.at(name) if one.where == OF_NO_LINE else one for one in found)


def _names(a: str | Path, b: str | Path) -> tuple[str, str]:
    """Give what the two are called: by file name, or as they were written where both have one."""
    one, other = (
        "stdin" if str(written) == STANDARD_INPUT else Path(written).name or str(written) for written in (a, b)
    )
    one, other = (one, other) if one != other else (str(a), str(b))
    return encodable(one), encodable(other)
