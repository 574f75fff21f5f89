"""What is wrong in the TOML files of the guidelines: told by file, line and field, all of it at once.

Owns the words for a slip and where it stands. What a field may hold, the models say; this reads no disk.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from annotator.errors import Refusal
from annotator.model.problem import Problem
from annotator.model.toml_lines import Path, TomlLines

Model = TypeVar("Model", bound=BaseModel)

SYNTAX, CONTENT, UNKNOWN, REFERENCE = (
    "guidelines.syntax",
    "guidelines.content",
    "guidelines.unknown",
    "guidelines.reference",
)
"""Ids of the findings: no TOML, a value that does not fit, an unknown key, a name that stands for nothing."""

_AT = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")

_WORDS: Mapping[str, str] = {
    "missing": "It is missing.",
    "string_type": "It must be text, in quotes.",
    "bool_type": "It must be true or false.",
    "tuple_type": "It must be a list, in [ ].",
    "dict_type": "It must be a table.",
    "model_type": "It must be a table.",
    "string_too_short": "It is empty.",
    "string_too_long": "It must be one character.",
    "too_short": "It is empty.",
    "int_type": "It must be a whole number.",
}
"""What is said of the commonest mistakes, by the name that pydantic has for each."""


class BadGuidelines(Refusal):
    """The guidelines cannot be read. All that is wrong is in `problems`; the words tell the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        # An unknown key is most often a known one misspelt, and tells more than the one that is then missing.
        first, left = min(problems, key=lambda one: one.rule not in (SYNTAX, UNKNOWN)), len(problems) - 1
        more = f" And {left} more: `annotator check` lists them." if left else ""
        code = SYNTAX if first.rule == SYNTAX else CONTENT
        super().__init__(code, f"{first.where}: {first.message}{more}")
        self.problems = tuple(problems)
        """Everything that was found, file by file, in the order of the lines."""


@dataclass(frozen=True)
class TomlFile:
    """One file of the guidelines, as it was read."""

    name: str
    """Relative to `guidelines/`."""
    text: str
    table: dict[str, Any]

    @cached_property
    def lines(self) -> TomlLines:
        """Where everything stands in it: looked for when something is wrong, and only then."""
        return TomlLines(self.text)

    def where(self, path: Path, within: int = 0) -> str:
        """Say where a field is; the first `within` steps of its path are not of the file."""
        shown = path[within:]
        line = self.lines.line_of(shown)
        at = f"guidelines/{self.name}" + (f", line {line}" if line else "")
        return at + (f", field {_written(shown)}" if shown else "")


