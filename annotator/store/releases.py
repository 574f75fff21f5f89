"""The releases in a workspace's `gold/` folder: publishing one, listing them, and reading one that verifies."""

import os
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import Refusal
from annotator.gold.manifest import MANIFEST, SIGNATURE, SUMMED, SUMS
from annotator.gold.pin import hold_to_pin, parse_pinned, pinned
from annotator.gold.release import Release
from annotator.gold.verify import verify
from annotator.gold.version import Version, headed_versions, parse_version
from annotator.model.problem import Problem
from annotator.store.atomic import alone_in, publish_folder
from annotator.store.signing import is_installed, refuse_bad_signature, signed_by

_READ = frozenset({*SUMMED, SUMS, SIGNATURE})
CHANGELOG = "CHANGELOG.md"
"""What each release brought, one heading a version, beside the folders."""

_SHOWN = 3
"""How many problems a refusal tells; all of them are what `annotator gold verify` is for."""


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """A release that was read from disk and verified."""

    path: Path
    release: Release
    warnings: tuple[Problem, ...] = ()
    """What does not stand in the way of using it."""

    @property
    def pinned(self) -> str:
        """How to name exactly this release: its path with the pin."""
        return pinned(str(self.path), self.release.manifest_sha256)


def publish(folder: Path, release: Release, signature: bytes | None = None) -> Path:
    """Write the release into the gold folder, with its signature if there is one, and give its own folder.

    Raises `Refusal`: `gold.exists` when that version is there, `release.refused` when it is not the one that follows
    the newest, `file.not-written` when the disk does not allow it.
    """
    target = folder / str(release.version)
    with alone_in(folder):
        if not os.path.lexists(target):
            _refuse_unless_next(folder, release)
        publish_folder(target, {**release.files, **({} if signature is None else {SIGNATURE: signature})})
    return target


def _refuse_unless_next(folder: Path, release: Release) -> None:
    """Refuse a release that does not follow the newest: a version never goes back, and no two follow the same one.

    What is in the folder counts by its name, whether it verifies or not. A version that the changelog names was
    published, whatever became of its folder.
    """
    there = max(_versions_in(folder), default=None)
    named = max(versions_named(folder), default=None)
    if named is not None and (there is None or named > there):
        raise Refusal(
            "release.refused",
            f"{folder / CHANGELOG} names {named}, but there is no such release in {folder}.",
            "Put the folder back. If nobody ever got that release, take its entry out and release then.",
        )
    previous = release.manifest.previous
    follows = None if previous is None else parse_version(previous.version)
    if follows != there or (there is not None and release.version <= there):
        raise Refusal(
            "release.refused",
            f"{release.version} follows {follows or 'no release'}, but the newest in {folder} is {there or 'none'}.",
            "Release again: the version is computed anew. A version is never given twice, and never goes back.",
        )


def _versions_in(folder: Path) -> set[Version]:
    return {version for entry in folder.iterdir() if (version := parse_version(entry.name)) is not None}


def versions_named(folder: Path) -> set[Version]:
    """Give the versions that the changelog of a gold folder has entries of."""
    try:
        written = (folder / CHANGELOG).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    found = (parse_version(heading) for heading in headed_versions(written))
    return {version for version in found if version is not None}


def list_releases(folder: Path) -> tuple[Path, ...]:
    """Give the release folders in a gold folder, oldest version first; none when there is no such folder."""
    if not folder.is_dir():
        return ()
    named = ((parse_version(entry.name), entry) for entry in folder.iterdir() if entry.is_dir())
    return tuple(entry for _, entry in sorted((version, entry) for version, entry in named if version is not None))


def latest_release(folder: Path) -> LoadedRelease | None:
    """Give the newest release of a gold folder, verified, or None when there is none. Raises as `load_release`."""
    releases = list_releases(folder)
    return load_release(str(releases[-1])) if releases else None


