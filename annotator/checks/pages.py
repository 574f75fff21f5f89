"""Rules over the prose of the guidelines: its worked examples against the articles, and against the newest gold.

An article that is not there is no finding, nor is a claim on one that the newest release does not have: a workspace of
other articles keeps our pages and is told nothing of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotator.checks.claims import full_id, holds
from annotator.checks.rule import Found, RuleBook, unknown
from annotator.model.pages import CHANGES, INDEX, Handbook, handbook
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.worked_example import Claim, Example, FillsRole, Range, SameEvent, read_examples

_SHOWN = 3
"""How many places a finding names at which the quote stands."""
_LONGEST = 60
"""How much of what stands at the range a finding shows, in code points."""


@dataclass(frozen=True)
class Prose:
    """The pages of the guidelines, with all that their examples are held against."""

    pages: Mapping[str, str]
    """By name, as `numbers.md`."""
    schema: Schema
    registry: Registry
    texts: Mapping[str, str] = field(default_factory=dict)
    """The articles' stored texts by id."""
    gold: Mapping[str, GoldRecord] = field(default_factory=dict)
    """The records of the newest release by article id; none when there is no release."""

    @cached_property
    def examples(self) -> tuple[tuple[str, Example], ...]:
        """Every example with the name of its page."""
        return tuple(
            (name, example)
            for name, page in sorted(self.pages.items())
            for example in read_examples(page, self.schema, self.registry)
        )

    @cached_property
    def handbook(self) -> Handbook:
        """The pages in their order."""
        return handbook(self.pages)

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """Give every claim that could be read, with where it stands."""
        for name, example in self.examples:
            for claim in example.claims:
                yield _at(name, claim.line), claim


PAGES: RuleBook[Prose] = RuleBook("pages")
"""Rules over the prose of the guidelines."""


def _at(name: str, line: int) -> str:
    return f"guidelines/{name}, line {line}"


@PAGES.rule("guidelines.example-form", "error", "A line of a worked example cannot be read.")
def _unreadable(prose: Prose) -> Iterator[Found]:
    for name, example in prose.examples:
        for line, message in example.slips:
            yield Found(_at(name, line), message)


@PAGES.rule("guidelines.example", "error", "A worked example's quote does not stand where it says.")
def _misquoted(prose: Prose) -> Iterator[Found]:
    for where, claim in prose.claims():
        named = full_id(claim.article, prose.texts)
        if len(named) > 1:
            yield Found(where, f"{claim.article!r} begins the ids {', '.join(named)}. Write more of the one meant.")
        elif named:
            if (message := _elsewhere(claim, prose.texts[named[0]])) is not None:
                yield Found(where, message)
            yield from _beyond(where, claim, named[0], prose.texts)
        elif len(claim.quote) != claim.place.end - claim.place.start:
            told = f"has {len(claim.quote)} code points, its range {claim.place.end - claim.place.start}"
            yield Found(where, f"The quote {told}. Count again: one of the two is wrong.")


def _elsewhere(claim: Claim, text: str) -> str | None:
    """Say what stands at the range and where the quote does, nearest first; None when all is well."""
    start, end = claim.place.span
    there = text[start:end]
    if there == claim.quote and end <= len(text):
        return None
    told = f"At {start}-{end} stands {_one_line(there)}" if there else f"{start} lies behind the end, {len(text)}"
    places = [found.start() for found in re.finditer(f"(?={re.escape(claim.quote)})", text)] if claim.quote else []
    nearest = sorted(places, key=lambda place: abs(place - start))[:_SHOWN]
    if not nearest:
        return f"{told}; the quote stands nowhere in {claim.article}. Copy the words as they are stored."
    shown = ", ".join(f"{place}-{place + len(claim.quote)}" for place in nearest)
    more = f" and {len(places) - len(nearest)} more" if len(places) > len(nearest) else ""
    return f"{told}; the quote stands at {shown}{more}. Correct the range or the quote."


def _one_line(text: str) -> str:
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return '"{}"'.format(shown.replace("\n", "\\n"))


def _beyond(where: str, claim: Claim, article_id: str, texts: Mapping[str, str]) -> Iterator[Found]:
    """Find a trigger that the claim names by its range alone, and that no text has."""
    if isinstance(claim.says, SameEvent):
        named = full_id(claim.says.article, texts)
        if len(named) > 1:
            yield Found(
                where, f"{claim.says.article!r} begins the ids {', '.join(named)}. Write more of the one meant."
            )
        trigger, text = claim.says.trigger, texts[named[0]] if len(named) == 1 else None
    elif isinstance(claim.says, FillsRole):
        trigger, text = claim.says.trigger, texts[article_id]
    else:
        return
    if text is not None and trigger.end > len(text):
        yield Found(where, f"The trigger's range {_written(trigger)} lies behind the article's end, {len(text)}.")


def _written(place: Range) -> str:
    return f"{place.start}-{place.end}"


@PAGES.rule(
    "guidelines.example-gold", "error", "Gold lacks what a worked example calls right, or holds what is called wrong."
)
def _gainsaid(prose: Prose) -> Iterator[Found]:
    for where, claim in prose.claims():
        held = holds(claim, prose.gold)
        if held is not None and held != claim.right:
            says = "lacks what is called right" if claim.right else "holds what is called wrong"
            told = f"{claim.article} {_written(claim.place)} {_one_line(claim.quote)} {claim.told}"
            yield Found(where, f"Gold {says} here: {told}. One of the two must change.")


@PAGES.rule("guidelines.link", "error", "A link of a page leads to no page, or to no heading.")
def _leads_nowhere(prose: Prose) -> Iterator[Found]:
    book = prose.handbook
    for page in book.pages:
        for line, name, anchor in page.links():
            target = book.by_name.get(name) if name else page
            if target is None:
                yield Found(_at(page.name, line), unknown(name, "a page", book.by_name))
            elif anchor and anchor not in (anchors := [heading.anchor for heading in target.headings]):
                yield Found(_at(page.name, line), unknown(anchor, f"a heading of {target.name}", anchors))


@PAGES.rule("guidelines.index", "warning", "A page is not in the index, so that nobody is led to it.")
def _not_listed(prose: Prose) -> Iterator[Found]:
    book = prose.handbook
    for page in book.pages:
        if page.name not in (INDEX, CHANGES) and page.name not in book.listed:
            yield Found(f"guidelines/{page.name}", f"Give it a row in the table of pages in {INDEX}.")


def check_pages(prose: Prose) -> tuple[Problem, ...]:
    """Give what is wrong with the worked examples of the pages."""
    return PAGES.check(prose)
