"""What leaves the tool: a gold record of an article, and what an extractor predicts for one."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr

from annotator.model.article import Region, Sha256
from annotator.model.event import Certainty, Event, Realis
from annotator.model.frozen import Frozen, Name, Offset
from annotator.model.mention import Kind, Mention
from annotator.model.value import NumberValue, TimeValue


class Rejected(Frozen):
    """A candidate that people looked at and said no to: negative gold."""

    kind: Kind
    start: Offset
    end: Offset
    quote: StrictStr
    label: Name | None = None
    """For a trigger the event type that was proposed."""
    reason: Name | None = None


class TakenFrom(Frozen):
    """A file of another tool that somebody's work on an article was taken out of."""

    person: Name
    """Whose work, as pseudonym."""
    format: Name
    """What `annotator import --from` calls the format."""
    file: Name
    """Its name, or that of the folder of files."""
    sha256: Sha256
    """Of the file; of a folder, of its files' names and hashes."""


class Provenance(Frozen):
    """Who made a record, by pseudonym, and the digest of the decisions that it follows from."""

    annotators: tuple[Name, ...]
    adjudicator: Name
    decisions_sha256: Sha256
    unanimous: tuple[Name, ...] | None = None
    """Ids of the mentions and events that no adjudicator was asked about, because all annotators said the same."""
    majority: tuple[Name, ...] | None = None
    """Ids of those about which none was asked, because enough annotators said the same."""
    taken_from: tuple[TakenFrom, ...] | None = None
    """The files that work on it was taken out of, by person; absent where all of it was done here."""


class GoldRecord(Frozen):
    """The settled annotation of one article: one line of `gold.jsonl`."""

    article_id: Name
    language: Name
    text_sha256: Sha256
    regions: tuple[Region, ...]
    mentions: tuple[Mention, ...]
    """In reading order, with ids m1, m2, …"""
    events: tuple[Event, ...]
    """In the order of their first triggers, with ids e1, e2, …"""
    rejected: tuple[Rejected, ...] = ()
    complete: StrictBool
    """Whether the article was read to its end, so that what is not here is not there."""
    provenance: Provenance


Confidence = Annotated[StrictFloat | StrictInt, Field(ge=0, le=1)]


class PredictedSpan(Frozen):
    """A trigger or argument of the short, nested shape: by offsets, or by a quote to be anchored in the text."""

    start: Offset | None = None
    end: Offset | None = None
    quote: StrictStr | None = None
    ref: Name | None = None
    value: NumberValue | TimeValue | None = None
    kind: Kind | None = None
    """Where it is absent the role says it, or the value."""
    label: Name | None = None
    """A free sub-type; a trigger's is its event's type."""


class PredictedArgument(PredictedSpan):
    """An argument of the short shape."""

    role: Name
    of: Name | None = None


class PredictedEvent(Frozen):
    """An event of the short, nested shape."""

    type: Name
    triggers: tuple[PredictedSpan, ...] = ()
    arguments: tuple[PredictedArgument, ...] = ()
    realis: Realis | None = None
    certainty: Certainty | None = None
    background: StrictBool | None = None
    hub: Name | None = None
    confidence: Confidence | None = None
