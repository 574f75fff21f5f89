"""Where the spans of another tool's file stand in the stored text: never on the word of an offset alone.

Owns how offsets and quotes are held against the text, and what each disagreement is called. An offset that a quote
sets right is told with both values; one that nothing sets right is an error. Knows no format.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.formats.anchoring import Quotes, nearest
from annotator.formats.inspection import shown
from annotator.formats.tools.units import UNITS, InsideCharacter, OutOfText, Ruler, Unit
from annotator.model.problem import Level, Problem
from annotator.text.span import Span, span


class Said(NamedTuple):
    """A span as a file says it."""

    where: str
    """FILE:LINE, or FILE and a path in it."""
    start: object
    """What stands there for the start; only an integer is one."""
    end: object
    """Half-open: readers of formats with an inclusive end add one first."""
    quote: str | None = None
    """The words that should stand there, where the file says them."""


def placed(
    said: Sequence[Said],
    *,
    file: str,
    raw: str,
    text: str,
    problems: list[Problem],
    default: Unit = "code_point",
    unit: Unit | None = None,
) -> list[Span | None]:
    """Give where each span stands in the stored `text`; None where it has no place, which is in `problems` then.

    `raw` is the text as the file has it, in which its offsets count. Without `unit` they count in whichever unit, that
    of the format first, explains most quotes; without quotes in the format's own `default`, and where it matters that
    is said.
    """
    ruler = _ruler(said, file, raw, text, problems, default, unit)
    quotes = Quotes(text)
    return [_place(one, ruler, quotes, text, problems) for one in said]


def _ruler(
    said: Sequence[Said],
    file: str,
    raw: str,
    text: str,
    problems: list[Problem],
    default: Unit,
    unit: Unit | None,
) -> Ruler:
    """Give the ruler that explains most quotes: of equal ones the first, in the order of likelihood."""
    units = [unit] if unit is not None else [default, *(one for one in UNITS if one != default)]
    lines = [False, True] if "\r\n" in raw else [False]
    rulers = [(one, as_one, Ruler(raw, one, lines_as_one=as_one)) for as_one in lines for one in units]
    explained = [sum(_fits(one, ruler, text) for one in said) for _, _, ruler in rulers]
    best = max(range(len(rulers)), key=lambda index: (explained[index], -index))
    found, _, ruler = rulers[best]
    quoted = sum(one.quote is not None for one in said)
    if unit is None and found != default:
        told = f"{explained[best]} of {quoted} quotes stand where they should only if offsets count {_NAMES[found]}"
        problems.append(_problem("unit", "warning", file, f"{told}, not {_NAMES[default]}; they were read so."))
    elif unit is None and said and not quoted and _matters(rulers[: len(units)]):
        told = f"Offsets were read as {_NAMES[default]}, and no quote is there to tell"
        problems.append(_problem("unit", "warning", file, f"{told}; if they count something else, say --unit."))
    return ruler


_NAMES: dict[Unit, str] = {
    "code_point": "code points",
    "utf16": "UTF-16 units",
    "utf8": "bytes of UTF-8",
    "grapheme": "grapheme clusters",
}


def _matters(rulers: Sequence[tuple[Unit, bool, Ruler]]) -> bool:
    """Tell whether units that formats without quotes count in differ over this text; none of them counts bytes."""
    likely = [ruler for unit, _, ruler in rulers if unit != "utf8"]
    return any(ruler.starts != likely[0].starts for ruler in likely)


def _fits(one: Said, ruler: Ruler, text: str) -> bool:
    if one.quote is None or type(one.start) is not int or type(one.end) is not int:
        return False
    try:
        return one.quote == text[ruler.code_point(one.start) : ruler.code_point(one.end)]
    except (InsideCharacter, OutOfText):
        return False


def _place(one: Said, ruler: Ruler, quotes: Quotes, text: str, problems: list[Problem]) -> Span | None:
    def error(rule: str, message: str) -> None:
        problems.append(_problem(rule, "error", one.where, message))

    if type(one.start) is not int or type(one.end) is not int:
        error("out-of-range", f"{shown(one.start)} and {shown(one.end)} are no offsets: integers are.")
        return None
    try:
        found = span(ruler.code_point(one.start), ruler.code_point(one.end))
    except InsideCharacter as fault:
        error("inside-character", f"The span {one.start}-{one.end} begins or ends inside a character: {fault}.")
        return None
    except OutOfText as fault:
        error("out-of-range", f"The span {one.start}-{one.end} cannot be: {fault}.")
        return None
    if found.start >= found.end:
        error("out-of-range", f"The span {one.start}-{one.end} is empty or reversed.")
        return None
    if one.quote is None or one.quote == found.of(text):
        return found
    there = quotes.places(one.quote)
    moved = nearest(there.spans, [found]) if there.how == "exact" else None
    told = f"The text has {shown(found.of(text))} at {found.start}-{found.end}, where {shown(one.quote)} should stand"
    if moved is None:
        error("quote-differs", f"{told}, and nothing says which other place is meant.")
        return None
    message = f"{told}; it stands at {moved.start}-{moved.end}, and was read so."
    problems.append(_problem("quote-moved", "warning", one.where, message))
    return moved


def _problem(rule: str, level: Level, where: str, message: str) -> Problem:
    return Problem(rule=f"format.{rule}", level=level, where=where, message=message)
