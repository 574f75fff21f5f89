"""What gold says of one article, as text: a head, the article with its mentions marked, then the events as frames.

The lines go through a pipe as well as to a terminal; how the article itself is written on a terminal is the matter of
`annotator.tui.printed`. Everything of an article is made safe to show here.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotator.cli.gold.marked_text import pieces, step
from annotator.gold.telling import Telling, all_attributes, place_of, rejection, where
from annotator.model.article import READ_REGIONS, Region
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.text.span import span
from annotator.workflow.gold_showing import ShownArticle

_DIGITS = 12

_WITH_ENTRY = {"actor", "place"}
"""Kinds whose mentions stand for an entry of the registry."""


def head_lines(article: ShownArticle) -> Iterator[str]:
    """Give which article it is, how much gold has of it and who made that."""
    record, made = article.record, article.record.provenance
    yield display(article.title)
    yield display(f"{record.article_id}, {record.language}: {Telling(record).all()}")
    people = f"annotators {', '.join(made.annotators) or 'none'}; adjudicator {made.adjudicator}"
    yield display(f"{people}; decisions {made.decisions_sha256[:_DIGITS]}")
    for one in made.taken_from or ():
        yield display(f"{one.person} taken from {one.file} ({one.format}, sha256:{one.sha256[:_DIGITS]})")


def bracketed(article: ShownArticle) -> str:
    """Give the article with each mention in brackets: `[number m17 3409-3418 (6 persons): 6 members]`.

    Before the words stand kind, id, place in code points and what it means. A mention that goes on where another one
    ends is closed there and opened again: `[… m17: members]`. Each line has in front where it begins, and a ~ where
    boilerplate lies in it.
    """
    text, telling, width = article.text, Telling(article.record), len(str(len(article.text)))
    begins = {0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")}
    parts, before = list[str](), tuple[Mention, ...]()
    for piece in pieces(len(text), article.record.mentions, begins):
        closed, opened = step(before, piece.over)
        parts.append("]" * len(closed))
        if piece.start in begins and text[piece.start] != "\n":
            parts.append(f"{piece.start:>{width}}{'~' if _unread_in_line(article, piece.start) else ' '} ")
        parts += (_opening(one, telling, again=one.start < piece.start) for one in opened)
        parts.append(shown_lines(text[piece.start : piece.end]))
        before = piece.over
    return "".join([*parts, "]" * len(before)])


def _unread(record: GoldRecord) -> list[Region]:
    return [region for region in record.regions if region.kind not in READ_REGIONS]


def _unread_in_line(article: ShownArticle, start: int) -> bool:
    end = article.text.find("\n", start)
    line = span(start, end if end >= 0 else len(article.text))
    return any(line.overlaps(region.span) for region in _unread(article.record))


def _opening(mention: Mention, telling: Telling, *, again: bool) -> str:
    if again:
        return f"[… {display(mention.id)}: "
    meaning = _meaning(mention, telling)
    told = (mention.kind, mention.id, f"{mention.start}-{mention.end}", mention.label, meaning and f"({meaning})")
    return f"[{display(' '.join(filter(None, told)))}: "


def _meaning(mention: Mention, telling: Telling) -> str:
    """Give the entry and value of a mention; `no entry` for an actor or place that has none."""
    entry = mention.ref or ("no entry" if mention.kind in _WITH_ENTRY else None)
    return " ".join(filter(None, (entry, telling.value(mention.value))))


def shown_lines(text: str) -> str:
    """Give text with its lines kept and all else in it made safe to show."""
    return "\n".join(map(display, text.split("\n")))


def frame_lines(article: ShownArticle, records: Sequence[GoldRecord]) -> Iterator[str]:
    """Give the events as frames, what belongs to none of them, and what was rejected.

    `records` are those of the whole version: a frame names the other events that share its hub.
    """
    telling = Telling(article.record)
    for event in article.record.events:
        yield ""
        yield from map(display, _frame(event, telling, records))
    yield from _others(article, telling)


def _frame(event: Event, telling: Telling, records: Sequence[GoldRecord]) -> Iterator[str]:
    yield f"{event.id} {event.type}: {', '.join(all_attributes(event))}"
    rows = [("trigger", where(place_of(telling.by_id[trigger]))) for trigger in event.triggers]
    rows += [
        (f"{held.role}{f' of {held.of}' if held.of else ''}", _filling(telling.by_id[held.mention], telling))
        for held in telling.in_order(event)
    ]
    if event.hub is not None:
        others = list(_sharing(event, telling.record, records)) or ["shared with no other event"]
        rows += [(f"hub {event.hub}", told) for told in others]
    width = max(len(name) for name, _ in rows)
    yield from (f"  {name:<{width}}  {told}" for name, told in rows)


def _sharing(event: Event, record: GoldRecord, records: Sequence[GoldRecord]) -> Iterator[str]:
    """Give the other events of an event's hub: article, id, type and main trigger."""
    for one in records:
        for other in one.events:
            if other.hub == event.hub and (one.article_id, other.id) != (record.article_id, event.id):
                trigger = next(mention for mention in one.mentions if mention.id == other.triggers[0])
                yield f"{one.article_id} {other.id} {other.type} on {where(place_of(trigger))}"


def _filling(mention: Mention, telling: Telling) -> str:
    meaning = _meaning(mention, telling)
    return f"{where(place_of(mention))}{f' ({meaning})' if meaning else ''}"


def _others(article: ShownArticle, telling: Telling) -> Iterator[str]:
    record = article.record
    unread = (f"{region.kind} {region.start}-{region.end}" for region in _unread(record))
    yield from _listed("boilerplate, in which nothing is read", unread)
    used = {name for event in record.events for name in event.mentions}
    alone = [one for one in record.mentions if one.id not in used]
    yield from _listed(
        counted(len(alone), "mention") + " in no event",
        (f"{' '.join(filter(None, (one.id, one.kind, one.label)))}: {_filling(one, telling)}" for one in alone),
    )
    yield from _listed(
        counted(len(record.rejected), "candidate") + " rejected",
        (f"{rejection(one)}: {where(place_of(one))}" for one in record.rejected),
    )


def _listed(told: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield ""
        yield told
        yield from (f"  {display(line)}" for line in listed)
