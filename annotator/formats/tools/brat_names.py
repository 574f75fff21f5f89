"""Names that brat accepts for types, roles and attributes, and the way back to what they stand for.

brat has letters, digits, `-` and `_` in them and takes digits at the end of a role for its number. A dot becomes `__`;
anything else that brat would not take, and an underscore that could be misread, `_x` and its code point in hexadecimal.
"""

import re

_WRITTEN = re.compile(r"_x([0-9a-f]{1,6})_|__")
_PLAIN = re.compile(r"[A-Za-z0-9-]")
_CODED = re.compile(r"_x([0-9a-f]{1,6})_")
_MISREAD = re.compile(r"_x[0-9a-f]")
"""What may become a code point in hexadecimal by what is written behind it."""
_BLANK = re.compile(r"[\s\x00-\x1f\x7f,|]")
_LAST_CODE_POINT = 0x10FFFF


def brat_name(name: str, *, numbered: bool = False) -> str:
    """Give a name as brat takes it; `numbered` where digits at its end would be a number, as at roles."""
    last = name[-1:] if numbered and name[-1:].isascii() and name[-1:].isdigit() else ""
    kept = name.removesuffix(last)
    return "".join(_written(kept, at, bool(last)) for at in range(len(kept))) + (_coded(last) if last else "")


def _written(name: str, at: int, goes_on: bool) -> str:
    one = name[at]
    if _PLAIN.match(one):
        return one
    if one == ".":
        return "__"
    before, behind = name[:at][-1:] or "-", name[at + 1 : at + 2] or ("_" if goes_on else "-")
    if one == "_" and _PLAIN.match(before) and _PLAIN.match(behind) and not _MISREAD.match(name, at):
        return one
    return _coded(one)


def plain_name(written: str) -> str:
    """Give the name that a name of brat's stands for; names that were never ours stay as they are."""
    return _WRITTEN.sub(_meant, written)


def brat_word(value: str) -> str:
    """Give the value of an attribute without blanks, which would end it, and without what separates values."""
    kept = _MISREAD.sub(lambda found: _coded("_") + found[0][1:], value)
    return _BLANK.sub(lambda found: _coded(found[0]), kept)


def plain_word(written: str) -> str:
    """Give the value that a value of brat's stands for."""
    return _CODED.sub(_meant, written)


def _coded(character: str) -> str:
    return f"_x{ord(character):x}_"


def _meant(found: re.Match[str]) -> str:
    if found[0] == "__":
        return "."
    code = int(found[0][2:-1], 16)
    return chr(code) if code <= _LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF else found[0]
