"""Reading fields of a parsed JSON object so that everything wrong is said with its line and its path.

Owns what a wrong type, a missing or an unknown field, and a bad pair of offsets are called. Values come back only when
they are right; what is wrong is added to the problems and read on, so that one run shows all of it.
"""

from collections.abc import Collection, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

from annotator.model.canonical import MAX_INTEGER
from annotator.model.date import is_date
from annotator.model.problem import Level, Problem
from annotator.text.span import Span, span

if TYPE_CHECKING:
    from annotator.model.value import NumberValue, TimeValue

_NAMES = {dict: "an object", list: "a list", str: "a text", bool: "a truth value", int: "an integer", float: "a float"}
_SHOWN = 60
"""Characters of a wrong value that a message shows."""


def shown(value: object) -> str:
    """Give a value as a message shows it: on one line, and short."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


class Inspection:
    """One object of one line, the place to complain about it, and which complaints the user allows."""

    def __init__(self, where: str, prefix: str, problems: list[Problem], allow: Collection[str] = ()) -> None:
        self.where, self.prefix, self.problems, self.allow = where, prefix, problems, allow

    def error(self, rule: str, message: str) -> None:
        """Add an error, or a warning where the rule is allowed."""
        self._add(rule, "warning" if rule in self.allow else "error", message)

    def warning(self, rule: str, message: str) -> None:
        """Add a warning."""
        self._add(rule, "warning", message)

    def _add(self, rule: str, level: Level, message: str) -> None:
        self.problems.append(Problem(rule=f"{self.prefix}.{rule}", level=level, where=self.where, message=message))

    def known_fields(self, content: dict[str, Any], known: Set[str], path: str) -> None:
        """Complain about every field that is not among `known`, naming the nearest that is."""
        if content.keys() <= known:
            return
        from difflib import get_close_matches  # only where something is wrong

        for name in content:
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"Did you mean {near[0]}?" if near else f"The fields here are {', '.join(sorted(known))}."
                self.error("field", f"{path}{shown(name)} is not a field. {hint}")

    def text(self, content: dict[str, Any], name: str, path: str, *, required: bool = False) -> str | None:
        """Give a field that holds a text which is not empty, or None."""
        value = content.get(name)
        if type(value) is str and value:
            return value
        if value is None:
            if required:
                self.error("field", f"{path}{name} is missing.")
        else:
            self.error("field", f"{path}{name} must be a text that is not empty, not {shown(value)}.")
        return None

    def choice(self, content: dict[str, Any], name: str, path: str, among: Collection[str]) -> str | None:
        """Give a field that holds one of a few words, or None."""
        value = content.get(name)
        if value is None or (type(value) is str and value in among):
            return value
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(value, among, 1) if isinstance(value, str) else []
        hint = f" Did you mean {near[0]}?" if near else ""
        self.error("field", f"{path}{name} must be one of {', '.join(among)}, not {shown(value)}.{hint}")
        return None

    def truth(self, content: dict[str, Any], name: str, path: str) -> bool | None:
        """Give a field that holds true or false, or None."""
        value = content.get(name)
        if value is None or type(value) is bool:
            return value
        self.error("field", f"{path}{name} must be true or false, not {shown(value)}.")
        return None

    def share(self, content: dict[str, Any], name: str, path: str) -> None:
        """Complain about a field that is there and is no number from 0 to 1."""
        value = content.get(name)
        if value is not None and not (type(value) in (int, float) and 0 <= value <= 1):
            self.error("field", f"{path}{name} must be a number from 0 to 1, not {shown(value)}.")

    def items(self, content: dict[str, Any], name: str, path: str) -> Iterator[tuple[str, Any]]:
        """Give the items of a list field with their paths; an absent list is empty."""
        value = content.get(name)
        if type(value) is list:
            for index, item in enumerate(value):
                yield f"{path}{name}[{index}]", item
        elif value is not None:
            self.error("field", f"{path}{name} must be a list, not {_NAMES.get(type(value), shown(value))}.")

    def objects(self, content: dict[str, Any], name: str, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the items of a list field that are objects, with their paths, ready to be put before a field's name."""
        for place, item in self.items(content, name, path):
            if type(item) is dict:
                yield f"{place}.", item
            else:
                self.error("field", f"{place} must be an object, not {shown(item)}.")

    def offsets(self, content: dict[str, Any], path: str, length: int | None) -> Span | None:
        """Give `start` and `end` as a span inside a text of `length` code points (None: not known)."""
        start, end = content.get("start"), content.get("end")
        limit = MAX_INTEGER if length is None else length
        if type(start) is int and type(end) is int and 0 <= start < end <= limit:
            return span(start, end)
        for name, value in (("start", start), ("end", end)):
            if name not in content:
                self.error("field", f"{path}{name} is missing.")
                return None
            if type(value) is not int:
                self.error("offset", f"{path}{name} must be an integer, not {shown(value)}.")
                return None
        self.error("offset", f"{path}{_offset_fault(content['start'], content['end'], length)}")
        return None

    def value(self, content: dict[str, Any], path: str, kind: str | None) -> "NumberValue | TimeValue | None":
        """Give the field `value` as the kind of mention has it; without a kind, as its fields tell."""
        value = content.get("value")
        if value is None:
            return None
        # Most files hold no value, and are read in less time than the models take to load.
        from pydantic import ValidationError

        from annotator.model.value import NumberValue, TimeValue

        if kind not in (None, "number", "time"):
            self.error("field", f"{path}value: a mention of kind {kind} cannot carry a value.")
            return None
        if type(value) is not dict:
            self.error("field", f"{path}value must be an object, not {shown(value)}.")
            return None
        time_only = TimeValue.model_fields.keys() - NumberValue.model_fields.keys()
        is_time = kind == "time" or (kind is None and not value.keys().isdisjoint(time_only))
        try:
            read = (TimeValue if is_time else NumberValue).model_validate(value)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                self._value_fault(f"{path}value", fault, (TimeValue if is_time else NumberValue).model_fields)
            return None
        if isinstance(read, TimeValue) and read.value is not None and not is_date(read.value):
            wanted = "a day, month or year of the calendar (2018-05-21, 2018-05, 2018, --02-07)"
            self.error("field", f"{path}value.value must be {wanted}, not {shown(read.value)}.")
            return None
        return read

    def _value_fault(self, path: str, fault: Any, known: Mapping[str, Any]) -> None:
        name = str(fault["loc"][0]) if fault["loc"] else ""
        if fault["type"] == "extra_forbidden":
            self.known_fields({name: None}, known.keys(), f"{path}.")
        else:
            self.error("field", f"{path}{'.' * bool(name)}{name}: {fault['msg']}, not {shown(fault['input'])}.")


def _offset_fault(start: int, end: int, length: int | None) -> str:
    if start < 0:
        return f"start {shown(start)} is negative."
    if start >= end:
        return f"start {shown(start)} is not before end {shown(end)}; spans are half-open and never empty."
    return (
        f"end {shown(end)} lies beyond the text, which has {length if length is not None else MAX_INTEGER} code points."
    )
