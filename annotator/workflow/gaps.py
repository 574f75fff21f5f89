"""Where adjudicators found that the guidelines do not say: collected for the next revision of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.store.articles import get_article
from annotator.store.log import decisions_on, standings
from annotator.text.span import Span, span
from annotator.workflow.comparing import is_adjudicator
from annotator.workflow.project import Project


@dataclass(frozen=True, slots=True)
class Gap:
    """One disagreement that the guidelines do not settle."""

    article_id: str
    span: Span
    """Where, in code points of the text that the adjudicator saw."""
    quote: str
    about: str
    """A kind of mention, or `event`."""
    holds: str
    """What was ruled, in a few words: a type, an id of the registry, or how it was settled."""
    confidence: int
    """How sure the adjudicator was, from 1 to 3."""
    adjudicator: str
    notes: tuple[str, ...]
    """What the adjudicator wrote in the margin there."""


def guideline_gaps(project: Project) -> list[Gap]:
    """Give the gaps of the current texts of all articles, by article and place."""
    found: list[Gap] = []
    for standing in standings(project.engine):
        if not is_adjudicator(standing.person):
            continue
        article = get_article(project.engine, standing.article_id)
        if article.text_sha256 == standing.text_sha256:
            decisions = decisions_on(project.engine, standing.person, article.article_id, article.text_sha256)
            found += _gaps(article, standing.person, fold(decisions))
    return sorted(found, key=lambda gap: (gap.article_id, gap.span, gap.about))


def _gaps(article: Article, adjudicator: str, annotation: Annotation) -> Iterator[Gap]:
    for item, reason in annotation.reasons.items():
        rule = annotation.rulings.get(item)
        if reason.why != "guideline_gap" or rule is None or rule.about is None:
            continue
        where = span(rule.about.start, rule.about.end)
        written = [note.text for note in annotation.notes.values() if note.span.overlaps(where)]
        yield Gap(
            article_id=article.article_id,
            span=where,
            quote=where.of(article.text),
            about=rule.about.kind,
            holds=_holding(annotation, item) or rule.choice,
            confidence=reason.confidence,
            adjudicator=adjudicator,
            notes=(*([reason.note] if reason.note else []), *written),
        )


def _holding(annotation: Annotation, item: str) -> str | None:
    event, mention = annotation.events.get(item), annotation.live_mention(item)
    if event is not None:
        return event.type
    return (mention.label or mention.ref) if mention is not None else None
