import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.text.intake import take_in, text_sha256

REFUSED = [chr(code) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F)]


def refused(raw: bytes) -> Refusal:
    with pytest.raises(Refusal) as raised:
        take_in(raw, "a.txt")
    assert raised.value.what.startswith("a.txt ")
    return raised.value


def test_a_leading_bom_goes_and_any_other_stays() -> None:
    assert take_in(b"\xef\xbb\xbf" + "a\ufeffb".encode(), "a.txt").text == "a\ufeffb"
    assert take_in(2 * b"\xef\xbb\xbf" + b"a", "a.txt").text == "\ufeffa"


@pytest.mark.parametrize("written", ["a\nb\n\nc\n", "a\r\nb\r\n\r\nc\r\n", "a\rb\r\rc\r", "a\r\nb\n\rc\n"])
def test_lines_end_at_lf_whatever_they_ended_with(written: str) -> None:
    assert take_in(written.encode(), "a.txt").text == "a\nb\n\nc\n"


@pytest.mark.parametrize("control", REFUSED)
def test_a_control_character_is_refused_with_its_place(control: str) -> None:
    refusal = refused(f"one\ntwo\tب{control}x".encode())
    assert refusal.code == "intake.control-character"
    assert f"U+{ord(control):04X} at line 2, column 6." in refusal.what


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_place_counts_lines_as_they_are_kept(end: str) -> None:
    assert "line 3, column 2." in refused(f"\ufeffone{end}two{end}x\x00".encode()).what
    assert "line 3, byte" in refused(f"one{end}two{end}x".encode() + b"\xff").what


@pytest.mark.parametrize("raw", [b"\xff\xfea\x00", b"caf\xe9", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"])
def test_bytes_that_are_not_utf8_are_refused(raw: bytes) -> None:
    assert refused(b"ok\n" + raw).code == "intake.encoding"


def test_the_first_wrong_byte_is_named() -> None:
    assert "line 2, byte 6 (0xE9)" in refused(b"ok\ncaf\xe9 au lait").what


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \t\r\n\n", "\u00a0\u2003\n".encode()])
def test_a_file_without_text_is_refused(raw: bytes) -> None:
    assert refused(raw).code == "intake.empty"


def test_c1_controls_and_every_other_invisible_stay() -> None:
    kept = "".join(map(chr, range(0x80, 0xA0))) + "a\u200e\u202b\u2066\u00ad\u2028\u0085\ufffd"
    assert take_in(kept.encode(), "a.txt").text == kept


@pytest.mark.parametrize("unstable", ["\u0651\u064e", "ك\u0651\u064b", "e\u0301", "\u0627\u0653", "ﻻ", "\u2126"])
def test_nothing_is_normalised(unstable: str) -> None:
    assert any(unicodedata.normalize(form, unstable) != unstable for form in ("NFC", "NFKC"))
    assert take_in(f"a{unstable}".encode(), "a.txt").text == f"a{unstable}"


def test_ten_megabytes_come_back_as_they_were() -> None:
    text = "قُتل 6 — killed\n" * 500_000
    assert len(text.encode()) > 10_000_000
    assert take_in(text.encode(), "a.txt").text == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r" + "".join(REFUSED))).filter(str.strip))
def test_a_text_that_may_stay_comes_back_unchanged_with_its_hashes(text: str) -> None:
    raw = text.encode()
    taken = take_in(raw, "a.txt")
    if not text.startswith("\ufeff"):
        assert taken.text == text
    assert taken.text == text.removeprefix("\ufeff")
    assert taken.raw_sha256 == hashlib.sha256(raw).hexdigest()
    assert taken.text_sha256 == text_sha256(taken.text) == hashlib.sha256(taken.text.encode()).hexdigest()
