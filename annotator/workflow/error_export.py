"""Errors one by one, as JSON and as rows of a table, each with all that it takes to challenge gold there.

What stands in them is said in `scoring/errors.schema.json` and the README; other programs rest on it.
"""

from typing import Any

import orjson

from annotator.formats.csv_table import Cell
from annotator.scoring.errors import Reading, ScoringError
from annotator.scoring.scoring_error import standing
from annotator.text.span import Span
from annotator.workflow.error_choice import quoted

_OF_READING = ("start", "end", "label", "said", "quote", "event_type")
COLUMNS: tuple[str, ...] = (
    "against", "article_id", "start", "end", "part", "kind", "group", "language", "source",
    *(f"gold_{name}" for name in _OF_READING), *(f"predicted_{name}" for name in _OF_READING),
)  # fmt: skip
"""The heads of the columns of `row`; `start` and `end` are where gold would be challenged, in code points."""


def place(span: Span | None) -> str:
    """Give a stretch as `annotator challenge` takes it; nothing for none."""
    return "" if span is None else f"{span.start}-{span.end}"


def plain_error(error: ScoringError, gold: str, text: str) -> dict[str, Any]:
    """Give an error ready for JSON, with all that it takes to challenge `gold` there; quotes are cut from `text`."""
    return {
        "against": gold,
        "article_id": error.article_id,
        "gold": _plain_reading(error.gold, text),
        "group": error.group,
        "kind": error.kind,
        "language": error.language,
        "part": error.part,
        "place": place(error.place),
        "predicted": _plain_reading(error.predicted, text),
        "source": error.source,
    }


def _plain_reading(reading: Reading | None, text: str) -> dict[str, Any] | None:
    if reading is None:
        return None
    start, end = reading.place or (None, None)
    trigger = standing(reading.trigger)
    return {
        "end": end,
        "event_type": reading.event_type,
        "label": reading.label,
        "quote": quoted(reading, text),
        "said": reading.said,
        "start": start,
        "trigger": None if trigger is None else list(trigger),
    }


def json_line(error: ScoringError, gold: str, text: str) -> bytes:
    """Give an error as a line of JSON with sorted keys."""
    return orjson.dumps(plain_error(error, gold, text), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def row(error: ScoringError, gold: str, text: str) -> list[Cell]:
    """Give an error as a row of a table, by `COLUMNS`."""
    said = plain_error(error, gold, text)
    start, end = error.place or (None, None)
    cells = [start if name == "start" else end if name == "end" else said[name] for name in COLUMNS[:9]]
    for side in ("gold", "predicted"):
        cells += [None if said[side] is None else said[side][name] for name in _OF_READING]
    return cells
