"""Where finders and gold differ, case by case, told so that whoever keeps the lexicon can work from it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from annotator.scoring.document import ScoredMention
from annotator.scoring.proposals import Case, Outcome
from annotator.scoring.proposals_report import ProposalsReport
from annotator.store.articles import get_article
from annotator.workflow.project import Project

_AROUND = 40
"""Code points of the article that are told on each side."""


class ToldCase(NamedTuple):
    """A case in words, each on one line."""

    outcome: Outcome
    language: str
    kind: str
    article_id: str
    start: int
    """First code point."""
    end: int
    """One past the last."""
    quote: str
    says: str
    """What gold says of it; of a spurious one what the finders say."""
    instead: str
    """What was proposed in its place, and what that says; empty for what is missed or spurious."""
    context: str
    """The words around it, itself in brackets."""

    def line(self) -> str:
        """Give the case as one line, its parts apart by tabs."""
        where = f"{self.article_id}:{self.start}-{self.end}"
        return "\t".join((self.outcome, self.kind, where, self.quote, self.says, self.instead, self.context))


def told_cases(project: Project, report: ProposalsReport, outcomes: Collection[Outcome]) -> Iterator[ToldCase]:
    """Give the cases of some outcomes in words, in the order of the articles and of their texts."""
    article_id, text = "", ""
    for case in report.found.cases:
        if case.outcome in outcomes:
            if case.article_id != article_id:
                article_id, text = case.article_id, get_article(project.engine, case.article_id).text
            yield _told(case, text)


def _told(case: Case, text: str) -> ToldCase:
    start, end = case.here.span
    other = case.proposed if case.gold else None
    return ToldCase(
        case.outcome,
        case.language,
        case.here.kind,
        case.article_id,
        start,
        end,
        _one_line(text[start:end]),
        _said(case.here),
        "" if other is None else f"{_one_line(other.span.of(text))} {_said(other)}".strip(),
        _one_line(f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"),
    )


def _said(mention: ScoredMention) -> str:
    values = [value._asdict() for value in (mention.amount, mention.moment) if value is not None]
    figures = [f"{name}={part}" for value in values for name, part in value.items() if part is not None]
    return " ".join(part for part in (mention.label, mention.trigger_class, mention.ref, *figures) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