def _written(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def toml_files(data: Mapping[str, bytes]) -> dict[str, TomlFile]:
    """Give the files that can be read as TOML, by name: to say where something stands that was read from them."""
    reading = Reading(data)
    return {name: file for name in data if (file := reading.file(name)) is not None}


@dataclass
class Reading:
    """Reads files one after the other and keeps everything that is wrong in them."""

    data: Mapping[str, bytes]
    """Bytes by name, relative to `guidelines/`."""
    problems: list[Problem] = field(default_factory=list)

    def file(self, name: str) -> TomlFile | None:
        """Give a file, or None when it cannot be read as TOML."""
        if name not in self.data:
            self._unreadable(CONTENT, name, 0, "It is missing. Put it back, or copy ours with `init`.")
            return None
        try:
            text = self.data[name].decode()
            return TomlFile(name, text, tomllib.loads(text))
        except UnicodeDecodeError as error:
            line = self.data[name].count(b"\n", 0, error.start) + 1
            self._unreadable(SYNTAX, name, line, "It is not UTF-8. Save it as UTF-8.")
        except tomllib.TOMLDecodeError as error:
            found = _AT.search(str(error))
            line = int(found[1]) if found and found[1] else self.data[name].rstrip().count(b"\n") + 1
            self._unreadable(SYNTAX, name, line, f"It is no TOML: {_AT.sub('', str(error))}.")
        except ValueError:  # Python reads no integer of thousands of digits
            self._unreadable(SYNTAX, name, 0, "It holds a number of thousands of digits. Write one that fits.")
        except RecursionError:
            self._unreadable(SYNTAX, name, 0, "It is nested too deeply. Make it flat.")
        return None

    def _unreadable(self, rule: str, name: str, line: int, message: str) -> None:
        where = f"guidelines/{name}" + (f", line {line}" if line else "")
        self.problems.append(Problem(rule=rule, level="error", where=where, message=message))

    def model(self, model: type[Model], file: TomlFile, within: tuple[str, ...] = ()) -> Model | None:
        """Give what a file says as `model`, or None; `within` leads from the model to what the file holds."""
        table = file.table
        for step in reversed(within):
            table = {step: table}
        try:
            return model.model_validate(table)
        except ValidationError as error:
            found = [(_path(one, table), one) for one in error.errors()]
            found.sort(key=lambda slip: file.lines.line_of(slip[0][len(within) :]) or 0)
            misspelt = {_meant(model, path) for path, one in found if one["type"] == "extra_forbidden"}
            for path, one in found:
                if one["type"] != "missing" or path not in misspelt:
                    self._slip(model, file, path, one, len(within))
            return None

    def _slip(self, model: type[BaseModel], file: TomlFile, path: Path, error: ErrorDetails, within: int) -> None:
        rule, message = CONTENT, _WORDS.get(error["type"]) or _sentence(error["msg"])
        if error["type"] == "extra_forbidden":
            rule, message = UNKNOWN, f"It is not known. {_nearest(str(path[-1]), _known_fields(model, path[:-1]))}"
        elif error["type"] == "literal_error":
            known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            message = f"{error['input']!r} is not known. {_nearest(str(error['input']), known)}"
        elif error["type"] == "too_short" and error["input"]:
            message = f"It must have {error['ctx']['min_length']} entries at least."
        self.problems.append(Problem(rule=rule, level="error", where=file.where(path, within), message=message))

    def name(self, file: TomlFile, path: Path, word: str, known: Iterable[str]) -> None:
        """Hold a name to those that are known."""
        if word not in (names := list(known)):
            message = f"{word!r} is not known. {_nearest(word, names)}"
            self.problems.append(Problem(rule=REFERENCE, level="error", where=file.where(path), message=message))

    def wrong(self, rule: str, file: TomlFile, path: Path, message: str) -> None:
        """Keep one more thing that is wrong with what stands at `path`."""
        self.problems.append(Problem(rule=rule, level="error", where=file.where(path), message=message))

    def refuse_what_is_wrong(self) -> None:
        """Raise `BadGuidelines` if anything was."""
        if self.problems:
            raise BadGuidelines(self.problems)


def _sentence(message: str) -> str:
    said = message.removeprefix("Value error, ").removesuffix(".")
    return f"{said[:1].upper()}{said[1:]}."


def _path(error: ErrorDetails, table: Any) -> Path:
    """Give the way to what is wrong, without the steps that are pydantic's own and not of the file."""
    path: list[str | int] = []
    for number, step in enumerate(error["loc"]):
        if step in (table if isinstance(table, dict) else range(len(table)) if isinstance(table, list) else ()):
            path.append(step)
            table = table[step]
        elif error["type"] == "missing" and number + 1 == len(error["loc"]):
            path.append(step)
    return tuple(path)


def _meant(model: type[BaseModel], path: Path) -> Path:
    """Give the known field for which an unknown one seems to stand; the unknown one itself when there is none."""
    return (*path[:-1], *difflib.get_close_matches(str(path[-1]), _known_fields(model, path[:-1]), n=1))


def _nearest(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if close := difflib.get_close_matches(word, names, n=1):
        return f"Did you mean {close[0]!r}?"
    return f"Known are {', '.join(names)}." if names else "Take it out."


def _known_fields(model: type[BaseModel], path: Path) -> set[str]:
    """Give the fields that are known where `path` leads, by walking the model's annotations."""
    found: set[str] = set()
    _walk(model, path, found)
    return found


def _walk(annotation: Any, path: Path, found: set[str]) -> None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {one.alias or name: one.annotation for name, one in annotation.model_fields.items()}
        if not path:
            found.update(fields)
        elif path[0] in fields:
            _walk(fields[str(path[0])], path[1:], found)
        return
    arguments: tuple[Any, ...] = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is dict and path:
        _walk(arguments[1], path[1:], found)
        return
    for argument in arguments:
        _walk(argument, path, found)