def read_release_files(path: Path) -> dict[str, bytes]:
    """Give the files of a release folder by name; what does not belong there is named, but not read.

    Raises `Refusal` `file.missing` when there is no such folder, it holds no manifest, or a file cannot be read.
    """
    if not path.is_dir() or not (path / MANIFEST).exists():
        what = "there is no such folder" if not path.is_dir() else f"it has no {MANIFEST}"
        raise Refusal("file.missing", f"{path} is no release: {what}.", "`annotator gold list` shows those there are.")
    try:
        return {
            entry.name: entry.read_bytes() if entry.name in _READ and entry.is_file() else b""
            for entry in sorted(path.iterdir())
        }
    except OSError as error:
        raise Refusal(
            "file.missing", f"{path} cannot be read: {error.strerror} ({error.filename}).", "Mend that and try again."
        ) from error


def verify_release(path: Path, previous: Release | None = None) -> tuple[Release | None, tuple[Problem, ...]]:
    """Give the release in the folder `path`, unless an error is found, with all problems of the folder.

    A folder with the name of a version should hold a release: that it does not is a problem of it. Raises `Refusal`
    `file.missing` when there is no release to look at.
    """
    try:
        files = read_release_files(path)
    except Refusal as refusal:
        if parse_version(path.name) is None or not path.is_dir():
            raise
        return None, (Problem(rule="gold.files", level="error", where=MANIFEST, message=str(refusal)),)
    release, problems = verify(files, previous)
    if release is not None and parse_version(path.name) not in (None, release.version):
        message = f"The folder is called {path.name}, but the release is {release.version}. Give it its name back."
        misnamed = Problem(rule="gold.version", level="error", where=MANIFEST, message=message)
        return None, (*problems, misnamed)
    return release, problems


def release_before(path: Path, release: Release) -> Release | None:
    """Give the release that the one in the folder `path` says it follows, where it lies beside it and verifies."""
    before = release.manifest.previous and path.parent / release.manifest.previous.version
    return verify_release(before)[0] if before and before.is_dir() else None


def load_release(written: str) -> LoadedRelease:
    """Read the release `PATH` or `PATH#sha256:PREFIX` and verify every byte of it.

    Raises `Refusal`: `usage` for a pin that is none, `file.missing` when there is no release, `gold.invalid` when it
    does not verify, `gold.pin` when it is another one than the pin names.
    """
    named = parse_pinned(written)
    path = Path(named.path)
    release, problems = verify_release(path)
    if release is None:
        errors = [problem for problem in problems if problem.level == "error"]
        told = " ".join(f"{problem.where}: {problem.message}" for problem in errors[:_SHOWN])
        more = f" And {len(errors) - _SHOWN} more." if len(errors) > _SHOWN else ""
        do = "Get the release again, or see all problems with `annotator gold verify`."
        raise Refusal("gold.invalid", f"{path} does not verify. {told}{more}", do)
    hold_to_pin(named, release.manifest_sha256)
    return LoadedRelease(path, release, problems)


def who_signed(path: Path, release: Release, signers: Path | None, identity: str | None = None) -> str | None:
    """Give who signed the release in the folder `path`, by the file `signers`; None where nobody asks.

    A signature that lies there must be one of the manifest, also when nobody asks whose. Raises `Refusal`:
    `gold.signature` when it is none, is missing, or is by somebody else, and those of `signed_by`.
    """
    signature = read_release_files(path).get(SIGNATURE)
    manifest = release.files[MANIFEST]
    if signature is None:
        if signers is None:
            return None
        what = f"{path} is not signed: there is no {SIGNATURE}."
        raise Refusal("gold.signature", what, "Ask whoever published it, or verify it without --signers.")
    try:
        if signers is not None:
            return signed_by(manifest, signature, signers, identity)
        if is_installed():
            refuse_bad_signature(manifest, signature)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{path / SIGNATURE}: {refusal.what}", refusal.do) from None
    return None
