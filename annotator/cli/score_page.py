"""The scores of one file of predictions as one HTML file that needs nothing beside it: no network, no script.

Says first what leads, then every level, its breakdowns, what was taken for what, how sure predictions were, and the
commonest errors in their sentences. Every string goes through `safe`; the same scores give the same bytes.
"""

from collections.abc import Iterable, Mapping, Sequence

from annotator.cli.charts import precision_recall, whiskered_bar
from annotator.cli.html_page import html_page, safe
from annotator.cli.html_table import table
from annotator.cli.report_style import STYLE
from annotator.cli.score_confusion import confusion_table
from annotator.cli.score_examples import EXAMPLE_STYLE, examples
from annotator.cli.score_leads import (
    Row,
    breakdowns,
    facets,
    figure_cells,
    figure_names,
    held_to,
    leading,
    told_interval,
)
from annotator.scoring.confidence import Curve
from annotator.scoring.figures import percent
from annotator.scoring.report import Report
from annotator.scoring.spread import Intervals
from annotator.statistics.bootstrap import Interval
from annotator.statistics.enough import FEW, WHAT_FEW_MEANS
from annotator.text.counted import counted as counted_of
from annotator.workflow.floors import Floor
from annotator.workflow.score_details import ScoreDetails

_OPEN = ("kind", "type", "role")
"""Facets whose breakdowns are not folded."""

_WHAT = {
    "gold": "gold that was scored against",
    "sha": "first digits of its SHA-256",
    "n": "gold articles",
    "lang": "their languages",
    "task": "levels that were asked for",
    "match": "what leads",
    "attached": "whether an argument must hang on the right event",
    "over": "over which predictions",
    "undef": "what 0/0 is",
    "boot": "times that articles were drawn",
    "seed": "what the draws follow from",
    "v": "version of annotator",
}
"""What the parts of a signature say."""


def score_page(details: ScoreDetails, floors: Sequence[Floor] = ()) -> str:
    """Give the scores as an HTML document."""
    report = details.report
    sections = {
        "All levels": _levels(report),
        "Broken down": _all_breakdowns(report),
        "What was taken for what": confusion_table(details),
        "By confidence": _curves(details),
        "The commonest errors": examples(details),
        "Warnings": _warnings(report),
        "What these figures are": _made(report),
    }
    title = f"Scores against gold {report.signature.gold}"
    head = f"<h1>{safe(title)}</h1>{_floors(report, floors)}{_headline(report)}"
    return html_page(title, head + _with_contents(sections), STYLE + EXAMPLE_STYLE)


def _with_contents(sections: Mapping[str, str]) -> str:
    """Give those sections that hold anything, under a list of them."""
    told = {title: inside for title, inside in sections.items() if inside}
    links = "".join(f'<li><a href="#{_id(title)}">{title}</a></li>' for title in told)
    parts = (f'<section id="{_id(title)}"><h2>{title}</h2>{inside}</section>' for title, inside in told.items())
    return f"<nav><ul>{links}</ul></nav>\n" + "\n".join(parts)


def _id(title: str) -> str:
    return title.lower().replace(" ", "-")


def _floors(report: Report, floors: Sequence[Floor]) -> str:
    said = (
        f"<li>{'<b>✓ reached</b>' if one.reached else '<b class=few>✗ missed</b>'} {safe(one.told)}</li>"
        for one in held_to(report, floors)
    )
    return f'<ul class="floors">{"".join(said)}</ul>' if floors else ""


def _headline(report: Report) -> str:
    cards = "".join(_card(report, name) for name in leading(report))
    interval = "" if report.spread is None else ", its 95 % interval"
    return f'<p class="soft">F1 in %{interval}, precision and recall.</p><div class="cards">{cards}</div>'


def _card(report: Report, name: str) -> str:
    score = report[name]
    interval = f"{told_interval(report, name)}<br>" if report.spread is not None else ""
    return (
        f'<div class="card">{safe(name)}<b>{percent(score.f1)}</b><span class="soft">{interval}'
        f"P {percent(score.precision)}, R {percent(score.recall)}</span></div>"
    )


def _levels(report: Report) -> str:
    rows = (
        (
            f"<bdi>{safe(name)}</bdi>",
            whiskered_bar(score.f1, _bounds(report.intervals(name))),
            *figure_cells(score, told_interval(report, name)),
            percent(report.macro(name).f1),
        )
        for name, score in report.items()
    )
    caption = "What each level counts as right stands in the README of annotator. P, R and F1 in %."
    return table(("level", "F1, 0 to 1", *figure_names(report), "macro F1"), rows, words=2, caption=caption)


