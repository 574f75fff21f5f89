"""Where adjudicators found that the guidelines do not say: collected for the next revision of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.adjudication.merge import Merge
from annotator.adjudication.ruled import ruled_items
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.event import Event
from annotator.store.articles import get_article
from annotator.store.log import decisions_on, standings
from annotator.text.span import Span, span
from annotator.workflow.comparing import compared, is_adjudicator
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
    """The sentence that the adjudicator gave with the reason, and what stands in the adjudicator's margin there: of an
    event, at any mention that has part in it."""


def guideline_gaps(project: Project) -> list[Gap]:
    """Give the gaps of the current texts of all articles, by article and place."""
    found: list[Gap] = []
    for standing in standings(project.engine):
        if not is_adjudicator(standing.person):
            continue
        article = get_article(project.engine, standing.article_id)
        if article.text_sha256 == standing.text_sha256:
            decisions = decisions_on(project.engine, standing.person, article.article_id, article.text_sha256)
            annotation = fold(decisions)
            if any(reason.why == "guideline_gap" for reason in annotation.reasons.values()):
                found += _gaps(article, standing.person, annotation, compared(project, article, standing.person))
    return sorted(found, key=lambda gap: (gap.article_id, gap.span, gap.about))


def _gaps(article: Article, adjudicator: str, annotation: Annotation, answers: Merge) -> Iterator[Gap]:
    ruled = ruled_items(annotation.rulings)
    for item, reason in annotation.reasons.items():
        if reason.why != "guideline_gap" or item not in ruled:
            continue
        about = ruled[item]
        where = span(about.start, about.end)
        places = [where, *_mentions_in(item, annotation, answers)]
        written = [
            note.text for note in annotation.notes.values() if any(note.span.overlaps(place) for place in places)
        ]
        yield Gap(
            article_id=article.article_id,
            span=where,
            quote=where.of(article.text),
            about=about.kind,
            holds=_holding(annotation, item) or _choice(annotation, item),
            confidence=reason.confidence,
            adjudicator=adjudicator,
            notes=(*([reason.note] if reason.note else []), *written),
        )


def _mentions_in(item: str, annotation: Annotation, answers: Merge) -> Iterator[Span]:
    """Give where the mentions stand that have part in an event, as it was settled or as anybody has it."""
    said = [content for one in answers.disagreements if one.id == item for content in one.contents]
    for event in (annotation.events.get(item), *said):
        for mention in event.mentions if isinstance(event, Event) else ():
            settled = annotation.settled.get(mention)
            held = settled.mention if settled else answers.mentions.get(mention)
            if held is not None:
                yield held.span


def _holding(annotation: Annotation, item: str) -> str | None:
    event, mention = annotation.events.get(item), annotation.live_mention(item)
    if event is not None:
        return event.type
    return (mention.label or mention.ref) if mention is not None else None


def _choice(annotation: Annotation, item: str) -> str:
    return annotation.rulings[item].choice if item in annotation.rulings else "slots"
