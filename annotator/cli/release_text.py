"""A release plan as lines of text: which version and why, what is in it, how it was made. Writes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

from annotator.gold.agreed import PARTS, Agreement, AgreementFigure, TriggerAgreement
from annotator.gold.counts import Counted
from annotator.gold.manifest import Manifest
from annotator.text.counted import counted
from annotator.workflow.releasing import ReleasePlan

_WIDTH = 100
_TOGETHER = "\x1f"
"""A blank at which no line is broken."""
_NAMED = 5
"""How many articles are named before the rest is only counted."""


def release_text(plan: ReleasePlan, path: str | None) -> Iterator[str]:
    """Give the lines that say what a release holds; `path` of its folder, or None where nothing was written."""
    manifest = plan.release.manifest
    done = "would release" if path is None else "released"
    yield f"{done} {manifest.version}: {counted(len(manifest.articles), 'article')}"
    for line in (*_why(manifest), *_counts(manifest), *_agreement(manifest.agreement), *_made(manifest)):
        for told in wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False):
            yield told.replace(_TOGETHER, " ")
    if plan.waiting:
        yield f"  not adjudicated, so not in it: {_some(plan.waiting)}"
    if path is not None:
        yield f"  {path}#sha256:{plan.release.manifest_sha256[:16]}"


def _why(manifest: Manifest) -> Iterator[str]:
    before, changes = manifest.previous, manifest.changes
    if before is None:
        yield "why: it is the first release"
        return
    parts = (("changed", changes.changed), ("gone", changes.removed), ("new", changes.added))
    said = [f"{name} {_some(articles)}" for name, articles in parts if articles]
    if before.schema_version != manifest.schema_version:
        said.append(f"the schema is {manifest.schema_version}, it was {before.schema_version}")
    yield f"why, after {before.version}: {'; '.join(said) or 'the labels are equal, what is said of them is not'}"


def _some(names: Iterable[str]) -> str:
    names = tuple(names)
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _counts(manifest: Manifest) -> Iterator[str]:
    counts = manifest.counts
    for told, of in (("mentions", counts.mentions), ("events", counts.events), ("arguments", counts.arguments)):
        yield f"{told}: {sum(of.values())}{_parts(of)}"
    yield f"rejected: {counts.rejected}; read to the end: {counts.complete}; hubs across articles: {counts.hubs}"
    if len(counts.languages) > 1:
        yield from (_language(name, of) for name, of in counts.languages.items())


def _parts(counts: Mapping[str, int]) -> str:
    in_order = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return f" ({', '.join(f'{number}{_TOGETHER}{name}' for name, number in in_order)})" if counts else ""


def _language(name: str, of: Counted) -> str:
    held = (("mentions", of.mentions), ("events", of.events), ("arguments", of.arguments))
    return f"{name}: {counted(of.articles, 'article')}, {', '.join(f'{sum(n.values())} {told}' for told, n in held)}"


def _agreement(agreement: Agreement | None) -> Iterator[str]:
    if agreement is None:
        yield "agreement before adjudication: n/a, nothing was labelled by two"
        return
    yield f"agreement before adjudication, on {counted(agreement.articles, 'article')}:"
    for pair in agreement.pairs:
        same, sharing = (_triggers(one) for one in (pair.trigger_exact, pair.trigger_overlap))
        yield f"- {' and '.join(pair.annotators)}: triggers F1 {same} same span, {sharing} sharing text"
    yield f"- {agreement.signature}"


def _triggers(figure: TriggerAgreement) -> str:
    return f"{_percent(figure)} (2·{figure.both} of {figure.one} + {figure.other})"


def _percent(figure: AgreementFigure) -> str:
    if figure.value is None:
        return "n/a"
    interval = "" if figure.low is None or figure.high is None else f" [{_share(figure.low)}, {_share(figure.high)}]"
    return f"{_share(figure.value)} %{interval}"


def _share(parts: int) -> str:
    return f"{100 * parts / PARTS:.1f}"


def _made(manifest: Manifest) -> Iterator[str]:
    version = manifest.guidelines_version or "without a version"
    yield f"guidelines {version}, schema {manifest.schema_version}, tool {manifest.tool_version}"
    yield f"made by: {manifest.made_by or 'nobody said; `made_by` in [release] of annotator.toml'}"
    people = manifest.people
    yield f"annotators: {', '.join(people.annotators) or 'none'}; adjudicators: {', '.join(people.adjudicators)}"
    for source in manifest.sources or ():
        told = f"{', '.join(source.people)} on {counted(len(source.articles), 'article')}"
        yield f"taken from {source.file} ({source.format}, sha256:{source.sha256[:16]}): {told}"
    yield from (f"limit: {limit}" for limit in manifest.limits)
    for one in manifest.challenges:
        yield f"challenge {one.outcome}: {one.article_id} {one.start}-{one.end}: {one.why}"
