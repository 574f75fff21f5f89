"""What a file of gold or predictions is held against, and what is said once about the whole of it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from annotator.text.span import Span

if TYPE_CHECKING:
    from annotator.formats.confidences import Sureness
    from annotator.model.registry import Registry
    from annotator.model.schema import Schema


class Fates(NamedTuple):
    """What becomes of what is doubtful, as messages say it: by default in a score."""

    unknown_type: str = "it counts as wrong"
    unknown_role: str = "it counts as wrong"
    no_kind: str = "as mentions they count as wrong"
    repeated: str = "It counts as wrong"
    unknown_article: str = "Remove it, allow extra-articles, or say with --ids MAP which of ours it is"


SCORED = Fates()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the articles and the domain, to hold a file against."""

    articles: Collection[str] | None = None
    """Ids of the articles that there may be; None where any may be."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Stored texts by article id, as far as they are at hand."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of stored texts by article id, where gold gives it and the text is not at hand."""
    schema: "Schema | None" = None
    registry: "Registry | None" = None
    """Actors and places that a mention may refer to; a score does not look at it."""
    within: str = "gold"
    """What those articles are the articles of, as a message says it."""
    fates: Fates = SCORED


class Placed(NamedTuple):
    """What became of one quote without offsets."""

    where: str
    """FILE:LINE of its article."""
    field: str
    """The path of the quote in the article's object."""
    quote: str
    how: str
    """`exact`, `folded` or `nearest`; `ambiguous` where several places are as near, `nowhere` where there is none."""
    span: Span | None
    """Where it was placed; None where it has no one place."""
    places: int
    """How many places the text has for it."""


@dataclass(slots=True)
class Tally:
    """What is said once for a whole file."""

    anchored: Counter[str] = field(default_factory=Counter)
    """Quotes without offsets that were found in the text, by how: `exact`, `folded` or `nearest`."""
    placed: list[Placed] | None = None
    """What became of each of them; None where nobody asks."""
    sureness: "Sureness | None" = None
    """What takes in how sure each prediction is; None where nobody asks."""
    unchecked: int = 0
    """Quotes that no text was there to be compared with."""
    nowhere: int = 0
    """Quotes that have no one place in the text and count as wrong, as the user allowed."""
    systems: set[str | None] | None = None
    """Who the articles say that they are of, None for one that says nothing; not gathered where nobody asks."""
