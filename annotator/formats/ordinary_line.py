"""A line in which nothing is unusual, to what is scored of it, in a tenth of the time that a careful look takes.

Owns no rule and says nothing: whatever is not plainly right (an unknown field, another type, a repetition, a quote that
differs, an article that is not known) it leaves to `RecordLine`, which reads the line again and knows what to say. What
it does give is what `RecordLine` gives, who would have said nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import orjson

from annotator.formats.known import Known, Tally
from annotator.formats.lines import fault_of_keys
from annotator.formats.ordinary_mentions import (
    ARGUMENT_FIELDS,
    KINDS,
    TRIGGER_FIELDS,
    Columns,
    Unusual,
    check_shares,
    check_text,
    columns,
)
from annotator.formats.repeats import one_of_each
from annotator.matching.events import Attributes, ResolvedArgument, ResolvedEvent
from annotator.scoring.document import UNKNOWN, Document, ScoredMention
from annotator.text.intake import text_sha256
from annotator.text.span import Span

if TYPE_CHECKING:
    from annotator.formats.id_map import IdMap

UNREAD = frozenset({"regions", "rejected", "complete", "provenance", "system", "text", "person", "notes"})
"""Fields of an article that no score looks at."""
ARTICLE_FIELDS = UNREAD | {"article_id", "language", "text_sha256", "mentions", "events"}
EVENT_FIELDS = frozenset(
    {"id", "type", "triggers", "arguments", "realis", "certainty", "background", "hub", "confidence"}
)
NAMED_FIELDS = frozenset({"role", "mention", "of", "confidence"})
"""What an argument says that names its mention."""
REALIS = frozenset({"actual", "attempted", "hypothetical", "future", "generic", "possible", None})
CERTAINTIES = frozenset({"asserted", "attributed", "unconfirmed", "speculative", None})

_NONE_SAID = Attributes()
_LEAST_SAID = frozenset({"id", "type", "triggers", "arguments"})
_NO_COLUMNS = Columns((), (), (), (), (), 0, 0)

# A named tuple's own constructor is a Python function: twice as slow as making the tuple as what it is.
_argument = cast(Callable[[tuple[str, Span, str | None]], ResolvedArgument], partial(tuple.__new__, ResolvedArgument))


def system_of(content: Mapping[str, Any]) -> str | None:
    """Give what an article says that it is of; None where it says nothing that can be a name."""
    said = content.get("system")
    return said if type(said) is str else None


class OrdinaryLines:
    """Reads those lines of one file in which nothing is unusual."""

    def __init__(self, known: Known, tally: Tally, ids: "IdMap | None" = None) -> None:
        """Take what `RecordLine` takes; with `ids` each article's id is theirs and becomes ours."""
        self._known, self._tally, self._ids = known, tally, ids
        self._kinds: dict[tuple[str, str], str] = {}
        """The kind that a role of the schema takes, by type and role, as far as they came."""

    def document(self, written: bytes) -> Document | None:
        """Give what is scored of a line, or None where it is not plainly right."""
        try:
            content = orjson.loads(written)
            return self._document(content, written) if type(content) is dict else None
        except (Unusual, KeyError, TypeError, orjson.JSONDecodeError):
            # What lacks a field or is of another type is unusual too, and would take time to look for first.
            return None

    def _document(self, content: dict[str, Any], written: bytes) -> Document:
        if not content.keys() <= ARTICLE_FIELDS:
            raise Unusual
        article_id = self._article_id(content)
        text = self._known.texts.get(article_id)
        self._check_hash(content, article_id, text)
        check_text(language := content.get("language"))
        listed, by_id = self._listed(_list(content, "mentions"), text)
        events, nested, keys = self._events(_list(content, "events"), by_id, text)
        keys += len(content) + listed.keys + nested.keys
        # Every key has a colon behind it: where there are no more colons than keys, no key stands twice.
        if (written.count(b":") != keys or not UNREAD.isdisjoint(content)) and fault_of_keys(written, content):
            raise Unusual
        mentions = _mentions(listed, nested, events)
        if text is None:
            self._tally.unchecked += listed.quotes + nested.quotes
        if self._tally.systems is not None:
            self._tally.systems.add(system_of(content))
        return Document(article_id, language or UNKNOWN, mentions, events)

    def _article_id(self, content: dict[str, Any]) -> str:
        article_id = content["article_id"]
        if type(article_id) is not str or not article_id:
            raise Unusual
        if self._ids is not None:
            article_id = self._ids.ours[article_id]
        if self._known.articles is not None and article_id not in self._known.articles:
            raise Unusual
        return article_id

    def _check_hash(self, content: dict[str, Any], article_id: str, text: str | None) -> None:
        check_text(given := content.get("text_sha256"))
        if given is not None:
            right = self._known.hashes.get(article_id) if text is None else text_sha256(text)
            if right is not None and given != right:
                raise Unusual

    def _listed(self, items: Sequence[Any], text: str | None) -> tuple[Columns, dict[str | None, Span]]:
        """Give the mentions of the full shape, and their spans by id."""
        if not items:
            return _NO_COLUMNS, {}
        listed = columns(items, text)
        if len(set(listed.spans)) < len(items) and len(set(listed.mentions({}))) < len(items):
            raise Unusual
        if (schema := self._known.schema) is not None:
            labels = {label for kind, label in zip(listed.kinds, listed.labels, strict=True) if kind == "trigger"}
            if any(label is not None and label not in schema.types for label in labels):
                raise Unusual
        names = listed.ids
        if not names:
            return listed, {}
        by_id = dict(zip(names, listed.spans, strict=True))
        if len(by_id) < len(items) and len(by_id) - (None in by_id) < len(items) - names.count(None):
            raise Unusual
        return listed, by_id

    # events of both shapes

    def _events(
        self, items: Sequence[Any], by_id: Mapping[str | None, Span], text: str | None
    ) -> tuple[tuple[ResolvedEvent, ...], Columns, int]:
        """Give the events, the spans that stand in them, and how many keys there are else."""
        nested: list[dict[str, Any]] = []
        kinds: list[str | None] = []
        keys = sum(self._take(item, nested, kinds) for item in items)
        found = columns(nested, text, kinds) if nested else _NO_COLUMNS
        spans = iter(found.spans)
        events = tuple([self._event(item, by_id, spans) for item in items])
        if len({event[:2] for event in events}) < len(events) and len(set(events)) < len(events):
            raise Unusual
        return events, found, keys

    def _take(self, event: Any, nested: list[dict[str, Any]], kinds: list[str | None]) -> int:
        """Add the spans that stand in an event, and what kinds follow from where; give how many other keys it has."""
        if type(event) is not dict or not event.keys() <= EVENT_FIELDS:
            raise Unusual
        keys, event_type = len(event), event["type"]
        if type(event_type) is not str or not event_type:
            raise Unusual
        schema = self._known.schema
        if schema is not None and event_type not in schema.types:
            raise Unusual
        for trigger in _list(event, "triggers"):
            if type(trigger) is dict:
                if not trigger.keys() <= TRIGGER_FIELDS:
                    raise Unusual
                nested.append(trigger)
                kinds.append("trigger")
            elif type(trigger) is not str:
                raise Unusual
        for argument in _list(event, "arguments"):
            if type(argument) is not dict:
                raise Unusual
            kind = self._kind_of(event_type, argument["role"])
            if "of" in argument:
                check_text(argument["of"])
            if "mention" in argument:
                _check_named(argument)
                keys += len(argument)
            elif argument.keys() <= ARGUMENT_FIELDS:
                nested.append(argument)
                kinds.append(kind)
            else:
                raise Unusual
        return keys

    def _kind_of(self, event_type: str, role: Any) -> str | None:
        """Give the kind that a role takes, where any follows from it."""
        if type(role) is not str or not role:
            raise Unusual
        if self._known.schema is None:
            return role if role in KINDS else None
        kind = self._kinds.get((event_type, role))
        if kind is None:
            kind = self._kinds[event_type, role] = self._known.schema.roles_of(event_type)[role].kinds[0]
        return kind

    def _event(self, item: dict[str, Any], by_id: Mapping[str | None, Span], spans: Iterator[Span]) -> ResolvedEvent:
        triggers = [by_id[one] if type(one) is str else next(spans) for one in item.get("triggers") or ()]
        arguments = [
            _argument((one["role"], by_id[one["mention"]] if "mention" in one else next(spans), one.get("of")))
            for one in item.get("arguments") or ()
        ]
        if len(triggers) > 1:
            if len(set(triggers)) < len(triggers):
                raise Unusual
            triggers.sort()
        if len(arguments) > 1:
            if len(set(arguments)) < len(arguments):
                raise Unusual
            try:
                arguments.sort()
            except TypeError:  # of two with the same span, one says of whom it is
                arguments.sort(key=_argument_order)
        return ResolvedEvent(item["type"], tuple(triggers), tuple(arguments), _attributes(item))


