"""Loading gold and scoring predictions against it: what evaluation scripts rest on. Loads no screen and no database.

A plain file is scored in less time than the models of a release take to load: they are imported where one is met.
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import Refusal
from annotator.formats.known import Known, Tally
from annotator.formats.predictions import read_parts, rules_of, say_of_the_whole
from annotator.gold.pin import Pinned, hold_to_pin, parse_pinned
from annotator.model.problem import Problem
from annotator.scoring.articles import count_documents, reported
from annotator.scoring.document import Document, document_of
from annotator.scoring.report import Report
from annotator.scoring.signature import GoldName
from annotator.statistics.bootstrap import SEED, TRIALS, refuse_undrawable
from annotator.workflow.opening import Progress, each_opened, read_file, untold
from annotator.workflow.parts import is_parted, parts_of, passed_over
from annotator.workflow.plain_gold import Look, read_plain_gold, with_sources

if TYPE_CHECKING:
    from annotator.formats.id_map import IdMap
    from annotator.model.record import GoldRecord

_SHOWN = 10
"""How many errors a refusal tells before it only counts."""

_FILES = frozenset({".json", ".jsonl", ".gz"})
"""Endings of what is meant as a file, where nothing has that name."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold that was read and verified, ready to be scored against."""

    name: GoldName
    documents: Iterable[Document]
    """What is scored, an article each; may be gone through again and again. Of a large plain file nothing is kept."""
    records: "tuple[GoldRecord, ...]"
    """The full records of a release; none for a plain file."""
    known: Known
    """What predictions are held against: articles, texts as far as they are at hand, hashes, schema."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful in a plain file, said with every score; a release was checked when it was cut."""


def load_gold(written: str | Path) -> Gold:
    """Give the gold at a release folder, a pinned one (`gold/1.0.0#sha256:3f9c…`), or a plain JSONL file.

    A folder that is no release is plain gold in parts: its `*.jsonl` and `*.json`, packed or not. A release is
    verified to its last byte. Raises `Refusal` naming file and line of what is wrong.
    """
    named = parse_pinned(str(written))
    path = Path(named.path)
    if path.is_file() or is_parted(path):
        return _plain_gold(path, named)
    if not path.exists() and path.suffix in _FILES:
        raise Refusal("file.missing", f"There is no such file: {path}.", "Name a JSONL file, or a release's folder.")
    from annotator.store.releases import load_release

    loaded = load_release(str(written))
    records = loaded.release.records
    hashes = {record.article_id: record.text_sha256 for record in records}
    return Gold(
        GoldName(loaded.release.manifest.version, loaded.release.manifest_sha256),
        tuple(with_sources(map(document_of, records), path)),
        records,
        Known(
            articles=frozenset(hashes),
            texts=texts_at_hand(path, hashes),
            hashes=hashes,
            schema=loaded.release.schema,
        ),
    )


