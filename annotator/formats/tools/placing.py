"""Where the spans of another tool's file stand in the stored text: never on the word of an offset alone.

Owns how offsets and quotes are held against the text, and what each disagreement is called. An offset that a quote
sets right is told with both values; one that nothing sets right is an error. Knows no format.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.units import BOM, UNITS, InsideCharacter, OutOfText, Ruler, Unit
from annotator.model.problem import Level, Problem
from annotator.text.intake import lines_at_lf
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
    return [_place(one, ruler, text, problems) for one in said]


class _Way(NamedTuple):
    """A way to count that a file may have."""

    unit: Unit
    lines_as_one: bool


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
    quotes = [one for one in said if one.quote is not None]
    best, way, ruler = -1, _Way(unit or default, False), Ruler(raw, unit or default)
    for tried in _ways(raw, default, unit):
        one = Ruler(raw, tried.unit, lines_as_one=tried.lines_as_one)
        explained = sum(_fits(quote, one, text) for quote in quotes)
        if explained > best:
            best, way, ruler = explained, tried, one
        if best == len(quotes):
            break

    def warn(message: str) -> None:
        problems.append(_problem("unit", "warning", file, message))

    if unit is None and way.unit != default:
        told = f"{best} of {len(quotes)} quotes stand where they should only if offsets count {NAMES[way.unit]}"
        warn(f"{told}, not {NAMES[default]}; they were read so.")
    elif unit is None and said and not quotes and units_differ(raw):
        told = f"Offsets were read as {NAMES[default]}, and no quote is there to tell"
        warn(f"{told}; if they count something else, say --unit.")
    return ruler


def _ways(raw: str, default: Unit, unit: Unit | None) -> Iterator[_Way]:
    units = [unit] if unit is not None else [default, *(one for one in UNITS if one != default)]
    lines = (False, True) if "\r\n" in raw or raw.startswith(BOM) else (False,)
    yield from (_Way(one, as_one) for one in units for as_one in lines)


NAMES: dict[Unit, str] = {
    "code_point": "code points",
    "utf16": "UTF-16 units",
    "utf8": "bytes of UTF-8",
    "grapheme": "grapheme clusters",
}
"""What units are called in a message."""


def units_differ(raw: str) -> bool:
    """Tell whether units that formats without quotes count in differ over a raw text; none of them counts bytes."""
    likely = [Ruler(raw, unit).starts for unit in UNITS if unit != "utf8"]
    return any(list(starts) != list(likely[0]) for starts in likely)


def _fits(one: Said, ruler: Ruler, text: str) -> bool:
    if one.quote is None or type(one.start) is not int or type(one.end) is not int:
        return False
    try:
        return lines_at_lf(one.quote) == text[ruler.code_point(one.start) : ruler.code_point(one.end)]
    except (InsideCharacter, OutOfText):
        return False


def _place(one: Said, ruler: Ruler, text: str, problems: list[Problem]) -> Span | None:
    def error(rule: str, message: str) -> None:
        problems.append(_problem(rule, "error", one.where, message))

    if type(one.start) is not int or type(one.end) is not int:
        error("out-of-range", f"{shown(one.start)} and {shown(one.end)} are no offsets: integers are.")
        return None
    told = f"{shown_offset(one.start)}-{shown_offset(one.end)}"
    try:
        found = span(ruler.code_point(one.start), ruler.code_point(one.end))
    except InsideCharacter:
        error("inside-character", f"The span {told} begins or ends inside a character.")
        return None
    except OutOfText:
        error("out-of-range", f"The span {told} leaves the text, which ends at {ruler.starts[-1]}.")
        return None
    if found.start >= found.end or found.end > len(text):
        error("out-of-range", f"The span {told} is empty, reversed or beyond the text.")
        return None
    quote = None if one.quote is None else lines_at_lf(one.quote)
    if quote is None or quote == found.of(text):
        return found
    differs = f"The text has {shown(found.of(text))} at {found.start}-{found.end}, where {shown(quote)} should stand"
    moved = _nearest(quote, found.start, text)
    if moved is None:
        error("quote-differs", f"{differs}, and nothing says which other place is meant.")
        return None
    message = f"{differs}; it stands at {moved.start}-{moved.end}, and was read so."
    problems.append(_problem("quote-moved", "warning", one.where, message))
    return moved


_DIGITS = 20


def shown_offset(offset: int) -> str:
    """Give an offset as a message shows it: Python refuses to write integers of thousands of digits."""
    return str(offset) if abs(offset) < 10**_DIGITS else "an absurd number"


def _nearest(quote: str, start: int, text: str) -> Span | None:
    """Give where the quote stands nearest to `start`; None where it does not, or as near before as behind.

    Parts of words count like whole ones: a mention may well be a word without what Arabic glues onto it.
    """
    if not quote.strip():
        return None
    places = [text.rfind(quote, 0, start + len(quote)), text.find(quote, start)]
    away = {at: abs(at - start) for at in places if at >= 0}
    near = sorted(away, key=away.__getitem__)
    if not near or (len(near) > 1 and away[near[0]] == away[near[1]]):
        return None
    return span(near[0], near[0] + len(quote))


def _problem(rule: str, level: Level, where: str, message: str) -> Problem:
    return Problem(rule=f"format.{rule}", level=level, where=where, message=message)
