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
    """The levels that were asked for."""
    match: str = "strict"
    attached: str = "yes"
    over: str = "all"
    """Over which predictions: all, or those alone that gold judges (`judged`)."""
    undef: str = "null"
    boot: int = 0
    """How often articles were drawn for the intervals; 0 where there are none."""
    seed: int | None = None
    """What the draws follow from."""
    v: str = __version__

    def __str__(self) -> str:
        return "|".join(f"{name}:{'none' if part is None else part}" for name, part in self._asdict().items())


def signature(
    gold: GoldName,
    articles: int,
    languages: set[str],
    over: str = "all",
    task: str = "all",
    *,
    boot: int = 0,
    seed: int | None = None,
) -> Signature:
    """Give the signature of a score over `articles` gold articles in `languages`."""
    spoken = "+".join(sorted(languages)) or "none"
    sha = gold.sha256[:8] or "none"
    return Signature(gold.version, sha, articles, spoken, task, over=over, boot=boot, seed=seed)
