"""How far the annotators of some articles agreed before adjudication, in the whole numbers that a manifest carries.

Knows both what `agreement/` figures and what `gold/` writes; neither knows the other.
"""

from collections.abc import Collection, Mapping

from annotator.agreement.agree import agree
from annotator.agreement.figure import Figure
from annotator.agreement.report import AgreementReport, Matched, PairFigures
from annotator.gold.agreed import (
    PARTS,
    Agreement,
    AgreementFigure,
    KindAgreement,
    PairAgreement,
    TriggerAgreement,
    f1_of,
)
from annotator.workflow.agreement_of import labelled
from annotator.workflow.project import Project


def agreement_in_gold(project: Project, article_ids: Collection[str]) -> Agreement | None:
    """Give the figures of `annotator agree` over these articles and no others; None where none was labelled twice."""
    report = agree(labelled(project, article_ids))
    return _in_whole_numbers(report) if report.coverage.shared else None


def _in_whole_numbers(report: AgreementReport) -> Agreement:
    return Agreement(
        signature=report.signature,
        articles=report.coverage.shared,
        pairs=tuple(_pair(pair) for pair in report.pairs if pair.articles),
        mean_trigger_exact=_figure(report.mean_exact),
        mean_trigger_overlap=_figure(report.mean_overlap),
        all_pairs={measure.name: _figure(measure.figure) for measure in report.measures},
        kinds=_kinds(report.by_kind),
        languages=_kinds(report.by_language),
    )


def _pair(pair: PairFigures) -> PairAgreement:
    return PairAgreement(
        annotators=(pair.one, pair.other),
        articles=pair.articles,
        both_empty=pair.both_empty,
        trigger_exact=_triggers(pair.exact, pair.triggers_exact),
        trigger_overlap=_triggers(pair.overlap, pair.triggers_overlap),
        event_type_kappa=_figure(pair.type_kappa),
        argument_f1=_figure(pair.arguments),
        numbers_exact=_figure(pair.numbers),
    )


def _triggers(figure: Figure, counts: Matched) -> TriggerAgreement:
    low, high = _bounds(figure)
    return TriggerAgreement(
        value=f1_of(*counts), low=low, high=high, articles=figure.articles, of=figure.of, **counts._asdict()
    )


def _figure(figure: Figure) -> AgreementFigure:
    low, high = _bounds(figure)
    return AgreementFigure(value=_parts(figure.value), low=low, high=high, articles=figure.articles, of=figure.of)


def _bounds(figure: Figure) -> tuple[int | None, int | None]:
    low, high = figure.interval or (None, None)
    return _parts(low), _parts(high)


def _parts(value: float | None) -> int | None:
    return None if value is None else round(value * PARTS)


def _kinds(rows: Mapping[str, tuple[Figure, Figure]]) -> dict[str, KindAgreement]:
    return {
        name: KindAgreement(exact=_figure(exact), overlap=_figure(overlap)) for name, (exact, overlap) in rows.items()
    }
