"""Predictions as a test has them: a file, or articles in memory, which are written where a score can read them.

What is wrong with an article in memory is then told by its line, which is its number.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from annotator.errors import Refusal
from annotator.gold.pin import MARK

Predictions = str | PathLike[str] | Iterable[Any]
"""A path, or articles in either shape: dicts, dataclasses, models of pydantic, objects with fields, lines of JSON."""

IN_MEMORY = "predictions.jsonl"
"""What messages call the file of articles in memory."""


class Given:
    """Predictions that may be read again and again, also where they came out of a generator."""

    def __init__(self, predictions: Predictions, root: Path) -> None:
        """Take a path, which stands under `root` where it is not under the current folder, or articles.

        Raises `Refusal` `predictions.invalid` for what is no article.
        """
        self._file: Path | None = None
        self._lines = b""
        if isinstance(predictions, str | PathLike):
            self._file = Path(found(fspath(predictions), root))
        elif isinstance(predictions, Mapping | bytes):
            raise Refusal("usage", "Predictions are a path, or several articles.", "Put a single article into a list.")
        else:
            self._lines = b"".join(_line(number, one) for number, one in enumerate(predictions, 1))

    @contextmanager
    def file(self) -> Iterator[Path]:
        """Give a file of them, which is there as long as the context is."""
        if self._file is not None:
            yield self._file
            return
        with TemporaryDirectory(prefix="annotator-") as folder:
            file = Path(folder) / IN_MEMORY
            file.write_bytes(self._lines)
            try:
                yield file
            except Refusal as refusal:
                raise Refusal(refusal.code, refusal.what.replace(f"{file}", IN_MEMORY), refusal.do) from None


def found(written: str, root: Path) -> str:
    """Give a path, pinned or not, under the current folder or else under `root`, where something is there."""
    path, mark, pin = written.partition(MARK)
    return f"{root / path}{mark}{pin}" if not Path(path).exists() and (root / path).exists() else written


def _line(number: int, article: Any) -> bytes:
    """Give an article as a line of JSON."""
    if isinstance(article, str | bytes):
        line = article.encode() if isinstance(article, str) else article
        return line.strip().replace(b"\n", b" ") + b"\n"
    try:
        return orjson.dumps(article, default=_fields, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise Refusal(
            "predictions.invalid", f"{IN_MEMORY}:{number}: The article cannot be written as JSON: {error}.", ""
        ) from None


def _fields(value: Any) -> Any:
    """Give the fields of an object that JSON does not know."""
    if callable(dump := getattr(value, "model_dump", None)):
        return dump(mode="json")
    if callable(dump := getattr(value, "_asdict", None)):
        return dump()
    if isinstance(value, set | frozenset | type):
        raise TypeError(f"{type(value).__name__} is no JSON")
    return vars(value)
