"""Event rows as Parquet, with the type of each column declared: a column of nothing has its type all the same."""

import io
from collections.abc import Sequence
from typing import Any

from annotator.errors import Refusal
from annotator.formats.tools.document import Document, Loss, Wanted, Written
from annotator.formats.tools.event_rows import COLUMNS, FLOATS, INTEGERS, rows_of
from annotator.formats.tools.file_names import file_name


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a row for each event. Raises `Refusal` `extra.missing`."""
    losses: list[Loss] = []
    arrow, parquet = _library()
    types = [(name, _type(arrow, name)) for name in COLUMNS]
    table = arrow.Table.from_pylist(list(rows_of(documents, wanted, losses)), schema=arrow.schema(types))
    written = io.BytesIO()
    parquet.write_table(table, written)
    return Written({file_name(wanted.title, ".parquet"): written.getvalue()}, tuple(losses))


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"Parquet needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[parquet]'",
        ) from None
    return pyarrow, pyarrow.parquet


def _type(arrow: Any, column: str) -> Any:
    if column in INTEGERS:
        return arrow.int64()
    return arrow.float64() if column in FLOATS else arrow.string()
