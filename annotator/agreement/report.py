"""What `annotator agree` says, as data: every figure with its interval and on how much it rests, in a fixed order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.agreement.among import Conflict
from annotator.agreement.figure import Figure
from annotator.statistics.enough import ENOUGH
from annotator.version import __version__


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much there is to compare."""

    by_annotators: Mapping[int, int]
    """How many articles were finished by so many annotators."""
    by_person: Mapping[str, int]
    """How many articles each finished."""
    by_language: Mapping[str, int]
    """How many articles of each language two or more finished."""
    both_empty: int
    """How often two annotators of an article both marked nothing: in no average."""

    @property
    def shared(self) -> int:
        """How many articles two or more finished: all that figures can rest on."""
        return sum(articles for people, articles in self.by_annotators.items() if people > 1)

    def plain(self) -> dict[str, Any]:
        """Give the coverage for JSON."""
        return {
            "articles": sum(self.by_annotators.values()),
            "shared": self.shared,
            "by_annotators": {str(people): articles for people, articles in self.by_annotators.items()},
            "by_person": dict(self.by_person),
            "by_language": dict(self.by_language),
            "both_empty": self.both_empty,
        }


class Matched(NamedTuple):
    """The counts behind an F1 of two annotators."""

    both: int
    """What they have in common."""
    one: int
    """What the first has."""
    other: int
    """What the second has."""


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How far two annotators agree."""

    one: str
    other: str
    articles: int
    """That both finished."""
    both_empty: int
    """Of those, in how many neither marked anything."""
    exact: Figure
    """F1 of triggers, same span."""
    overlap: Figure
    """F1 of triggers that share text, one-to-one."""
    type_kappa: Figure
    """Cohen's kappa of the types of aligned events."""
    arguments: Figure
    """F1 of arguments of aligned events, role and overlapping span."""
    numbers: Figure
    """Share of aligned numbers that both read alike."""
    triggers_exact: Matched
    """What `exact` follows from."""
    triggers_overlap: Matched
    """What `overlap` follows from."""

    def plain(self) -> dict[str, Any]:
        """Give the pair for JSON."""
        return {
            "annotators": [self.one, self.other],
            "articles": self.articles,
            "both_empty": self.both_empty,
            "trigger_f1_exact": self.exact.plain(),
            "trigger_f1_overlap": self.overlap.plain(),
            "event_type_kappa": self.type_kappa.plain(),
            "argument_f1": self.arguments.plain(),
            "numbers_exact": self.numbers.plain(),
        }


class Measure(NamedTuple):
    """One row of the table of all pairs together."""

    name: str
    """As JSON calls it."""
    told: str
    """As a person reads it."""
    how: str
    """`F1`, `share`, `alpha`."""
    figure: Figure


class Confusion(NamedTuple):
    """How often two annotators said one and the other of the same thing; the same twice is agreement."""

    one: str | None
    """None: nothing there."""
    other: str
    times: int


class Edges(NamedTuple):
    """How far one edge of aligned mentions lies apart, in one language."""

    language: str
    edge: str
    """`start` or `end`."""
    times: tuple[int, ...]
    """As `agreement.edges.BUCKETS` has them."""


@dataclass(frozen=True, slots=True)
class AgainstSettled:
    """How far one annotator lies from what was settled."""

    person: str
    articles: int
    figures: tuple[Measure, ...]

    def plain(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "annotator": self.person,
            "articles": self.articles,
            **{measure.name: measure.figure.plain() for measure in self.figures},
        }


@dataclass(frozen=True, slots=True)
class Window:
    """Some articles that were finished one after the other."""

    first: str
    """Id of the first article."""
    last: str
    articles: int
    exact: Figure
    overlap: Figure
    by_person: Mapping[str, Figure]
    """F1 of overlapping triggers of each annotator with all others."""

    def plain(self) -> dict[str, Any]:
        """Give the window for JSON."""
        return {
            "first": self.first,
            "last": self.last,
            "articles": self.articles,
            "trigger_f1_exact": self.exact.plain(),
            "trigger_f1_overlap": self.overlap.plain(),
            "by_annotator": {person: figure.plain() for person, figure in self.by_person.items()},
        }


@dataclass(frozen=True)
class AgreementReport:
    """How far annotators agree, before adjudication."""

    people: tuple[str, ...]
    coverage: Coverage
    pairs: tuple[PairFigures, ...]
    mean_exact: Figure
    """The mean of the pairs that have a figure: a pair with few articles weighs as much as any, and marks the mean."""
    mean_overlap: Figure
    measures: tuple[Measure, ...]
    """All pairs together."""
    by_kind: Mapping[str, tuple[Figure, Figure]]
    """F1 of mentions, exact and overlapping."""
    by_language: Mapping[str, tuple[Figure, Figure]]
    """F1 of triggers, exact and overlapping."""
    by_type: Mapping[str, Figure]
    """F1 of events: aligned, and of that type for both."""
    by_role: Mapping[str, Figure]
    """F1 of arguments: of aligned events, aligned, and in that role for both."""
    types: tuple[Confusion, ...]
    """The types of aligned events, and of those that only one has, most frequent first."""
    roles: tuple[Confusion, ...]
    """The roles of aligned arguments, most frequent first."""
    edges: tuple[Edges, ...]
    top: tuple[Conflict, ...]
    """The gravest disagreements, by how many pairs differ."""
    conflicts: int
    """How many there are in all."""
    against_settled: tuple[AgainstSettled, ...]
    drift: tuple[Window, ...]
    """By the order of finishing; empty for too few articles."""
    trials: int
    seed: int

    @property
    def signature(self) -> str:
        """The line that says what the figures mean."""
        parts = {
            "n": self.coverage.shared,
            "annotators": len(self.people),
            "lang": "+".join(self.coverage.by_language) or "none",
            "match": "one-to-one",
            "undef": "null",
            "few": f"<{ENOUGH}",
            "boot": self.trials,
            "seed": self.seed,
            "v": __version__,
        }
        return "|".join(f"{name}:{part}" for name, part in parts.items())

    def plain(self) -> dict[str, Any]:
        """Give the report for JSON: dicts, lists, strings, numbers and None."""
        return {
            "signature": self.signature,
            "annotators": list(self.people),
            "coverage": self.coverage.plain(),
            "pairs": [pair.plain() for pair in self.pairs],
            "mean_of_pairs": {
                "trigger_f1_exact": self.mean_exact.plain(),
                "trigger_f1_overlap": self.mean_overlap.plain(),
            },
            "all_pairs": {measure.name: measure.figure.plain() for measure in self.measures},
            "by_kind": _two(self.by_kind),
            "by_language": _two(self.by_language),
            "by_event_type": {name: figure.plain() for name, figure in self.by_type.items()},
            "by_role": {name: figure.plain() for name, figure in self.by_role.items()},
            "event_types_said": [one._asdict() for one in self.types],
            "roles_said": [one._asdict() for one in self.roles],
            "boundaries": [one._asdict() for one in self.edges],
            "disagreements": {"total": self.conflicts, "top": [_conflict(one) for one in self.top]},
            "against_adjudicated": [one.plain() for one in self.against_settled],
            "drift": [window.plain() for window in self.drift],
        }


def _two(rows: Mapping[str, tuple[Figure, Figure]]) -> dict[str, Any]:
    return {name: {"exact": exact.plain(), "overlap": overlap.plain()} for name, (exact, overlap) in rows.items()}


def _conflict(one: Conflict) -> dict[str, Any]:
    return one._asdict() | {"said": dict(one.said)}
