"""Gold as lines of JSON: the full record of a release, and the plain one that other programs write.

In a plain line only `article_id` and each mention's `kind`, `start` and `end` are required; what it adds is checked as
in a release. A repetition in gold is an error: it would ask for one thing twice.
"""

from pydantic import ValidationError

from annotator.formats.known import Known
from annotator.formats.lines import read_lines
from annotator.formats.predictions import read_documents
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord
from annotator.scoring.document import Document


def read_plain(
    data: bytes, file: str = "gold", *, known: Known | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Give what is scored of every line, full or plain, and all that is wrong in the file called `file`."""
    problems: list[Problem] = []
    documents = tuple(read_documents(data, file, problems, prefix="gold", known=known or Known()))
    return documents, tuple(problems)


def read_records(data: bytes, file: str = "gold") -> tuple[tuple[GoldRecord, ...], tuple[Problem, ...]]:
    """Give the full records of the file called `file`, and a problem for every line that is none.

    Says whether each line has a record's shape; whether the records are right is for the checks of a release.
    """
    problems: list[Problem] = []
    records = []
    for where, content in read_lines(data, file, "gold.json", problems):
        try:
            records.append(GoldRecord.model_validate(content))
        except ValidationError as error:
            problems.extend(
                Problem(
                    rule="gold.field", level="error", where=where, message=f"{_path(fault['loc'])}: {fault['msg']}."
                )
                for fault in error.errors(include_url=False)
            )
    return tuple(records), tuple(problems)


def _path(location: tuple[int | str, ...]) -> str:
    """Give a place in an object as a person writes it: `events[0].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "record"
