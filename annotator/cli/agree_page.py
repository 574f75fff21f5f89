"""The report on agreement as one HTML file that needs nothing beside it: no network, no script.

Every string goes through `safe`. Quotes run as their script does.
"""

from collections.abc import Iterable, Mapping, Sequence

from annotator.agreement.edges import BUCKETS
from annotator.agreement.figure import Figure
from annotator.agreement.report import AgreementReport, Confusion, Measure
from annotator.cli.agree_text import SINGLE, measured, percent
from annotator.cli.charts import Line, histogram, interval_dot, over_time
from annotator.cli.html_page import html_page, safe
from annotator.cli.html_table import heat_cell, heat_table, table
from annotator.cli.report_style import STYLE
from annotator.statistics.enough import FEW, WHAT_FEW_MEANS
from annotator.text.counted import counted
from annotator.text.display import display

_MOST_NAMES = 14
"""How many types a table of what was taken for what holds: the most frequent ones."""

_NOTHING = "nothing there"


def agreement_page(report: AgreementReport) -> str:
    """Give the report as an HTML document."""
    sections = [_coverage(report)]
    if report.coverage.shared:
        sections += [
            _headline(report),
            _section("Who agrees with whom", _heat_of_pairs(report) + _pairs(report)),
            _section("All pairs together, on aligned events and mentions", _measures(report.measures) + _kinds(report)),
            _section("Against what was settled", _settled(report)),
            _section("Types taken for one another", _confusions(report.types) + _by_name(report.by_type, "type")),
            _section("Roles taken for one another", _confusions(report.roles) + _by_name(report.by_role, "role")),
            _section("How far edges lie apart", _edges(report)),
            _section("Over time", _drift(report)),
            _section(f"The gravest of {counted(report.conflicts, 'disagreement')}", _top(report)),
        ]
    sections.append(f"<h2>What these figures are</h2>{_legend()}<p><code>{safe(report.signature)}</code></p>")
    body = "<h1>Agreement between annotators</h1>\n" + "\n".join(filter(None, sections))
    return html_page("Agreement between annotators", body, STYLE)


def _section(title: str, inside: str) -> str:
    return f"<h2>{title}</h2>{inside}" if inside else ""


def _coverage(report: AgreementReport) -> str:
    cover = report.coverage
    if not cover.shared:
        return "<p>No article was finished by two annotators yet: there is nothing to compare.</p>"
    languages = ", ".join(f"{safe(name)} {articles}" for name, articles in cover.by_language.items())
    done = ", ".join(f"{safe(person)} {articles}" for person, articles in cover.by_person.items())
    alone = sum(cover.by_annotators.values()) - cover.shared
    return (
        f"<p>{counted(len(report.people), 'annotator')}, {counted(cover.shared, 'article')} finished by two or more"
        f" ({languages}); {counted(alone, 'article')} by one alone. Finished: {done}. Two annotators both left an"
        f" article empty {counted(cover.both_empty, 'time')}; that is in no average.</p>"
    )


def _headline(report: AgreementReport) -> str:
    exact, overlap = report.by_kind["trigger"]
    cards = (
        ("Triggers that share text", report.mean_overlap, overlap),
        ("Triggers of the same span", report.mean_exact, exact),
    )
    return '<div class="cards">{}</div>'.format(
        "".join(
            f'<div class="card">{name}<b>{percent(figure, interval=False)}</b>'
            f'<span class="soft">F1 in %, mean of pairs; 95 % {_interval(figure)}<br>'
            f"all pairs together {percent(together, interval=False)}</span></div>"
            for name, figure, together in cards
        )
    )


def _interval(figure: Figure) -> str:
    if figure.interval is None:
        return "interval n/a"
    return "{:.1f} to {:.1f}".format(*(100 * bound for bound in figure.interval))


def _heat_of_pairs(report: AgreementReport) -> str:
    """Give a square of who with whom: above the diagonal what shares text, below it the same span."""
    found = {(pair.one, pair.other): pair for pair in report.pairs}

    def cell(row: str, column: str) -> str:
        if row == column:
            return heat_cell(None, "·")
        above = (row, column) in found
        pair = found[row, column] if above else found[column, row]
        return _heat_cell(pair.overlap if above else pair.exact)

    people = list(map(safe, report.people))
    rows = [
        (name, [cell(row, column) for column in report.people]) for name, row in zip(people, report.people, strict=True)
    ]
    return (
        "<p class=soft>F1 of triggers in %: above the diagonal those that share text, below it those of the same span."
        f"</p>{heat_table(people, rows)}"
    )


def _heat_cell(figure: Figure) -> str:
    return heat_cell(figure.value, percent(figure, interval=False))


