"""The report on agreement, from the finished annotations of all articles. What is figured, and in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, combinations

from annotator.agreement.between import Key
from annotator.agreement.compared import Compared, Pair, by_name, compare_all
from annotator.agreement.drift import drift
from annotator.agreement.edges import edges_of
from annotator.agreement.figure import Figure
from annotator.agreement.figures import Chosen, Figures, only, settled_with
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import (
    AgainstSettled,
    AgreementReport,
    Confusion,
    Coverage,
    Matched,
    Measure,
    PairFigures,
)
from annotator.model.mention import KINDS
from annotator.statistics.bootstrap import SEED, TRIALS

TOP = 20
"""How many of the gravest disagreements are told."""

_TRIGGER_EXACT = ("exact", "trigger")
_TRIGGER_OVERLAP = ("overlap", "trigger")


def agree(articles: Iterable[Labelled], *, trials: int = TRIALS, seed: int = SEED, top: int = TOP) -> AgreementReport:
    """Give how far annotators agree; articles are taken one by one, and nothing hangs on their order."""
    every = compare_all(articles)
    shared = [article for article in every if article.pairs]
    people = tuple(sorted({person for article in every for person in article.people}, key=by_name))
    pairs = list(combinations(people, 2))
    figures = Figures(shared, trials, seed)
    each: list[Chosen] = [only(pair) for pair in pairs]
    languages = {language: _of_language(shared, language, trials, seed) for language in _languages(shared)}
    return AgreementReport(
        people=people,
        coverage=_coverage(every, people),
        pairs=tuple(_pair(figures, pair) for pair in pairs),
        mean_exact=figures.mean(_TRIGGER_EXACT, each),
        mean_overlap=figures.mean(_TRIGGER_OVERLAP, each),
        measures=_measures(figures),
        by_kind={kind: (figures.share(("exact", kind)), figures.share(("overlap", kind))) for kind in KINDS},
        by_language=languages,
        by_type=_by_name(figures, "type"),
        by_role=_by_name(figures, "role"),
        types=_types_said(shared),
        roles=_said(shared, "role"),
        edges=edges_of(shared),
        top=tuple(
            nsmallest(top, chain.from_iterable(one.among.conflicts for one in shared), key=lambda one: one.order)
        ),
        conflicts=sum(len(one.among.conflicts) for one in shared),
        against_settled=tuple(_against(figures, person) for person in people if _settled(shared, person)),
        drift=drift(shared, people, trials, seed),
        trials=trials,
        seed=seed,
    )


def _coverage(every: Sequence[Compared], people: Sequence[str]) -> Coverage:
    shared = [article for article in every if article.pairs]
    finished = Counter(person for article in every for person in article.people)
    return Coverage(
        by_annotators=dict(sorted(Counter(len(article.people) for article in every).items())),
        by_person={person: finished[person] for person in people},
        by_language={
            language: sum(article.language == language for article in shared) for language in _languages(shared)
        },
        both_empty=sum(len(article.empty) for article in shared),
    )


def _languages(articles: Iterable[Compared]) -> list[str]:
    return sorted({article.language for article in articles})


def _of_language(articles: Sequence[Compared], language: str, trials: int, seed: int) -> tuple[Figure, Figure]:
    figures = Figures([article for article in articles if article.language == language], trials, seed)
    return figures.share(_TRIGGER_EXACT), figures.share(_TRIGGER_OVERLAP)


def _pair(figures: Figures, pair: Pair) -> PairFigures:
    chosen = only(pair)
    return PairFigures(
        *pair,
        articles=sum(pair in article.pairs for article in figures.articles),
        both_empty=sum(pair in article.empty for article in figures.articles),
        exact=figures.share(_TRIGGER_EXACT, chosen),
        overlap=figures.share(_TRIGGER_OVERLAP, chosen),
        type_kappa=figures.kappa("type", chosen),
        arguments=figures.share(("argument-role",), chosen),
        numbers=figures.share(("number-exact",), chosen),
        triggers_exact=_matched(figures, pair, _TRIGGER_EXACT),
        triggers_overlap=_matched(figures, pair, _TRIGGER_OVERLAP),
    )


def _matched(figures: Figures, pair: Pair, key: Key) -> Matched:
    both, one, other = (figures.sum(of, only(pair)) for of in (key, ("own",), ("other",)))
    return Matched(both.part // 2, one.whole, other.whole)


def _measures(figures: Figures) -> tuple[Measure, ...]:
    return (
        Measure("events_f1", "events found by both", "F1", figures.share(("event",))),
        Measure("event_type_alpha", "event type", "alpha", figures.alpha("type", "nominal")),
        Measure("argument_f1_exact", "arguments, same span", "F1", figures.share(("argument-exact",))),
        Measure("argument_f1_overlap", "arguments, overlapping", "F1", figures.share(("argument-overlap",))),
        Measure("argument_f1_role", "arguments, with role", "F1", figures.share(("argument-role",))),
        Measure("role_alpha", "role", "alpha", figures.alpha("role", "nominal")),
        Measure("realis_alpha", "realis", "alpha", figures.alpha("realis", "nominal")),
        Measure("certainty_alpha", "certainty", "alpha", figures.alpha("certainty", "nominal")),
        Measure("background_alpha", "background", "alpha", figures.alpha("background", "nominal")),
        Measure("numbers_exact", "numbers, same value", "share", figures.share(("number-exact",))),
        Measure("numbers_bounds", "numbers, bounds overlap", "share", figures.share(("number-bounds",))),
        Measure("numbers_alpha_ratio", "numbers, ratio", "alpha", figures.alpha("number", "ratio")),
        Measure("numbers_alpha_ordinal", "numbers, ordinal", "alpha", figures.alpha("number", "ordinal")),
        Measure("times_same", "times, same value", "share", figures.share(("time",))),
        Measure("actors_same_entry", "actors, same entry", "share", figures.share(("ref", "actor"))),
        Measure("places_same_entry", "places, same entry", "share", figures.share(("ref", "place"))),
    )


def _against(figures: Figures, person: str) -> AgainstSettled:
    chosen = settled_with(person)
    return AgainstSettled(
        person,
        sum(person in article.settled for article in figures.articles),
        (
            Measure("trigger_precision", "kept", "share", figures.share(("own",), chosen)),
            Measure("trigger_recall", "found", "share", figures.share(("other",), chosen)),
            Measure("trigger_f1_exact", "same span", "F1", figures.share(_TRIGGER_EXACT, chosen)),
            Measure("event_type_kappa", "type kappa", "kappa", figures.kappa("type", chosen)),
            Measure("argument_f1_role", "arguments", "F1", figures.share(("argument-role",), chosen)),
            Measure("numbers_exact", "numbers", "share", figures.share(("number-exact",), chosen)),
        ),
    )


def _settled(articles: Iterable[Compared], person: str) -> bool:
    return any(person in article.settled for article in articles)


def _by_name(figures: Figures, what: str) -> Mapping[str, Figure]:
    """Give the figure of each type or role, the most frequent first."""
    names = {
        key[1]
        for article in figures.articles
        for between in article.pairs.values()
        for key in between.shares
        if key[0] == what
    }
    found = {name: figures.share((what, name)) for name in names}
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name].of, name))}


def _said(articles: Iterable[Compared], what: str) -> tuple[Confusion, ...]:
    """Give how often two values were said of one thing, whoever said which, the most frequent first."""
    times = Counter(
        tuple(sorted(said))
        for article in articles
        for between in article.pairs.values()
        for said in between.said.get(what, ())
    )
    found = [Confusion(one, other, often) for (one, other), often in times.items()]
    return tuple(sorted(found, key=lambda one: (-one.times, one.other, one.one or "")))


def _types_said(articles: Sequence[Compared]) -> tuple[Confusion, ...]:
    alone: Counter[str] = Counter()
    for article in articles:
        for between in article.pairs.values():
            alone.update(between.unmatched)
    found = (*_said(articles, "type"), *(Confusion(None, name, often) for name, often in alone.items()))
    return tuple(sorted(found, key=lambda one: (-one.times, one.other, one.one or "")))
