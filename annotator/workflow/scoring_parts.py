"""Scoring a corpus in parts: each part of gold with the predictions of the same name, in several processes.

Owns when what the processes counted may be put together: only when no part has an error, and no article stands in
another part than its gold. In any other case it gives nothing, and one process reads everything as one, which then says
what is wrong: there is one place for that. A process keeps one article of each side at a time, ids, and the counts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.formats.known import Known, Tally
from annotator.formats.predictions import read_parts, say_of_the_whole
from annotator.gold.pin import hold_to_pin, parse_pinned
from annotator.model.problem import Problem
from annotator.scoring.articles import Counted, count_documents, reported
from annotator.scoring.document import Document
from annotator.scoring.report import Report
from annotator.scoring.signature import GoldName
from annotator.workflow.evaluating import load_ids, no_collecting, while_right
from annotator.workflow.opening import Progress, each_opened
from annotator.workflow.parts import digest_of, is_parted, pairs, passed_over
from annotator.workflow.plain_gold import Look, with_sources
from annotator.workflow.processes import Lost, Processes, usable_cores


class Asked(NamedTuple):
    """What is asked of every part."""

    allow: frozenset[str]
    """Rules that only warn."""
    boot: int
    seed: int
    levels: tuple[str, ...]
    ids: str | Path | None
    """A map of article ids."""


class _Part(NamedTuple):
    """A file of gold, and the predictions for it, if there are any."""

    gold: Path
    predictions: Path | None


@dataclass(slots=True)
class _Found:
    """What a process says of a part in which nothing is wrong."""

    counted: Counted
    digest: str
    articles: frozenset[str]
    """Ids of its gold."""
    strange: frozenset[str]
    """Ids that its predictions have and its gold lacks, and that are left out."""
    problems: tuple[list[Problem], list[Problem]]
    """What is doubtful in its gold, and in its predictions, line by line."""
    tallies: tuple[Tally, Tally]


class _NotApart(Exception):  # noqa: N818 - it says how parts are
    """The parts cannot be scored one without the other."""


class _Ids(frozenset[str]):
    """Ids of a part's gold, which remember what else was looked for among them."""

    def __init__(self, _: Iterable[str]) -> None:
        self.strange = set[str]()

    def __contains__(self, article_id: object) -> bool:
        """Tell whether an id is one of them."""
        if super().__contains__(article_id):
            return True
        self.strange.add(str(article_id))
        return False


def score_parts(gold: str, predictions: Path, asked: Asked, jobs: int, progress: Progress) -> Report | None:
    """Give the scores of a folder of gold and one of predictions, `jobs` parts at a time (0: one a core).

    None where one process must read all of them as one. `progress` is told each part that is done.
    Raises `Refusal` `process.ended` when a process was, `file.missing` when parts came or went meanwhile, and
    `gold.pin` as `load_gold` does.
    """
    named = parse_pinned(gold)
    folder, number = Path(named.path), jobs or usable_cores()
    parts = pairs(folder, predictions) if number > 1 and is_parted(folder) and predictions.is_dir() else None
    if parts is None:
        return None
    try:
        found = _counted([_Part(*pair) for pair in parts], asked, number, progress)
        articles = _one_of_each(found)
    except _NotApart:
        if pairs(folder, predictions) != parts:
            raise Refusal(
                "file.missing", f"{folder} or {predictions} has other parts than when they were read.", "Score again."
            ) from None
        return None
    digest = digest_of({part: one.digest for (part, _), one in zip(parts, found, strict=True)})
    hold_to_pin(named, digest)
    warnings = _warnings(folder, predictions, found, asked.ids, articles)
    whole = found[0].counted
    for one in found[1:]:
        whole.join(one.counted)
    report = reported(whole, GoldName(sha256=digest))
    return replace(report, warnings=(*warnings, *report.warnings))


