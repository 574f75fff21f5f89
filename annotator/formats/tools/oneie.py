"""OneIE: a line of JSON a sentence, as its training files have them before a tokenizer of pieces is run over them.

Tokens are counted within the sentence, ends exclusive. Roles that reach into another sentence cannot be written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from annotator.formats.tools.document import Document, Loss, Marked, Wanted, Written
from annotator.formats.tools.file_names import file_name
from annotator.formats.tools.on_tokens import Happening, OnTokens, on_tokens
from annotator.formats.tools.plain_losses import plain_losses
from annotator.formats.tools.tokens import TokenSpan, by_sentence
from annotator.model.canonical import canonical_json


def write(documents: Sequence[Document], wanted: Wanted) -> Written:
    """Give one file with a line for each sentence of each document."""
    losses: list[Loss] = []
    lines = [canonical_json(line) for document in documents for line in _lines(document, losses)]
    return Written(
        {file_name(wanted.title, ".json"): b"".join(line.rstrip(b"\n") + b"\n" for line in lines)}, tuple(losses)
    )


def _lines(document: Document, losses: list[Loss]) -> list[dict[str, Any]]:
    losses += plain_losses(document)
    held = on_tokens(document, losses)
    whole = [there for _, there in held.mentions.values()] + [event.trigger for event in held.events]
    sentences = held.tokens.sentences(whole)
    mentions = by_sentence(sentences, held.mentions.items(), lambda one: one[1][1].start)
    events = by_sentence(sentences, held.events, lambda one: one.trigger.start)
    return [
        _line(document, held, f"{document.article_id}-{number}", _Inside(*inside), losses)
        for number, inside in enumerate(zip(sentences, mentions, events, strict=True))
    ]


class _Inside(NamedTuple):
    """A sentence and what begins in it."""

    tokens: TokenSpan
    mentions: list[tuple[str, tuple[Marked, TokenSpan]]]
    events: list[Happening]


def _line(document: Document, held: OnTokens, name: str, within: _Inside, losses: list[Loss]) -> dict[str, Any]:
    words, one = held.tokens.words, within.tokens
    inside = {mark: there for mark, (_, there) in within.mentions}
    names = {mark: f"{name}-{mark}" for mark in inside}

    def said(there: TokenSpan) -> dict[str, Any]:
        text = " ".join(words[there.start : there.end])
        return {"text": text, "start": there.start - one.start, "end": there.end - one.start}

    entities = [
        {"id": names[mark], "entity_type": held.mentions[mark][0].type, "entity_subtype": "", "mention_type": "NAM"}
        | said(there)
        for mark, there in inside.items()
    ]
    events = [
        {"id": f"{name}-{event.frame.id}", "event_type": event.frame.type, "trigger": said(event.trigger)}
        | {"arguments": [argument | {"text": said(inside[mark])["text"]} for mark, argument in filled]}
        for event in within.events
        for filled in [_arguments(document, event, names, losses)]
    ]
    return {
        "doc_id": document.article_id,
        "sent_id": name,
        "tokens": words[one.start : one.end],
        "sentence": held.tokens.span_of(one).of(document.text),
        "entity_mentions": entities,
        "relation_mentions": [],
        "event_mentions": events,
    }


def _arguments(
    document: Document, event: Happening, names: Mapping[str, str], losses: list[Loss]
) -> list[tuple[str, dict[str, str]]]:
    found = []
    for one in event.arguments:
        if one.target in names:
            found.append((one.target, {"entity_id": names[one.target], "role": one.role}))
        else:
            told = f"{one.role} {one.target}: it stands in another sentence than its event"
            losses.append(Loss(document.article_id, event.frame.id, "argument", told, str(one.place)))
    return found
