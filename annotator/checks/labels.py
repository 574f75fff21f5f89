"""What is said of one article, whoever says it: the view of a gold record or an annotation that the rules look at."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from annotator.model.article import Region
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.record import Rejected
from annotator.model.registry import Registry
from annotator.model.schema import Schema

Item = TypeVar("Item")


@dataclass(frozen=True)
class Labels:
    """Mentions, events and rejections of one article, with all that they are held against."""

    where: str
    """Names the article, and the person where it is one person's annotation."""
    schema: Schema
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    rejected: tuple[Rejected, ...] = ()
    regions: tuple[Region, ...] = ()
    text: str | None = None
    """The article's text; without it (a release holds none) the rules that need it find nothing."""
    registry: Registry | None = None
    """The registry; without it the rules that need it find nothing."""

    @cached_property
    def by_id(self) -> dict[str, Mention]:
        """Mentions by id."""
        return {mention.id: mention for mention in self.mentions}

    def at(self, item: Mention | Rejected | Region) -> str:
        """Say where a stretch stands, in code points."""
        return f"{self.where} [{item.start}, {item.end})"

    def at_event(self, event: Event) -> str:
        """Say where an event stands: by its id and its first trigger."""
        trigger = self.by_id.get(event.triggers[0])
        return f"{self.where} event {event.id}" + (f" [{trigger.start}, {trigger.end})" if trigger else "")


def repeated(items: Iterable[tuple[Hashable, Item]]) -> Iterator[Item]:
    """Give the items whose key an earlier item already has."""
    seen: Counter[Hashable] = Counter()
    for key, item in items:
        if seen[key]:
            yield item
        seen[key] += 1
