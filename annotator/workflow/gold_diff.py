"""Two versions of gold side by side: what changed in meaning and why, and how far each system's scores move by it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from annotator.errors import Refusal
from annotator.formats.predictions import read
from annotator.formats.records import read_said
from annotator.gold.change import Change, with_reasons
from annotator.gold.changelog import Reasons, both_reasons, challenge_reasons
from annotator.gold.diff import diff
from annotator.gold.pin import hold_to_pin, parse_pinned
from annotator.gold.release import Release
from annotator.gold.unsaid import Said, in_common
from annotator.model.canonical import sha256
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.scoring.figures import DIGITS
from annotator.scoring.score import Score
from annotator.scoring.signature import GoldName
from annotator.store.releases import load_release
from annotator.store.workspace import Workspace, find_workspace
from annotator.workflow.evaluating import Gold, load_gold, refuse_empty, refuse_errors, score
from annotator.workflow.opening import read_file

_OUTSIDE = "predictions.unknown-article"
"""The rule of a prediction for an article that gold lacks."""


@dataclass(frozen=True, slots=True)
class GoldSide:
    """One of the two versions."""

    written: str
    """As it was named."""
    name: GoldName
    records: tuple[GoldRecord, ...]
    release: Release | None
    """None for a plain file."""
    said: Said = field(default_factory=dict)
    """For a plain file: what its lines say, by article id."""

    @property
    def by_id(self) -> dict[str, GoldRecord]:
        """The records by article id."""
        return {record.article_id: record for record in self.records}

    def plain(self) -> dict[str, Any]:
        """Give which version it is, ready for JSON; for a plain file the hash is that of its bytes."""
        return {"gold": self.written, "version": self.name.version, "sha256": self.name.sha256}


class Moved(NamedTuple):
    """One level of one system's scores, against both versions."""

    before: Score
    after: Score

    @property
    def difference(self) -> float | None:
        """How much F1 changes; None where one of the two is undefined."""
        before, after = self.before.f1, self.after.f1
        return None if before is None or after is None else after - before


@dataclass(frozen=True, slots=True)
class SystemScores:
    """How one file of predictions scores against both versions."""

    file: str
    signatures: tuple[str, str]
    levels: dict[str, Moved]
    warnings: tuple[Problem, ...]
    """What is doubtful in the predictions."""

    def plain(self) -> dict[str, Any]:
        """Give the figures ready for JSON: micro F1 by level."""
        levels = {
            name: {
                "before": _rounded(moved.before.f1),
                "after": _rounded(moved.after.f1),
                "difference": _rounded(moved.difference),
            }
            for name, moved in self.levels.items()
        }
        return {"predictions": self.file, "signatures": list(self.signatures), "levels": levels}


@dataclass(frozen=True, slots=True)
class GoldDiff:
    """What differs between two versions."""

    before: GoldSide
    after: GoldSide
    changes: tuple[Change, ...]
    scores: tuple[SystemScores, ...] = ()

    @property
    def only_before(self) -> tuple[str, ...]:
        """Ids of the articles that only the older version holds."""
        return _missing(self.before.records, self.after.records)

    @property
    def only_after(self) -> tuple[str, ...]:
        """Ids of the articles that only the newer version holds."""
        return _missing(self.after.records, self.before.records)


def diff_gold(before: str, after: str, predictions: Sequence[Path] = (), *, allow: Collection[str] = ()) -> GoldDiff:
    """Compare two versions of gold, each a release, a pinned one, or a plain file: in what both say of an article.

    `allow` names rules that the predictions may break. Raises `Refusal` as `load_gold` and `score` do.
    """
    old, new = read_side(before), read_side(after)
    schemas = (old.release.schema, new.release.schema) if old.release and new.release else None
    compared = in_common(old.by_id, old.said, new.by_id, new.said)
    changes = with_reasons(diff(*compared, schemas), _reasons(new))
    golds = (load_gold(before), load_gold(after)) if predictions else None
    scores = tuple(_scored(*golds, file, allow) for file in predictions) if golds else ()
    return GoldDiff(old, new, changes, scores)


def read_side(written: str) -> GoldSide:
    """Read a version of gold with its records, as far as a plain file has them. Raises as `load_gold`."""
    named = parse_pinned(written)
    path = Path(named.path)
    if not path.is_file():
        release = load_release(written).release
        return GoldSide(written, GoldName(release.manifest.version, release.manifest_sha256), release.records, release)
    data = read_file(path)
    hold_to_pin(named, sha256(data))
    lines, problems = read_said(data, str(path))
    refuse_errors("gold.invalid", str(path), problems, "compared")
    refuse_empty(path, lines)
    said = {line.record.article_id: line.said for line in lines}
    return GoldSide(written, GoldName(sha256=sha256(data)), tuple(line.record for line in lines), None, said)


def _missing(here: Iterable[GoldRecord], there: Iterable[GoldRecord]) -> tuple[str, ...]:
    return tuple(sorted({record.article_id for record in here} - {record.article_id for record in there}))


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)


# Why


def _reasons(new: GoldSide) -> Reasons:
    """Give why the newer version says what it says: by its manifest, and by the log of the workspace around it."""
    told = challenge_reasons(new.release.manifest.challenges) if new.release else {}
    try:
        workspace = find_workspace(Path(parse_pinned(new.written).path).resolve())
    except Refusal:
        return told
    return both_reasons(_reasons_in(workspace, new.records), told)


def _reasons_in(workspace: Workspace, records: Sequence[GoldRecord]) -> Reasons:
    """Give the reasons that the log of a workspace holds; none where nobody works in it, as after a bare clone."""
    if not workspace.work.is_dir():
        return {}
    from annotator.workflow.project import open_project  # knows the database, which comparing files must not need
    from annotator.workflow.reasons import reasons_of

    try:
        project = open_project(workspace.root)
    except Refusal:
        return {}
    try:
        return reasons_of(project, records)
    finally:
        project.close()


# Scores


def _scored(old: Gold, new: Gold, file: Path, allow: Collection[str]) -> SystemScores:
    """Score one file against both versions. It may hold articles of either, and of neither where that is allowed."""
    known = replace(
        new.known,
        articles=frozenset(old.known.articles or ()) | frozenset(new.known.articles or ()),
        texts={**old.known.texts, **new.known.texts},
        hashes={},
        within="either version",
    )
    refuse_errors(
        "predictions.invalid", str(file), read(read_file(file), str(file), known=known, allow=frozenset(allow))[1]
    )
    reports = [score(gold, file, allow={"extra-articles", *allow}, boot=0) for gold in (old, new)]
    doubts = dict.fromkeys(problem for report in reports for problem in report.warnings if problem.rule != _OUTSIDE)
    return SystemScores(
        str(file),
        (str(reports[0].signature), str(reports[1].signature)),
        {name: Moved(reports[0][name], reports[1][name]) for name in reports[0]},
        tuple(doubts),
    )