def score(
    gold: Gold | str | Path,
    predictions: str | Path,
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    boot: int = TRIALS,
    seed: int = SEED,
    levels: Collection[str] = (),
    ids: str | Path | None = None,
    jobs: int = 1,
    progress: Progress = untold,
) -> Report:
    """Give the scores of a file of predictions (`-` is standard input) against gold, at every level, or at `levels`.

    A folder is one system's predictions in parts. Where gold is in parts of the same names, `jobs` of them are scored
    at a time by processes of their own (0: one a core), with the same result: a script must then be one that can be
    imported. `progress` is told each file before it is read, or when a process is done with it.

    The 95 % intervals come of drawing articles `boot` times, as `seed` says; without any they cost nothing.
    With `judged` predictions where gold cannot tell right from wrong are left out: that needs a release. `ids` is a
    file that maps their article ids to ours.
    Raises `Refusal` (`predictions.invalid`) with file and line of each error, unless its rule is allowed by name, and
    `usage` for fewer than no draws or a seed that is none.

    >>> import annotator
    >>> line = '{"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": %s}]}'
    >>> written = Path("gold.jsonl").write_text(line % 5), Path("predictions.jsonl").write_text(line % 9)
    >>> report = annotator.score("gold.jsonl", "predictions.jsonl")
    >>> report["mentions-strict"], report["mentions-overlap"]
    (Score(tp=0, pred=1, gold=1), Score(tp=1, pred=1, gold=1))
    >>> report.by("mentions-iou", "kind")["actor"].f1
    0.5555555555555556
    >>> print(report["numbers"].f1, report.signature.boot, report.signature.seed)
    None 1000 13
    """
    refuse_undrawable(boot, seed)
    with no_collecting():
        if jobs != 1 and not isinstance(gold, Gold) and not judged:
            from annotator.workflow.scoring_parts import Asked, score_parts

            asked = Asked(rules_of(allow), boot, seed, tuple(levels), ids)
            if (apart := score_parts(str(gold), Path(predictions), asked, jobs, progress)) is not None:
                return apart
        if not isinstance(gold, Gold) and not judged and ids is None and _stays(predictions):
            try:
                return _score_in_passing(parse_pinned(str(gold)), predictions, allow, boot, seed, levels, progress)
            except Refusal as refusal:
                # All else is said by who reads all gold first, and knows of which line. To look at a folder again
                # would be to score without what went missing from it.
                if refusal.code == "file.missing":
                    raise
        loaded = gold if isinstance(gold, Gold) else load_gold(gold)
        problems: list[Problem] = []
        documents = predicted(loaded, predictions, problems, allow=allow, judged=judged, ids=ids, progress=progress)
        counted = count_documents(loaded.documents, documents, boot=boot, seed=seed, levels=levels)
        report = reported(counted, loaded.name, "judged" if judged else "all")
        return replace(report, warnings=(*loaded.warnings, *problems, *report.warnings))


def _score_in_passing(
    named: Pinned,
    predictions: str | Path,
    allow: Collection[str],
    boot: int,
    seed: int,
    levels: Collection[str],
    progress: Progress,
) -> Report:
    """Give the scores against plain gold that is read once, while it is scored, and of which nothing is kept.

    Raises `Refusal` for whatever is wrong: but for `file.missing`, in words that are not meant for people. Then nothing
    is lost but time.
    """
    path = Path(named.path)
    if not path.is_file() and not is_parted(path):
        raise Refusal("usage", "This is no plain gold.")
    look, problems = Look(path), list[Problem]()
    # Which articles gold has is not known yet: one that it lacks is refused when the two are joined.
    unnamed = Gold(GoldName(), (), (), Known())
    documents = predicted(unnamed, predictions, problems, allow=allow, progress=progress)
    gold = with_sources(while_right(look, look.problems), path)
    counted = count_documents(gold, documents, boot=boot, seed=seed, levels=levels)
    doubtful, digest = look.said(), look.sha256()
    _hold_plain(named, digest, doubtful, counted.articles)
    report = reported(counted, GoldName(sha256=digest))
    return replace(report, warnings=(*doubtful, *problems, *report.warnings))


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let the garbage collector rest: nothing that is read refers to itself, and it would look at all of it in vain."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _stays(written: str | Path) -> bool:
    """Tell whether what was read can be read again: a pipe, as a shell makes one of a command, cannot."""
    return str(written) != "-" and (Path(written).is_file() or Path(written).is_dir())


def predicted(
    gold: Gold,
    predictions: str | Path,
    problems: list[Problem],
    *,
    allow: Collection[str] = (),
    judged: bool = False,
    ids: str | Path | None = None,
    done: str = "scored",
    tally: Tally | None = None,
    progress: Progress = untold,
) -> Iterable[Document]:
    """Give the articles of predictions as they come, file by file, and add to `problems` what is doubtful in them.

    That is all there is when the last was taken, and so is the `tally`. With `judged` what gold cannot judge is left
    out, and the whole file is held; `ids` is as in `score`, which raises the same: a `Refusal` then says that nothing
    was `done`.
    """
    coming = _predicted(gold, predictions, problems, allow, ids, done, tally or Tally(), progress)
    return _only_judged(gold, coming, problems) if judged else coming


