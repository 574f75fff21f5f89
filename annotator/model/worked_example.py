r"""The worked examples of the guidelines: claims on stretches of articles that gold must hold, or must not.

A fenced block of a Markdown page with the info string `example` holds one claim a line:

    right 003 3409-3427 "6 members at least" number 6+ persons
    wrong 003 3409-3418 "6 members" number
    right 003 3409-3427 "6 members at least" killed of 3310-3317 losses isis

A verdict; the article's id or a beginning of it; the half-open range in code points; the words that stand there, with
`\n` for a line break, `\"` for a double quote and `\\` for a backslash; then what is claimed of them:

    KIND [SAYS]               a mention of that kind over that range: its type, its ref (- for none), its value as typed
    ROLE of RANGE             it fills that role of the event with a trigger at RANGE; `losses REF` says whose losses
    event [WORDS]             the event with this trigger: its type, realis, certainty, background or foreground
    same as ARTICLE RANGE     its event is, or shares the hub of, the event with a trigger there
    rejected [REASON]         a candidate over that range stands among the rejected

A claim says what it says and no more: `actor` alone says nothing of the ref, a number without unit or scope nothing of
these. This module reads; whether the words stand there, and whether gold holds the claim, is said in `checks`.
"""

import difflib
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from pydantic import StrictBool, StrictStr

from annotator.errors import Refusal
from annotator.model.event import Certainty, Realis
from annotator.model.fences import fenced
from annotator.model.frozen import Frozen, Name, Offset
from annotator.model.mention import KINDS, Kind
from annotator.model.notation import parse_number, parse_time
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import Span, span

EXAMPLE = "example"
"""The first word of the info string of a block of worked examples."""

NONE = "-"
"""Stands for no ref."""


class Range(Frozen):
    """A stretch of an article, half-open, in code points of the stored text."""

    start: Offset
    end: Offset

    @property
    def span(self) -> Span:
        """Where it lies."""
        return span(self.start, self.end)


class IsMention(Frozen):
    """A mention of that kind stands over exactly that range."""

    kind: Kind
    said: Name | None = None
    """A trigger's type; an actor's or place's ref, `-` for none; None where nothing is said of it."""
    value: NumberValue | TimeValue | None = None
    """A number's or time's value; the `of` of a fraction is a range."""


class FillsRole(Frozen):
    """The mention over that range fills the role in an event that has a trigger at `trigger`."""

    role: Name
    trigger: Range
    losses: Name | None = None
    """Whose losses a number counts; None where nothing is said of it."""


class OfEvent(Frozen):
    """An event that has this trigger is like that; None where nothing is said."""

    type: Name | None = None
    realis: Realis | None = None
    certainty: Certainty | None = None
    background: StrictBool | None = None


class SameEvent(Frozen):
    """The event with this trigger is told again by the trigger at another place."""

    article: Name
    trigger: Range


class WasRejected(Frozen):
    """A candidate over that range is negative gold."""

    reason: Name | None = None


Says = IsMention | FillsRole | OfEvent | SameEvent | WasRejected


class Claim(Frozen):
    """One line of a worked example."""

    line: int
    """Where it stands on its page, counted from 1."""
    right: StrictBool
    """Whether gold must hold it; otherwise gold must not."""
    article: Name
    """The article's id, or a beginning of it."""
    place: Range
    quote: StrictStr
    """The words that must stand there."""
    says: Says
    told: Name
    """What is claimed, as it was written."""


class Slip(NamedTuple):
    """What is wrong with a line of a page."""

    line: int
    """Counted from 1."""
    message: str


class Example(NamedTuple):
    """A block of worked examples, as far as it could be read."""

    line: int
    """Of its fence."""
    claims: tuple[Claim, ...]
    slips: tuple[Slip, ...]


_RANGE = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)
_QUOTE = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\s+(.*))?')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", '"': '"', "\\": "\\"}
_FRACTION_OF = re.compile(r"\bof (?:number:)?(?=\d)")


def read_examples(page: str, schema: Schema, registry: Registry) -> tuple[Example, ...]:
    """Give the worked examples of a Markdown page in order, each with what is wrong in it."""
    lines = page.split("\n")
    return tuple(
        read_example(lines[start:end], start, schema, registry) if closed else _open_ended(start)
        for start, end, info, closed in fenced(lines)
        if info == EXAMPLE
    )


def read_example(lines: Iterable[str], after: int, schema: Schema, registry: Registry) -> Example:
    """Give what the lines inside a fence say; `after` is the number of the fence's own line."""
    claims: list[Claim] = []
    slips: list[Slip] = []
    for number, line in enumerate(lines, after + 1):
        try:
            if line.strip():
                claims.append(_claim(line.strip(), number, schema, registry))
        except Refusal as refusal:
            slips.append(Slip(number, str(refusal)))
    if not claims and not slips:
        slips.append(
            Slip(after, "This example says nothing. Put a line in: right or wrong, article, range, quote, claim.")
        )
    return Example(after, tuple(claims), tuple(slips))


def _open_ended(start: int) -> Example:
    return Example(start, (), (Slip(start, "The example has no end. Close it with a line of ```."),))


def _wrong(what: str, do: str) -> Refusal:
    return Refusal("guidelines.content", what, do)


