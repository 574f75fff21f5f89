"""The finders' own output as predictions: the extractor that there is to beat from the first day."""

from collections.abc import Callable, Iterator

from annotator.model.article import Article
from annotator.model.canonical import canonical_json
from annotator.model.event import Event
from annotator.model.suggestions import Suggestions
from annotator.store.articles import get_article, list_articles
from annotator.workflow.project import Project
from annotator.workflow.suggesting import own_suggestions_for


def predict(article: Article, suggestions: Suggestions) -> dict[str, object]:
    """Give every candidate as a mention, and an event without arguments for each trigger of class `event`."""
    events = [
        Event(id=f"event:{one.start}-{one.end}", type=one.label, triggers=(one.id,))
        for one in suggestions.candidates
        if one.kind == "trigger" and one.trigger_class == "event" and one.label
    ]
    return {
        "article_id": article.article_id,
        "language": article.language,
        "system": suggestions.finders,
        "text_sha256": article.text_sha256,
        "regions": [region.plain() for region in suggestions.regions],
        "mentions": [candidate.as_mention().plain() for candidate in suggestions.candidates],
        "events": [event.plain() for event in events],
    }


def prediction_lines(project: Project, progress: Callable[[str], None] = lambda _: None) -> Iterator[bytes]:
    """Give a line of predictions for every article, by id."""
    for stored in list_articles(project.engine):
        progress(stored.article_id)
        article = get_article(project.engine, stored.article_id)
        yield canonical_json(predict(article, own_suggestions_for(project, article)))
