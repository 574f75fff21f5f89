"""What may be shown of a text: the one gate through which an article's strings go before they reach a screen.

Nothing of an article may steer a terminal. Control characters become pictures of themselves, bidi controls lose their
effect and show as marks, other invisible characters are left out. Every code point gives one glyph or none, so
offsets are never lost. This module must never change a stored text: its results are for showing only.
"""

import re
import unicodedata

TAB_CELLS = 2

_BIDI_MARKS = {
    "\u202a": "▸", "\u202d": "▸", "\u2066": "▸",
    "\u202b": "◂", "\u202e": "◂", "\u2067": "◂",
    "\u2068": "◊", "\u202c": "◦", "\u2069": "◦",
}  # fmt: skip
"""How embeddings, overrides and isolates are seen: which way they ask text to run, an FSI, an end."""

_REPLACED = "\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
"""Shown as something else (and TAB, which becomes cells)."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Format characters without a glyph, as the inside of a regular expression's class."""

_REVEALED = {"\u200e": "→", "\u200f": "←", "\u061c": "←", "\u00ad": "¬"}

_NOT_AS_IT_IS = re.compile(f"[\t{_REPLACED}{INVISIBLE}]")
_STEERS_BIDI = re.compile(f"[{_REPLACED}]")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_ZWJ = "\u200d"


def glyph(character: str, *, reveal: bool = False) -> str:
    """Give what to show for one code point: itself, a stand-in, two blanks for a TAB, or nothing.

    With `reveal`, characters that have no glyph of their own are shown by a mark.
    """
    if not _NOT_AS_IT_IS.match(character):
        return character
    if character == "\t":
        return " " * TAB_CELLS
    code_point = ord(character)
    if code_point < 0x20:
        return chr(0x2400 + code_point)
    if code_point == 0x7F:
        return "\u2421"
    if _HIDDEN.match(character):
        return _REVEALED.get(character, "·") if reveal else ""
    if character in "\u2028\u2029":
        return "\u2424"
    return _BIDI_MARKS.get(character, "\ufffd")


def is_hidden(character: str) -> bool:
    """Tell whether a code point has no glyph unless it is revealed."""
    return _HIDDEN.match(character) is not None


def display(text: str, *, reveal: bool = False) -> str:
    """Give `text`, a line of an article, such that any widget may show it; LF shows as its picture.

    A joiner stays where it makes one picture of two (👩‍💻).
    """

    def shown(found: re.Match[str]) -> str:
        character = found[0]
        return (
            character if character == _ZWJ and joins_pictures(text, found.start()) else glyph(character, reveal=reveal)
        )

    return _NOT_AS_IT_IS.sub(shown, text)


def joins_pictures(text: str, offset: int) -> bool:
    """Tell whether the zero width joiner at `offset` stands between two pictures, and so must be sent along."""
    before = text[offset - 1 : offset] if offset else ""
    if before in ("\ufe0f", "\U000e007f") or "\U0001f3fb" <= before <= "\U0001f3ff":
        before = "☺"
    after = text[offset + 1 : offset + 2]
    return bool(before and after) and unicodedata.category(before) == unicodedata.category(after) == "So"


def undirected(text: str) -> str:
    """Give `text` with each code point that shows as a mark or a picture as a neutral, one for one.

    This, not the stored text, is what the bidi algorithm is asked about: it orders what is seen, and no control of an
    article can turn a line round.
    """
    return _STEERS_BIDI.sub("\ufffd", text)
