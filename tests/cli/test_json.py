"""What `--json` prints: a list one value after the other is the same bytes as the list at once."""

from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.options import print_json, print_json_list
from annotator.errors import Refusal

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def printed(function: Any, value: object) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        out = TextIOWrapper(BytesIO(), encoding="utf-8")
        patch.setattr("sys.stdout", out)
        function(value)
        return bytes(out.buffer.getvalue())  # type: ignore[attr-defined]


@given(st.lists(VALUES, max_size=4))
def test_one_after_the_other_is_the_same_as_at_once(values: list[object]) -> None:
    assert printed(print_json_list, iter(values)) == printed(print_json, values)


def test_nothing_is_printed_when_a_value_cannot_be_had(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def values() -> Iterator[int]:
        yield 1
        raise Refusal("store.corrupt", "The file is damaged.")

    with pytest.raises(Refusal):
        print_json_list(values())
    assert capsysbinary.readouterr().out == b""
