"""Saying which region of an article a stretch is: read, or boilerplate in which nothing is labelled."""

from collections.abc import Sequence

from annotator.model.article import READ_REGIONS, Region, RegionKind
from annotator.model.decision import SetRegions, SettleMention
from annotator.text.span import Span, span
from annotator.workflow.session import Item, Session

_BOILERPLATE = "boilerplate"
"""The reason for rejecting what stands in boilerplate, where the schema has it."""


def region_at(regions: Sequence[Region], offset: int) -> Region | None:
    """Give the region that holds the code point at `offset`, or None: between regions there are blank lines."""
    return next((region for region in regions if region.start <= offset < region.end), None)


def paragraph_at(text: str, offset: int) -> Span:
    """Give the line of the stored text that holds `offset`, in code points, without the LF that ends it."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return span(start, len(text) if end < 0 else end)


def with_region(regions: Sequence[Region], kind: RegionKind, where: Span) -> tuple[Region, ...]:
    """Give regions among which `where` is one of `kind`: others give way, what they have on its sides stays theirs."""
    kept = []
    for region in regions:
        sides = ((region.start, min(region.end, where.start)), (max(region.start, where.end), region.end))
        kept += [Region(kind=region.kind, start=start, end=end) for start, end in sides if start < end]
    return tuple(sorted((*kept, Region(kind=kind, start=where.start, end=where.end)), key=lambda one: one.start))


def set_region(session: Session, kind: RegionKind, where: Span) -> int:
    """Say that a stretch is a region of `kind`, and give how many candidates fell with it.

    In boilerplate nothing is labelled: candidates there of which nothing was said yet are rejected with it, in the same
    decision.
    """
    regions = SetRegions(regions=with_region(session.regions, kind, where))
    fallen = [] if kind in READ_REGIONS else untouched_within(session, where)
    reasons = session.schema.rejection_reasons.values()
    reason = _BOILERPLATE if _BOILERPLATE in reasons else None
    rejected = [SettleMention(disposition="rejected", mention=item.mention, reason=reason) for item in fallen]
    session.decide(regions, *rejected)
    return len(fallen)


def untouched_within(session: Session, where: Span) -> list[Item]:
    """Give the candidates inside a stretch of which nothing was said yet, in reading order."""
    here = session.starting_in(where.start, where.end)
    return [item for item in here if item.disposition is None and where.covers(item.mention.span)]