def _known(word: str, what: str, known: Collection[str]) -> str:
    """Give the word back. Raises `Refusal` when it is not among those that are known."""
    if word in known:
        return word
    near = difflib.get_close_matches(word, list(known), n=1)
    raise _wrong(f"{word!r} is no {what}.", f"Did you mean {near[0]!r}?" if near else "")


def _claim(line: str, number: int, schema: Schema, registry: Registry) -> Claim:
    verdict, article, place, rest = (*line.split(maxsplit=3), "", "", "", "")[:4]
    _known(verdict, "verdict: a line begins with right or wrong", ("right", "wrong"))
    where = _range(place)
    quoted = _QUOTE.fullmatch(rest)
    if quoted is None:
        raise _wrong(
            "After the range comes the quote in straight double quotes; here it does not begin, or does not end.",
            'Write a double quote inside it as \\".',
        )
    told = quoted[2] or ""
    says = _says(told.split(), schema, registry)
    quote = _ESCAPE.sub(_unescaped, quoted[1])
    return Claim(line=number, right=verdict == "right", article=article, place=where, quote=quote, says=says, told=told)


def _unescaped(found: re.Match[str]) -> str:
    if found[1] not in _ESCAPED:
        raise _wrong(f'A quote knows \\n, \\" and \\\\, not \\{found[1]}.', "Write a backslash as \\\\.")
    return _ESCAPED[found[1]]


def _range(written: str) -> Range:
    found = _RANGE.fullmatch(written)
    if found is None:
        raise _wrong(f"{written!r} is no range.", "Write START-END in code points of the stored text.")
    if int(found[1]) >= int(found[2]):
        raise _wrong(f"The range {written} is empty or reversed.", "END is one past the last code point.")
    return Range.model_validate({"start": int(found[1]), "end": int(found[2])})


# --- what is claimed ---


def _says(words: list[str], schema: Schema, registry: Registry) -> Says:
    if not words:
        raise _wrong("The line claims nothing.", "Say behind the quote what stands, or does not stand, there.")
    first, rest = words[0], words[1:]
    if first in KINDS and rest[:1] != ["of"]:  # `place` and `time` are roles as well
        return _mention(first, rest, schema, registry)
    if first == "event":
        return _event(rest, schema)
    if first == "same":
        return _same(rest)
    if first == "rejected":
        return _rejected(rest, schema)
    roles = sorted({role for event_type in schema.types for role in schema.roles_of(event_type)})
    others = () if rest[:1] == ["of"] else (*KINDS, "event", "same", "rejected")
    _known(first, "kind of mention or role" if others else "role of any type", [*others, *roles])
    return _role(first, rest, registry)


def _mention(kind: Kind, words: list[str], schema: Schema, registry: Registry) -> IsMention:
    written = " ".join(words)
    if not words:
        return IsMention(kind=kind)
    if kind == "number":
        return IsMention(kind=kind, value=parse_number(_FRACTION_OF.sub("of ", written), schema.units))
    if kind == "time":
        return IsMention(kind=kind, value=parse_time(written))
    said = _only(words, f"{kind} takes one word")
    if kind == "trigger":
        return IsMention(kind=kind, said=_known(said, "event type of the schema", schema.types))
    known = registry.actors if kind == "actor" else registry.places
    return IsMention(kind=kind, said=said if said == NONE else _known(said, f"{kind} of the registry", known))


def _role(role: str, words: list[str], registry: Registry) -> FillsRole:
    if len(words) not in (2, 4) or words[0] != "of" or words[2:3] not in ([], ["losses"]):
        raise _wrong(f"{role} is a role.", f"Write `{role} of START-END`, the trigger's range; behind it `losses REF`.")
    losses = _known(words[3], "actor of the registry", registry.actors) if words[2:] else None
    return FillsRole(role=role, trigger=_range(words[1]), losses=losses)


def _event(words: list[str], schema: Schema) -> OfEvent:
    said: dict[str, str | bool] = {}
    for word in words:
        field, value = _attribute(word, schema)
        if field in said:
            raise _wrong(f"{word!r} says the event's {field} a second time.", "Say it once.")
        said[field] = value
    return OfEvent.model_validate(said)


def _attribute(word: str, schema: Schema) -> tuple[str, str | bool]:
    fields = {"realis": schema.realis, "certainty": schema.certainty, "type": tuple(schema.types)}
    fields["background"] = ("background", "foreground")
    _known(word, "attribute or type of an event", [known for words in fields.values() for known in words])
    field = next(name for name, words in fields.items() if word in words)
    return field, word == "background" if field == "background" else word


def _same(words: list[str]) -> SameEvent:
    if len(words) != 3 or words[0] != "as":
        raise _wrong("This says no place.", "Write `same as ARTICLE START-END`, the range of a trigger there.")
    return SameEvent(article=words[1], trigger=_range(words[2]))


def _rejected(words: list[str], schema: Schema) -> WasRejected:
    if not words:
        return WasRejected()
    reason = _only(words, "rejected takes one reason")
    return WasRejected(reason=_known(reason, "reason for a rejection", list(schema.rejection_reasons.values())))


def _only(words: list[str], expected: str) -> str:
    if len(words) > 1:
        raise _wrong(f"{words[1]!r} is one word too many: {expected}.", "Put a further claim on a line of its own.")
    return words[0]
