"""How far the annotators of a release agreed before anybody adjudicated, as its manifest says it.

Canonical JSON has no floats, so every figure is a whole number of ten-thousandths: 8333 is 0.8333. Whoever wants more
digits has the counts. Whatever there was nothing to compare for is null: never 0, never 10000.
"""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from annotator.model.frozen import Frozen, Name, Quantity

PARTS = 10_000
"""Into how many parts figures are cut."""

TenThousandths = Annotated[StrictInt, Field(ge=-PARTS, le=PARTS)]
"""0.8333 as 8333. Coefficients can be below 0."""


class AgreementFigure(Frozen):
    """One figure, on how much it rests, and how far it may be off."""

    written_when_null: ClassVar[frozenset[str]] = frozenset({"value", "low", "high"})

    value: TenThousandths | None
    """Null where there was nothing to compare."""
    low: TenThousandths | None
    """Lower bound of the 95 % interval, by drawing articles; null where fewer than two have anything to say."""
    high: TenThousandths | None
    """Its upper bound."""
    articles: Quantity
    """How many articles have anything to say."""
    of: Quantity
    """How many things were compared; of F1 those of the one and of the other together."""


class TriggerAgreement(AgreementFigure):
    """F1 of triggers between two annotators, with the counts that it follows from: 2 · both / (one + other)."""

    both: Quantity
    """Triggers that the two have in common."""
    one: Quantity
    """Triggers of the first of the two."""
    other: Quantity
    """Triggers of the second."""


class PairAgreement(Frozen):
    """How far two annotators agree."""

    annotators: tuple[Name, Name]
    articles: Quantity
    """That both finished."""
    both_empty: Quantity
    """Of those, in how many neither marked anything: they are in no figure."""
    trigger_exact: TriggerAgreement
    """Same span."""
    trigger_overlap: TriggerAgreement
    """Spans that share text, one to one."""
    event_type_kappa: AgreementFigure
    argument_f1: AgreementFigure
    numbers_exact: AgreementFigure


class KindAgreement(Frozen):
    """F1 of some mentions, all pairs together."""

    exact: AgreementFigure
    overlap: AgreementFigure


class Agreement(Frozen):
    """What `annotator agree` says of the released articles, as each annotator had them before adjudication."""

    signature: Name
    """What the figures mean, as `annotator agree` prints it."""
    articles: Quantity
    """Released articles that two annotators or more finished: all that the figures rest on."""
    pairs: tuple[PairAgreement, ...]
    mean_trigger_exact: AgreementFigure
    """The mean of the pairs."""
    mean_trigger_overlap: AgreementFigure
    all_pairs: dict[Name, AgreementFigure]
    """By measure, as `annotator agree --json` calls them."""
    kinds: dict[Name, KindAgreement]
    """Mentions by kind."""
    languages: dict[Name, KindAgreement]
    """Triggers by language."""


def f1_of(both: int, one: int, other: int) -> int | None:
    """Give F1 in ten-thousandths, a half rounded up; None of nothing."""
    whole = one + other
    return (2 * PARTS * 2 * both + whole) // (2 * whole) if whole else None


def contradictions(agreement: Agreement, people: frozenset[str], articles: int) -> Iterator[str]:
    """Give, in sentences, where figures do not follow from their counts, or are of others than made the release."""
    if agreement.articles > articles:
        yield f"`agreement` rests on {agreement.articles} articles, but the release has {articles}."
    for pair in agreement.pairs:
        names = " and ".join(pair.annotators)
        if not people.issuperset(pair.annotators):
            yield f"`agreement` compares {names}, who did not both make the release."
        for told, figure in (("trigger_exact", pair.trigger_exact), ("trigger_overlap", pair.trigger_overlap)):
            follows = f1_of(figure.both, figure.one, figure.other)
            if figure.value != follows or figure.of != figure.one + figure.other:
                yield f"`agreement` gives a `{told}` of {names} that does not follow from its counts."
