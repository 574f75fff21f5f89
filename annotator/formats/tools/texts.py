"""Which text the annotations of a file are about: the stored one where the article is here, else the file's own.

Owns how the two are compared. A text goes through the rules of intake and no others: it is never normalised.
"""

from annotator.errors import Refusal
from annotator.formats.inspection import shown
from annotator.formats.tools.document import Source
from annotator.model.problem import Problem
from annotator.text.intake import take_in
from annotator.text.position import position


def decoded(data: bytes, where: str, problems: list[Problem]) -> str | None:
    """Give bytes as text, its BOM and line ends as they are; None where they are no UTF-8, which is a problem then."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"This is no UTF-8: byte {error.start + 1} of the file, in line {line}. Convert it to UTF-8."
        problems.append(Problem(rule="format.encoding", level="error", where=where, message=message))
        return None


def stored_text(raw: object, article_id: str, where: str, source: Source, problems: list[Problem]) -> str | None:
    """Give the stored text of an article whose text stands at `where` of a file as `raw`; `raw` None: nowhere.

    None where there is no text, none that can be stored, or another one than is here; `problems` says which.
    """

    def error(rule: str, message: str) -> None:
        problems.append(Problem(rule=f"format.{rule}", level="error", where=where, message=message))

    here = source.texts.get(article_id)
    if raw is None:
        if here is None:
            told = f"No text of the article {shown(article_id)} is in the file, and none is here."
            error("no-text", f"{told} Give it along with the annotations, or take the article in first.")
        return here
    if not isinstance(raw, str):
        error("no-text", f"The text of an article is a text, not {shown(raw)}.")
        return None
    try:
        taken = take_in(raw.encode(), f"the text of {shown(article_id)}").text
    except UnicodeEncodeError as half:
        error("encoding", f"Character {half.start + 1} of the text is half of a surrogate pair.")
        return None
    except Refusal as refusal:
        error("text", str(refusal))
        return None
    if here is not None and taken != here:
        error("text-differs", _difference(taken, here, article_id))
        return None
    return taken


def _difference(there: str, here: str, article_id: str) -> str:
    at = next((at for at, (one, other) in enumerate(zip(there, here, strict=False)) if one != other), None)
    at = min(len(there), len(here)) if at is None else at
    line, column = position(here, min(at, len(here)))
    told = f"The file has another text of {shown(article_id)} than is here: from line {line}, column {column} on"
    return f"{told} it has {shown(there[at : at + 20])} where {shown(here[at : at + 20])} stands here."
