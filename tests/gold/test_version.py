"""The version follows from the changes."""

from collections.abc import Callable

import pytest

from annotator.gold.version import Changes, Version, changes_between, next_version, parse_version
from annotator.model.record import GoldRecord


@pytest.mark.parametrize(
    ("changes", "schema_after", "expected"),
    [
        (Changes(), "1.4.2", "2.5.8"),
        (Changes(), "1.9.0", "2.5.8"),
        (Changes(), "2.0.0", "3.0.0"),
        (Changes(), "10.0.0", "3.0.0"),
        (Changes(added=("x",)), "1.4.2", "2.6.0"),
        (Changes(added=("x",)), "2.0.0", "3.0.0"),
        (Changes(changed=("x",)), "1.4.2", "3.0.0"),
        (Changes(removed=("x",)), "1.4.2", "3.0.0"),
        (Changes(added=("x",), changed=("y",)), "1.4.2", "3.0.0"),
        (Changes(added=("x",), removed=("y",)), "1.5.0", "3.0.0"),
    ],
)
def test_the_next_version(changes: Changes, schema_after: str, expected: str) -> None:
    assert str(next_version(Version(2, 5, 7), changes, "1.4.2", schema_after)) == expected


def test_changes_are_found_by_label(make_record: Callable[..., GoldRecord]) -> None:
    before = [make_record("kept"), make_record("corrected"), make_record("withdrawn")]
    after = [make_record("new"), make_record("kept"), make_record("corrected", word="wounded")]
    assert changes_between(before, after) == Changes(added=("new",), changed=("corrected",), removed=("withdrawn",))


def test_who_decided_is_no_label(make_record: Callable[..., GoldRecord]) -> None:
    assert changes_between([make_record("x")], [make_record("x", decided=b"again")]) == Changes()


@pytest.mark.parametrize(
    "written", ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0 ", "v1.0.0", "1.0.٣", "1.-1.0", "1.0.0\n"]
)
def test_what_is_no_version(written: str) -> None:
    assert parse_version(written) is None


def test_versions_sort_by_number() -> None:
    written = ["10.0.0", "2.0.0", "2.10.0", "2.9.9"]
    assert sorted(written, key=lambda w: parse_version(w) or Version(0, 0, 0)) == ["2.0.0", "2.9.9", "2.10.0", "10.0.0"]
