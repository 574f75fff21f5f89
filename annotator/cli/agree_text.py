"""The report on agreement as one screen of plain text: what leads first, what to look into last. Colours nothing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from annotator.agreement.edges import BUCKETS
from annotator.agreement.figure import Figure
from annotator.agreement.report import AgreementReport, Measure
from annotator.statistics.enough import ENOUGH, FEW
from annotator.text.counted import counted
from annotator.text.display import display

_WIDTH = 100
_TOP = 4
"""How many of each list fit."""
_GRAVEST = 3
_QUOTE = 12
_LTR = "\u200e"

SINGLE = "="
"""Behind a figure: all said one and the same thing."""


def agreement_screen(report: AgreementReport) -> str:
    """Give the report as lines of at most 100 columns, with a final newline."""
    if not report.coverage.shared:
        return "\n".join([*_coverage(report), report.signature, ""])
    parts = [
        [*_coverage(report), *_pairs(report)],
        _measures(report),
        _settled(report),
        [*_weakest(report), *_edges(report)],
        [*_top(report), *_drift(report)],
        _legend(report),
    ]
    lines = [line for part in parts if part for line in ("", *part)]
    return "\n".join([*map(_fitted, lines[1:]), ""])


def _fitted(line: str) -> str:
    return line.rstrip() if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _coverage(report: AgreementReport) -> list[str]:
    cover = report.coverage
    alone = sum(cover.by_annotators.values()) - cover.shared
    languages = ", ".join(f"{name} {articles}" for name, articles in cover.by_language.items())
    if not cover.shared:
        return ["No article was finished by two annotators yet: there is nothing to compare (n/a)."]
    first = f"{counted(len(report.people), 'annotator')}, {counted(cover.shared, 'article')} in common ({languages})"
    first += f"; {counted(alone, 'article')} of one alone" if alone else ""
    empty = f"; both left empty {counted(cover.both_empty, 'time')}, in no average" if cover.both_empty else ""
    done = ", ".join(f"{person} {articles}" for person, articles in cover.by_person.items())
    return [first, f"finished: {done}{empty}"]


def _pairs(report: AgreementReport) -> list[str]:
    head = ("triggers F1 %", "same span", "sharing text", "type kappa", "arguments", "numbers", "common")
    rows: list[Sequence[str]] = [
        (
            f"{pair.one} {pair.other}",
            percent(pair.exact),
            percent(pair.overlap),
            coefficient(pair.type_kappa),
            percent(pair.arguments, interval=False),
            percent(pair.numbers, interval=False),
            str(pair.articles),
        )
        for pair in report.pairs
    ]
    rows.append(("mean of pairs", percent(report.mean_exact), percent(report.mean_overlap), "", "", "", ""))
    rows.append(("all together", *map(percent, report.by_kind["trigger"]), "", "", "", str(report.coverage.shared)))
    return [*_table(head, rows), *_languages(report)]


def _languages(report: AgreementReport) -> list[str]:
    if len(report.by_language) < 2:
        return []
    told = (
        f"{name} {percent(exact, interval=False)} / {percent(overlap, interval=False)}"
        for name, (exact, overlap) in report.by_language.items()
    )
    return [f"by language: {', '.join(told)}"]


def _measures(report: AgreementReport) -> list[str]:
    told = [one for one in report.measures if one.figure.value is not None]
    cells = [_measure(one.told, one.how, measured(one)) for one in told]
    for kind, (exact, overlap) in report.by_kind.items():
        if kind != "trigger" and exact.of:
            both = f"{percent(exact, interval=False)} / {percent(overlap, interval=False)}"
            cells.append(_measure(f"{kind}s, same / overlap", "F1", both))
    half = (len(cells) + 1) // 2
    rows = zip_longest(cells[:half], cells[half:], fillvalue="")
    nothing = [one.told for one in report.measures if one.figure.value is None]
    return [
        "all pairs together, on aligned events and mentions",
        *(f"{one:<49} {other}" for one, other in rows),
        *([f"nothing to compare (n/a): {'; '.join(nothing)}"] if nothing else []),
    ]


def _measure(told: str, how: str, figure: str) -> str:
    return f"{told:<23} {how:<5} {figure}"


def _settled(report: AgreementReport) -> list[str]:
    if not report.against_settled:
        return []
    head = ("against what was settled", *(one.told for one in report.against_settled[0].figures), "articles")
    rows = [
        (
            one.person,
            *(measured(measure, interval=False) for measure in one.figures),
            str(one.articles),
        )
        for one in report.against_settled
    ]
    return _table(head, rows)


def _weakest(report: AgreementReport) -> list[str]:
    """Give the types and roles with least agreement, and what is most taken for what."""
    taken, roles = (
        [display(f"{one.one or 'nothing'} / {one.other} {one.times}") for one in said if one.one != one.other]
        for said in (report.types, report.roles)
    )
    lines = [
        _listed("types least agreed, F1", _least(report.by_type)),
        _listed("roles least agreed, F1", _least(report.by_role)),
        _listed("types taken for others", taken),
        _listed("roles taken for others", roles),
    ]
    return [line for line in lines if line]


def _least(figures: Mapping[str, Figure]) -> list[str]:
    """Give those with the lowest figures, of those that were said often enough to mean something."""
    told = [(figure.value, name) for name, figure in figures.items() if figure.value is not None and figure.of >= 4]
    return [display(f"{name} {100 * value:.0f}") for value, name in sorted(told)]


def _listed(name: str, items: Sequence[str]) -> str:
    """Give as many of the items, whole, as fit in a line."""
    line = f"{name:<24}"
    for number, item in enumerate(items[:_TOP]):
        if len(line) + len(item) + 4 > _WIDTH:
            break
        line += f"{'  ' if number == 0 else ', '}{item}"
    return line if items else ""


def _edges(report: AgreementReport) -> list[str]:
    """Give a line a language: how many edges are the same, and how far the others lie apart."""
    lines: dict[str, list[str]] = {}
    for one in report.edges:
        apart = ", ".join(f"{far}: {times}" for far, times in zip(BUCKETS[1:], one.times[1:], strict=True) if times)
        same = 100 * one.times[0] / sum(one.times)
        lines.setdefault(one.language, []).append(f"{one.edge} {same:.0f} % same{', ' if apart else ''}{apart}")
    return [f"{f'edges, {language}':<9}  {' | '.join(told)}" for language, told in lines.items()]


def _top(report: AgreementReport) -> list[str]:
    if not report.top:
        return []
    lines = [f"{counted(report.conflicts, 'disagreement')}, the gravest (article, offset)"]
    for one in report.top[:_GRAVEST]:
        said = ", ".join(f"{person} {display(answer) if answer else '-'}" for person, answer in one.said)
        # The mark keeps what follows a right-to-left quote where it is.
        quote = f"{_LTR}{display(one.quote)[:_QUOTE]:<{_QUOTE}}{_LTR}"
        lines.append(f"  {one.article_id:<20} {one.start:>6}  {quote}  {one.what}: {said}")
    return lines


def _drift(report: AgreementReport) -> list[str]:
    if not report.drift:
        return []
    told = (coefficient(window.overlap, interval=False) for window in report.drift)
    sizes = sorted({window.articles for window in report.drift})
    many = "-".join(map(str, sizes))
    return [f"over time, {many} articles a step, F1: {' > '.join(told)}"]


def _legend(report: AgreementReport) -> list[str]:
    return [
        f"[95 % interval, drawn over articles]  {FEW} rests on fewer than {ENOUGH} articles"
        f"  {SINGLE} one category throughout",
        report.signature,
    ]


def measured(measure: Measure, *, interval: bool = True) -> str:
    """Give the figure of a row as its kind is written."""
    return (percent if measure.how in ("F1", "share") else coefficient)(measure.figure, interval=interval)


def percent(figure: Figure, *, interval: bool = True) -> str:
    """Give a share in per cent; `n/a` for none."""
    return _told(figure, ("{:.1f}", "{:.0f}"), 100, interval)


def coefficient(figure: Figure, *, interval: bool = True) -> str:
    """Give a coefficient; `n/a` for none."""
    return _told(figure, ("{:.2f}", "{:.2f}"), 1, interval)


def _told(figure: Figure, forms: tuple[str, str], times: int, interval: bool) -> str:
    if figure.value is None:
        return "n/a"
    form, of_bounds = forms
    told = form.format(times * figure.value + 0.0) + FEW * figure.few + SINGLE * figure.single
    if interval and figure.interval is not None:
        told += " [{}, {}]".format(*(of_bounds.format(times * bound + 0.0) for bound in figure.interval))
    return told


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
