"""What was taken for what, as squares: types of triggers, and roles of arguments, with what was missed and spurious."""

from collections.abc import Iterator

from annotator.cli.html_page import safe
from annotator.cli.html_table import heat_cell, heat_table
from annotator.scoring.confusion import Confusion
from annotator.workflow.score_details import ScoreDetails

_MOST = 40
"""Labels that a square holds: those with most in gold and predictions."""


def confusion_table(details: ScoreDetails) -> str:
    """Give the squares of the parts whose levels were scored."""
    squares = (
        ("trigger", "Types of triggers", details.confusion.trigger),
        ("argument", "Roles of arguments", details.confusion.argument),
    )
    told = "".join(
        _square(title, one)
        for part, title, one in squares
        if any(name.startswith(part) for name in details.report) and one.pairs
    )
    return told and (
        "<p>A row is what gold says, a column what was predicted. The stronger the shade, the greater the share of"
        " its row (of its column where gold has nothing). Framed: the same on both sides, also where only"
        f" edges differ or an argument hangs on another event.</p>{told}"
    )


def _square(title: str, said: Confusion) -> str:
    labels, left = _most(said)
    sums = {label: _in_gold(said, label) for label in labels}
    predicted = {label: _predicted(said, label) for label in labels}
    rows = [(f"{safe(label)}", [*_row(said, label, labels, sums[label])]) for label in labels]
    rows.append(("<i>nothing there</i>", [*_spurious(said, labels, predicted)]))
    rows.append(
        (
            "<i>all predicted</i>",
            [heat_cell(None, str(predicted[label])) for label in labels] + [heat_cell(None, "")] * 2,
        )
    )
    caption = f"{title}: gold down, predicted across" + (f"; {left} rarer labels are left out" if left else "")
    head = [*map(safe, labels), "<i>missed</i>", "<i>all in gold</i>"]
    return heat_table(head, rows, caption=caption, corner="gold ↓ predicted →", kind="square")


def _row(said: Confusion, label: str, labels: list[str], whole: int) -> Iterator[str]:
    for other in labels:
        yield _cell(said.pairs[label, other], whole, "same" if label == other else "")
    yield _cell(said.missed[label], whole)
    yield heat_cell(None, str(whole))


def _spurious(said: Confusion, labels: list[str], predicted: dict[str, int]) -> Iterator[str]:
    for label in labels:
        yield _cell(said.spurious[label], predicted[label])
    yield from [heat_cell(None, "")] * 2


def _cell(number: int, whole: int, kind: str = "") -> str:
    return heat_cell(number / whole, str(number), kind) if number else heat_cell(0 if kind else None, "", kind)


def _most(said: Confusion) -> tuple[list[str], int]:
    """Give the labels that have a row, by name, and how many have none."""
    labels = said.labels()
    often = sorted(labels, key=lambda label: (-_in_gold(said, label) - _predicted(said, label), label))[:_MOST]
    return sorted(often), len(labels) - len(often)


def _in_gold(said: Confusion, label: str) -> int:
    return said.missed[label] + sum(times for (gold, _), times in said.pairs.items() if gold == label)


def _predicted(said: Confusion, label: str) -> int:
    return said.spurious[label] + sum(times for (_, found), times in said.pairs.items() if found == label)
