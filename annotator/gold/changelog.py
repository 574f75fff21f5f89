"""What a release brought, as its entry in `gold/CHANGELOG.md`: computed from what it holds, never written by hand.

Gives text and touches no file. Words of articles are escaped, so that none of them is taken for Markdown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from annotator.gold.change import Change, PlacedReason, counts_of_changes, with_reasons
from annotator.gold.diff import diff
from annotator.gold.manifest import ChallengeOutcome, Manifest
from annotator.gold.pin import SHOWN
from annotator.gold.release import Release
from annotator.gold.told_change import told_change
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.text.span import span

HEADING = "# Changes of the gold"
NO_RELEASE = "No release yet."
"""What stands under the heading until there is an entry."""

Reasons = Mapping[str, Sequence[PlacedReason]]
"""Why things were settled as they were, by article id."""

_ID = 8
"""How much of a challenge's id is told: enough to find it in the manifest."""

_MARKUP = re.compile(r"[\\`*\[\]<>&|~]|(?<!\w)_|_(?!\w)|(?<=:)//|(?<=www)\.")


def changelog_entry(release: Release, previous: Release | None, reasons: Reasons) -> str:
    """Give the entry of a release as Markdown, its heading first: what changed and why, and what challenges came to.

    `reasons` are those of the adjudication that the release was made of; accepted challenges add theirs.
    """
    manifest = release.manifest
    parts = [f"## {manifest.version}", _made(manifest, release.manifest_sha256)]
    if previous is None:
        parts.append(f"The first release.\n\n{_articles(release)}")
    else:
        found = diff(previous.records, release.records, (previous.schema, release.schema))
        parts += _changes(with_reasons(found, both_reasons(reasons, challenge_reasons(manifest.challenges))))
    if manifest.challenges:
        parts.append("### Challenges\n\n" + "\n".join(map(_challenge, manifest.challenges)))
    return "\n\n".join(parts) + "\n"


def with_entry(changelog: str, entry: str) -> str:
    """Give the changelog with the entry on top of the others; unchanged where that version has an entry already."""
    head, mark, entries = f"\n{changelog or HEADING}".partition("\n## ")
    heading = entry.partition("\n")[0]
    if heading in (line.rstrip() for line in changelog.split("\n")):
        return changelog
    kept = "\n".join(line for line in head.strip().split("\n") if line.strip() != NO_RELEASE).rstrip()
    return f"{kept}\n\n{entry}" + (f"\n## {entries}" if mark else "")


def challenge_reasons(outcomes: Iterable[ChallengeOutcome]) -> Reasons:
    """Give what accepted challenges say of the places that they are about."""
    found: dict[str, list[PlacedReason]] = {}
    for one in outcomes:
        if one.outcome == "accepted":
            reason = PlacedReason(None, span(one.start, one.end), f"challenge {one.id[:_ID]}: {one.reason}")
            found.setdefault(one.article_id, []).append(reason)
    return found


def both_reasons(some: Reasons, others: Reasons) -> Reasons:
    """Give the reasons of both, by article."""
    return {name: (*some.get(name, ()), *others.get(name, ())) for name in some.keys() | others.keys()}


def _made(manifest: Manifest, manifest_sha256: str) -> str:
    before = f"Follows {manifest.previous.version}. " if manifest.previous else ""
    guidelines = f", guidelines {manifest.guidelines_version}" if manifest.guidelines_version else ""
    made_by = f" {_escaped(manifest.made_by)}" if manifest.made_by else ""
    made_by += "".join(f" Taken from {_escaped(one.file)} ({one.format})." for one in manifest.sources or ())
    return (
        f"{before}Schema {manifest.schema_version}{guidelines}; {_held(manifest)}."
        f" Its manifest is `{manifest_sha256[:SHOWN]}`.{made_by}"
    )


def _held(manifest: Manifest) -> str:
    counts = manifest.counts
    held = ((len(manifest.articles), "article"), (sum(counts.events.values()), "event"))
    return ", ".join(counted(*one) for one in (*held, (sum(counts.mentions.values()), "mention")))


def _articles(release: Release) -> str:
    return "\n".join(_line(change) for change in diff((), release.records))


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    """Give what changed: a count by kind, then the schema, then article by article."""
    if not changes:
        yield "No label changed."
        return
    told = ", ".join(f"{number} × {name}" for name, number in counts_of_changes(changes).items())
    yield f"{counted(len(changes), 'change')}: {told}."
    for article_id, of_it in groupby(changes, key=lambda change: change.article_id):
        yield f"### {_escaped(article_id or 'Schema')}\n\n" + "\n".join(
            f"- {_escaped(told_change(one))}" for one in of_it
        )


def _line(change: Change) -> str:
    return f"- {_escaped(change.article_id or '')}: {_escaped(change.after or '')}"


def _challenge(one: ChallengeOutcome) -> str:
    told = f"{one.article_id} {one.start}-{one.end} “{one.quote}”: {one.reason}"
    return f"- **{one.outcome.capitalize()}** ({_escaped(one.id[:_ID])}): {_escaped(told)}\n  {_escaped(one.why)}"


def _escaped(text: str) -> str:
    """Give text on one line in which nothing is markup, a link, or obeyed by whoever shows it."""
    return _MARKUP.sub(lambda found: "\\" + found[0], display(text))