def _counted(parts: Sequence[_Part], asked: Asked, jobs: int, progress: Progress) -> list[_Found]:
    """Give what processes found in parts, in their order. Raises `_NotApart` when something is wrong in one."""
    found = []
    with Processes[_Part, _Found | None](partial(_count, asked), min(jobs, len(parts)), "scoring") as processes:
        for part, said in processes.in_order((part, None) for part in parts):
            if isinstance(said, Lost):
                raise _ended(part, said)
            if said is None:
                raise _NotApart
            progress(part.gold.name)
            found.append(said)
    return found


def _ended(part: _Part, lost: Lost) -> Refusal:
    if lost.by_itself:
        return Refusal(
            "process.ended",
            f"The process that should score {part.gold} left with an error of its own.",
            'A script must be a file that calls this under `if __name__ == "__main__":`, or score with one job.',
        )
    return Refusal(
        "process.ended",
        f"The process that scored {part.gold} was ended, perhaps for want of memory.",
        "Score with fewer --jobs: nothing was scored.",
    )


def _count(asked: Asked, part: _Part) -> _Found | None:
    """Count one part, as its process; None where something is wrong with it."""
    try:
        with no_collecting():
            return _count_part(asked, part)
    except (Refusal, _NotApart):
        return None


def _count_part(asked: Asked, part: _Part) -> _Found:
    look, ids, problems, of_map, tally = Look(part.gold), set[str](), list[Problem](), list[Problem](), Tally()
    # What a map says of ids that are nobody's can only be known of all parts together.
    id_map = load_ids(asked.ids, Known(), of_map) if asked.ids is not None else None
    _refuse_errors(of_map)
    # What gold lacks is refused when the two are joined; to leave it out, what gold has must be known before.
    known = _Ids(one.article_id for one in Look(part.gold)) if "unknown-article" in asked.allow else None
    coming = read_parts(
        each_opened([part.predictions] if part.predictions is not None else []),
        problems,
        prefix="predictions",
        known=Known(articles=known),
        allow=asked.allow,
        ids=id_map,
        tally=tally,
    )
    gold = with_sources(_noted(while_right(look, look.problems), ids), part.gold)
    right = while_right(coming, problems)
    counted = count_documents(gold, right, boot=asked.boot, seed=asked.seed, levels=asked.levels)
    _refuse_errors([*look.problems, *problems])
    strange = frozenset(known.strange if known is not None else ())
    said, tallies = (look.problems, problems), (look.tally, tally)
    return _Found(counted, look.sha256(), frozenset(ids), strange, said, tallies)


def _noted(documents: Iterable[Document], ids: set[str]) -> Iterator[Document]:
    """Give articles, and note the id of each."""
    for document in documents:
        ids.add(document.article_id)
        yield document


def _refuse_errors(problems: Collection[Problem]) -> None:
    if any(problem.level == "error" for problem in problems):
        raise _NotApart


def _one_of_each(found: Sequence[_Found]) -> frozenset[str]:
    """Give the ids of all gold. Raises `_NotApart` when two parts share one, or predictions have another part's."""
    articles = frozenset[str]().union(*(one.articles for one in found))
    if not articles or len(articles) < sum(len(one.articles) for one in found):
        raise _NotApart
    if any(not articles.isdisjoint(one.strange) for one in found):
        raise _NotApart
    return articles


def _warnings(
    gold: Path, predictions: Path, found: Sequence[_Found], ids: str | Path | None, articles: Collection[str]
) -> list[Problem]:
    """Give what is doubtful in all parts, in the order in which one process says it."""
    said: list[Problem] = []
    for side, (folder, prefix) in enumerate(((gold, "gold"), (predictions, "predictions"))):
        if ids is not None and prefix == "predictions":
            load_ids(ids, Known(articles=articles), said)
        said.extend(passed_over(folder, prefix))
        for one in found:
            said.extend(one.problems[side])
        tally = Tally(unchecked=sum(one.tallies[side].unchecked for one in found))
        for one in found:
            tally.anchored.update(one.tallies[side].anchored)
        say_of_the_whole(str(folder), tally, said, prefix)
    return said