def _argument_order(argument: ResolvedArgument) -> tuple[str, Span, str]:
    role, where, of = argument
    return role, where, of or ""


def _list(content: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Give a field that is a list, or nothing where it is absent."""
    found = content.get(name)
    if found is None:
        return ()
    if type(found) is not list:
        raise Unusual
    return found


def _check_named(argument: dict[str, Any]) -> None:
    if type(argument["mention"]) is not str or not argument.keys() <= NAMED_FIELDS:
        raise Unusual
    if "confidence" in argument:
        check_shares([argument["confidence"]])


def _attributes(event: dict[str, Any]) -> Attributes:
    check_text(event.get("id"))
    if event.keys() <= _LEAST_SAID:
        return _NONE_SAID
    get = event.get
    realis, certainty, background, hub = get("realis"), get("certainty"), get("background"), get("hub")
    check_text(hub)
    if "confidence" in event:
        check_shares([event["confidence"]])
    if (
        realis not in REALIS
        or certainty not in CERTAINTIES
        or (background is not None and type(background) is not bool)
    ):
        raise Unusual
    given = _NONE_SAID
    return Attributes(realis or given.realis, certainty or given.certainty, background or given.background, hub)


def _mentions(listed: Columns, nested: Columns, events: Sequence[ResolvedEvent]) -> tuple[ScoredMention, ...]:
    """Give the mentions of both shapes: triggers without a label have the first, by name, of their events' types."""
    types: dict[Span, str] = {}
    if events and (listed.lacks_labels or nested.lacks_labels):
        for event in events:
            for trigger in event.triggers:
                types[trigger] = min(event.type, types.get(trigger, event.type))
    found = listed.mentions(types)
    if nested.spans:
        more = nested.mentions(types)
        apart = len({*listed.spans, *nested.spans}) == len(listed.spans) + len(nested.spans)
        found += more if apart else one_of_each(more, found)
    return tuple(found)
