"""What other systems say of articles, as candidates: the door through which every proposal from elsewhere comes.

Reads the shapes that predictions have. What the guidelines do not know is left off (a type, a registry entry, a unit),
so that confirming a candidate never makes gold that fails its checks; whatever is left off or out is told. Pure.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from annotator.finders.suggest import FINDER
from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Fates, Known, Tally
from annotator.formats.lines import Line
from annotator.formats.predictions import rules_of, say_of_the_whole
from annotator.formats.record_line import RecordLine
from annotator.model.mention import KINDS, Candidate, Kind, candidate_id
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue, TimeValue
from annotator.scoring.document import ScoredMention
from annotator.text.display import display
from annotator.text.span import Span

PROPOSED = Fates(
    unknown_type="it is proposed without a type",
    unknown_role="only its span is proposed",
    no_kind="they are not proposed",
    repeated="It is proposed once",
    unknown_article="Remove it, or allow extra-articles",
)
"""What becomes of what is doubtful where candidates are made of it."""

LONGEST_NAME = 100
"""Code points of the name of a system."""

_RECORD_FIELDS = GoldRecord.model_fields.keys() | {"system"}


class Proposed(NamedTuple):
    """What one system proposes for one article."""

    article_id: str
    system: str
    candidates: tuple[Candidate, ...]
    """One for a kind and span."""


def read_elsewhere(
    lines: Iterable[Line], file: str, problems: list[Problem], *, known: Known, system: str, allow: Collection[str] = ()
) -> Iterator[Proposed]:
    """Give what is proposed for each article, adding to `problems` on the way.

    `system` is the name of whoever says no other. While any problem is an error the file is not fit to be taken.
    Raises `Refusal` `usage` for a word in `allow` that stands for no rule.
    """
    rules, tally, seen = rules_of(allow), Tally(), dict[tuple[str, str], str]()
    for where, content in lines:
        check = Inspection(where, "predictions", problems, rules)
        line = RecordLine(content, check, known, tally)
        document = line.document()
        name = check.text(content, "system", "") or system
        if document is None or not _is_fit(name, check):
            continue
        first = seen.setdefault((document.article_id, name), where)
        if first != where:
            check.error(
                "duplicate-article",
                f"{name!r} says something of the article {shown(document.article_id)} in {first} already.",
            )
            continue
        made = _Making(line, known, check, name).candidates(document.mentions)
        yield Proposed(document.article_id, name, made)
    say_of_the_whole(file, tally, problems)


def for_article(lines: Iterable[Line], article_id: str) -> list[Line]:
    """Give what was answered for one article as records of it: the id may be left out, and so may all but mentions.

    Objects that are no records are its mentions, and its events where they have a type.
    """
    records, bare = [], list[Line]()
    for line in lines:
        if line.content.keys().isdisjoint(_RECORD_FIELDS):
            bare.append(line)
        else:
            records.append(Line(line.where, {"article_id": article_id} | line.content))
    if bare:
        events = [line.content for line in bare if "type" in line.content]
        mentions = [line.content for line in bare if "type" not in line.content]
        content = {"article_id": article_id, "mentions": mentions, "events": events}
        records.append(Line(bare[0].where, content))
    return records


def _is_fit(name: str, check: Inspection) -> bool:
    """Tell whether a system may be called so, and complain if not."""
    own = FINDER.partition("/")[0]
    if name.partition("/")[0].casefold() == own:
        fault = "is a name of our own finders, which propose anyway"
    elif len(name) > LONGEST_NAME:
        fault = f"is longer than {LONGEST_NAME} characters"
    elif display(name) != name or name != name.strip():
        fault = "holds characters that cannot be seen"
    else:
        return True
    check.error("system", f"The system's name {shown(name)} {fault}.")
    return False


class _Making:
    """The candidates of one line, and what was left off them."""

    def __init__(self, line: RecordLine, known: Known, check: Inspection, system: str) -> None:
        self._line, self._known, self._check, self._system = line, known, check, system
        self._text = known.texts[line.content["article_id"]]
        self._left_off: dict[str, list[str]] = {}

    def candidates(self, mentions: Iterable[ScoredMention]) -> tuple[Candidate, ...]:
        """Give one for each kind and span; where one is said twice, the first."""
        made: dict[str, Candidate] = {}
        for mention in mentions:
            candidate = self._candidate(mention)
            if candidate is not None:
                made.setdefault(candidate.id, candidate)
        for what, names in self._left_off.items():
            some = ", ".join(dict.fromkeys(map(shown, names[:3])))
            self._check.warning("left-off", f"{len(names)} mention(s) {what} ({some}).")
        return tuple(made.values())

    def _candidate(self, mention: ScoredMention) -> Candidate | None:
        kind = next((kind for kind in KINDS if kind == mention.kind), None)
        if kind is None or mention.span.start < 0:
            return None  # said already: no kind, or a quote that has no one place
        where = mention.span.trimmed(self._text)
        if where.start == where.end:
            self._leave_off("cover blanks only and are not proposed", str(tuple(mention.span)))
            return None
        label = mention.label
        if kind == "trigger" and self._known.schema is not None and label not in self._known.schema.types:
            label = None  # said already
        return Candidate(
            id=candidate_id(kind, where.start, where.end),
            kind=kind,
            start=where.start,
            end=where.end,
            quote=where.of(self._text),
            label=label,
            ref=self._known_one(mention.ref, "registry entry", self._entries(kind)),
            value=self._value(kind, mention.span),
            finders=(self._system,),
            trigger_class=_class_of(kind, label, mention),
        )

    def _value(self, kind: Kind, where: Span) -> NumberValue | TimeValue | None:
        value = self._line.fields.values.get((kind, where))
        if not isinstance(value, NumberValue):
            return value
        units = self._known.schema.units if self._known.schema else ()
        of = self._line.by_id.get(value.of or "")
        return value.model_copy(
            update={
                "unit": self._known_one(value.unit, "unit", units),
                "of": None if of is None else candidate_id(of.kind, of.span.start, of.span.end),  # type: ignore[arg-type]
            }
        )

    def _entries(self, kind: Kind) -> Collection[str]:
        registry = self._known.registry
        if registry is None or kind not in ("actor", "place"):
            return ()
        return registry.actors if kind == "actor" else registry.places

    def _known_one(self, name: str | None, what: str, known: Collection[str]) -> str | None:
        """Give a name that is known; one that is not is left off."""
        if name is None or name in known:
            return name
        self._leave_off(f"name a {what} that the guidelines do not know and are proposed without it", name)
        return None

    def _leave_off(self, what: str, name: str) -> None:
        self._left_off.setdefault(what, []).append(name)


def _class_of(kind: Kind, label: str | None, mention: ScoredMention) -> Any:
    if kind != "trigger":
        return None
    return mention.trigger_class or ("event" if label else None)
