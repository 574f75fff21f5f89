"""The prose of the guidelines: Markdown pages in the order of their index, their headings, and what they belong to.

The index is the table in `README.md` whose rows begin with a link to a page and end with the words, in backticks, by
which a screen finds it from what is at the cursor: `| [numbers](numbers.md) | … | `number` |`. Such a word is a kind of
mention, `event`, `rejected`, an event type or a role. Inside a page a heading or a rule (a paragraph that begins bold)
that has the word in backticks is the place to open it at. This module never reads the disk.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.model.fences import outside_fences

PAGE = ".md"
"""How the name of a page ends."""
INDEX = "README.md"
"""The page that holds the index. It comes first."""
CHANGES = "CHANGELOG.md"
"""The page that says what changed. It comes last, and no index need list it."""

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(?=\S)(.*)")
_RULE = re.compile(r" {0,3}(?:[-*] )?\*\*(?:\d+\. )?(.*?)(?:\*\*|$)")
_ROW = re.compile(r"\s*\|\s*\[[^\]]*\]\(([^)#\s]+\.md)\)\s*\|(.*)\|\s*")
_LINK = re.compile(r"(?<!!)\[[^][]*\]\(\s*<?([^)\s>]+)")
_CODE = re.compile(r"`([^`]*)`")


class Heading(NamedTuple):
    """A heading of a page."""

    line: int
    """Where it stands, counted from 1."""
    depth: int
    """1 for the page's title."""
    told: str
    """As it is written."""
    anchor: str
    """What a link to it names behind the #."""


class Link(NamedTuple):
    """A link of a page to a page, or to a heading."""

    line: int
    page: str
    """Empty for the page itself."""
    anchor: str
    """Empty for the page's beginning."""


@dataclass(frozen=True)
class Page:
    """One page of prose."""

    name: str
    """Of its file, as `numbers.md`."""
    text: str
    topics: tuple[str, ...] = ()
    """What the index says that it belongs to."""

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings in order."""
        found: list[Heading] = []
        taken: dict[str, int] = {}
        for line, text in outside_fences(self.text):
            if heading := _HEADING.fullmatch(text):
                told = _told(heading[2])
                anchor = anchor_of(told)
                times = taken[anchor] = taken.get(anchor, -1) + 1
                found.append(Heading(line, len(heading[1]), told, f"{anchor}-{times}" if times else anchor))
        return tuple(found)

    @property
    def title(self) -> str:
        """What to call it: its first heading, else its name."""
        return self.headings[0].told if self.headings else self.name.removesuffix(PAGE)

    def links(self) -> Iterator[Link]:
        """Give its links to pages of the guidelines; those to anywhere else are nobody's concern here."""
        for line, text in outside_fences(self.text):
            for found in _LINK.finditer(_CODE.sub("", text)):
                page, _, anchor = found[1].partition("#")
                if (page.endswith(PAGE) and "/" not in page) or (not page and anchor):
                    yield Link(line, page, anchor)

    def line_about(self, topic: str) -> int | None:
        """Give the line of its first heading or rule that has the word in backticks, or None.

        One that begins with the word comes before one that has it elsewhere.
        """
        return self._led.get(topic) or self._named.get(topic)

    def begins_with(self, topic: str) -> bool:
        """Tell whether a heading or rule of it begins with the word in backticks."""
        return topic in self._led

    @cached_property
    def _leads(self) -> tuple[tuple[int, str], ...]:
        """Its headings and the bold beginnings of its rules."""
        leads = ((line, _HEADING.fullmatch(text), _RULE.match(text)) for line, text in outside_fences(self.text))
        return tuple((line, _told(heading[2]) if heading else rule[1] if rule else "") for line, heading, rule in leads)

    @cached_property
    def _led(self) -> dict[str, int]:
        found = ((line, _CODE.match(lead)) for line, lead in reversed(self._leads))
        return {code[1]: line for line, code in found if code}

    @cached_property
    def _named(self) -> dict[str, int]:
        return {code: line for line, lead in reversed(self._leads) for code in _CODE.findall(lead)}


def _told(heading: str) -> str:
    """Give the words of a heading without the signs that may close it: by hand, as a pattern would try all ways."""
    return heading.rstrip().rstrip("#").rstrip() or "#"


def anchor_of(heading: str) -> str:
    """Give the anchor of a heading as forges make it: small letters, hyphens for blanks, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@dataclass(frozen=True)
class Handbook:
    """All pages, in the order of the index; those that it does not list come behind, by name, the changes last."""

    pages: tuple[Page, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Page]:
        """Pages by name."""
        return {page.name: page for page in self.pages}

    @cached_property
    def listed(self) -> frozenset[str]:
        """The pages that the index lists."""
        return frozenset(name for name, _ in _rows(self.by_name.get(INDEX)))

    def about(self, topics: Sequence[str]) -> tuple[tuple[Page, int], ...]:
        """Give the pages on any of `topics` with the line to open each at, those on the first topic first.

        A page is on a topic when the index says so, which comes first, or when one of its headings or rules does.
        """

        def nearness(page: Page, topic: str) -> tuple[bool, bool, int, int]:
            place = next((place for place, one in enumerate(topics) if one in page.topics), len(topics))
            # A page on many things comes behind one on this alone.
            return topic not in page.topics, not page.begins_with(topic), place, len(page.topics)

        found: dict[str, tuple[Page, int]] = {}
        for topic in topics:
            nearest = sorted((nearness(page, topic), place) for place, page in enumerate(self.pages))
            for page in (self.pages[place] for _, place in nearest):
                if topic in page.topics or page.line_about(topic):
                    found.setdefault(page.name, (page, _first_line(page, topics)))
        return tuple(found.values())


def _first_line(page: Page, topics: Iterable[str]) -> int:
    """Give the line about the first of the topics that has one, or the page's beginning."""
    return next((line for topic in topics if (line := page.line_about(topic))), 1)


def handbook(pages: Mapping[str, str]) -> Handbook:
    """Give the pages in order, each with what it belongs to."""
    index = Page(INDEX, pages[INDEX]) if INDEX in pages else None
    topics = dict(_rows(index))
    names = dict.fromkeys(chain([INDEX], topics, sorted(pages, key=lambda name: (name == CHANGES, name))))
    return Handbook(tuple(Page(name, pages[name], topics.get(name, ())) for name in names if name in pages))


def _rows(index: Page | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    for _, line in outside_fences(index.text) if index else ():
        if row := _ROW.fullmatch(line):
            _, *found_from = row[2].split("|")
            yield row[1], tuple(_CODE.findall(" ".join(found_from)))


def read_pages(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the text of each page by its name, with lines ending at LF.

    Raises `Refusal` `guidelines.syntax` naming file and line of what is not UTF-8.
    """
    return {name: _text(name, files[name]) for name in sorted(files)}


def _text(name: str, data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refusal(
            "guidelines.syntax", f"guidelines/{name}, line {line} is not UTF-8.", "Save it as UTF-8."
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
