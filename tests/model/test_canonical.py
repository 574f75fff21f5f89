import hashlib
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.canonical import MAX_INTEGER, NotCanonicalError, canonical_json, sha256

KEYS = st.text(st.characters(max_codepoint=127))
TEXTS = st.text(st.characters(codec="utf-8"))
SCALARS = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)

_SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def rfc8785(value: Any) -> str:
    """Serialise as RFC 8785 says (3.2.2 and 3.2.3), for values without floats; keys sort by UTF-16 code units."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = (_SHORT.get(ord(c)) or (f"\\u{ord(c):04x}" if ord(c) < 0x20 else c) for c in value)
        return f'"{"".join(escaped)}"'
    if isinstance(value, list):
        return f"[{','.join(map(rfc8785, value))}]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return f"{{{','.join(f'{rfc8785(key)}:{rfc8785(value[key])}' for key in keys)}}}"


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785_and_a_line_end(value: Any) -> None:
    assert canonical_json(value) == rfc8785(value).encode() + b"\n"


@given(st.dictionaries(KEYS, VALUES), st.randoms())
def test_the_order_of_keys_changes_nothing(value: dict[str, Any], random: Any) -> None:
    items = list(value.items())
    random.shuffle(items)
    assert canonical_json(dict(items)) == canonical_json(value)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        0.5,
        float("nan"),
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        2**64,
        {"é": 1},
        {1: 1},
        {None: 1},
        {"a", "b"},
        frozenset(),
        b"bytes",
        "\ud800",
        {"\ud800": 1},
        object(),
    ],
)
def test_what_has_no_canonical_form_is_refused_at_any_depth(value: Any) -> None:
    for held in (value, [value], {"a": [{"b": value}]}):
        with pytest.raises(NotCanonicalError):
            canonical_json(held)


def test_the_largest_integers_are_written() -> None:
    assert canonical_json([MAX_INTEGER, -MAX_INTEGER]) == b"[9007199254740991,-9007199254740991]\n"


def test_tuples_are_lists_and_true_is_not_one() -> None:
    assert canonical_json((1, True, "ق")) == '[1,true,"ق"]\n'.encode()


def test_the_digest_is_plain_sha_256() -> None:
    assert sha256(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_hash_randomisation_changes_nothing() -> None:
    program = """
from annotator.model.canonical import canonical_json, sha256
from annotator.model.mention import Mention
from annotator.model.value import NumberValue
number = Mention(id="m1", kind="number", start=0, end=2, quote="80", value=NumberValue(low=80, unit="persons"))
print(sha256(canonical_json({name: number.plain() for name in "zyxabc"})))
"""
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(digests) == 1
