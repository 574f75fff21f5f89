"""What a window tells its program is read as the page's script writes it; anything else is nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.window_message import WindowMessage, read_message


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ('["stdin","\\u0645"]', WindowMessage("stdin", "م")),
        ('["resize",{"width":80,"height":24}]', WindowMessage("resize", (80, 24))),
        ('["ping","1795380050924"]', WindowMessage("ping", "1795380050924")),
        ('["focus"]', WindowMessage("focus", None)),
        ('["of tomorrow", {}]', WindowMessage("of tomorrow", None)),
    ],
)
def test_what_the_page_sends_is_read(told: str, read: WindowMessage) -> None:
    assert read_message(told) == read


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
kinds = st.sampled_from(["stdin", "resize", "ping", "focus", "blur"]) | anything


@given(st.text() | anything.map(json.dumps) | st.lists(kinds | anything, max_size=3).map(json.dumps))
def test_anything_else_is_nothing(told: str) -> None:
    read = read_message(told)
    if read is None or read.content is None:
        return
    if read.kind == "resize":
        assert [type(one) for one in read.content] == [int, int]
    else:
        assert read.kind in ("stdin", "ping")
        read.content.encode()


@pytest.mark.parametrize(
    "told", ['["resize",{"width":true,"height":1}]', '["resize",{"width":1e400,"height":1}]', '["stdin","\\ud800"]']
)
def test_what_json_only_nearly_holds_is_nothing(told: str) -> None:
    assert read_message(told) is None