def _bounds(intervals: Intervals | None) -> Interval | None:
    return None if intervals is None else intervals.f1


def _all_breakdowns(report: Report) -> str:
    """Give the breakdowns by each facet; what is long and seldom read is folded."""
    told = ((facet, _breakdowns(report, facet)) for facet in facets(report))
    return "".join(
        f"<details{' open' * (facet in _OPEN)}><summary><h3>By {facet}</h3></summary>{tables}</details>"
        for facet, tables in told
        if tables
    )


def _breakdowns(report: Report, facet: str) -> str:
    counts = () if report.spread is None else ("articles",)
    head = (safe(facet), "F1, 0 to 1", *figure_names(report), *counts)
    told = []
    for name, rows, left in breakdowns(report, facet):
        caption = f"{safe(name)} by {safe(facet)}" + (f"; {left} rarer ones are left out here" if left else "")
        told.append(table(head, map(_part, rows), words=2, caption=caption))
    return "".join(told)


def _part(row: Row) -> Sequence[str]:
    articles = () if row.articles is None else (str(row.articles),)
    bar = whiskered_bar(row.score.f1, row.interval)
    return f"<bdi>{safe(row.value)}</bdi>", bar, *figure_cells(row.score, row.told), *articles


# --- by confidence ---


def _curves(details: ScoreDetails) -> str:
    if not details.curves:
        return ""
    drawn = precision_recall(
        {
            name: [(point.score.recall or 0, point.score.precision or 0, point is curve.best) for point in curve.points]
            for name, curve in details.curves.items()
        },
        "Precision and recall as fewer and fewer predictions are kept",
    )
    rows = ((f"<bdi>{safe(name)}</bdi>", *_told_curve(curve)) for name, curve in details.curves.items())
    head = ("level", "best threshold", "F1 there", "P", "R", "F1 of all", "without a confidence")
    return (
        "<p>Predictions with at least a threshold's confidence are kept, the others left out; those without one are"
        f" always kept. The ring is the threshold with the highest F1.</p>{drawn}"
        f"{table(head, rows)}{''.join(_points(name, curve) for name, curve in details.curves.items())}"
    )


def _told_curve(curve: Curve) -> Iterable[str]:
    best = curve.best.score
    figures = map(percent, (best.f1, best.precision, best.recall, curve.points[-1].score.f1))
    return f"{curve.best.threshold:.4g}", *figures, str(curve.without)


def _points(name: str, curve: Curve) -> str:
    rows = ((f"{threshold:.4g}", *figure_cells(score, None)) for threshold, score in curve.points)
    told = table(
        ("threshold", "F1", "P", "R", "right", "predicted", "gold"), rows, caption=f"{safe(name)} by threshold"
    )
    return f"<details><summary>{safe(name)}, threshold by threshold</summary>{told}</details>"


# --- what it is ---


def _warnings(report: Report) -> str:
    said = "".join(f"<li>{safe(problem.line())}</li>" for problem in report.warnings)
    count = counted_of(len(report.warnings), "warning")
    return f"<details><summary>{count}</summary><ul>{said}</ul></details>" if said else ""


def _made(report: Report) -> str:
    parts = report.signature._asdict()
    rows = (
        (f"<code>{safe(name)}</code>", safe("none" if part is None else str(part)), _WHAT[name])
        for name, part in parts.items()
    )
    few = f" <b>{FEW}</b> {WHAT_FEW_MEANS}." if report.rests_on_few else ""
    drawn = (
        f"<p>Intervals hold 95 % of {report.signature.boot} draws of articles with replacement.{few}</p>"
        if report.spread is not None
        else ""
    )
    return (
        "<p>Counted one-to-one; P = right / predicted, R = right / gold, F1 = 2 right / (predicted + gold), and 0/0 is"
        f" n/a. Figures lead that are summed over all articles; the macro figure is the mean over labels.</p>{drawn}"
        f"<p><code>{safe(str(report.signature))}</code></p>{table(('part', '', 'what it says'), rows, words=3)}"
        "<p class=soft>Made by annotator score. The same gold, predictions and version give the same page.</p>"
    )
