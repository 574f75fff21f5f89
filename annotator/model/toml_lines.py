"""On which line of a TOML file each key and each item of a list stands: what tomllib reads does not say.

Only for text that tomllib took: this reads positions, never meaning, and judges nothing. Lines are counted from 1.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence

Path = tuple[str | int, ...]
"""Keys and, within lists, positions from 0 on: `("types", "strike.air", "includes", 2)`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|'
    + r"'''(?:[^']|'{1,2}(?!'))*'{3,5}|"
    + r'"(?:[^"\\\n]|\\.)*"|'
    + r"'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\r\n]+")


class TomlLines:
    """The lines of one file."""

    def __init__(self, text: str) -> None:
        """Read where everything stands in `text`, which must be TOML."""
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        """Up to here the lines are counted."""
        self._lists: dict[Path, int] = {}
        """How many tables `[[…]]` there are so far under a path."""
        self._lines: dict[Path, int] = {}
        self._read()

    @property
    def all(self) -> Mapping[Path, int]:
        """The line of everything that the file holds."""
        return self._lines

    def line_of(self, path: Sequence[str | int]) -> int | None:
        """Give the line of what `path` leads to, or of the nearest thing around it that is there; else None."""
        for length in range(len(path), 0, -1):
            if (line := self._lines.get(tuple(path[:length]))) is not None:
                return line
        return None

    def _read(self) -> None:
        table: Path = ()
        while self._pass_over():
            if not self._takes("["):
                self._pair(table)
                continue
            several = self._takes("[")
            table = self._within(self._keys())
            if several:
                number = self._lists[table] = self._lists.get(table, -1) + 1
                table = (*table, number)
            for length in range(1, len(table) + 1):
                self._enter(table[:length])
            self._at += 2 if several else 1

    def _within(self, keys: Sequence[str]) -> Path:
        """Give the path of a table: what stands under a list of tables is in its last one."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._lists:
                path = (*path, self._lists[path])
        return (*path, keys[-1])

    def _pair(self, table: Path) -> None:
        start = self._at
        keys = self._keys()
        for length in range(1, len(keys) + 1):
            self._enter((*table, *keys[:length]), start)
        self._at += 1  # the sign between a key and its value
        self._value((*table, *keys))

    def _value(self, path: Path) -> None:
        self._pass_over()
        if self._takes("["):
            number = 0
            while self._pass_over() and not self._takes("]"):
                self._enter((*path, number))
                self._value((*path, number))
                number += 1
                self._pass_over()
                self._takes(",")
        elif self._takes("{"):
            while self._pass_over() and not self._takes("}"):
                self._pair(path)
                self._pass_over()
                self._takes(",")
        else:
            found = _STRING.match(self._text, self._at) or _PLAIN.match(self._text, self._at)
            assert found is not None, "tomllib took this"
            self._at = found.end()

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while not keys or self._takes("."):
            found = _PART.match(self._text, self._at)
            assert found is not None, "tomllib took this"
            self._at, written = found.end(), found[1]
            keys.append(_unquoted(written) if written[0] in "\"'" else written)
        return keys

    def _takes(self, sign: str) -> bool:
        there = self._text.startswith(sign, self._at)
        self._at += there
        return there

    def _pass_over(self) -> bool:
        """Go on to the next thing that means something; tell whether there is one."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _enter(self, path: Path, at: int | None = None) -> None:
        """Note the line of a path; where it was named before, that place stays."""
        at = self._at if at is None else at
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        self._lines.setdefault(path, self._line)


def _unquoted(written: str) -> str:
    name: str = tomllib.loads(f"name = {written}")["name"]
    return name
