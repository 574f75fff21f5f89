"""What an error of a prediction is: where, of which sort, and how each side reads the place. Finds none."""

from typing import Literal, NamedTuple, get_args

from annotator.matching.events import ResolvedEvent
from annotator.model.mention import KINDS
from annotator.scoring.document import UNKNOWN, Document
from annotator.text.span import Span

ErrorKind = Literal["missed", "spurious", "boundary", "label", "role", "value"]
ERROR_KINDS: tuple[ErrorKind, ...] = get_args(ErrorKind)
"""All kinds of error, in the order in which they are listed."""

ARGUMENT, EVENT = "argument", "event"
PARTS: tuple[str, ...] = (*KINDS, UNKNOWN, ARGUMENT, EVENT)
"""What can be wrong, in the order in which it is listed; `unknown` is a predicted span that says no kind."""


class Reading(NamedTuple):
    """What one side says."""

    span: Span | None
    """Where, in half-open code points: below 0 for words that the text does not hold, None for no trigger at all."""
    label: str
    """Of a mention its kind, and its label where it has one; of triggers and events the type, of arguments the role."""
    said: str = ""
    """What it means as it would be typed (`6+ persons`, `2018-05-24`), an entry of the registry, or nothing."""
    trigger: Span | None = None
    """Of an argument: the first trigger of its event."""
    event_type: str = ""
    """Of an argument: the type of its event."""

    @property
    def place(self) -> Span | None:
        """Where in the text it stands, if it does."""
        return standing(self.span)


class ScoringError(NamedTuple):
    """One thing that is not as gold has it."""

    article_id: str
    language: str
    source: str
    part: str
    """One of `PARTS`."""
    kind: ErrorKind
    gold: Reading | None
    """None for what is spurious."""
    predicted: Reading | None
    """None for what was missed."""
    group: str
    """Of which sort it is, on one line for people."""

    @property
    def place(self) -> Span | None:
        """Where gold would be challenged: where gold has it, or else the prediction; None where neither stands."""
        places = (reading.place for reading in (self.gold, self.predicted) if reading is not None)
        return next(filter(None, places), None)


def standing(where: Span | None) -> Span | None:
    """Give a span that lies in a text, and None for one of words that the text does not hold."""
    return where if where is not None and where.start >= 0 else None


def error_in(
    document: Document, part: str, kind: ErrorKind, gold: Reading | None, predicted: Reading | None, group: str
) -> ScoringError:
    """Give an error in the article that gold's `document` is of."""
    where = document.article_id, document.language, document.source
    return ScoringError(*where, part, kind, gold, predicted, f"{part}: {group}")


def event_reading(event: ResolvedEvent, said: str = "") -> Reading:
    """Give how a side reads an event."""
    return Reading(first_trigger(event), event.type, said)


def first_trigger(event: ResolvedEvent) -> Span | None:
    """Give where the first trigger of an event stands, if it has any."""
    return min(event.triggers, default=None)


def in_order(error: ScoringError) -> tuple[object, ...]:
    """Sort key: place (what stands nowhere comes last), part, kind, then what is said."""
    place = error.place
    return (
        place is None, place or (), PARTS.index(error.part), ERROR_KINDS.index(error.kind),
        _key(error.gold), _key(error.predicted), error.group,
    )  # fmt: skip


def _key(reading: Reading | None) -> tuple[object, ...]:
    if reading is None:
        return ()
    return reading.span or (), reading.label, reading.said, reading.trigger or (), reading.event_type
