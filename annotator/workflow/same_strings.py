"""All the same: where else a string stands in an article, what was decided there, and one decision for all of it.

The same is what reads the same (folded) as whole words: with a clitic on it, or inside a longer number, it is another
string, and an acronym is not the word of the same letters. What is to become of a place is said before it is done.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from annotator.errors import Refusal
from annotator.model.annotation import LIVE
from annotator.model.decision import Change, RemoveMention, SettleMention
from annotator.model.mention import Mention
from annotator.text.clusters import WIDTHLESS
from annotator.text.finding import Finder
from annotator.text.span import Span
from annotator.workflow.mention_edits import retyping, settling
from annotator.workflow.session import Item, Session, new_id

_JOINS_BEFORE = re.compile(rf"(?:\w[{WIDTHLESS}]*[-’']?|\d[.,٫٬/])\Z")
"""What stands before a string that is only the end of a longer one: a letter, a hyphen behind one, a digit's point."""

_JOINS_BEHIND = re.compile(rf"[{WIDTHLESS}]*(?:\w|-\w|[.,٫٬/]\d)")
_NEAR = 8
"""Code points before a string that are looked at: a letter with its marks."""

Fate = Literal["settle", "add", "overrule", "overlap"]
"""What can be done to a place: settle a candidate, add a mention, overrule what was decided, add one over another."""

UNASKED: frozenset[Fate] = frozenset({"settle", "add"})
"""What is proposed; the rest is done where a person asks for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where the same string stands, and what a decision would do there."""

    span: Span
    fate: Fate
    item: Item | None
    """The mention that is settled or overruled, or the one over which one would be added."""


def same_strings(text: str, of: Span, finder: Finder | None = None) -> list[Span]:
    """Give every place of `text` that holds the same string as `of`, that one included, in reading order.

    `finder` is one for `text`, where the caller has it ready.
    """
    quote = of.trimmed(text).of(text)
    found = (finder or Finder(text)).find(quote)
    return [one for one in found if one == of or (_whole(text, one) and quote.isupper() == one.of(text).isupper())]


def _whole(text: str, one: Span) -> bool:
    before = _JOINS_BEFORE.search(text, max(0, one.start - _NEAR), one.start)
    return before is None and _JOINS_BEHIND.match(text, one.end) is None


def mentions_at(session: Session, where: Span) -> list[Item]:
    """Give the mentions of any kind over exactly `where`, in reading order, untouched ones included."""
    return [item for item in session.starting_in(where.start, where.start + 1) if item.mention.span == where]


def places(session: Session, item: Item, finder: Finder | None = None) -> list[Place]:
    """Give what making all the same as `item` would do elsewhere, in reading order; places that are so are left out.

    Raises `Refusal` when nothing was decided on `item` yet.
    """
    if item.disposition is None:
        raise Refusal("label.not-possible", "Nothing was decided here yet.", "Settle this one first, then A.")
    same = same_strings(session.article.text, item.mention.span, finder)
    elsewhere = (one for one in same if one != item.mention.span)
    return [place for where in elsewhere for place in _fates(session, item, where)]


def _fates(session: Session, item: Item, where: Span) -> Iterator[Place]:
    there = session.standing_at(item.mention.kind, where.start, where.end)
    for other in there:
        if other.disposition is None:
            yield Place(where, "settle", other)
        elif not decided_alike(session, item, other):
            yield Place(where, "overrule", other)
    if not there and item.disposition in LIVE:
        over = [one for one in session.items.over(where) if one.disposition != "rejected"]
        yield Place(where, "overlap", over[0]) if over else Place(where, "add", None)


def decided_alike(session: Session, one: Item, other: Item) -> bool:
    """Tell whether the same was said of two mentions: standing with the same content, or not standing alike."""
    if one.disposition in LIVE and other.disposition in LIVE:
        return _said(one.mention) == _said(other.mention)
    return one.disposition == other.disposition and _reason(session, one) == _reason(session, other)


def _said(mention: Mention) -> tuple[object, ...]:
    return (mention.kind, mention.label, mention.ref, mention.value)


def _reason(session: Session, item: Item) -> str | None:
    settled = session.annotation.settled.get(item.mention.id)
    return settled.reason if settled else None


def make_same(session: Session, item: Item, chosen: Sequence[Place]) -> None:
    """Do to the chosen places what was decided on `item`, as one decision."""
    if not chosen:
        raise Refusal("label.not-possible", "No place is ticked, so nothing was changed.")
    reason = _reason(session, item)
    session.decide(*(change for place in chosen for change in _changes(session, item, place, reason)))


def _changes(session: Session, item: Item, place: Place, reason: str | None) -> Iterable[Change]:
    if place.item is None or place.fate == "overlap":
        yield SettleMention(disposition="added", mention=_like(session, item.mention, new_id("m"), place.span))
    elif item.disposition in LIVE:
        mention = _like(session, item.mention, place.item.mention.id, place.span)
        yield settling(place.item, mention)
        yield from retyping(session, mention)
    elif item.disposition == "rejected" and place.item.candidate is None and place.item.disposition == "added":
        yield RemoveMention(mention=place.item.mention.id)
    elif item.disposition is not None:
        found = place.item.candidate
        mention = found.as_mention() if found and item.disposition == "rejected" else place.item.mention
        yield SettleMention(disposition=item.disposition, mention=mention, reason=reason)


def _like(session: Session, mention: Mention, mention_id: str, where: Span) -> Mention:
    quote = where.of(session.article.text)
    return mention.model_copy(update={"id": mention_id, "start": where.start, "end": where.end, "quote": quote})
