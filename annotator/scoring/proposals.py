"""How much of gold finders propose, and how much of what they propose is in gold: by language, kind and group.

A proposal finds a mention of its kind when they share text, one-to-one as `matching` pairs them; the bounds and what is
said there are counted apart, as an annotator corrects them with one key. Reads no files and knows no finder.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from annotator.matching.mentions import pair_mentions
from annotator.matching.numbers import same_value
from annotator.model.mention import Mention
from annotator.scoring.document import Document, Moment, ScoredMention
from annotator.scoring.score import Score

Outcome = Literal["missed", "spurious", "bounds", "wrong"]
"""Not proposed; proposed and not in gold; proposed with other bounds; with another type, class, value or ref."""

ALL = "all"
"""The language, kind or group of a sum."""


class Row(NamedTuple):
    """What is counted apart."""

    language: str
    kind: str
    group: str
    """For triggers the class, for other kinds gold's label; empty where nothing is said."""


class Tally(NamedTuple):
    """What is counted."""

    gold: int = 0
    """Mentions in gold."""
    found: int = 0
    """Of these, those that a proposal shares text with."""
    exact: int = 0
    """Of the found, those with the same bounds."""
    judged: int = 0
    """Of the found, those of which gold says a type, class, value or ref."""
    right: int = 0
    """Of the judged, those of which the proposal says the same."""
    figure: int = 0
    """Of the judged, those of which it says the same but perhaps for a number's unit."""
    proposed: int = 0
    """Proposals."""
    good: int = 0
    """Of these, those that share text with a mention of gold."""

    def plus(self, other: "Tally") -> "Tally":
        """Give the sum of the counts."""
        return Tally(*(ours + theirs for ours, theirs in zip(self, other, strict=True)))

    @property
    def recall(self) -> Score:
        """The share of gold that is found."""
        return Score(self.found, gold=self.gold)

    @property
    def precision(self) -> Score:
        """The share of proposals that are good."""
        return Score(self.good, pred=self.proposed)


class Case(NamedTuple):
    """One mention or proposal about which the two sides differ."""

    article_id: str
    language: str
    outcome: Outcome
    gold: ScoredMention | None
    proposed: ScoredMention | None

    @property
    def here(self) -> ScoredMention:
        """What stands in the article: gold's mention, or the proposal that gold lacks."""
        return self.gold or self.proposed  # type: ignore[return-value]  # one of the two is there


class Found(NamedTuple):
    """What proposals for one article, or for many, are worth."""

    counts: Mapping[Row, Tally]
    cases: Sequence[Case]
    """In the order of the articles, and in each of the text."""

    def sums(self) -> dict[Row, Tally]:
        """Give the counts with their sums: each kind of a language, each language, and the same over all languages."""
        summed: dict[Row, Tally] = {}
        for row, tally in self.counts.items():
            for key in {
                Row(language, *rest)
                for language in (row.language, ALL)
                for rest in ((row.kind, row.group), (row.kind, ALL), (ALL, ALL))
            }:
                summed[key] = summed.get(key, Tally()).plus(tally)
        return summed


def find_in_articles(pairs: Iterable[tuple[Document, Document]], kinds: Collection[str]) -> Found:
    """Give what proposals are worth over articles, each as gold has it and as finders do; of `kinds` only."""
    counts: dict[Row, Tally] = {}
    cases: list[Case] = []
    for gold, proposed in pairs:
        one = find_in_article(gold, proposed, kinds)
        cases += one.cases
        for row, tally in one.counts.items():
            counts[row] = counts.get(row, Tally()).plus(tally)
    return Found(counts, cases)


def find_in_article(gold: Document, proposed: Document, kinds: Collection[str]) -> Found:
    """Give what the proposals for one article are worth, of `kinds` only."""
    ours = [mention for mention in gold.mentions if mention.kind in kinds]
    theirs = [mention for mention in proposed.mentions if mention.kind in kinds]
    partner_of = dict(pair_mentions(_as_mentions(ours), _as_mentions(theirs)))
    counts: dict[Row, Tally] = {}

    def count(mention: ScoredMention, tally: Tally) -> None:
        row = Row(gold.language, mention.kind, _group(mention))
        counts[row] = counts.get(row, Tally()).plus(tally)

    cases = []
    for number, mention in enumerate(ours):
        partner = theirs[partner_of[number]] if number in partner_of else None
        said = None if partner is None else _says_the_same(mention, partner)
        figure = (
            partner is not None and said is not None and _says_the_same(_without_unit(mention), _without_unit(partner))
        )
        exact = partner is not None and mention.span == partner.span
        count(mention, Tally(1, partner is not None, exact, said is not None, said is True, figure is True))
        cases += [Case(gold.article_id, gold.language, outcome, mention, partner) for outcome in _faults(
            found=partner is not None, exact=exact, right=said is not False
        )]  # fmt: skip
    good = set(partner_of.values())
    for number, mention in enumerate(theirs):
        count(mention._replace(label=None), Tally(proposed=1, good=number in good))
        if number not in good:
            cases.append(Case(gold.article_id, gold.language, "spurious", None, mention))
    cases.sort(key=lambda case: (case.here.span, case.here.kind, case.outcome))
    return Found(counts, cases)


def _faults(*, found: bool, exact: bool, right: bool) -> Iterator[Outcome]:
    if not found:
        yield "missed"
        return
    if not exact:
        yield "bounds"
    if not right:
        yield "wrong"


def _group(mention: ScoredMention) -> str:
    return (mention.trigger_class if mention.kind == "trigger" else mention.label) or ""


def _says_the_same(gold: ScoredMention, proposed: ScoredMention) -> bool | None:
    """Tell whether a proposal says of a mention what gold says of it; None where gold says nothing."""
    judged: list[bool] = []
    if gold.kind == "trigger" and gold.label is not None:
        judged.append(gold.label == proposed.label)
    if gold.trigger_class is not None:
        judged.append(gold.trigger_class == proposed.trigger_class)
    if gold.ref is not None:
        judged.append(gold.ref == proposed.ref)
    if gold.amount is not None:
        judged.append(proposed.amount is not None and same_value(gold.amount, proposed.amount))
    if gold.moment is not None:
        judged.append(proposed.moment is not None and _same_moment(gold.moment, proposed.moment))
    return all(judged) if judged else None


def _same_moment(gold: Moment, proposed: Moment) -> bool:
    """Tell whether a time says all that gold says: a date beside the distance that gold gives is no fault."""
    return all(ours is None or ours == theirs for ours, theirs in zip(gold, proposed, strict=True))


def _without_unit(mention: ScoredMention) -> ScoredMention:
    return mention if mention.amount is None else mention._replace(amount=mention.amount._replace(unit=None))


def _as_mentions(mentions: Sequence[ScoredMention]) -> list[Mention]:
    """Give them as `matching` takes them, each with its number as id."""
    return [Mention.model_construct(**_fields(number, mention)) for number, mention in enumerate(mentions)]


def _fields(number: int, mention: ScoredMention) -> dict[str, Any]:
    # Of values only whether they are equal is asked, which the lighter ones of a score tell as well.
    return {
        "id": f"{number:09}",
        "kind": mention.kind,
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": "",
        "label": mention.label,
        "ref": mention.ref,
        "value": mention.amount or mention.moment,
    }
