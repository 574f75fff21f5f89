"""From the bytes of an article to the text that is kept for ever.

Owns what intake changes (a leading BOM is dropped, CR LF and CR become LF) and what it refuses. It never normalises:
every other code point is stored as it came, because offsets and hashes rest on it.
"""

import hashlib
import re
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.text.position import position

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""The C0 controls other than TAB and LF, and DEL. C1 stays: it can be shown safely, and mis-decoded pages carry it."""


class IntakeText(NamedTuple):
    """An article's text as it will be stored, with the fingerprints of what came and of what is kept."""

    text: str
    raw_sha256: str
    """Of the bytes as they came."""
    text_sha256: str
    """Of the stored text, encoded as UTF-8."""


def text_sha256(text: str) -> str:
    """Give the SHA-256 of `text` encoded as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def take_in(raw: bytes, name: str) -> IntakeText:
    """Decode the bytes of an article called `name`.

    Raises `Refusal`: `intake.encoding` when they are not UTF-8, `intake.control-character` with line and column for a
    control character other than TAB and LF, `intake.empty` when nothing is left to read.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = lines_at_lf(raw[: error.start].decode("utf-8")).count("\n") + 1
        raise Refusal(
            "intake.encoding",
            f"{name} is not UTF-8: line {line}, byte {error.start} (0x{raw[error.start]:02X}).",
            "Convert the file to UTF-8 and import it again.",
        ) from None
    text = lines_at_lf(text.removeprefix("\ufeff"))
    if found := _REFUSED.search(text):
        line, column = position(text, found.start())
        raise Refusal(
            "intake.control-character",
            f"{name} holds the control character U+{ord(found[0]):04X} at line {line}, column {column}.",
            "Remove it and import the file again; only TAB and line ends are kept.",
        )
    if not text.strip():
        raise Refusal("intake.empty", f"{name} holds no text.", "Leave it out, or put the article's text into it.")
    return IntakeText(text, hashlib.sha256(raw).hexdigest(), text_sha256(text))


def lines_at_lf(text: str) -> str:
    """Give a text with LF alone at line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
