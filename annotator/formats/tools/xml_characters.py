"""A document without the characters that XML cannot hold.

U+FFFD stands for each, one for one, so that offsets stay right. Whatever had one, the text, a mention, an event, is
named as a loss.
"""

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from annotator.formats.tools.document import Document, Frame, Loss, Marked
from annotator.model.frozen import Frozen
from annotator.model.note import Note
from annotator.text.counted import counted

STAND_IN = "\ufffd"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(document: Document, losses: list[Loss]) -> Document:
    """Give the document as XML can hold it, adding to `losses`."""
    safe: Document = _safe(document)
    if safe == document:
        return document

    def lose(item: str, told: str) -> None:
        losses.append(Loss(document.article_id, item, "text", f"{told} U+FFFD instead of characters that no XML has"))

    if safe.text != document.text:
        count = sum(1 for one, other in zip(safe.text, document.text, strict=True) if one != other)
        lose("", counted(count, "time"))
    before: Sequence[Marked | Frame | Note] = (*document.marks, *document.frames, *document.notes)
    after = (*safe.marks, *safe.frames, *safe.notes)
    for one, other in zip(before, after, strict=True):
        if one != other:
            lose(one.id, "in what is said of it")
    if safe.links != document.links:
        lose("", "in relations")
    return safe


def _safe(said: Any) -> Any:
    """Give a value with another character for each illegal one in it, however deep."""
    if isinstance(said, str):
        return _ILLEGAL.sub(STAND_IN, said)
    if isinstance(said, tuple):
        parts = [_safe(part) for part in said]
        return type(said)(*parts) if hasattr(said, "_fields") else tuple(parts)
    if isinstance(said, Frozen):
        return said.model_copy(update={name: _safe(getattr(said, name)) for name in type(said).model_fields})
    if is_dataclass(said) and not isinstance(said, type):
        return replace(said, **{one.name: _safe(getattr(said, one.name)) for one in fields(said)})
    return said