def _predicted(
    gold: Gold,
    predictions: str | Path,
    problems: list[Problem],
    allow: Collection[str],
    ids: str | Path | None,
    done: str,
    tally: Tally,
    progress: Progress,
) -> Iterator[Document]:
    """Give the articles of files as they come, and add to `problems`; refuse them at the end if any is an error.

    So whatever was counted until then is thrown away, and nothing is told of it.
    """
    id_map = None
    if ids is not None:
        id_map = load_ids(ids, gold.known, problems)
        refuse_errors("predictions.invalid", str(ids), problems, done)
    path, rules = Path(predictions), rules_of(allow)
    problems.extend(passed_over(path, "predictions"))
    files, known = each_opened(parts_of(path), progress), gold.known
    coming = read_parts(files, problems, prefix="predictions", known=known, allow=rules, ids=id_map, tally=tally)
    yield from while_right(coming, problems)
    say_of_the_whole(str(predictions), tally, problems)
    refuse_errors("predictions.invalid", str(predictions), problems, done)


def load_ids(written: str | Path, known: Known, problems: list[Problem]) -> "IdMap":
    """Give a map of article ids, adding to `problems` what is wrong with it or what it names that is not known."""
    from annotator.formats.id_map import read_id_map

    id_map, found = read_id_map(read_file(Path(written)), str(written))
    problems.extend(found)
    if known.articles is not None:
        problems.extend(id_map.unknown(known.articles, known.within))
    return id_map


def while_right(documents: Iterable[Document], problems: Sequence[Problem]) -> Iterator[Document]:
    """Give articles until an error stands in `problems`, then read on for further ones and give none."""
    looked_at, right = 0, True
    for document in documents:
        if len(problems) > looked_at:
            right = right and not any(problem.level == "error" for problem in problems[looked_at:])
            looked_at = len(problems)
        if right:
            yield document


def _only_judged(gold: Gold, coming: Iterable[Document], problems: list[Problem]) -> tuple[Document, ...]:
    """Give of predictions what gold judges, and add to `problems` what to say of the rest."""
    refuse_unjudged(gold)
    from annotator.scoring.judged import judged_part

    documents, said = judged_part(gold.records, tuple(coming))
    problems.extend(said)
    return documents


def refuse_unjudged(gold: Gold, verb: str = "score") -> None:
    """Raise a `Refusal` where gold does not say what people judged: a plain file does not."""
    if not gold.records:
        raise Refusal(
            "usage", "This gold does not say what was judged.", f"Name a release, or {verb} over all predictions."
        )


def refuse_empty(path: Path, articles: Sized | int) -> None:
    """Raise a `Refusal` when a plain file of gold holds no article: nothing can be held against it."""
    if not articles:
        raise Refusal("usage", f"{path} holds no article.", "Gold has one JSON object an article a line.")


def refuse_errors(code: str, file: str, problems: Collection[Problem], done: str = "scored") -> None:
    """Raise a `Refusal` that tells the errors among the problems of a file, if there are any: nothing was `done`."""
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        told = "\n".join(problem.line() for problem in errors[:_SHOWN])
        more = f"\nand {len(errors) - _SHOWN} more" if len(errors) > _SHOWN else ""
        raise Refusal(code, f"{file} has {len(errors)} error(s); nothing was {done}.\n{told}{more}", "Mend the file.")


def _plain_gold(path: Path, named: Pinned) -> Gold:
    """Give the gold of a plain file, or of a folder of such files, where nothing is wrong with it."""
    read = read_plain_gold(path)
    problems, digest = read.look.said(), read.look.sha256()
    _hold_plain(named, digest, problems, len(read.articles))
    return Gold(GoldName(sha256=digest), read.documents, (), Known(articles=read.articles), tuple(problems))


def _hold_plain(named: Pinned, digest: str, problems: Collection[Problem], articles: int) -> None:
    """Raise the `Refusal` for a plain file of gold that is not the pinned one, or that holds an error or nothing."""
    path = Path(named.path)
    hold_to_pin(named, digest)
    refuse_errors("gold.invalid", str(path), problems)
    refuse_empty(path, articles)


def texts_at_hand(release: Path, hashes: Mapping[str, str]) -> dict[str, str]:
    """Give the texts of a release's articles where the workspace around it still has them unchanged."""
    from annotator.store.corpus import texts_in
    from annotator.store.workspace import find_workspace
    from annotator.workflow.article_files import texts_of_many

    # Gold stands on its own: where a text is not at hand quotes are not compared, and the report says so.
    try:
        corpus = find_workspace(release.resolve()).corpus
        found = texts_in(corpus, hashes)
        return found | texts_of_many(corpus, {one: digest for one, digest in hashes.items() if one not in found})
    except Refusal:
        return {}
