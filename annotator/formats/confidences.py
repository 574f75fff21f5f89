"""How sure an extractor says that it is, read beside what is scored, and only when somebody asks.

A thing's own confidence leads. A span in an event without one has that of its event; a trigger that names a mention
has first that of the mention, an argument that does last: one may be sure of a name and not of what it did. Complains
about nothing: that is done where lines are read.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator.scoring.confidence import Confidences
from annotator.scoring.document import ScoredMention


class _Named(NamedTuple):
    """What an event says of a mention, or has in itself."""

    mention: ScoredMention
    of_mention: float | None
    """How sure the mention is, where it is listed by itself."""
    own: float | None
    """How sure this is, where it stands in the event."""


class Sureness:
    """The confidences of a file of predictions while it is being read."""

    def __init__(self) -> None:
        self.by_article: dict[str, Confidences] = {}
        """Those of the articles that were read so far."""
        self._read: dict[int, ScoredMention] = {}

    def saw(self, item: dict[str, Any], mention: ScoredMention) -> None:
        """Remember what an object of the article at hand was read as."""
        self._read[id(item)] = mention

    def close(self, article_id: str, content: dict[str, Any]) -> None:
        """Take in what an article says that was read to its end without an error."""
        found = self.by_article[article_id] = Confidences()
        by_id = {}
        for item in _objects(content.get("mentions")):
            if (mention := self._read.get(id(item))) is not None:
                by_id[item.get("id")] = _Named(mention, _sure(item), None)
                found.of_mention(mention, _sure(item))
        for event in _objects(content.get("events")):
            self._add(found, event, by_id)
        self._read.clear()

    def _add(self, found: Confidences, event: dict[str, Any], by_id: dict[Any, _Named]) -> None:
        event_type, of_event = str(event.get("type")), _sure(event)
        triggers = []
        for item in event.get("triggers") or ():
            if (one := self._named(found, item, item, by_id, of_event)) is not None:
                triggers.append(one.mention.span)
                found.of_trigger(event_type, one.mention.span, _first(one.of_mention, one.own, of_event))
        for item in _objects(event.get("arguments")):
            if (one := self._named(found, item, item.get("mention") or item, by_id, of_event)) is not None:
                sure = _first(one.own, of_event, one.of_mention)
                found.of_argument(event_type, triggers, str(item.get("role")), one.mention.span, sure)

    def _named(
        self, found: Confidences, item: Any, named: Any, by_id: dict[Any, _Named], of_event: float | None
    ) -> _Named | None:
        """Give what a trigger or an argument is: a mention by its id, or a span of its own, which is a mention too."""
        if type(named) is str:
            one = by_id.get(named)
            return one and one._replace(own=_sure(item) if type(item) is dict else None)
        mention = self._read.get(id(named))
        if mention is None:
            return None
        found.of_mention(mention, _first(_sure(named), of_event))
        return _Named(mention, None, _sure(named))


def _objects(listed: Any) -> Iterator[dict[str, Any]]:
    return (item for item in listed or () if type(item) is dict)


def _sure(item: dict[str, Any]) -> float | None:
    said = item.get("confidence")
    return float(said) if isinstance(said, int | float) else None


def _first(*sure: float | None) -> float | None:
    return next((one for one in sure if one is not None), None)
