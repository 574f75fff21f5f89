"""The report on agreement as a screen and as a page: it fits, it hides nothing, and no article can steer it."""

import html.parser
import re
from typing import Any

import pytest

from annotator.agreement.agree import agree
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import AgreementReport
from annotator.cli.agree_page import agreement_page
from annotator.cli.agree_text import agreement_screen
from annotator.model.annotation import Annotation, Settled
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.value import NumberValue

TYPES = ["clash.armed", "strike.air", "protest", "arrest", "bombing.ied"]
HOSTILE = '<script>alert(1)</script>\u202egnp\x1b[2J" onload="x'


def annotation(seed: int, slip: int, quote: str = "قصفت") -> Annotation:
    """Six events; who slips differs in some types, numbers and edges."""
    settled: dict[str, Settled] = {}
    events = {}
    for at in range(6):
        label = TYPES[(seed + at + (slip if at % 3 == 0 else 0)) % len(TYPES)]
        start = at * 50 + (slip if at % 2 else 0)
        trigger = Mention(id=f"t{at}", kind="trigger", start=start, end=at * 50 + 9, quote=quote, label=label)
        number = Mention(
            id=f"n{at}", kind="number", start=at * 50 + 20, end=at * 50 + 22, quote="12",
            value=NumberValue(low=at + (slip if at == 4 else 0), unit="persons"),
        )  # fmt: skip
        settled |= {one.id: Settled(one, "confirmed") for one in (trigger, number)}
        role = "wounded" if slip and at == 5 else "killed"
        events[f"e{at}"] = Event(
            id=f"e{at}", type=label, triggers=(trigger.id,), arguments=(Argument(role=role, mention=number.id),)
        )
    return Annotation(settled=settled, events=events, finished=True)


def report(articles: int, people: int = 3, quote: str = "قصفت") -> AgreementReport:
    said = [
        Labelled(
            f"{at:03}_f9e0462914e4000a",
            "ar" if at % 2 else "en",
            {f"a{who}": annotation(at, who % 3, quote) for who in range(1, people + 1)},
            adjudicated=annotation(at, 0),
        )
        for at in range(articles)
    ]
    return agree(said, trials=40)


@pytest.fixture(scope="module")
def three() -> AgreementReport:
    return report(24)


def test_three_annotators_fit_one_screen(three: AgreementReport) -> None:
    lines = agreement_screen(three).removesuffix("\n").split("\n")
    assert max(map(len, lines)) <= 100
    assert len(lines) <= 42
    for told in ("mean of pairs", "event type", "numbers, ordinal", "against what was settled", "types taken for",
                 "edges, ar", "the gravest", "over time", "seed:13"):  # fmt: skip
        assert any(told in line for line in lines), told


def test_a_figure_on_too_few_articles_is_marked_on_the_screen() -> None:
    few = agreement_screen(report(5))
    assert re.search(r"mean of pairs +\d+\.\d\* \[", few)
    assert not re.search(r"mean of pairs +\d+\.\d\*", agreement_screen(report(24)))


def test_one_category_throughout_is_marked(three: AgreementReport) -> None:
    assert re.search(r"certainty +alpha 1\.00=\s", agreement_screen(three))


@pytest.mark.parametrize("made", [report(0), report(3, people=1)], ids=["nothing", "one alone"])
def test_nothing_to_compare_is_said_and_no_figure_is_made_up(made: AgreementReport) -> None:
    assert agreement_screen(made).startswith("No article was finished by two annotators yet")
    assert "1.00" not in agreement_screen(made)
    assert "nothing to compare" in agreement_page(made)


def test_nothing_of_an_article_steers_the_terminal() -> None:
    screen = agreement_screen(report(3, quote=HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", screen)


class Seen(html.parser.HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_hostile_article_is_text_on_the_page_and_nothing_else() -> None:
    seen = Seen(agreement_page(report(3, quote=HOSTILE)))
    assert "script" not in seen.tags
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert any("<script>alert(1)</script>" in text for text in seen.text), "and the reader sees what was there"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", "".join(seen.text))


def test_the_page_asks_nothing_of_the_network(three: AgreementReport) -> None:
    page = agreement_page(three)
    assert not re.search(r"https?:|//|url\(|@import|<link|<img|<script|src=", page.replace("<!doctype", ""))
    assert "default-src 'none'" in page


def test_the_page_has_all_that_the_report_has(three: AgreementReport) -> None:
    seen = Seen(agreement_page(three))
    text = " ".join(seen.text)
    for told in ("Who agrees with whom", "Types taken for one another", "How far edges lie apart", "Over time",
                 "The gravest of", "Against what was settled", "seed:13"):  # fmt: skip
        assert told in text, told
    assert "polyline" in seen.tags
    assert "rect" in seen.tags
    assert any(name == "style" and (value or "").startswith("--v:") for name, value in seen.attributes)
    assert ("dir", "auto") in seen.attributes, "an Arabic quote runs from the right"


def test_every_tag_of_the_page_is_closed(three: AgreementReport) -> None:
    page = agreement_page(three)
    for tag in ("table", "tr", "td", "th", "svg", "div", "p", "figure", "bdi", "thead"):
        assert len(re.findall(rf"<{tag}[ >]", page)) == page.count(f"</{tag}>"), tag
