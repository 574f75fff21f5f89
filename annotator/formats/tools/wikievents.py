"""WikiEvents: a line of JSON an article, tokens counted through the article, half-open, entities by id.

Its character offsets do not fit its own text where blank lines were taken out of it; within a sentence they do. So each
sentence is looked for in the text, and tokens stand where they do in it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from annotator.formats.inspection import shown
from annotator.formats.tools.document import Document, Link, Read, Source
from annotator.formats.tools.texts import stored_text
from annotator.formats.tools.token_reading import OnText, read_articles
from annotator.formats.tools.tokens import Tokens, TokenSpan, aligned
from annotator.model.problem import Problem
from annotator.text.intake import lines_at_lf
from annotator.text.span import Span, span


class _Sentence(NamedTuple):
    words: list[str]
    text: str


def read(source: Source) -> Read:
    """Give the documents of files of lines."""
    return read_articles(source, _document)


def _document(where: str, content: dict[str, Any], source: Source, problems: list[Problem]) -> Document | None:
    def error(rule: str, message: str) -> None:
        problems.append(Problem(rule=f"format.{rule}", level="error", where=where, message=message))

    article_id = content.get("doc_id")
    if not isinstance(article_id, str) or not article_id:
        error("syntax", f"doc_id must be the id of the article, not {shown(article_id)}.")
        return None
    sentences = list(_sentences(content.get("sentences")))
    words = [word for one in sentences for word in one.words]
    if not sentences or (content.get("tokens") not in (None, words)):
        error(
            "syntax", "The sentences are lists of tokens with their text, and hold the tokens of the article in order."
        )
        return None
    raw = content.get("text")
    raw = "\n".join(one.text for one in sentences) if raw is None and article_id not in source.texts else raw
    text = stored_text(raw, article_id, where, source, problems)
    if text is None:
        return None
    found = _found(sentences, text)
    if isinstance(found, str):
        error("text-differs", found)
        return None
    on_text = OnText(Tokens(text, found), where, problems)
    ids = _entities(content, on_text)
    _events(content, on_text, ids)
    _relations(content, on_text, ids)
    return on_text.document(article_id)


def _sentences(content: object) -> Iterator[_Sentence]:
    """Give the sentences: pairs of tokens, each with its offsets, and the sentence's text; nothing of what is none."""
    for one in content if isinstance(content, list) else ():
        if not (isinstance(one, list) and len(one) == 2 and isinstance(one[0], list) and isinstance(one[1], str)):
            return
        words = [token[0] for token in one[0] if isinstance(token, list) and token and isinstance(token[0], str)]
        if len(words) != len(one[0]) or not all(words):
            return
        yield _Sentence(words, lines_at_lf(one[1]))


def _found(sentences: list[_Sentence], text: str) -> list[Span] | str:
    """Give where the tokens of all sentences stand in the text, or what does not."""
    spans: list[Span] = []
    at = 0
    for number, one in enumerate(sentences):
        start = text.find(one.text.strip(), at)
        if start < 0:
            return f"Sentence {number} does not follow in the text of the article: {shown(one.text)}."
        tokens = aligned(one.words, one.text.strip())
        if not isinstance(tokens, Tokens):
            return f"Token {tokens} of sentence {number} does not follow in it: {shown(one.words[tokens])}."
        spans += [span(start + there.start, start + there.end) for there in tokens.spans]
        at = start + len(one.text.strip())
    return spans


def _objects(content: dict[str, Any], name: str, on_text: OnText) -> Iterator[dict[str, Any]]:
    value = content.get(name)
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item
        else:
            on_text.error("syntax", f"{name} has objects, not {shown(item)}.")
    if value is not None and not isinstance(value, list):
        on_text.error("syntax", f"{name} must be a list, not {shown(value)}.")


def _place(item: dict[str, Any], on_text: OnText) -> TokenSpan | None:
    """Give the tokens that something stands on, held against the words that it says."""
    there = on_text.place(item.get("start"), item.get("end"))
    said = item.get("text")
    if there is None or not isinstance(said, str):
        return there
    words = "".join(on_text.tokens.words[there.start : there.end])
    if "".join(said.split()) != "".join(words.split()):
        on_text.error("quote-differs", f"The tokens {there.start}-{there.end} are {shown(words)}, not {shown(said)}.")
        return None
    return there


def _word(item: dict[str, Any], name: str, on_text: OnText) -> str | None:
    word = item.get(name)
    if isinstance(word, str) and word:
        return word
    on_text.error("syntax", f"{name} must be a text that is not empty, not {shown(word)}.")
    return None


def _entities(content: dict[str, Any], on_text: OnText) -> dict[str, str]:
    """Add the mentions, and give their ids here by those in the file."""
    ids: dict[str, str] = {}
    for item in _objects(content, "entity_mentions", on_text):
        name, kind, there = _word(item, "id", on_text), _word(item, "entity_type", on_text), _place(item, on_text)
        if name in ids:
            on_text.error("duplicate-id", f"The id {shown(name)} stands there twice.")
        elif name is not None and kind is not None and there is not None:
            ids[name] = on_text.mention(there, kind)
    return ids


def _events(content: dict[str, Any], on_text: OnText, ids: dict[str, str]) -> None:
    for item in _objects(content, "event_mentions", on_text):
        kind, trigger = _word(item, "event_type", on_text), item.get("trigger")
        there = _place(trigger, on_text) if isinstance(trigger, dict) else None
        if trigger is not None and not isinstance(trigger, dict):
            on_text.error("syntax", f"A trigger is an object, not {shown(trigger)}.")
        filled = [
            (role, name)
            for argument in _objects(item, "arguments", on_text)
            if (role := _word(argument, "role", on_text)) and (name := _target(argument, "entity_id", on_text, ids))
        ]
        if kind is not None and there is not None:
            on_text.event(kind, there, filled)


def _relations(content: dict[str, Any], on_text: OnText, ids: dict[str, str]) -> None:
    for item in _objects(content, "relation_mentions", on_text):
        kind = _word(item, "relation_type", on_text)
        ends = [_target(one, "entity_id", on_text, ids) for one in _objects(item, "arguments", on_text)]
        if kind is not None and len(ends) == 2 and ends[0] and ends[1]:
            on_text.links.append(Link(kind, ends[0], ends[1]))


def _target(item: dict[str, Any], name: str, on_text: OnText, ids: dict[str, str]) -> str | None:
    said = _word(item, name, on_text)
    if said is not None and said not in ids:
        on_text.error("unknown-id", f"{shown(said)} is the id of no entity in this article.")
    return None if said is None else ids.get(said)
