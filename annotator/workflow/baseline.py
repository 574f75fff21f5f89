"""The finders' own output as predictions: the extractor that there is to beat from the first day."""

from collections.abc import Callable, Iterator

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.canonical import canonical_json
from annotator.model.event import Event, realis_by
from annotator.model.mention import Mark
from annotator.model.suggestions import Suggestions
from annotator.store.articles import get_article, list_articles
from annotator.workflow.dask_cluster import Jobs
from annotator.workflow.project import Project
from annotator.workflow.suggesting import suggestions_for_all

_NO_EVENT = frozenset[Mark](("idiom", "negated"))
"""Marks of a trigger that names no event of the article."""


def predict(article: Article, suggestions: Suggestions) -> dict[str, object]:
    """Give every candidate as a mention, and an event without arguments for each trigger that tells of one.

    What an idiom or a denied event ("no clashes") names did not happen, so it stays a mention; what is only tried is
    an attempted event, and what is threatened or feared a hypothetical one.
    """
    events = [
        Event(
            id=f"event:{one.start}-{one.end}",
            type=one.label,
            triggers=(one.id,),
            realis=realis_by(one.marks),
        )
        for one in suggestions.candidates
        if one.kind == "trigger" and one.trigger_class == "event" and one.label and _NO_EVENT.isdisjoint(one.marks)
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


def prediction_lines(
    project: Project, progress: Callable[[str], None] = lambda _: None, jobs: Jobs = 1
) -> Iterator[bytes | Refusal]:
    """Give a line of predictions for every article, by id, or why there is none; `jobs` finders at work at a time."""

    def articles() -> Iterator[Article]:
        for stored in list_articles(project.engine):
            progress(stored.article_id)
            yield get_article(project.engine, stored.article_id)

    for article, said in suggestions_for_all(project, articles(), jobs, own=True):
        yield said if isinstance(said, Refusal) else canonical_json(predict(article, said))
