"""The scores as GitHub-flavoured Markdown, made to be appended to the summary of a pipeline's step.

Whether floors were reached comes first; breakdowns are folded. A label may hold anything: it is escaped, so that it is
neither markup nor the end of its cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.cli.score_leads import breakdowns, facets, figure_cells, figure_names, held_to, told_interval
from annotator.scoring.figures import percent
from annotator.scoring.report import Report
from annotator.scoring.score import Score
from annotator.statistics.enough import FEW, WHAT_FEW_MEANS
from annotator.text.display import display
from annotator.workflow.floors import Floor

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$@])")


def score_markdown(report: Report, floors: Sequence[Floor] = ()) -> str:
    """Give the scores as Markdown that ends with a newline."""
    rows = (
        (_plain(name), *_figures(score, told_interval(report, name)), percent(report.macro(name).f1))
        for name, score in report.items()
    )
    parts = [
        f"### Scores against gold {_plain(report.signature.gold)}",
        _floors(report, floors),
        _table(("level", *figure_names(report, " %"), "macro F1 %"), rows),
        f"\\{FEW} {WHAT_FEW_MEANS}." if report.rests_on_few else "",
        _folded(report),
        f"{len(report.warnings)} warning(s): see standard error, or --json for all." if report.warnings else "",
        f"`{str(report.signature).replace('`', '')}`",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _floors(report: Report, floors: Sequence[Floor]) -> str:
    held = held_to(report, floors)
    return "\n".join(f"- {'✅ reached' if one.reached else '❌ **missed**'} {_plain(one.told)}" for one in held)


def _folded(report: Report) -> str:
    tables = list(_tables(report))
    if not tables:
        return ""
    return "\n\n".join(["<details><summary>Broken down</summary>", *tables, "</details>"])


def _tables(report: Report) -> Iterator[str]:
    for facet in facets(report):
        for name, rows, left in breakdowns(report, facet):
            cells = ((_plain(row.value), *_figures(row.score, row.told)) for row in rows)
            more = f"; {left} rarer ones are left out here" if left else ""
            yield f"#### {_plain(name)} by {facet}{more}\n\n{_table((facet, *figure_names(report, ' %')), cells)}"


def _figures(score: Score, interval: str | None) -> Iterator[str]:
    return (cell.replace(FEW, f"\\{FEW}") for cell in figure_cells(score, interval))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    sides = [":--", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, sides, *rows))


def _plain(text: str) -> str:
    """Give a text as Markdown that shows it, and does nothing else."""
    return _MARKUP.sub(r"\\\1", display(text)).replace("&", "&amp;").replace("<", "&lt;")
