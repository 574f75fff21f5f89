"""Files that somebody names are read whole only up to a size, packed or not, and from standard input too."""

import gzip
import io
import sys
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.workflow import opening
from annotator.workflow.opening import read_file


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be of two megabytes at most."""
    monkeypatch.setattr(opening, "MOST_HELD", 2 << 20)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_file_of_the_most_is_read_and_one_byte_more_is_refused(tmp_path: Path, packed: bool) -> None:
    for more, file in ((0, tmp_path / "most"), (1, tmp_path / "more")):
        data = b"x" * ((2 << 20) + more)
        file.write_bytes(gzip.compress(data) if packed else data)
    assert read_file(tmp_path / "most") == b"x" * (2 << 20)
    with pytest.raises(Refusal, match="more is larger than 0 GB, unpacked, and would be held whole") as refused:
        read_file(tmp_path / "more")
    assert (refused.value.code, int(refused.value.exit)) == ("file.too-large", 2)


def test_standard_input_is_unpacked_and_has_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(gzip.compress(b"said"))

    monkeypatch.setattr(sys, "stdin", Piped())
    assert read_file("-") == b"said"
    Piped.buffer = io.BytesIO(b"x" * ((2 << 20) + 1))
    with pytest.raises(Refusal, match="is larger than"):
        read_file("-")
