"""What a file of gold or predictions is held against, and what is said once about the whole of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from annotator.model.schema import Schema


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the articles and the domain, to hold a file against."""

    articles: Collection[str] | None = None
    """Ids of the articles that there may be; None where any may be."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Stored texts by article id, as far as they are at hand."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of stored texts by article id, where gold gives it and the text is not at hand."""
    schema: Schema | None = None


@dataclass(slots=True)
class Tally:
    """What is said once for a whole file."""

    anchored: int = 0
    """Quotes without offsets that were found in the text."""
    unchecked: int = 0
    """Quotes that no text was there to be compared with."""
    nowhere: int = 0
    """Quotes that have no one place in the text and count as wrong, as the user allowed."""
