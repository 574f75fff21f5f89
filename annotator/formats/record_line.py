"""One line of gold or predictions, in the full or the short shape, to what is scored of it.

The full shape lists mentions with ids that events name; the short one nests spans in the events. Both are read by the
same code and may be mixed: a trigger is an id or a span, an argument names a mention or is a span. Regions, rejected
candidates and provenance are passed over unread: nothing of them is scored.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from typing import Any, get_args

from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Known, Tally
from annotator.formats.mention_fields import MentionFields, Near, nothing_near
from annotator.formats.repeats import one_of_each, repeats
from annotator.matching.events import Attributes, ResolvedArgument, ResolvedEvent
from annotator.model.event import Certainty, Event, Realis
from annotator.model.mention import KINDS, Mention
from annotator.model.record import GoldRecord, PredictedArgument, PredictedEvent, PredictedSpan
from annotator.scoring.document import UNKNOWN, Document, ScoredMention, with_trigger_labels
from annotator.text.intake import text_sha256
from annotator.text.span import Span

ARTICLE_FIELDS = frozenset(GoldRecord.model_fields) | {"system", "text", "person", "notes"}
MENTION_FIELDS = frozenset(Mention.model_fields) | {"confidence", "trigger_class"}
EVENT_FIELDS = frozenset(Event.model_fields) | PredictedEvent.model_fields.keys()
TRIGGER_FIELDS = frozenset(PredictedSpan.model_fields) | {"confidence"}
ARGUMENT_FIELDS = frozenset(PredictedArgument.model_fields) | {"mention", "confidence"}


class RecordLine:
    """One article's object while it is being read."""

    def __init__(self, content: dict[str, Any], inspection: Inspection, known: Known, tally: Tally) -> None:
        self.content, self.check, self.known, self.tally = content, inspection, known, tally
        self.fields = MentionFields(inspection, None, tally)
        self.mentions: list[ScoredMention] = []
        self.by_id: dict[str, ScoredMention | None] = {}
        """None for a mention that could not be read: a reference to it is no second fault."""
        self.nested: list[ScoredMention] = []

    def document(self) -> Document | None:
        """Give what is scored of the line, or None without an article id or for an article that is not known."""
        self.check.known_fields(self.content, ARTICLE_FIELDS, "")
        article_id = self.check.text(self.content, "article_id", "", required=True)
        if article_id is None:
            return None
        if self.known.articles is not None and article_id not in self.known.articles:
            allowed = "unknown-article" in self.check.allow
            fate = "It is left out" if allowed else self.known.fates.unknown_article
            self.check.error(
                "unknown-article", f"The article {shown(article_id)} is not in {self.known.within}. {fate}."
            )
            return None
        text = self.known.texts.get(article_id)
        self.fields = MentionFields(self.check, text, self.tally)
        self._check_hash(text_sha256(text) if text is not None else self.known.hashes.get(article_id), text)
        language = self.check.text(self.content, "language", "")
        self._read_mentions()
        events = list(self._read_events())
        self._check_repeats("mentions", self.mentions)
        self._check_repeats("events", events)
        listed = with_trigger_labels(self.mentions, events)
        nested = one_of_each(with_trigger_labels(self.nested, events), listed)
        self._warn_of_unknown_kinds(nested)
        return Document(article_id, language or UNKNOWN, (*listed, *nested), tuple(events))

    def _check_hash(self, right: str | None, text: str | None) -> None:
        given = self.check.text(self.content, "text_sha256", "")
        if given is not None and right is not None and given != right:
            why = "it was made on another text, so its offsets cannot be trusted."
            if text is not None and given in _hashes_of_files(text):
                why = "it is that of the file. The stored text has LF at line ends and no BOM: count and hash in that."
            self.check.error(
                "text-hash", f"text_sha256 {shown(given)} is not that of the article's text ({right[:12]}…): {why}"
            )

    # mentions of the full shape

    def _read_mentions(self) -> None:
        turns = self._turns()
        for path, item in self.check.objects(self.content, "mentions", ""):
            self.check.known_fields(item, MENTION_FIELDS, path)
            if item.get("kind") is None:
                self.check.error("field", f"{path}kind is missing.")
                continue
            mention = self.fields.read(item, path, near=turns(item))
            name = self.check.text(item, "id", path)
            if name is not None and name in self.by_id:
                self.check.error("reference", f"{path}id {shown(name)} is the id of another mention as well.")
            elif name is not None:
                self.by_id[name] = mention
            if mention is not None:
                self._check_label(mention, path)
                self.mentions.append(mention)

    def _turns(self) -> Callable[[dict[str, Any]], Near]:
        """Give what tells, for listed mentions in turn, which place is meant of a quote that is listed for each."""
        listed = self.content.get("mentions")
        items = [item for item in listed if type(item) is dict] if type(listed) is list else []
        times = Counter(_kind_and_quote(item) for item in items if item.get("start") is None)
        seen = Counter[tuple[str, str]]()

        def near(item: dict[str, Any]) -> Near:
            if item.get("start") is not None:
                return nothing_near
            key = _kind_and_quote(item)
            turn, all_turns = seen[key], times[key]
            seen[key] += 1
            return lambda: self.fields.turn(key[1], turn, all_turns)

        return near

    # events of both shapes

    def _read_events(self) -> Iterator[ResolvedEvent]:
        for path, item in self.check.objects(self.content, "events", ""):
            self.check.known_fields(item, EVENT_FIELDS, path)
            event_type = self.check.text(item, "type", path, required=True)
            attributes = self._attributes(item, path)
            triggers = list(self._triggers(item, path))
            arguments = list(self._arguments(item, path, event_type, [one for one in triggers if one.start >= 0]))
            if event_type is None:
                continue
            self._check_type(event_type, path)
            self._check_repeats(f"{path}triggers", triggers)
            self._check_repeats(f"{path}arguments", arguments)
            arguments.sort(key=lambda argument: (argument.role, argument.span, argument.of or ""))
            yield ResolvedEvent(event_type, tuple(sorted(triggers)), tuple(arguments), attributes)

    def _attributes(self, item: dict[str, Any], path: str) -> Attributes:
        self.check.text(item, "id", path)
        self.check.share(item, "confidence", path)
        given = Attributes()
        return Attributes(
            self.check.choice(item, "realis", path, get_args(Realis)) or given.realis,  # type: ignore[arg-type]
            self.check.choice(item, "certainty", path, get_args(Certainty)) or given.certainty,  # type: ignore[arg-type]
            self.check.truth(item, "background", path) or given.background,
            self.check.text(item, "hub", path),
        )

    def _triggers(self, event: dict[str, Any], path: str) -> Iterator[Span]:
        for place, item in self.check.items(event, "triggers", path):
            if type(item) is str:
                mention = self._named(item, place)
            elif type(item) is dict:
                mention = self._nested(item, f"{place}.", TRIGGER_FIELDS, "trigger", lambda: self._sure(event))
            else:
                mention = None
                self.check.error("field", f"{place} must be a mention's id or a span, not {shown(item)}.")
            if mention is not None:
                yield mention.span

    def _arguments(
        self, event: dict[str, Any], path: str, event_type: str | None, triggers: Sequence[Span]
    ) -> Iterator[ResolvedArgument]:
        for place, item in self.check.objects(event, "arguments", path):
            role = self.check.text(item, "role", place, required=True)
            of = self.check.text(item, "of", place)
            if item.get("mention") is None:
                kind = self._kind_of(event_type, role)
                mention = self._nested(item, place, ARGUMENT_FIELDS, kind, lambda: triggers or self._sure(event))
            else:
                self.check.known_fields(item, ARGUMENT_FIELDS, place)
                named = self.check.text(item, "mention", place)
                mention = None if named is None else self._named(named, f"{place}mention")
            if mention is not None and role is not None:
                self._check_role(event_type, role, place)
                yield ResolvedArgument(role, mention.span, of)

    def _named(self, name: str, path: str) -> ScoredMention | None:
        if name not in self.by_id:
            self.check.error("reference", f"{path}: there is no mention with the id {shown(name)}.")
        return self.by_id.get(name)

    def _sure(self, event: dict[str, Any]) -> list[Span]:
        """Give where those arguments of an event stand that leave no choice."""
        listed = event.get("arguments")
        return self.fields.sure(listed) if type(listed) is list else []

    def _nested(
        self, item: dict[str, Any], path: str, known: Set[str], kind: str | None, near: Near
    ) -> ScoredMention | None:
        """Give a span that stands in the event itself, `kind` where neither it nor its value says another."""
        self.check.known_fields(item, known, path)
        mention = self.fields.read(item, path, kind if item.get("value") is None else None, near)
        if mention is not None:
            self.nested.append(mention)
        return mention

    # what the guidelines know

    def _kind_of(self, event_type: str | None, role: str | None) -> str | None:
        """Give the kind that a role takes: the first that its type declares."""
        if self.known.schema is None or event_type is None or role is None:
            return role if role in KINDS else None
        declared = self.known.schema.roles_of(event_type).get(role)
        return declared.kinds[0] if declared else None

    def _check_type(self, event_type: str, path: str, field: str = "type") -> None:
        schema = self.known.schema
        if schema is not None and event_type not in schema.types:
            self.check.warning(
                "unknown-type",
                f"{path}{field} {shown(event_type)} is not in the schema: {self.known.fates.unknown_type}.",
            )

    def _check_role(self, event_type: str | None, role: str, path: str) -> None:
        schema = self.known.schema
        if schema is not None and event_type in schema.types and role not in schema.roles_of(event_type):
            self.check.warning(
                "unknown-role",
                f"{path}role {shown(role)} is not a role of {event_type}: {self.known.fates.unknown_role}.",
            )

    def _check_label(self, mention: ScoredMention, path: str) -> None:
        if mention.kind == "trigger" and mention.label is not None:
            self._check_type(mention.label, path, "label")

    def _warn_of_unknown_kinds(self, nested: Iterable[ScoredMention]) -> None:
        unknown = sum(mention.kind == UNKNOWN for mention in nested)
        if unknown:
            self.check.warning(
                "kind",
                f"{unknown} argument(s) say no kind of mention and none follows from their role: "
                f"{self.known.fates.no_kind}. Give each its kind.",
            )

    def _check_repeats(self, path: str, items: Iterable[Hashable]) -> None:
        for index, times in repeats(items):
            message = f"{path}[{index}] says what stands before it already, {times} times in all."
            if self.check.prefix == "gold":
                self.check.error("duplicate", f"{message} Remove it.")
            else:
                self.check.warning("duplicate", f"{message} {self.known.fates.repeated}.")


def _hashes_of_files(text: str) -> frozenset[str]:
    """Give the hashes of the files that a text may have come from: with other line ends, with a BOM."""
    ends = (text.replace("\n", end) for end in ("\n", "\r\n", "\r"))
    return frozenset(text_sha256(bom + written) for written in ends for bom in ("", "\ufeff"))


def _kind_and_quote(item: dict[str, Any]) -> tuple[str, str]:
    """Give what is the same for mentions that only their place tells apart."""
    return str(item.get("kind")), str(item.get("quote"))
