"""DyGIE++: a line of JSON an article, tokens counted through the article, ends inclusive, triggers of one token.

The text stands beside them in a field that DyGIE++ passes over, so that blanks are not lost.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Link, Loss, Read, Source, Wanted, Written
from annotator.formats.tools.file_names import file_name
from annotator.formats.tools.on_tokens import Happening, OnTokens, on_tokens
from annotator.formats.tools.plain_losses import plain_losses
from annotator.formats.tools.token_reading import OnText, read_articles, sentences_in, tokens_in
from annotator.formats.tools.tokens import TokenSpan, by_sentence
from annotator.model.canonical import canonical_json
from annotator.model.problem import Problem

_TEXT = "_text"


def read(source: Source) -> Read:
    """Give the documents of files of lines; predictions are read where a line has no gold."""
    return read_articles(source, _document)


def _document(where: str, content: dict[str, Any], source: Source, problems: list[Problem]) -> Document | None:
    article_id = content.get("doc_key")
    if not isinstance(article_id, str) or not article_id:
        message = f"doc_key must be the id of the article, not {shown(article_id)}."
        problems.append(Problem(rule="format.syntax", level="error", where=where, message=message))
        return None
    sentences = sentences_in(content.get("sentences"), where, problems)
    if sentences is None:
        return None
    tokens = tokens_in(sentences, article_id, content.get(_TEXT), where, source, problems)
    if tokens is None:
        return None
    found = OnText(tokens, where, problems)
    for item in _items(content, "ner", found):
        _mention(item, found)
    for item in _items(content, "events", found):
        _event(item, found)
    for item in _items(content, "relations", found):
        _relation(item, found)
    for cluster in _list(content.get("clusters"), "clusters", found):
        _cluster(cluster, found)
    return found.document(article_id)


def _list(content: object, name: str, found: OnText) -> list[Any]:
    if content is None or isinstance(content, list):
        return content or []
    found.error("syntax", f"{name} must be a list, not {shown(content)}.")
    return []


def _items(content: dict[str, Any], name: str, found: OnText) -> Iterator[list[Any]]:
    """Give what is marked of one sort: a list a sentence, or its prediction."""
    for sentence in _list(content.get(name, content.get(f"predicted_{name}")), name, found):
        for item in _list(sentence, f"{name} of a sentence", found):
            if isinstance(item, list):
                yield item
            else:
                found.error("syntax", f"In {name} lists are marked, not {shown(item)}.")


def _tokens(item: list[Any], at: int, found: OnText) -> TokenSpan | None:
    """Give the tokens that two numbers of a list say, the second inclusive."""
    start, last = (*item, None, None)[at : at + 2] if len(item) > at + 1 else (None, None)
    return found.place(start, last + 1 if type(last) is int else last)


def _word(item: list[Any], at: int, found: OnText) -> str | None:
    word = item[at] if len(item) > at else None
    if isinstance(word, str) and word:
        return word
    found.error("syntax", f"{shown(item)} has no type or role.")
    return None


def _mention(item: list[Any], found: OnText) -> None:
    there, kind = _tokens(item, 0, found), _word(item, 2, found)
    if there is not None and kind is not None:
        found.mention(there, kind)


def _event(item: list[Any], found: OnText) -> None:
    trigger, *filled = item if item and all(isinstance(one, list) for one in item) else [[]]
    kind = _word(trigger, 1, found)
    there = None if kind is None else _tokens([trigger[0], *trigger[:1]], 0, found)
    if kind is None or there is None:
        return
    arguments = []
    for one in filled:
        place, role = _tokens(one, 0, found), _word(one, 2, found)
        if place is not None and role is not None:
            arguments.append((role, found.mention_at(place, "argument")))
    found.event(kind, there, arguments)


def _relation(item: list[Any], found: OnText) -> None:
    source, target, kind = _tokens(item, 0, found), _tokens(item, 2, found), _word(item, 4, found)
    if source is not None and target is not None and kind is not None:
        found.links.append(Link(kind, found.mention_at(source, "mention"), found.mention_at(target, "mention")))


def _cluster(cluster: object, found: OnText) -> None:
    """Add what is said to be of one thing as relations to the first of them."""
    items = [one for one in _list(cluster, "a cluster", found) if isinstance(one, list)]
    places = [there for one in items if (there := _tokens(one, 0, found)) is not None]
    first, *others = [found.mention_at(there, "mention") for there in places] or [""]
    found.links += [Link("coreference", first, other, symmetric=True) for other in others if other != first]


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a line for each document."""
    losses: list[Loss] = []
    lines = [canonical_json(_line(document, losses)) for document in documents]
    return Written(
        {file_name(wanted.title, ".jsonl"): b"".join(line.rstrip(b"\n") + b"\n" for line in lines)}, tuple(losses)
    )


def _line(document: Document, losses: list[Loss]) -> dict[str, Any]:
    losses += plain_losses(document)
    held = on_tokens(document, losses, trigger_words=1)
    spans = [there for _, there in held.mentions.values()]
    sentences = held.tokens.sentences(spans)
    words = held.tokens.words
    by_start = sorted(held.mentions.values(), key=lambda one: one[1])
    mentions = by_sentence(sentences, by_start, lambda one: one[1].start)
    events = by_sentence(sentences, held.events, lambda one: one.trigger.start)
    return {
        "doc_key": document.article_id,
        "dataset": "annotator",
        "sentences": [words[one.start : one.end] for one in sentences],
        "ner": [[[there.start, there.end - 1, mark.type] for mark, there in inside] for inside in mentions],
        "relations": [[] for _ in sentences],
        "events": [
            [_said(document, held, event, one, losses) for event in inside]
            for one, inside in zip(sentences, events, strict=True)
        ],
        _TEXT: document.text,
    }


def _within(there: TokenSpan, sentence: TokenSpan) -> bool:
    return sentence.start <= there.start < sentence.end


def _said(
    document: Document, held: OnTokens, event: Happening, sentence: TokenSpan, losses: list[Loss]
) -> list[list[int | str]]:
    said: list[list[int | str]] = [[event.trigger.start, event.frame.type]]
    for one in event.arguments:
        there = held.mentions[one.target][1]
        if _within(there, sentence):
            said.append([there.start, there.end - 1, one.role])
        else:
            told = f"{one.role} {one.target}: it stands in another sentence than its event"
            losses.append(Loss(document.article_id, event.frame.id, "argument", told, str(one.place)))
    return said
