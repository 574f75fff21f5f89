"""Scoring many systems at once: reads gold once and each system's predictions by themselves, as a score does."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.formats.known import Tally
from annotator.model.problem import Problem
from annotator.scoring.leaderboard import Entrant, entrant, ranked
from annotator.scoring.leaderboard_report import Leaderboard
from annotator.scoring.levels import Level, chosen
from annotator.statistics.bootstrap import SEED, refuse_undrawable
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS
from annotator.text.encodable import encodable
from annotator.workflow.comparing_systems import OF_NO_LINE, refuse_untraded
from annotator.workflow.evaluating import Gold, load_gold, predicted, refuse_unjudged
from annotator.workflow.id_maps import EVERY, id_maps, map_of
from annotator.workflow.opening import STANDARD_INPUT, Progress, untold
from annotator.workflow.parts import parts_of, passed_over

LEADING = ("triggers", "arguments", "mentions")
"""The levels that are shown where none is named."""

BY = "arguments"
"""The level that is sorted by where none is named."""

_ENDINGS = (".jsonl", ".json", ".ndjson")
"""What of a file's name is not part of what its system is called."""


class Candidate(NamedTuple):
    """A file of predictions as it was named."""

    file: str
    name: str | None = None
    """What the system is to be called, where that was said."""


def leaderboard(
    gold: Gold | str | Path,
    predictions: Iterable[str | Path],
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    levels: Sequence[str] = (),
    by: str | None = None,
    trials: int = TRIALS,
    boot: int = BOOT,
    seed: int = SEED,
    ids: Collection[str | Path] = (),
    progress: Progress = untold,
) -> Leaderboard:
    """Give many systems in the order of their F1 against gold, with who is not shown to be worse than the best.

    `predictions` are files, folders with a file for each system, or `NAME=FILE`, where a folder is one system's output
    in parts. A system is called by that name, by the `system` that its lines say, or by its file. Without `levels` they
    are triggers, arguments and mentions; `by` (else the first of `levels`, else arguments) is the one that is sorted
    by. `ids` are maps for all, or `NAME=MAP` for the one so named.
    The rest is as in `compare`.
    Raises `Refusal` as `score` does, and `usage` where there is nothing to score or a level is none.

    >>> import annotator
    >>> line = '{"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": %s}]}'
    >>> written = [Path(f"{name}.jsonl").write_text(line % end) for name, end in (("gold", 5), ("a", 9), ("b", 5))]
    >>> board = annotator.leaderboard("gold.jsonl", ["a.jsonl", "mine=b.jsonl"], levels=["mentions"])
    >>> [(system, entry["mentions"].rank, entry["mentions"].score.f1) for system, entry in board.items()]
    [('mine', 1, 1.0), ('a', 2, 0.0)]
    """
    sorted_by, asked = _levels(levels, by)
    refuse_untraded(trials)
    refuse_undrawable(boot, seed)
    written = list(map(str, predictions))
    candidates = list(_candidates(written))
    unread = [said for one in written for said in passed_over(Path(one), "predictions")]
    maps = id_maps(map(str, ids), {one.name for one in candidates if one.name is not None})
    loaded = gold if isinstance(gold, Gold) else load_gold(gold)
    if judged:
        refuse_unjudged(loaded, "rank")
    entrants = []
    for one in candidates:
        progress(one.file)
        entrants.append(_entrant(loaded, one, asked, allow, judged, map_of(maps, one.name or EVERY)))
    board = ranked(
        _told_apart(entrants),
        asked,
        sorted_by,
        gold_name=loaded.name,
        over="judged" if judged else "all",
        trials=trials,
        boot=boot,
        seed=seed,
    )
    # What is said of a map that several have is said once.
    return replace(board, warnings=tuple(dict.fromkeys((*loaded.warnings, *unread, *board.warnings))))


def _levels(levels: Sequence[str], by: str | None) -> tuple[str, tuple[Level, ...]]:
    """Give the name of the level that is sorted by, and all that are counted."""
    first = by or next(iter(levels), BY)
    return chosen([first])[0].name, chosen([first, *(levels or LEADING)])


def _candidates(written: Iterable[str]) -> Iterator[Candidate]:
    """Give the files that are meant, each once."""
    found: dict[tuple[str | None, Path | str], Candidate] = {}
    for one in written:
        for candidate in _named(one):
            at = STANDARD_INPUT if candidate.file == STANDARD_INPUT else Path(candidate.file).resolve()
            found.setdefault((candidate.name, at), candidate)
    if not found:
        raise Refusal("usage", "There are no predictions to rank.", "Name files, or folders of files.")
    if sum(one.file == STANDARD_INPUT for one in found.values()) > 1:
        raise Refusal("usage", "Only one system can come on standard input.", "Give the others as files.")
    yield from found.values()


def _named(written: str) -> Iterator[Candidate]:
    path = Path(written)
    if path.is_dir():
        yield from (Candidate(str(file)) for file in parts_of(path))
        return
    name, equals, file = written.partition("=")
    if not equals or path.exists():
        yield Candidate(written)
    elif name and file:
        yield Candidate(file, name)
    else:
        raise Refusal("usage", f"{written!r} names no system with its file.", "Write NAME=FILE.")


def _entrant(
    gold: Gold, one: Candidate, levels: Sequence[Level], allow: Collection[str], judged: bool, ids: str | Path | None
) -> Entrant:
    """Count one system, and give it its name."""
    problems: list[Problem] = []
    tally = Tally(systems=set())
    coming = predicted(gold, one.file, problems, allow=allow, judged=judged, ids=ids, done="ranked", tally=tally)
    counted = entrant(gold.documents, coming, encodable(one.file), levels)
    said = tuple(problem.at(one.file) if problem.where == OF_NO_LINE else problem for problem in problems)
    name = encodable(one.name or _name(one.file, tally))
    return counted._replace(name=name, warnings=(*said, *counted.warnings))


def _name(file: str, tally: Tally) -> str:
    """Give what a system is called that nobody named: as all its lines say, or like its file."""
    said = tally.systems or set()
    if len(said) == 1:
        (name,) = said
        if name:
            return name
    if file == STANDARD_INPUT:
        return "stdin"
    name = Path(file).name.removesuffix(".gz")
    return next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name) or file


def _told_apart(entrants: Sequence[Entrant]) -> list[Entrant]:
    """Give systems of one name their file beside it."""
    names = [one.name for one in entrants]
    return [one._replace(name=f"{one.name} ({one.file})") if names.count(one.name) > 1 else one for one in entrants]
