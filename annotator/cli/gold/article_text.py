"""What gold says of one article, as text: a head, the article with its mentions marked, then the events as frames.

The lines go through a pipe as well as to a terminal; how the article itself is written on a terminal is the matter of
`annotator.tui.printed`. Everything of an article is made safe to show here.
"""

from collections.abc import Iterable, Iterator

from annotator.cli.gold.marked_text import pieces, step
from annotator.gold.telling import Telling, attributes, place_of, rejection, where
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.workflow.gold_showing import ShownArticle

_DIGITS = 12


def head_lines(article: ShownArticle) -> Iterator[str]:
    """Give which article it is, how much gold has of it and who made that."""
    record, made = article.record, article.record.provenance
    yield display(article.title)
    yield display(f"{record.article_id}, {record.language}: {Telling(record).all()}")
    people = f"annotators {', '.join(made.annotators) or 'none'}; adjudicator {made.adjudicator}"
    yield display(f"{people}; decisions {made.decisions_sha256[:_DIGITS]}")


def bracketed(article: ShownArticle) -> str:
    """Give the article with each mention in brackets behind its kind and id: `[number m17: 6 members]`.

    A mention that goes on where another one ends is closed there and opened again.
    """
    parts, before = list[str](), tuple[Mention, ...]()
    for piece in pieces(len(article.text), article.record.mentions):
        closed, opened = step(before, piece.over)
        parts += ["]" * len(closed), *(f"[{one.kind} {one.id}: " for one in opened)]
        parts.append(shown_lines(article.text[piece.start : piece.end]))
        before = piece.over
    return "".join([*parts, "]" * len(before)])


def shown_lines(text: str) -> str:
    """Give text with its lines kept and all else in it made safe to show."""
    return "\n".join(map(display, text.split("\n")))


def frame_lines(article: ShownArticle) -> Iterator[str]:
    """Give the events as frames, what belongs to none of them, and what was rejected."""
    telling = Telling(article.record)
    for event in article.record.events:
        yield ""
        yield from map(display, _frame(event, telling))
    yield from _others(article, telling)


def _frame(event: Event, telling: Telling) -> Iterator[str]:
    said = ", ".join([*attributes(event), *([f"hub {event.hub}"] if event.hub else [])])
    yield f"{event.id} {event.type}{f': {said}' if said else ''}"
    rows = [("trigger", where(place_of(telling.by_id[trigger]))) for trigger in event.triggers]
    rows += [
        (f"{held.role}{f' of {held.of}' if held.of else ''}", telling.filling(held)) for held in telling.in_order(event)
    ]
    width = max(len(name) for name, _ in rows)
    yield from (f"  {name:<{width}}  {told}" for name, told in rows)


def _others(article: ShownArticle, telling: Telling) -> Iterator[str]:
    record = article.record
    used = {name for event in record.events for name in event.mentions}
    alone = [one for one in record.mentions if one.id not in used]
    yield from _listed(
        counted(len(alone), "mention") + " in no event",
        (f"{one.id} {telling.mention(one)}: {where(place_of(one))}" for one in alone),
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
