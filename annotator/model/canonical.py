"""One way to write a value as JSON bytes, so that equal values have equal hashes on every machine.

Canonical JSON here: UTF-8, keys sorted and ASCII, no floats, integers within 2^53, a final newline. Under these limits
the bytes (without the newline) are those of RFC 8785. Absent values are left out, except where a model names a field
whose null means something (the open bounds of a number).
"""

import hashlib
from typing import Any

import orjson

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exactly."""


class NotCanonicalError(TypeError):
    """A value cannot be written canonically: a float, a huge integer, a key that is not ASCII, no Unicode text."""


def canonical_json(value: Any) -> bytes:
    """Give `value` (of dicts, lists, strings, integers, booleans and None) as canonical JSON with a final newline.

    Raises `NotCanonicalError` for anything else, text that UTF-8 cannot hold (a lone surrogate) included.
    """
    _refuse_uncanonical(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError as error:
        raise NotCanonicalError(str(error)) from None


def sha256(data: bytes) -> str:
    """Give the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _refuse_uncanonical(value: Any) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonicalError(f"{value} is beyond 2^53")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise NotCanonicalError(f"the key {key!r} is not an ASCII string")
            _refuse_uncanonical(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_uncanonical(item)
    else:
        raise NotCanonicalError(f"{value!r} is a {type(value).__name__}")