def _pairs(report: AgreementReport) -> str:
    head = ("pair", "articles", "both empty", "same span", "sharing text", "type kappa", "arguments", "numbers")
    rows = (
        (
            safe(f"{pair.one} {pair.other}"),
            str(pair.articles),
            str(pair.both_empty),
            percent(pair.exact),
            percent(pair.overlap),
            measured(Measure("", "", "kappa", pair.type_kappa)),
            percent(pair.arguments),
            percent(pair.numbers),
        )
        for pair in report.pairs
    )
    return table(head, rows)


def _measures(measures: Iterable[Measure]) -> str:
    rows = (
        (
            one.told,
            one.how,
            measured(one),
            interval_dot(one.figure.value, one.figure.interval),
            str(one.figure.of),
            str(one.figure.articles),
        )
        for one in measures
    )
    return table(("", "", "value [95 %]", "0 to 1", "compared", "articles"), rows, words=2)


def _kinds(report: AgreementReport) -> str:
    rows = (
        (f"{safe(name)}{kind}", percent(exact), percent(overlap), str(overlap.articles))
        for figures, kind in ((report.by_kind, "s"), (report.by_language, ": triggers"))
        for name, (exact, overlap) in figures.items()
        if overlap.of
    )
    return table(("F1", "same span", "sharing text", "articles"), rows)


def _settled(report: AgreementReport) -> str:
    if not report.against_settled:
        return ""
    told = [one.told for one in report.against_settled[0].figures]
    rows = (
        (safe(one.person), *(measured(measure) for measure in one.figures), str(one.articles))
        for one in report.against_settled
    )
    return table(("", *told, "articles"), rows)


def _confusions(said: Sequence[Confusion]) -> str:
    """Give a table of what was said of the same thing, whoever said which: the diagonal is agreement."""
    often: dict[str, int] = {}
    for one in said:
        for name in {one.one or _NOTHING, one.other}:
            often[name] = often.get(name, 0) + one.times
    names = sorted(often, key=lambda name: (name == _NOTHING, -often[name], name))
    if len(names) < 2:
        return ""
    names = [*(name for name in names if name != _NOTHING)][:_MOST_NAMES] + [_NOTHING] * (_NOTHING in often)
    times = {frozenset((one.one or _NOTHING, one.other)): one.times for one in said}
    most = max(times.values())

    def cell(row: str, column: str) -> str:
        number = times.get(frozenset((row, column)), 0)
        return heat_cell(number / most, str(number)) if number else heat_cell(None, "")

    columns = [name for name in names if name != _NOTHING]
    rows = [(safe(row), [cell(row, column) for column in columns]) for row in names]
    return heat_table(list(map(safe, columns)), rows)


def _by_name(figures: Mapping[str, Figure], what: str) -> str:
    rows = (
        (safe(name), percent(figure), interval_dot(figure.value, figure.interval), str(figure.of), str(figure.articles))
        for name, figure in figures.items()
    )
    return table((what, "F1 [95 %]", "0 to 1", "said", "articles"), rows)


def _edges(report: AgreementReport) -> str:
    if not report.edges:
        return ""
    drawn = "".join(
        f"<figure><figcaption>{safe(one.language)}, {one.edge}: {one.times[0]} the same, the others</figcaption>"
        f"{histogram(BUCKETS[1:], one.times[1:], f'How far {one.edge}s lie apart, {one.language}')}</figure>"
        for one in report.edges
    )
    return f'<p class="soft">Aligned mentions of two annotators, by code points between their edges.</p>{drawn}'


def _drift(report: AgreementReport) -> str:
    if not report.drift:
        return ""
    lines: list[Line] = [("all pairs", [window.overlap.value for window in report.drift])]
    lines += [
        (display(person), [window.by_person[person].value for window in report.drift]) for person in report.people
    ]
    steps = [str(number) for number in range(1, len(report.drift) + 1)]
    rows = (
        (str(number), f"{safe(window.first)} … {safe(window.last)}", str(window.articles), percent(window.overlap))
        for number, window in enumerate(report.drift, start=1)
    )
    return (
        '<p class="soft">F1 of triggers that share text, of articles in the order in which they were finished; each'
        " annotator with all others.</p>"
        + over_time(lines, steps, "F1 of triggers over time, all pairs and each annotator")
        + table(("step", "articles", "number", "all pairs [95 %]"), rows, words=2)
    )


def _top(report: AgreementReport) -> str:
    rows = (
        (
            safe(one.article_id),
            f"{one.start}–{one.end}",
            f'<bdi dir="auto">{safe(one.quote)}</bdi>',
            one.what,
            "<br>".join(f"{safe(person)}: {safe(answer) if answer else '–'}" for person, answer in one.said),
        )
        for one in report.top
    )
    return table(("article", "code points", "quote", "what", "who says what"), rows, words=5) if report.top else ""


def _legend() -> str:
    return (
        f"<p>In brackets the 95 % interval, by drawing articles again and again. <b>{FEW}</b> {WHAT_FEW_MEANS}."
        f" <b>{SINGLE}</b> all said one and the same thing throughout:"
        " perfect, and it tells little. n/a: nothing to compare.</p>"
    )
