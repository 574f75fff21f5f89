"""`gold/CHANGELOG.md`: an entry for every release, computed from what it holds and from the reasons in the log.

The entry is written once the release is there. A program that is killed between the two leaves a release without one:
`annotator check` says so, and the next release writes it.
"""

from pathlib import Path

from annotator.errors import Refusal
from annotator.gold.changelog import changelog_entry, with_entry
from annotator.gold.release import reference_to
from annotator.gold.version import parse_version
from annotator.store.atomic import alone_in, write_file
from annotator.store.releases import CHANGELOG, list_releases, release_before, verify_release, versions_named
from annotator.workflow.project import Project
from annotator.workflow.reasons import reasons_of


def without_entry(gold: Path) -> tuple[Path, ...]:
    """Give the folders of the releases that the changelog of a gold folder does not name, oldest first."""
    named = versions_named(gold)
    return tuple(path for path in list_releases(gold) if parse_version(path.name) not in named)


def write_missing_entries(project: Project) -> None:
    """Write the entries that are missing, of releases that verify. Raises `Refusal` when the disk does not allow it."""
    gold = project.workspace.gold
    with alone_in(gold):
        missing = without_entry(gold)
        before = written = _read(gold / CHANGELOG)
        for path in missing:
            release = verify_release(path)[0]
            previous = release_before(path, release) if release else None
            if release is not None and reference_to(previous) == release.manifest.previous:
                entry = changelog_entry(release, previous, reasons_of(project, release.records))
                written = with_entry(written, entry)
        if written != before:
            write_file(gold / CHANGELOG, written.encode())


def _read(changelog: Path) -> str:
    try:
        return changelog.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            "file.not-written", f"{changelog} cannot be read: {error}.", "Mend it; it is plain text."
        ) from None
