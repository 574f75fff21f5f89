"""What an extractor writes: a JSON object an article, in the shape of gold or in the short, nested one.

Everything wrong is a problem with file and line; where one is an error nothing may be scored, unless the user allowed
its rule by name. Nothing is dropped silently: an unknown label or a repetition counts as wrong, with a warning.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from annotator.errors import Refusal
from annotator.formats.article_objects import begins_array, buffered, read_items
from annotator.formats.inspection import Inspection, shown
from annotator.formats.known import Known, Tally
from annotator.formats.lines import Line, numbered_lines, read_line
from annotator.formats.ordinary_line import OrdinaryLines, system_of
from annotator.model.problem import Problem
from annotator.scoring.document import Document

if TYPE_CHECKING:
    from annotator.formats.id_map import IdMap

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
    ids: "IdMap | None" = None,
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
    ids: "IdMap | None" = None,
    tally: Tally | None = None,
) -> Iterator[Document]:
    """Give the articles of a file of records of either shape; `prefix` begins the rule of every problem."""
    tally = tally or Tally()
    yield from read_parts([(file, source)], problems, prefix=prefix, known=known, allow=allow, ids=ids, tally=tally)
    say_of_the_whole(file, tally, problems, prefix)


def read_parts(
    parts: Iterable[tuple[str, bytes | BufferedReader]],
    problems: list[Problem],
    *,
    prefix: str,
    known: Known,
    tally: Tally,
    allow: Collection[str] = frozenset(),
    ids: "IdMap | None" = None,
) -> Iterator[Document]:
    """Give the articles of files that are one in parts, each with its name: none may stand in two of them.

    What is said of the whole goes into the `tally` alone.
    """
    stands = dict[str, int | str]()
    before = ""
    for file, source in parts:
        if before:
            # A number is of the file that is being read: what came before says which it was.
            stands = {article: f"{before}:{at}" if isinstance(at, int) else at for article, at in stands.items()}
        yield from _Reading(file, problems, prefix, known, allow, ids, tally, stands).documents(source)
        before = file


@dataclass(slots=True)
class _Reading:
    """A file of articles while it is being read."""

    file: str
    problems: list[Problem]
    prefix: str
    known: Known
    allow: Collection[str]
    ids: "IdMap | None"
    tally: Tally
    stands: dict[str, int | str]
    """Where each article stands: the number of its line, and of an item of an array what a message says."""

    def documents(self, source: bytes | BufferedReader) -> Iterator[Document]:
        """Give the articles one by one."""
        coming, rule = buffered(source), f"{self.prefix}.json"
        if begins_array(coming):
            for line in read_items(coming, self.file, rule, self.problems):
                yield from self._carefully(line, line.where)
            return
        # Who asks for more than what is scored gets it by the careful reader alone.
        asked = self.tally.sureness is not None
        ordinary = None if asked else OrdinaryLines(self.known, self.tally, self.ids)
        for number, written in numbered_lines(coming, self.file, rule, self.problems):
            document = None if ordinary is None else ordinary.document(written)
            if document is None:
                read = read_line(number, written, self.file, rule, self.problems)
                if read is not None:
                    yield from self._carefully(read, number)
            elif self.stands.setdefault(document.article_id, number) is number:
                yield document
            else:
                self._repeated(document, number)

    def _carefully(self, line: Line, place: int | str) -> Iterator[Document]:
        """Give the article of an object, and add whatever is wrong or doubtful in it; none when it cannot be taken."""
        # Not needed for most files, and longer to load than many of them to read.
        from annotator.formats.record_line import RecordLine

        where, content = line
        inspection = Inspection(where, self.prefix, self.problems, self.allow)
        if self.ids is not None and not _is_mapped(content, self.ids, inspection):
            return
        document = RecordLine(content, inspection, self.known, self.tally).document()
        if document is None:
            return
        if self.stands.setdefault(document.article_id, place) is not place:
            self._repeated(document, place)
            return
        if self.tally.sureness is not None:
            self.tally.sureness.close(document.article_id, content)
        if self.tally.systems is not None:
            self.tally.systems.add(system_of(content))
        yield document

    def _repeated(self, document: Document, place: int | str) -> None:
        """Complain that an article stands at a second place."""
        first, second = (
            f"{self.file}:{one}" if isinstance(one, int) else one for one in (self.stands[document.article_id], place)
        )
        Inspection(second, self.prefix, self.problems, self.allow).error(
            "duplicate-article",
            f"The article {shown(document.article_id)} stands in {first} already. Remove one of them.",
        )


def _is_mapped(content: dict[str, Any], ids: "IdMap", inspection: Inspection) -> bool:
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
