"""Articles of a version of gold as one HTML page: the text with its mentions, then the events as cards.

Every place can be linked to: an article as `#001`, a mention or event of it as `#001-m17`, by the number of its place
in the table of contents.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from annotator.cli.gold.article_style import style
from annotator.cli.gold.marked_text import Piece, pieces, step
from annotator.cli.html_page import html_page, safe
from annotator.gold.pin import parse_pinned, pinned
from annotator.gold.telling import Telling, all_attributes, rejection
from annotator.model.article import READ_REGIONS
from annotator.model.event import Event
from annotator.model.mention import KINDS, Mention
from annotator.text.bidi.levels import base_level
from annotator.text.counted import counted
from annotator.text.display import undirected
from annotator.workflow.gold_showing import ShownArticle, ShownGold

_DIGITS = 16

Links = Mapping[str, Sequence[tuple[str, str]]]
"""Where each hub is told on the page: the link to an event, and what it is called."""


def gold_page(shown: ShownGold) -> str:
    """Give the page of the articles, with a table of contents where there are several."""
    gold = shown.gold
    pages = [_ArticlePage(article, f"{number:03}") for number, article in enumerate(shown.articles, start=1)]
    hubs = _hubs(pages)
    title = f"Gold {gold.name.version}"
    named = pinned(parse_pinned(gold.written).path, gold.name.sha256)
    head = f"<h1>{safe(title)}</h1><p class=soft><code>{safe(named)}</code></p>"
    contents = _contents(pages) if len(pages) > 1 else ""
    legend = " ".join(f'<span class="m k-{kind}">{kind}</span>' for kind in KINDS)
    body = "".join(page.html(hubs) for page in pages)
    told = f"{title}: {shown.articles[0].title}" if len(pages) == 1 else title
    return html_page(told, f"{head}{contents}<p class=legend>{legend}</p>{body}", style())


def _contents(pages: Iterable["_ArticlePage"]) -> str:
    rows = "".join(
        f'<li><a href="#{page.anchor}"><bdi dir="{page.direction}">{safe(page.article.title)}</bdi></a>'
        f" <span class=soft>{page.told}</span>"
        for page in pages
    )
    return f"<nav><ol>{rows}</ol></nav>"


def _hubs(pages: Iterable["_ArticlePage"]) -> Links:
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        for event in page.record.events:
            if event.hub is not None:
                main = page.telling.by_id[event.triggers[0]]
                told = f"{page.record.article_id} {main.start}–{main.end}"
                found.setdefault(event.hub, []).append((page.link(event.id), told))
    return found


class _ArticlePage:
    """One article of the page."""

    def __init__(self, article: ShownArticle, anchor: str) -> None:
        self.article, self.record, self.anchor = article, article.record, anchor
        self.telling = Telling(article.record)
        self.direction = _direction(article.title)

    @property
    def told(self) -> str:
        """Which article it is, and how much gold has of it, as HTML."""
        return safe(f"{self.record.article_id}, {self.record.language}: {self.telling.all()}")

    def link(self, name: str) -> str:
        """Give the anchor of a mention or event."""
        return f"{self.anchor}-{name}"

    def html(self, hubs: Links) -> str:
        """Give the article as a section."""
        record, made = self.record, self.record.provenance
        people = f"annotators {', '.join(made.annotators) or 'none'}; adjudicator {made.adjudicator}"
        taken = [f"{one.person} taken from {one.file} ({one.format})" for one in made.taken_from or ()]
        people = "; ".join((people, *taken))
        events = "".join(self._event(event, hubs) for event in record.events)
        return (
            f'<article id="{self.anchor}"><h2 dir="{self.direction}">{safe(self.article.title)}</h2>'
            f"<p class=soft>{self.told}.<br>Made by {safe(people)}; decisions"
            f" <code>{made.decisions_sha256[:_DIGITS]}</code></p>"
            f'<div class=text lang="{escape(record.language)}">{"".join(self._paragraphs())}</div>'
            f"<h3>{counted(len(record.events), 'event')}</h3><div class=events>{events}</div>{self._rejected()}"
            "</article>"
        )

    # The text

    def _paragraphs(self) -> Iterator[str]:
        text, unread = self.article.text, [one.span for one in self.record.regions if one.kind not in READ_REGIONS]
        started: set[str] = set()
        breaks = [edge for place, letter in enumerate(text) if letter == "\n" for edge in (place, place + 1)]
        breaks += [edge for stretch in unread for edge in stretch]
        inside: list[str] = []
        before: tuple[Mention, ...] = ()
        start = 0
        for piece in (*pieces(len(text), self.record.mentions, breaks), Piece(len(text), len(text), ())):
            words = text[piece.start : piece.end]
            end_of_paragraph = words == "\n" or piece.start == len(text)
            closed, opened = step(before, () if end_of_paragraph else piece.over)
            inside += ["</mark>"] * len(closed)
            before = () if end_of_paragraph else piece.over
            if end_of_paragraph:
                if inside:
                    yield f'<p dir="{_direction(text[start : piece.start])}">{"".join(inside)}</p>'
                inside, start = [], piece.end
                continue
            inside += [self._mark(mention, started) for mention in opened]
            dim = any(stretch.start <= piece.start < stretch.end for stretch in unread)
            inside.append(f"<s>{safe(words)}</s>" if dim else safe(words))

    def _mark(self, mention: Mention, started: set[str]) -> str:
        """Give the opening of a mention's mark; the first of its pieces carries the anchor."""
        anchor = "" if mention.id in started else f' id="{self._anchor(mention.id)}"'
        started.add(mention.id)
        told = f"{mention.id} {self.telling.mention(mention)} [{mention.start}, {mention.end})"
        return f'<mark class="m k-{mention.kind}"{anchor} title="{safe(told)}">'

    def _anchor(self, name: str) -> str:
        return escape(self.link(name))

    # The events

    def _event(self, event: Event, hubs: Links) -> str:
        rows = [("trigger", self._place(self.telling.by_id[trigger])) for trigger in event.triggers]
        for held in self.telling.in_order(event):
            mention = self.telling.by_id[held.mention]
            of = f" <span class=soft>of {safe(held.of)}</span>" if held.of else ""
            says = " ".join(filter(None, (mention.ref, self.telling.value(mention.value))))
            told = f" <span class=soft>{safe(says)}</span>" if says else ""
            rows.append((f"{safe(held.role)}{of}", f"{self._place(mention)}{told}"))
        chips = "".join(f"<span class=chip>{safe(one)}</span>" for one in all_attributes(event))
        table = "".join(f"<tr><th>{name}</th><td>{told}</td></tr>" for name, told in rows)
        return (
            f'<section class="card event" id="{self._anchor(event.id)}">'
            f"<h4>{safe(event.type)} <span class=soft>{safe(event.id)}</span> {chips}</h4>"
            f"<table>{table}{self._hub(event, hubs)}</table></section>"
        )

    def _place(self, mention: Mention) -> str:
        return (
            f'<a class="m k-{mention.kind}" href="#{self._anchor(mention.id)}">'
            f'<bdi dir="auto">{safe(mention.quote)}</bdi></a>'
            f" <span class=soft>{mention.start}–{mention.end}</span>"
        )

    def _hub(self, event: Event, hubs: Links) -> str:
        if event.hub is None:
            return ""
        others = [(link, told) for link, told in hubs[event.hub] if link != self.link(event.id)]
        linked = ", ".join(f'<a href="#{escape(link)}">{safe(told)}</a>' for link, told in others)
        told = f" told again: {linked}" if linked else ""
        return f"<tr><th>hub</th><td>{safe(event.hub)}{told}</td></tr>"

    def _rejected(self) -> str:
        if not self.record.rejected:
            return ""
        rows = "".join(
            f'<li><bdi dir="auto">{safe(one.quote)}</bdi> <span class=soft>{one.start}–{one.end}'
            f" {safe(rejection(one))}</span>"
            for one in self.record.rejected
        )
        return f"<h3>{counted(len(self.record.rejected), 'candidate')} rejected</h3><ul>{rows}</ul>"


def _direction(paragraph: str) -> str:
    """Give the direction of a paragraph, as the bidi algorithm has it, whatever marks an article puts in front."""
    return "rtl" if base_level(undirected(paragraph)) else "ltr"
