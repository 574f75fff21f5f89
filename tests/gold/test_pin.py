"""A release named by path and pin."""

import pytest

from annotator.errors import Refusal
from annotator.gold.pin import Pinned, hold_to_pin, parse_pinned, pinned

HASH = "3f9c" * 16


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("gold/1.0.0", Pinned("gold/1.0.0", None)),
        ("gold/1.0.0#sha256:3f9c3f9c", Pinned("gold/1.0.0", "3f9c3f9c")),
        ("gold/1.0.0#sha256:3F9C3F9C", Pinned("gold/1.0.0", "3f9c3f9c")),
        (f"gold/1.0.0#sha256:{HASH}", Pinned("gold/1.0.0", HASH)),
        ("a#b/1.0.0", Pinned("a#b/1.0.0", None)),
        ("a#sha256:x/1.0.0#sha256:3f9c3f9c", Pinned("a#sha256:x/1.0.0", "3f9c3f9c")),
    ],
)
def test_reading_a_pin(written: str, expected: Pinned) -> None:
    assert parse_pinned(written) == expected


@pytest.mark.parametrize("pin", ["", "3f9c3f9", "3f9c3f9g", HASH + "0", "3f9c 3f9c"])
def test_a_pin_that_is_none(pin: str) -> None:
    with pytest.raises(Refusal, match="8 to 64 hexadecimal digits") as refusal:
        parse_pinned(f"gold/1.0.0#sha256:{pin}")
    assert refusal.value.code == "usage"


def test_the_pin_that_is_printed_is_accepted() -> None:
    hold_to_pin(parse_pinned(pinned("gold/1.0.0", HASH)), HASH)


def test_no_pin_accepts_every_release() -> None:
    hold_to_pin(Pinned("gold/1.0.0", None), HASH)


@pytest.mark.parametrize("pin", ["3f9c3f9d", HASH[:-1] + "0"])
def test_another_release_than_the_pinned_one(pin: str) -> None:
    with pytest.raises(Refusal, match=f"the pin says {pin}") as refusal:
        hold_to_pin(Pinned("gold/1.0.0", pin), HASH)
    assert refusal.value.code == "gold.pin"
