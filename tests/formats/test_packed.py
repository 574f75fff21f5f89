"""gzip is unpacked as it comes, by what it begins with, and what grows beyond measure is refused."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.formats import packed
from annotator.formats.packed import unpacked

LINES = b'{"article_id": "a"}\n' * 3
PACKED = gzip.compress(LINES, mtime=0)


def test_what_is_no_gzip_comes_as_it_is():
    source = unpacked(io.BytesIO(LINES), "p.jsonl", hashed=True)
    assert source.read() == LINES
    assert source.size == len(LINES)


def test_gzip_is_told_by_its_first_bytes_also_in_several_members():
    both = gzip.compress(LINES) + gzip.compress(b"more\n")
    source = unpacked(io.BytesIO(both), "p.jsonl", hashed=True)
    assert source.readline() == b'{"article_id": "a"}\n'
    assert source.read() == LINES[20:] + b"more\n"
    assert source.size == len(LINES) + 5


def test_the_hash_is_that_of_what_was_packed():
    plain, squeezed = (unpacked(io.BytesIO(data), "g", hashed=True) for data in (LINES, gzip.compress(LINES)))
    assert plain.read() == squeezed.read()
    assert plain.sha256() == squeezed.sha256() != ""
    assert unpacked(io.BytesIO(LINES), "g").sha256() == ""


@pytest.mark.parametrize(
    "broken",
    [
        PACKED[:-9],
        PACKED[:12] + b"\xff\xff" + PACKED[14:],
        PACKED[:-8] + b"\0" * 8,
        PACKED + b"garbage",
        b"\x1f\x8b",
    ],
    ids=["cut off", "damaged", "another sum", "more behind", "nothing in it"],
)
def test_damaged_gzip_is_refused_by_name(broken):
    with pytest.raises(Refusal, match=r"p\.gz cannot be unpacked") as refused:
        unpacked(io.BytesIO(broken), "p.gz").read()
    assert refused.value.code == "file.packed"


def test_a_bomb_is_refused_before_it_has_grown(monkeypatch):
    monkeypatch.setattr(packed, "FREE", 1 << 20)
    bomb = unpacked(io.BytesIO(gzip.compress(b"0" * (1 << 24))), "bomb.gz")
    with pytest.raises(Refusal, match=r"bomb\.gz becomes more than 200 times its size"):
        while bomb.read(1 << 16):
            pass
    assert bomb.size < 1 << 22


def test_what_is_small_may_be_as_dense_as_it_likes():
    assert len(unpacked(io.BytesIO(gzip.compress(b"0" * (1 << 20))), "p.gz").read()) == 1 << 20


@given(st.binary(max_size=300))
def test_any_bytes_come_through_or_are_refused(data):
    assert unpacked(io.BytesIO(gzip.compress(data)), "p").read() == data
    try:
        assert unpacked(io.BytesIO(data), "p").read() == data
    except Refusal as refused:
        assert data.startswith(b"\x1f\x8b")
        assert refused.code == "file.packed"
