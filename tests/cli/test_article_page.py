"""Whatever an article and its mentions look like, the page shows the text once, in order, and is well formed."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.gold.article_page import gold_page
from annotator.model.article import Region
from annotator.model.canonical import sha256
from annotator.model.event import Argument, Event
from annotator.model.mention import KINDS, Mention
from annotator.model.record import GoldRecord, Provenance
from annotator.scoring.signature import GoldName
from annotator.text.display import display
from annotator.workflow.gold_diff import GoldSide
from annotator.workflow.gold_showing import ShownArticle, ShownGold

TEXTS = st.text("ab <>&\"'\n\u202e\x1bقص", min_size=1, max_size=20)


@st.composite
def articles(draw: st.DrawFn) -> ShownArticle:
    """An article with mentions within and across one another and its lines, and an event of the first of them."""
    text = draw(TEXTS)
    places = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), max_size=5))
    mentions = []
    for number, (start, size) in enumerate(places, start=1):
        end = min(len(text), start + size)
        if not text[start:end].strip("\n"):
            continue
        kind = draw(st.sampled_from(KINDS))
        mentions.append(Mention(id=f"m{number}", kind=kind, start=start, end=end, quote=text[start:end], label=text))
    triggers = [mention.id for mention in mentions][:1]
    held = tuple(Argument(role=text, mention=mention.id, of=text) for mention in mentions)
    record = GoldRecord(
        article_id="a",
        language="en",
        text_sha256=sha256(text.encode()),
        regions=(Region(kind="navigation", start=0, end=draw(st.integers(1, len(text)))),),
        mentions=tuple(mentions),
        events=tuple(Event(id="e1", type=text, triggers=(one,), arguments=held, hub=text) for one in triggers),
        complete=True,
        provenance=Provenance(annotators=(text,), adjudicator=text, decisions_sha256="0" * 64),
    )
    return ShownArticle(record, text)


class Read(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.paragraphs: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_ones = dict(attrs)
        self.tags.add(tag)
        self.ids += [one for one in [given_ones.get("id")] if one]
        self.links += [one for one in [given_ones.get("href")] if one]
        if tag == "p" and "dir" in given_ones:
            self.paragraphs.append("")
        if tag not in {"meta", "br", "li"}:
            self.open.append("line" if tag == "p" and "dir" in given_ones else tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() in ({tag, "line"} if tag == "p" else {tag})

    def handle_data(self, data: str) -> None:
        if "line" in self.open:
            self.paragraphs[-1] += data


@given(st.lists(articles(), min_size=1, max_size=2))
def test_the_text_is_there_once_and_every_tag_is_closed(shown: list[ShownArticle]):
    gold = GoldSide("gold.jsonl", GoldName(), tuple(article.record for article in shown), None)
    written = gold_page(ShownGold(gold, tuple(shown)))
    page = Read(written)
    assert page.open == []
    assert not {"\x1b", "\u202e"} & set(written)
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "code", "nav", "ol", "ul", "li",
        "a", "bdi", "span", "article", "div", "mark", "s", "section", "table", "tr", "th", "td", "br",
    }  # fmt: skip
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    lines = [line for article in shown for line in article.text.split("\n") if line]
    assert page.paragraphs == [display(line) for line in lines]
    for number, article in enumerate(shown, start=1):
        assert {f"{number:03}-{one.id}" for one in article.record.mentions} <= set(page.ids)
