"""The pin of a release: the hash of its manifest, or the beginning of it, written behind its path.

A consistent rewrite of data, manifest and sums passes every checksum; only a pin kept elsewhere (in a paper, a
signature, a script) refuses it.
"""

import re
from typing import NamedTuple

from annotator.errors import Refusal

MARK = "#sha256:"
_PREFIX = re.compile(r"[0-9a-f]{8,64}")
SHOWN = 16
"""How many digits of the hash are printed: enough that nobody finds another manifest with the same ones by chance."""


class Pinned(NamedTuple):
    """A release as a person names it."""

    path: str
    prefix: str | None
    """At least 8 hexadecimal digits of the manifest's hash, or None when the release is named by path alone."""


def parse_pinned(written: str) -> Pinned:
    """Read `PATH` or `PATH#sha256:PREFIX`. Raises `Refusal` `usage` when the pin is not 8 to 64 hex digits."""
    path, mark, prefix = written.rpartition(MARK)
    if not mark:
        return Pinned(written, None)
    if not _PREFIX.fullmatch(prefix.lower()):
        raise Refusal(
            "usage",
            f"{prefix!r} is no pin.",
            f"Write 8 to 64 hexadecimal digits behind {MARK}, or name the path alone.",
        )
    return Pinned(path, prefix.lower())


def pinned(path: str, manifest_sha256: str) -> str:
    """Give how a release is named so that nothing else can stand in for it."""
    return f"{path}{MARK}{manifest_sha256[:SHOWN]}"


def hold_to_pin(named: Pinned, manifest_sha256: str) -> None:
    """Compare a pin with the hash of the manifest that was found. Raises `Refusal` `gold.pin` when they differ."""
    if named.prefix is not None and not manifest_sha256.startswith(named.prefix):
        found = manifest_sha256[: max(SHOWN, len(named.prefix))]
        raise Refusal(
            "gold.pin",
            f"{named.path} is not the release that was pinned: its manifest is {found}, the pin says {named.prefix}.",
            "Get the release that the pin was taken of, or pin this one if the change is wanted.",
        )
