"""What an extractor writes: a JSON object an article, in the shape of gold or in the short, nested one.

Everything wrong is a problem with file and line; where one is an error nothing may be scored, unless the user allowed
its rule by name. Nothing is dropped silently: an unknown label or a repetition counts as wrong, with a warning.
"""

from collections.abc import Collection, Iterator, Mapping
from io import BufferedReader
from types import MappingProxyType
from typing import Any

from annotator.errors import Refusal
from annotator.formats.article_objects import read_objects
from annotator.formats.id_map import IdMap
from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Known, Tally
from annotator.formats.record_line import RecordLine
from annotator.model.problem import Problem
from annotator.scoring.document import Document

ALLOWABLE: Mapping[str, str] = MappingProxyType(
    {"extra-articles": "unknown-article", "text-hash": "text-hash", "quote": "quote", "anchor": "anchor"}
)
"""What a user may allow, and the rule that then only warns.

Extra articles are left out; offsets outweigh a hash or a quote that differs; a quote that has no one place in the text
counts as a wrong prediction.
"""


def read(
    data: bytes, file: str = "predictions", *, known: Known | None = None, allow: Collection[str] = frozenset()
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Give the articles of a file of predictions called `file`, and all that is wrong or doubtful in it.

    While any problem is an error the articles are not fit to be scored. Raises `Refusal` `usage` for a word in
    `allow` that is not in `ALLOWABLE`.
    """
    problems: list[Problem] = []
    documents = tuple(stream(data, file, problems, known=known, allow=allow))
    return documents, tuple(problems)


def stream(
    source: bytes | BufferedReader,
    file: str,
    problems: list[Problem],
    *,
    known: Known | None = None,
    allow: Collection[str] = frozenset(),
    ids: IdMap | None = None,
    tally: Tally | None = None,
) -> Iterator[Document]:
    """Give the articles one by one, adding to `problems` on the way: complete only when the last was taken.

    With `ids` each article's id is theirs and becomes ours. A `tally` is filled with what is said of the whole.
    """
    return read_documents(
        source,
        file,
        problems,
        prefix="predictions",
        known=known or Known(),
        allow=rules_of(allow),
        ids=ids,
        tally=tally,
    )


def read_documents(
    source: bytes | BufferedReader,
    file: str,
    problems: list[Problem],
    *,
    prefix: str,
    known: Known,
    allow: Collection[str] = frozenset(),
    ids: IdMap | None = None,
    tally: Tally | None = None,
) -> Iterator[Document]:
    """Give the articles of a file of records of either shape; `prefix` begins the rule of every problem."""
    tally, lines = tally or Tally(), dict[str, str]()
    for where, content in read_objects(source, file, f"{prefix}.json", problems):
        inspection = Inspection(where, prefix, problems, allow)
        if ids is not None and not _is_mapped(content, ids, inspection):
            continue
        document = RecordLine(content, inspection, known, tally).document()
        if document is None:
            continue
        if (first := lines.setdefault(document.article_id, where)) is not where:
            article = shown(document.article_id)
            inspection.error(
                "duplicate-article", f"The article {article} stands in {first} already. Remove one of them."
            )
            continue
        if tally.sureness is not None:
            tally.sureness.close(document.article_id, content)
        if tally.systems is not None:
            said = content.get("system")
            tally.systems.add(said if type(said) is str else None)
        yield document
    say_of_the_whole(file, tally, problems, prefix)


def _is_mapped(content: dict[str, Any], ids: IdMap, inspection: Inspection) -> bool:
    """Put our id where theirs stands, or complain that the map has none; what is no id is complained of later."""
    theirs = content.get("article_id")
    if type(theirs) is not str or not theirs:
        return True
    if theirs in ids.ours:
        content["article_id"] = ids.ours[theirs]
        return True
    fate = "It is left out." if "unknown-article" in inspection.allow else "Add its line there."
    inspection.error("unknown-article", f"The article_id {shown(theirs)} is not in the map {ids.file}. {fate}")
    return False


_PLACED = {
    "exact": "were placed where the text has them, exactly and once.",
    "folded": "were placed where the text reads like them, but for case, diacritics or blanks.",
    "nearest": "stand in the text more than once and were placed nearest to what is known of their event, or in turn.",
}


def say_of_the_whole(file: str, tally: Tally, problems: list[Problem], prefix: str = "predictions") -> None:
    """Add what is said once for a whole file that was read."""
    whole = Inspection(file, prefix, problems)
    for how, said in _PLACED.items():
        if tally.anchored[how]:
            whole.warning("anchored", f"{tally.anchored[how]} quote(s) without offsets {said}")
    if tally.unchecked:
        whole.warning(
            "unchecked",
            f"{tally.unchecked} quote(s) were not compared, as the texts of their articles are not at hand.",
        )


def rules_of(allow: Collection[str]) -> frozenset[str]:
    """Give the rules that the words after `--allow` stand for. Raises `Refusal` `usage` for a word that is none."""
    for word in sorted(allow):
        if word not in ALLOWABLE:
            raise Refusal("usage", f"{word!r} cannot be allowed.", f"What can be is {', '.join(ALLOWABLE)}.")
    return frozenset(ALLOWABLE[word] for word in allow)
