"""Articles of tokens, as files of extractors have them: their text, found or made, and what is marked by token.

Owns the shape that files of DyGIE++, WikiEvents and CoNLL share: sentences of tokens, and half-open numbers of tokens
that count through the article. What does not fit is a problem.
"""

from collections.abc import Callable, Sequence
from typing import Any

from annotator.formats.inspection import shown
from annotator.formats.lines import read_lines
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked, Read, Source
from annotator.formats.tools.placing import shown_offset
from annotator.formats.tools.texts import stored_text
from annotator.formats.tools.tokens import Tokens, TokenSpan, aligned, joined
from annotator.model.problem import Problem

DocumentOf = Callable[[str, dict[str, Any], Source, list[Problem]], Document | None]


def read_articles(source: Source, document_of: DocumentOf) -> Read:
    """Give the documents of files that have an object a line, an article each; one that stands there twice is an error.

    `document_of` is given where a line stands, its object and the problems, and gives a document or None.
    """
    problems: list[Problem] = []
    documents: list[Document] = []
    seen: dict[str, str] = {}
    for file, data in source.files.items():
        for where, content in read_lines(data, file, "format.syntax", problems):
            document = document_of(where, content, source, problems)
            if document is None:
                continue
            if document.article_id in seen:
                message = f"The article {shown(document.article_id)} stands in {seen[document.article_id]} too."
                problems.append(Problem(rule="format.duplicate-id", level="error", where=where, message=message))
            seen.setdefault(document.article_id, where)
            documents.append(document)
    return Read(tuple(documents), tuple(problems))


def sentences_in(content: object, where: str, problems: list[Problem]) -> list[list[str]] | None:
    """Give the sentences that a file has as lists of tokens; None where it has something else there."""
    if isinstance(content, list) and all(
        isinstance(one, list) and all(isinstance(word, str) and word for word in one) for one in content
    ):
        return content
    message = "The sentences of an article are lists of tokens, which are texts that are not empty."
    problems.append(Problem(rule="format.syntax", level="error", where=where, message=message))
    return None


def tokens_in(
    sentences: Sequence[Sequence[str]],
    article_id: str,
    raw: object,
    where: str,
    source: Source,
    problems: list[Problem],
) -> Tokens | None:
    """Give the tokens of an article where they stand in its text: the stored one, or `raw`, or one made of them."""
    made = raw is None and article_id not in source.texts
    text = stored_text(joined(sentences) if made else raw, article_id, where, source, problems)
    if text is None:
        return None
    words = [word for sentence in sentences for word in sentence]
    found = aligned(words, text)
    if isinstance(found, Tokens):
        return found
    message = f"Token {found} {shown(words[found])} does not follow in the text of {shown(article_id)}."
    problems.append(Problem(rule="format.text-differs", level="error", where=where, message=message))
    return None


class OnText:
    """What a file marks by token in one article, as it is found: marks and frames with ids of their own."""

    def __init__(self, tokens: Tokens, where: str, problems: list[Problem]) -> None:
        self.tokens, self.where, self._problems = tokens, where, problems
        self.marks: list[Marked] = []
        self.frames: list[Frame] = []
        self.links: list[Link] = []
        self._by_place: dict[tuple[TokenSpan, str], str] = {}
        self._mentions: dict[TokenSpan, str] = {}

    def document(self, article_id: str) -> Document:
        """Give what was found so far."""
        marks, frames, links = tuple(self.marks), tuple(self.frames), tuple(self.links)
        return Document(article_id=article_id, text=self.tokens.text, marks=marks, frames=frames, links=links)

    def error(self, rule: str, message: str) -> None:
        """Add an error."""
        self._problems.append(Problem(rule=f"format.{rule}", level="error", where=self.where, message=message))

    def place(self, start: object, end: object) -> TokenSpan | None:
        """Give tokens by half-open numbers, or None after saying what is wrong with them."""
        if type(start) is not int or type(end) is not int:
            self.error("out-of-range", f"{shown(start)} and {shown(end)} are no numbers of tokens: integers are.")
            return None
        if not 0 <= start < end <= len(self.tokens):
            told = f"{shown_offset(start)}-{shown_offset(end)}"
            self.error("out-of-range", f"The tokens {told} cannot be: the article has {len(self.tokens)}.")
            return None
        return TokenSpan(start, end)

    def mention(self, there: TokenSpan, kind: str) -> str:
        """Give the id of a mention of that type on those tokens, which is made where none is there."""
        name = self._mark(there, kind, None)
        self._mentions.setdefault(there, name)
        return name

    def mention_at(self, there: TokenSpan, otherwise: str) -> str:
        """Give the id of the first mention on those tokens; of none one of type `otherwise` is made."""
        return self._mentions.get(there) or self.mention(there, otherwise)

    def event(self, kind: str, trigger: TokenSpan, arguments: Sequence[tuple[str, str]]) -> None:
        """Add an event with its trigger and what fills its roles, as roles and ids."""
        name = self._mark(trigger, "trigger", kind)
        filled = tuple(Filled(role, target) for role, target in arguments)
        self.frames.append(Frame(id=f"e{len(self.frames) + 1}", type=kind, triggers=(name,), arguments=filled))

    def _mark(self, there: TokenSpan, kind: str, label: str | None) -> str:
        key = (there, f"{kind}\0{label or ''}")
        if key not in self._by_place:
            self._by_place[key] = f"m{len(self.marks) + 1}"
            spans = (self.tokens.span_of(there),)
            self.marks.append(Marked(id=self._by_place[key], type=kind, label=label, spans=spans))
        return self._by_place[key]
