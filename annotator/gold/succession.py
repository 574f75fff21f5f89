"""Whether a release's version and changes are those that follow from the release before it."""

from collections.abc import Iterator

from annotator.gold.manifest import Manifest
from annotator.gold.release import Release, reference_to
from annotator.gold.version import FIRST, changes_between, next_version, parse_version


def says_its_version(manifest: Manifest) -> Iterator[str]:
    """Give, in sentences, where a manifest's version and changes contradict each other or the articles it lists."""
    listed = {entry.article_id for entry in manifest.articles}
    changes = manifest.changes
    if not listed.issuperset((*changes.added, *changes.changed)) or not listed.isdisjoint(changes.removed):
        yield "`changes` names articles that are not listed, or are listed though they were removed."
    if manifest.previous is None:
        expected = FIRST
        if set(changes.added) != listed or changes.changed or changes.removed:
            yield "It names no previous release, so every article should be an added one."
    else:
        before = parse_version(manifest.previous.version)
        if before is None:
            yield f"`previous.version` is {manifest.previous.version!r}, which is no version."
            return
        expected = next_version(before, changes, manifest.previous.schema_version, manifest.schema_version)
    if manifest.version != str(expected):
        yield f"The version is {manifest.version}, but by the changes it is {expected}."


def follows(release: Release, previous: Release) -> Iterator[str]:
    """Give, in sentences, what is wrong with calling `release` the one after `previous`."""
    if release.manifest.previous != reference_to(previous):
        yield f"`previous` does not name the release {previous.version} with the manifest {previous.manifest_sha256}."
    elif release.manifest.changes != changes_between(previous.records, release.records):
        yield f"`changes` is not what differs from the release {previous.version}."
