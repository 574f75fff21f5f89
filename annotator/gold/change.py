"""What a change between two versions of gold is: one thing that is said otherwise, where, before and after, and why.

Owns the words for changes and what a reason is. Finds none; `annotator.gold.diff` does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, get_args

from pydantic import StrictStr

from annotator.model.frozen import Frozen, Name, Offset
from annotator.model.mention import Kind
from annotator.text.span import Span, span

What = Literal[
    "schema version",
    "schema type",
    "schema role",
    "schema unit",
    "schema realis",
    "schema certainty",
    "schema rejection reason",
    "article",
    "text",
    "language",
    "complete",
    "region",
    "event",
    "type",
    "trigger",
    "main trigger",
    "argument",
    "role",
    "side",
    "realis",
    "certainty",
    "background",
    "hub",
    "mention",
    "boundary",
    "label",
    "link",
    "value",
    "bounds",
    "unit",
    "scope",
    "qualifier",
    "fraction",
    "time",
    "rejected",
]
"""What is said otherwise. `side`: whose losses an argument counts; `link`: the registry's entry for an actor or place;
`boundary`: where a mention begins or ends; `value`: a number or time got a value or lost it; `bounds`: low, high or
best; `qualifier`: how the text says the same bounds; `rejected`: a candidate that people said no to."""

WHATS: tuple[What, ...] = get_args(What)
"""In the order in which summaries tell them: from the domain over articles and events down to mentions."""

How = Literal["added", "removed", "changed"]

_MIRRORED: Mapping[How, How] = {"added": "removed", "removed": "added", "changed": "changed"}


class Place(Frozen):
    """A stretch of an article, half-open in code points."""

    start: Offset
    end: Offset
    quote: StrictStr | None = None
    """Its characters, where the record has them."""

    @property
    def span(self) -> Span:
        """Where it lies."""
        return span(self.start, self.end)


class Told(Frozen):
    """The event that a change is about."""

    type: Name
    trigger: Place | None = None
    """Its main trigger."""


class Change(Frozen):
    """One thing that is said otherwise."""

    what: What
    how: How
    article_id: Name | None = None
    """None for a change of the schema."""
    kind: Kind | None = None
    """For what is about a mention: its kind."""
    place: Place | None = None
    """Where it stands in the newer version; what was removed, in the older one. None for what is about all of it."""
    event: Told | None = None
    """For what is about an event: which, as the newer version has it, or the older one where it was removed."""
    before: StrictStr | None = None
    """What the older version says, in words; None where it says nothing."""
    after: StrictStr | None = None
    """What the newer version says."""
    reason: StrictStr | None = None
    """Why, as the adjudication or the outcome of a challenge has it; None where it is not known."""

    @property
    def name(self) -> str:
        """What the change is called: `boundary changed`."""
        return f"{self.what} {self.how}"

    def mirrored(self) -> "Change":
        """Give the change the other way round; its place stays."""
        return self.model_copy(update={"how": _MIRRORED[self.how], "before": self.after, "after": self.before})


class PlacedReason(NamedTuple):
    """Why something in an article was settled as it was."""

    kind: Kind | Literal["event"] | None
    """What it was about; None for whatever stands there."""
    span: Span
    told: str
    """The reason in words."""


def with_reasons(changes: Iterable[Change], reasons: Mapping[str, Sequence[PlacedReason]]) -> tuple[Change, ...]:
    """Give the changes with those reasons, by article id, that were given for the same kind of thing at their place."""
    return tuple(_with_reason(change, reasons.get(change.article_id or "", ())) for change in changes)


def _with_reason(change: Change, reasons: Iterable[PlacedReason]) -> Change:
    told = dict.fromkeys(reason.told for reason in reasons if _is_about(reason, change))
    return change.model_copy(update={"reason": "; ".join(told)}) if told else change


def _is_about(reason: PlacedReason, change: Change) -> bool:
    main = change.event.trigger if change.event else None
    places = [(change.kind, change.place), ("event", main)]
    return any(
        place is not None and reason.kind in (kind, None) and place.span.overlaps(reason.span) for kind, place in places
    )


def counts_of_changes(changes: Iterable[Change]) -> dict[str, int]:
    """Give how many changes there are of each name, in the order of `WHATS`."""
    found = Counter((WHATS.index(change.what), get_args(How).index(change.how), change.name) for change in changes)
    return {name: number for (_, _, name), number in sorted(found.items())}
