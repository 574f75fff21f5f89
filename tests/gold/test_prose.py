"""The hash of the guidelines' pages, and the version that their changelog names."""

import subprocess
from pathlib import Path

import pytest

from annotator.gold.prose import guidelines_version, pages_sha256

PAGES = {"numbers.md": b"# Numbers\n", "events.md": "# Events: قصف\n".encode(), "CHANGELOG.md": b"# Changes\n"}


def test_anybody_can_hash_the_pages(tmp_path: Path) -> None:
    for name, data in PAGES.items():
        (tmp_path / name).write_bytes(data)
    command = "LC_ALL=C; export LC_ALL; sha256sum *.md | sha256sum"
    printed = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert pages_sha256(PAGES) == printed.split()[0]


def test_the_hash_says_when_a_page_changed_its_name_or_its_bytes() -> None:
    renamed = {("counts.md" if name == "numbers.md" else name): data for name, data in PAGES.items()}
    assert len({pages_sha256(PAGES), pages_sha256(renamed), pages_sha256(PAGES | {"events.md": b"# Events\n"})}) == 3
    assert pages_sha256(dict(reversed(PAGES.items()))) == pages_sha256(PAGES)
    assert pages_sha256({}) is None


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("# Changes\n\n## 1.2.0\n\n- x\n\n## 1.1.0\n", "1.2.0"),
        ("## [1.2.0] - 2026-11-20\n", "1.2.0"),
        ("## Not released\n\n## v0.9.1, a first round\n", "0.9.1"),
        ("# 3.0.0\n\nfrom 1.0.0 on\n\n### 2.0.0\n", None),
        ("", None),
    ],
)
def test_the_version_is_the_newest_heading_that_names_one(written: str, version: str | None) -> None:
    assert guidelines_version({"CHANGELOG.md": written.encode()}) == version


def test_without_a_changelog_there_is_no_version() -> None:
    assert guidelines_version({"numbers.md": b"## 1.0.0\n"}) is None
