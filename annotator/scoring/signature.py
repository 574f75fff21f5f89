"""The line that says what a score means: which gold, which rules, which version. A figure is never shown without it."""

from typing import NamedTuple

from annotator.version import __version__

UNRELEASED = "unreleased"
"""The version of gold that comes from a plain file."""


class GoldName(NamedTuple):
    """Which gold was scored against."""

    version: str = UNRELEASED
    sha256: str = ""
    """Of the release's manifest, or of a plain file's bytes, in hexadecimal."""


class Signature(NamedTuple):
    """The parts of a signature, in the order in which they are written; `v` is always last."""

    gold: str
    sha: str
    n: int
    """Gold articles."""
    lang: str
    task: str = "all"
    match: str = "strict"
    attached: str = "yes"
    over: str = "all"
    """Over which predictions: all, or those alone that gold judges (`judged`)."""
    undef: str = "null"
    v: str = __version__

    def __str__(self) -> str:
        return "|".join(f"{name}:{part}" for name, part in self._asdict().items())


def signature(gold: GoldName, articles: int, languages: set[str], over: str = "all") -> Signature:
    """Give the signature of a score over `articles` gold articles in `languages`."""
    return Signature(
        gold.version, gold.sha256[:8] or "none", articles, "+".join(sorted(languages)) or "none", over=over
    )
