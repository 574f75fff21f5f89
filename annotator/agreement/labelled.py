"""What agreement is measured on: the finished annotations of one article. Knows no store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.annotation import Annotation


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with what those who finished it say."""

    article_id: str
    language: str
    annotations: Mapping[str, Annotation]
    """By pseudonym."""
    finished_at: Mapping[str, int] = field(default_factory=dict)
    """By pseudonym: when the article was marked done, in milliseconds since 1970."""
    adjudicated: Annotation | None = None
    """What was settled, once an adjudicator is done."""
