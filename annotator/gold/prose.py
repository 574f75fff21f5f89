"""What a release says of its guidelines' prose: a hash of the pages, and the version that their changelog names."""

from collections.abc import Mapping

from annotator.gold.version import headed_versions
from annotator.model.canonical import sha256

CHANGELOG = "CHANGELOG.md"
"""The page whose newest heading is the guidelines' version."""


def pages_sha256(pages: Mapping[str, bytes]) -> str | None:
    """Give one hash for all pages, by file name; None of none.

    It is what `LC_ALL=C; cd guidelines; sha256sum *.md | sha256sum` prints.
    """
    lines = "".join(f"{sha256(pages[name])}  {name}\n" for name in sorted(pages))
    return sha256(lines.encode()) if pages else None


def guidelines_version(pages: Mapping[str, bytes]) -> str | None:
    """Give the version in the first heading of the changelog that has one, as `1.2.0` of `## 1.2.0`; None for none."""
    return next(iter(headed_versions(pages.get(CHANGELOG, b"").decode("utf-8", "replace"))), None)
