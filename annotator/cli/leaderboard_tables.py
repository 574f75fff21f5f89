"""A leaderboard for other tools: one table in Markdown, as code hosts show it, or as CSV."""

import re
from collections.abc import Sequence

from annotator.formats.csv_table import Cell, csv_table
from annotator.scoring.figures import FIGURES, percent
from annotator.scoring.leaderboard_report import AMONG_BEST, Entry, Leaderboard, Standing, rank_of
from annotator.text.display import display

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>|~#&!])")

_COLUMNS = (
    "rank", "system", "file", "level",
    "precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high", "f1", "f1_low", "f1_high",
    "right", "predicted", "gold", "p", "among_best",
)  # fmt: skip


def markdown(board: Leaderboard) -> str:
    """Give the systems as one table, a row a system, with what the marks mean and the signature under it."""
    head = ["rank", "system", *(f"{level} {figure}" for level in board.levels for figure in ("P %", "R %", "F1 %"))]
    edges = ["---:", ":---", *("---:" for _ in head[2:])]
    rows = [head, edges, *(_row(entry, board) for entry in board.entries)]
    remarks = [_literal(" ".join(line.strip() for line in board.remarks())), ""] if board.remarks() else []
    return "\n".join([*map(_line, rows), "", *remarks, f"`{board.signature}`", ""])


def _row(entry: Entry, board: Leaderboard) -> list[str]:
    cells = [cell for level in board.levels for cell in _cells(entry[level], marked=len(board) > 1)]
    return [rank_of(entry[board.by]), _literal(entry.system), *cells]


def _cells(one: Standing, *, marked: bool) -> list[str]:
    interval = f" ({one.told_interval()})" if one.intervals.f1 else ""
    mark = f" {AMONG_BEST}" if marked and one.among_best else ""
    return [percent(one.score.precision), percent(one.score.recall), f"{percent(one.score.f1)}{interval}{mark}"]


def _literal(name: str) -> str:
    """Give a name such that no character of it is taken for markup."""
    return _MEANS_SOMETHING.sub(r"\\\1", display(name))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table_as_csv(board: Leaderboard) -> bytes:
    """Give the standings as CSV, a row a system and level."""
    return csv_table(_COLUMNS, [_csv_row(entry, level) for entry in board.entries for level in board.levels])


def _csv_row(entry: Entry, level: str) -> list[Cell]:
    said = entry[level].plain()
    shares: list[Cell] = []
    for name in FIGURES:
        shares += [said[name], *(said["intervals"][name] or (None, None))]
    counts = (said["tp"], said["pred"], said["gold"])
    return [said["rank"], entry.system, entry.file, level, *shares, *counts, said["p"], int(said["among_best"])]
