"""A score that a test makes demands on.

A demand that is not met and a file that is wrong are each an AssertionError, raised where no frame of ours is printed.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Protocol

from annotator.errors import Refusal
from annotator.scoring.comparison_report import Comparison
from annotator.scoring.levels import ALIASES, LEVELS
from annotator.scoring.report import Report
from annotator.statistics.bootstrap import SEED
from annotator.statistics.bootstrap import TRIALS as BOOT
from annotator.statistics.randomisation import TRIALS
from annotator.testing.failure import counts, under_floors, worse
from annotator.testing.files import Given, Predictions, found
from annotator.text.display import display
from annotator.workflow.comparing_systems import compare
from annotator.workflow.erring import find_errors, in_groups
from annotator.workflow.evaluating import Gold, load_gold, score
from annotator.workflow.floors import Floor, below, floor

__unittest = True
"""unittest leaves frames of such a module out of what it prints, as pytest does with `__tracebackhide__`."""


class Scored:
    """Predictions that were scored against gold. Demands may follow each other, as each gives the score again."""

    def __init__(
        self,
        gold: Gold | str | PathLike[str],
        predictions: Predictions,
        *,
        allow: Collection[str],
        judged: bool,
        ids: str | PathLike[str] | None,
        boot: int,
        seed: int,
        root: Path,
    ) -> None:
        """Take what `score_against` takes. Raises `Refusal` as `annotator.score` does."""
        self._gold = gold if isinstance(gold, Gold) else load_gold(found(fspath(gold), root))
        self._given, self._root = Given(predictions, root), root
        self._allow, self._judged = allow, judged
        self._ids = None if ids is None else found(fspath(ids), root)
        self._boot, self._seed = boot, seed
        with self._given.file() as file:
            self.report: Report = score(
                self._gold, file, allow=allow, judged=judged, boot=boot, seed=seed, ids=self._ids
            )
            """All scores, for whatever else a test asserts."""

    def at_least(self, floors: Mapping[str, float | str] | None = None, /, **more: float | str) -> "Scored":
        """Assert that the F1 of levels is no less than floors from 0 to 1: `arguments=0.70`, `{"argument-I": 0.75}`.

        An F1 that is undefined reaches no floor. Floors are compared as they are written, not as floats.
        """
        __tracebackhide__ = True
        try:
            demanded = [_floor(level, bound) for level, bound in {**(floors or {}), **more}.items()]
            if not demanded:
                raise Refusal("usage", "at_least() names no level.", "Write at_least(arguments=0.70).")
            short = [one for one in demanded if below(self.report, one)]
            said = under_floors(self.report, short, self._groups(short)) if short else ""
        except Refusal as refusal:
            said = _in_words(refusal)
        if said:
            raise AssertionError(said)
        return self

    def no_worse_than(self, earlier: Predictions, *levels: str, trials: int = TRIALS) -> "Scored":
        """Assert that the F1 of levels (else arguments) is not significantly less than that of other predictions.

        It is where p is below 0.05 by trading whole articles between the two at random, each level by itself: what
        chance does between two versions lets no test fail. Gold of fewer than six articles lets none fail. `ids` holds
        for both.
        """
        __tracebackhide__ = True
        try:
            asked = [_level(level) for level in levels] or ["arguments"]
            compared = self._compared(Given(earlier, self._root), asked, trials)
            lost = [level for level in asked if compared[level].marked and (compared[level].f1 or 0) < 0]
            said = worse(compared, lost) if lost else ""
        except Refusal as refusal:
            said = _in_words(refusal)
        if said:
            raise AssertionError(said)
        return self

    def _compared(self, earlier: Given, levels: Collection[str], trials: int) -> Comparison:
        with self._given.file() as mine, earlier.file() as theirs:
            return compare(
                self._gold, mine, theirs, allow=self._allow, judged=self._judged, levels=levels,
                trials=trials, boot=self._boot, seed=self._seed, ids=self._ids,
            )  # fmt: skip

    def _groups(self, short: Collection[Floor]) -> dict[str, int]:
        """Give of which sorts the errors are that the levels of some floors count."""
        told = [group for part, kind, group in self._errors if any(counts(one.level, part, kind) for one in short)]
        return in_groups(Counter(told))

    @cached_property
    def _errors(self) -> list[tuple[str, str, str]]:
        """The part, the kind and the group of every error."""
        with self._given.file() as file:
            told = find_errors(self._gold, file, allow=self._allow, judged=self._judged, ids=self._ids)
        return [(error.part, error.kind, error.group) for error in told.errors]


class ScoreAgainst(Protocol):
    """What `score_against` is, as a function and as a fixture."""

    def __call__(
        self,
        gold: Gold | str | PathLike[str],
        predictions: Predictions,
        *,
        allow: Collection[str] = (),
        judged: bool = False,
        ids: str | PathLike[str] | None = None,
        boot: int = BOOT,
        seed: int = SEED,
    ) -> Scored:
        """Score predictions against gold."""
        ...


def scorer(root: Path) -> ScoreAgainst:
    """Give a `score_against` that looks for files under the current folder, and else under `root`."""

    def score_against(
        gold: Gold | str | PathLike[str],
        predictions: Predictions,
        *,
        allow: Collection[str] = (),
        judged: bool = False,
        ids: str | PathLike[str] | None = None,
        boot: int = BOOT,
        seed: int = SEED,
    ) -> Scored:
        """Score predictions against gold (a release, pinned, or JSONL), to make demands on what comes out.

        `predictions` are a file, or the articles themselves: dicts or objects in either shape. The rest is as in
        `annotator.score`. What is wrong in a file is an AssertionError with file and line.

        >>> from annotator.testing import score_against
        >>> mentions = [{"kind": "actor", "start": 0, "end": 5}, {"kind": "place", "start": 9, "end": 14}]
        >>> gold = Path("gold.jsonl")
        >>> written = gold.write_text('{"article_id": "x", "mentions": [{"kind": "actor", "start": 0, "end": 5}]}')
        >>> scored = score_against(gold, [{"article_id": "x", "mentions": mentions}]).at_least(mentions=0.6)
        >>> scored.report["mentions"].precision
        0.5
        >>> scored.at_least(mentions="0.67")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        AssertionError: mentions: F1 is 0.6667, under the floor of 0.67: 1 right of 2 predicted and 1 in gold
        the commonest errors:
          1  place: spurious
        gold:unreleased|sha:...
        """
        __tracebackhide__ = True
        try:
            return Scored(gold, predictions, allow=allow, judged=judged, ids=ids, boot=boot, seed=seed, root=root)
        except Refusal as refusal:
            said = _in_words(refusal)
        raise AssertionError(said)

    return score_against


score_against = scorer(Path())
"""Score predictions against gold, without pytest."""


def _in_words(refusal: Refusal) -> str:
    return "\n".join(display(line) for line in str(refusal).split("\n"))


def _floor(level: str, bound: float | str) -> Floor:
    """Read a floor as a person writes it. Raises `Refusal` `usage`."""
    written = bound if isinstance(bound, str) else format(Decimal(repr(float(bound))), "f")
    return floor(f"{_level(level)}={written}")


def _level(name: str) -> str:
    """Give a level by its name, or by that with underscores: what Python can write as a keyword."""
    names = (*ALIASES, *(level.name for level in LEVELS))
    return next((one for one in names if one.replace("-", "_") == name.replace("-", "_")), name)
