"""GTT's templates as documents: gold as lines with texts, output as one object without.

An entity's strings are mentions; the first fills the role, the others are said to be the same. A template has no
trigger. Texts of GTT are in small letters: an article that is here is the same where it is so in small letters too.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from annotator.formats.anchoring import Quotes
from annotator.formats.gtt import output_id, read_gold, read_output
from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Read, Source
from annotator.formats.tools.texts import stored_text
from annotator.formats.tools.units import InsideCharacter, OutOfText, Ruler
from annotator.model.problem import Level, Problem
from annotator.model.template import Filled as Article
from annotator.model.template import Name, Template
from annotator.text.span import Span, span


def read(source: Source) -> Read:
    """Give the documents of files of gold or output."""
    problems: list[Problem] = []
    documents: list[Document] = []
    for file, data in source.files.items():
        is_output = b'"pred_templates"' in data
        articles, found = read_output(data, file) if is_output else read_gold(data, file)
        problems += (_renamed(one) for one in found)
        for article in articles:
            document = _document(article, file, source, problems)
            documents += [document] if document is not None else []
    return Read(tuple(documents), tuple(problems))


def _renamed(problem: Problem) -> Problem:
    """Give a problem of the scorer's reader as one of a reader's; an offset that does not fit is repaired, or none."""
    rule = problem.rule.rpartition(".")[2]
    known = {"duplicate-article": "duplicate-id", "json": "syntax", "field": "syntax", "quote": "quote-moved"}
    return Problem(
        rule=f"format.{known.get(rule, rule)}", level=problem.level, where=problem.where, message=problem.message
    )


class _Text(NamedTuple):
    """The stored text of an article, and the text as GTT has it, as long."""

    stored: str
    told: str
    ruler: Ruler


def _document(article: Article, file: str, source: Source, problems: list[Problem]) -> Document | None:
    article_id = _known_id(article.article_id, source.texts)
    text = _text(article, article_id, file, source, problems)
    if text is None:
        return None
    where = f"{file}: {article.article_id}"
    return _Templates(article_id, text, where, problems, is_output=not article.text).of(article)


def _known_id(said: str, texts: Mapping[str, str]) -> str:
    """Give the id of the article that is meant: output has other names for MUC's documents."""
    return said if said in texts else next((one for one in texts if output_id(one) == said), said)


def _text(article: Article, article_id: str, file: str, source: Source, problems: list[Problem]) -> _Text | None:
    here = source.texts.get(article_id)
    if here is not None and article.text in ("", here.lower()) and len(here.lower()) == len(here):
        return _Text(here, here.lower(), Ruler(here, "code_point"))
    text = stored_text(article.text or None, article_id, file, source, problems)
    return None if text is None else _Text(text, text, Ruler(article.text or text, "code_point"))


class _Templates:
    """The templates of one article that become frames."""

    def __init__(self, article_id: str, text: _Text, where: str, problems: list[Problem], *, is_output: bool) -> None:
        self._is_output = is_output
        """Whether a model filled it: its strings need not be in the text."""
        self._id, self._text, self._where, self._problems = article_id, text, where, problems
        self._quotes = Quotes(text.told)
        self._marks: dict[tuple[Span, str], Marked] = {}
        self._links: dict[Link, None] = {}

    def of(self, article: Article) -> Document:
        """Give the document."""
        frames = tuple(self._frame(number, one) for number, one in enumerate(article.templates, 1))
        marks = tuple(sorted(self._marks.values(), key=lambda one: one.covers))
        return Document(
            article_id=self._id, text=self._text.stored, marks=marks, frames=frames, links=tuple(self._links)
        )

    def _frame(self, number: int, template: Template) -> Frame:
        filled = []
        for role, entities in template.roles:
            for entity in entities:
                first, *others = list(dict.fromkeys(self._mentions(entity, role))) or [""]
                self._links |= {Link("coreference", first, other, symmetric=True): None for other in others}
                filled += [Filled(role, first)] if first else []
        return Frame(id=f"e{number}", type=template.type, arguments=tuple(filled))

    def _mentions(self, entity: tuple[Name, ...], role: str) -> Iterator[str]:
        for name in entity:
            there = self._place(name)
            if there is None:
                continue
            key = (there, role)
            if key not in self._marks:
                self._marks[key] = Marked(id=f"m{len(self._marks) + 1}", type=role, spans=(there,))
            yield self._marks[key].id

    def _place(self, name: Name) -> Span | None:
        """Give where a string stands: at its offset, else where the text has it first."""
        if not name.said.strip():
            return None
        if name.start is not None and (there := self._at(name.start, name.said)) is not None:
            return there
        places = self._quotes.places(name.said.lower()).spans
        if places:
            return places[0]
        message = f"{shown(name.said)} stands nowhere in the text{', and was passed over' if self._is_output else ''}."
        level: Level = "warning" if self._is_output else "error"
        self._problems.append(Problem(rule="format.quote-differs", level=level, where=self._where, message=message))
        return None

    def _at(self, offset: int, said: str) -> Span | None:
        try:
            start = self._text.ruler.code_point(offset)
        except (InsideCharacter, OutOfText):
            return None
        there = span(start, start + len(said))
        return there if there.of(self._text.told) == said else None
