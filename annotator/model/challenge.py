"""A challenge: somebody says that released gold is wrong at a place, and an adjudicator answers it on the record."""

from typing import Annotated, Literal

from pydantic import Field, StrictStr

from annotator.model.article import Sha256
from annotator.model.frozen import Frozen, Name, Offset, Quantity
from annotator.model.mention import Kind

Outcome = Literal["accepted", "declined"]
"""Whether gold changes for it."""

Said = Annotated[StrictStr, Field(min_length=1, max_length=2000)]
"""A sentence or a few, as somebody wrote them."""


class Challenge(Frozen):
    """A doubt about one place of one release."""

    id: Name
    """Made by the client, so that a challenge that is sent twice counts once."""
    article_id: Name
    text_sha256: Sha256
    """The text that the release was made on."""
    gold: Name
    """Version of the release."""
    manifest_sha256: Sha256
    """Hash of the release's manifest: which release of that version."""
    start: Offset
    end: Offset
    quote: StrictStr
    """The stretch of the text that it is about."""
    kind: Kind | Literal["event"] | None = None
    """What is wrong there, where it is one thing."""
    reason: Said
    """What is wrong with it."""
    filed_by: Name
    """Who filed it, by pseudonym."""
    filed_at: Quantity
    """Milliseconds since 1970 by the client's clock."""
    withdrawn_at: Quantity | None = None
    """When who filed it took it back, by the same clock; absent where nobody did."""
