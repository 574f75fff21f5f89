"""The source text with what is known about it, and the regions that it falls into."""

from typing import Annotated, Literal

from pydantic import Field, StrictStr

from annotator.model.frozen import Frozen, Name, Offset
from annotator.text.span import Span, span

RegionKind = Literal[
    "masthead",
    "title",
    "byline",
    "dateline",
    "body",
    "caption",
    "cookie_banner",
    "comment_form",
    "related_links",
    "navigation",
]
"""A `dateline` says where and when: a line of its own, or what the body's first line opens with ("BEIRUT (Agency) -").
`navigation` is whatever else a site puts around an article: menus, share bars, tags, adverts, sign-ups, copyright."""

READ_REGIONS: frozenset[str] = frozenset({"title", "byline", "dateline", "body"})
"""Regions that an annotator reads; all others are boilerplate, in which nothing is proposed."""

Sha256 = Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$")]


class Region(Frozen):
    """A stretch of an article that is title, body or a kind of boilerplate."""

    kind: RegionKind
    start: Offset
    end: Offset

    @property
    def span(self) -> Span:
        """Where the region lies."""
        return span(self.start, self.end)


class Metadata(Frozen):
    """What is known about an article beside its text (`articles.toml`)."""

    language: Literal["en", "ar"]
    """The language of the body."""
    outlet: Name | None = None
    published: Annotated[StrictStr, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    """ISO date of publication, where it can be derived."""
    published_from: Name | None = None
    """How the date of publication was derived."""
    translation_of: Name | None = None
    """The article that this one translates."""


class Article(Frozen):
    """The stored text of one article: immutable, identified by `article_id`, pinned by `text_sha256`."""

    article_id: Name
    text: StrictStr
    raw_sha256: Sha256
    """Of the bytes as they came."""
    text_sha256: Sha256
    """Of the stored text as UTF-8."""
    metadata: Metadata

    @property
    def language(self) -> str:
        """Language of the body, `en` or `ar`."""
        return self.metadata.language
