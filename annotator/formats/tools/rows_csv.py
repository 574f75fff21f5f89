"""Event rows as CSV, which a spreadsheet opens as data: no cell begins a formula."""

from collections.abc import Sequence

from annotator.formats.csv_table import csv_table
from annotator.formats.tools.document import Document, Loss, Wanted, Written
from annotator.formats.tools.event_rows import COLUMNS, rows_of
from annotator.formats.tools.file_names import file_name


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a row for each event."""
    losses: list[Loss] = []
    rows = ([row[column] for column in COLUMNS] for row in rows_of(documents, wanted, losses))
    return Written({file_name(wanted.title, ".csv"): csv_table(COLUMNS, rows)}, tuple(losses))
