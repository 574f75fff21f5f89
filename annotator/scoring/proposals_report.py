"""What finders are worth against gold, as a table and as JSON, under a signature that names the rules it was made by.

Figures are rounded here, when they are written, and nowhere before.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.model.mention import KINDS
from annotator.scoring.figures import DIGITS
from annotator.scoring.proposals import ALL, Found, Row, Tally
from annotator.scoring.signature import GoldName
from annotator.statistics.wilson import wilson
from annotator.version import __version__


class ProposalsSignature(NamedTuple):
    """The parts of the line that says what the figures mean, in the order in which they are written."""

    gold: str
    sha: str
    n: int
    """Articles measured."""
    lang: str
    kinds: str
    """Kinds of mention that gold holds: of others nothing is judged."""
    finders: str
    task: str = "finders"
    match: str = "overlap"
    """A proposal finds a mention of its kind that it shares text with, one-to-one."""
    regions: str = "read"
    """Nothing is proposed outside title and body, so what gold holds there counts as missed."""
    interval: str = "wilson95"
    v: str = __version__

    def __str__(self) -> str:
        return "|".join(f"{name}:{part}" for name, part in self._asdict().items())


@dataclass(frozen=True)
class ProposalsReport:
    """Counts by language, kind and group with their sums, and what they were counted on."""

    found: Found
    signature: ProposalsSignature
    notes: tuple[str, ...] = ()
    """What was left out, in sentences."""

    def rows(self) -> list[tuple[Row, Tally]]:
        """Give what a table shows, in its order: each language by kind, kinds by group, sums first."""
        sums = self.found.sums()
        languages = sorted({row.language for row in sums} - {ALL})
        shown = [*languages, *([ALL] if len(languages) != 1 else [])]
        return [
            (row, tally)
            for row, tally in sorted(sums.items(), key=lambda item: _place(item[0]))
            if row.language in shown and (row.group == ALL or (row.group and tally.gold))
        ]

    def plain(self) -> dict[str, Any]:
        """Give the report as JSON's values."""
        return {
            "rows": [row._asdict() | _figures(tally) for row, tally in self.rows()],
            "signature": str(self.signature),
            "signature_parts": self.signature._asdict(),
            "notes": list(self.notes),
        }

    def table(self) -> str:
        """Give the report as a table of plain text, with the signature under it."""
        lines = [_HEAD, *(_cells(row, tally) for row, tally in self.rows())]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        rows = ["  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip() for line in lines]
        return "\n".join([*rows, "", str(self.signature), ""])


def proposals_signature(
    name: GoldName, found: Found, articles: int, kinds: set[str], finders: str
) -> ProposalsSignature:
    """Give the signature of figures over `articles` articles."""
    languages = sorted({row.language for row in found.counts})
    judged = [kind for kind in KINDS if kind in kinds]
    return ProposalsSignature(
        name.version, name.sha256[:8] or "none", articles, "+".join(languages) or "none", "+".join(judged) or "none",
        finders,
    )  # fmt: skip


_HEAD = ("", "gold", "found", "R %", "95 %", "exact %", "right %", "figure %", "of", "proposed", "good", "P %", "95 %")


def _place(row: Row) -> tuple[object, ...]:
    kinds = (ALL, *KINDS)
    return (
        row.language == ALL, row.language, kinds.index(row.kind) if row.kind in kinds else len(kinds), row.kind,
        row.group != ALL, row.group,
    )  # fmt: skip


def _cells(row: Row, tally: Tally) -> tuple[str, ...]:
    name = row.language if row.kind == ALL else f"  {row.kind}" if row.group == ALL else f"    {row.group}"
    right = ("", "", "")
    if tally.judged:
        right = (_percent(tally.right, tally.judged), _percent(tally.figure, tally.judged), str(tally.judged))
    proposed = (
        (str(tally.proposed), str(tally.good), _percent(tally.good, tally.proposed), _reach(tally.good, tally.proposed))
        if tally.proposed or row.group == ALL
        else ("", "", "", "")
    )
    found = (
        str(tally.gold), str(tally.found), _percent(tally.found, tally.gold), _reach(tally.found, tally.gold),
        _percent(tally.exact, tally.found),
    )  # fmt: skip
    return (name, *found, *right, *proposed)


def _figures(tally: Tally) -> dict[str, Any]:
    shares = {
        "recall": (tally.found, tally.gold),
        "precision": (tally.good, tally.proposed),
        "exact_share": (tally.exact, tally.found),
        "right_share": (tally.right, tally.judged),
        "figure_share": (tally.figure, tally.judged),
    }
    figures: dict[str, Any] = dict(tally._asdict())
    for name, (part, of) in shares.items():
        figures[name] = round(part / of, DIGITS) if of else None
    for name in ("recall", "precision"):
        bounds = wilson(*shares[name])
        figures[f"{name}_95"] = None if bounds is None else [round(bound, DIGITS) for bound in bounds]
    return figures


def _percent(part: int, of: int) -> str:
    return f"{100 * part / of:.1f}" if of else "n/a"


def _reach(part: int, of: int) -> str:
    bounds = wilson(part, of)
    return "" if bounds is None else f"{100 * bounds[0]:.0f}-{100 * bounds[1]:.0f}"
