"""What was read as what: the types of triggers and the roles of arguments, gold beside prediction, as counts.

The sums over a row are what gold has, those over a column what was predicted. What only has other edges, or hangs on
another event, was read as what it is: the diagonal holds more than what a strict level counts as right.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from annotator.scoring.errors import ARGUMENT, Compared
from annotator.scoring.mention_errors import TRIGGER


class Confusion:
    """The counts of one part, summed over articles."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()
        """By gold's label and the predicted one."""
        self.missed: Counter[str] = Counter()
        """By gold's label, what was read as nothing."""
        self.spurious: Counter[str] = Counter()
        """By predicted label, what gold has not."""

    def labels(self) -> tuple[str, ...]:
        """Give every label of either side, by name."""
        return tuple(sorted({label for pair in self.pairs for label in pair} | {*self.missed, *self.spurious}))

    def plain(self) -> dict[str, Any]:
        """Give the counts for JSON: by gold's label by predicted label, with both margins."""
        pairs: dict[str, dict[str, int]] = {}
        for (gold, predicted), times in sorted(self.pairs.items()):
            pairs.setdefault(gold, {})[predicted] = times
        return {"pairs": pairs, "missed": dict(sorted(self.missed.items())),
                "spurious": dict(sorted(self.spurious.items()))}  # fmt: skip


class Confusions:
    """Those of triggers, by type, and of arguments, by role."""

    def __init__(self) -> None:
        self.trigger, self.argument = Confusion(), Confusion()

    def add(self, compared: Compared) -> None:
        """Add an article."""
        self.trigger.pairs.update(compared.types)
        self.argument.pairs.update(compared.roles)
        for error in compared.errors:
            of_part = {TRIGGER: self.trigger, ARGUMENT: self.argument}.get(error.part)
            if of_part is not None and error.kind == "missed" and error.gold is not None:
                of_part.missed[error.gold.label] += 1
            elif of_part is not None and error.kind == "spurious" and error.predicted is not None:
                of_part.spurious[error.predicted.label] += 1

    def plain(self) -> dict[str, Any]:
        """Give both for JSON."""
        return {TRIGGER: self.trigger.plain(), ARGUMENT: self.argument.plain()}


def confusion(articles: Iterable[Compared]) -> Confusions:
    """Give what was read as what over articles."""
    summed = Confusions()
    for one in articles:
        summed.add(one)
    return summed
