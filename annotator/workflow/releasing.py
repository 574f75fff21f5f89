"""From adjudicated articles to the next gold version: all of it, or nothing and the reasons why."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.adjudication.disagreement import Disagreement
from annotator.adjudication.hubs import canonical_hubs
from annotator.adjudication.merge import Merge
from annotator.adjudication.planted import in_earnest, kept_planted
from annotator.adjudication.record import decisions_sha256, record_of
from annotator.checks.schema_version import check_schema_version
from annotator.errors import Refusal
from annotator.gold.manifest import MANIFEST, Facts, Manifest
from annotator.gold.prose import guidelines_version, pages_sha256
from annotator.gold.release import Release, build_release, release_problems
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.decision import Decision
from annotator.model.problem import Problem
from annotator.model.record import GoldRecord, Provenance, TakenFrom
from annotator.store.articles import get_article
from annotator.store.log import decisions_on
from annotator.store.people import names
from annotator.store.releases import latest_release, publish
from annotator.store.signing import sign
from annotator.text.counted import counted
from annotator.version import __version__
from annotator.workflow.agreement_in_gold import agreement_in_gold
from annotator.workflow.audited_names import audits_on
from annotator.workflow.challenging import outcomes
from annotator.workflow.comparing import annotations_of, compared
from annotator.workflow.following import is_settled
from annotator.workflow.gold_changelog import write_missing_entries
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.migrating import unmigrated
from annotator.workflow.overlap import overlap_of
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses
from annotator.workflow.suggesting import suggestions_for


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What the next release would hold."""

    release: Release
    problems: tuple[Problem, ...]
    """What the checks find in its records; an error among them stops it."""
    waiting: tuple[str, ...]
    """Articles that are not adjudicated, and so not in it."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the release."""
        return tuple(problem for problem in self.problems if problem.level == "error")


def plan_release(project: Project, remove: Collection[str] = ()) -> ReleasePlan:
    """Give the release that the adjudicated articles make. Raises `Refusal` when there is none, or nothing is new.

    An article of the release before that is not adjudicated any more is an error, unless its id is in `remove`; `usage`
    for an id there of an article that would not go.
    """
    refuse_in_checkout(project.workspace, "Nothing is released")
    found = statuses(project)
    ready = [status for status in found if status.adjudicated]
    if not ready:
        raise Refusal(
            "release.refused",
            "No article is adjudicated yet, so there is nothing to release.",
            "`annotator status` shows what is left; `annotator adjudicate` settles an article.",
        )
    articles = {status.article.article_id: get_article(project.engine, status.article.article_id) for status in ready}
    settled = [_settled(project, status, articles[status.article.article_id]) for status in ready]
    records, linking_nothing = canonical_hubs(record for record, _ in settled)
    guidelines = project.guidelines
    previous = latest_release(project.workspace.gold)
    schema_toml = (project.workspace.guidelines_folder / "schema.toml").read_bytes()
    facts = _facts(project, articles)
    release = build_release(records, schema_toml, previous.release if previous else None, facts)
    if previous is not None and not _is_news(release.manifest, previous.release.manifest):
        raise Refusal(
            "release.refused",
            f"Nothing changed since {previous.release.manifest.version}.",
            "There is no need for one.",
        )
    if staying := sorted(set(remove) - set(release.manifest.changes.removed)):
        what = f"{staying[0]} would not be removed: it is adjudicated, or no release has it."
        raise Refusal("usage", what, "An article that is opened again (D in adjudication) can be.")
    problems = release_problems(records, articles, guidelines.schema, guidelines.registry)
    problems += tuple(problem for _, found in settled for problem in found) + linking_nothing
    problems += (*_own_work(records, names(project.engine)), *_challenged(ready))
    if previous is not None:
        problems += check_schema_version(previous.release.schema, guidelines.schema)
    here = {status.article.article_id for status in found}
    problems += tuple(_removed(one, here) for one in release.manifest.changes.removed if one not in remove)
    waiting = tuple(status.article.article_id for status in found if not status.adjudicated)
    return ReleasePlan(release, problems, waiting)


def _facts(project: Project, article_ids: Collection[str]) -> Facts:
    pages = project.workspace.page_files()
    settings = project.workspace.settings.release
    return Facts(
        guidelines_sha256=project.guidelines.digest,
        guidelines_version=guidelines_version(pages),
        pages_sha256=pages_sha256(pages),
        tool_version=__version__,
        made_by=settings.made_by,
        agreement=agreement_in_gold(project, article_ids),
        challenges=outcomes(project),
        limits=settings.limits,
    )


def _is_news(manifest: Manifest, before: Manifest) -> bool:
    """Tell whether a release is worth one: another program or a corrected page alone is no reason."""
    told = ("files", "guidelines_version", "made_by", "limits")
    return bool(manifest.challenges) or any(getattr(manifest, name) != getattr(before, name) for name in told)


def cut_release(project: Project, plan: ReleasePlan, key: Path | None = None) -> str:
    """Publish a planned release, signed by the private key in the file `key`, and give the path of its folder.

    Raises `Refusal`: `release.refused` when a check failed or another release came first, those of `sign`, and
    `file.not-written`; it then says whether the release is there.
    """
    if plan.errors:
        raise Refusal(
            "release.refused",
            f"{len(plan.errors)} check(s) failed; nothing was written.\n{_lines(plan.errors)}",
            "Open the articles again (D in adjudication), mend this, and release then.",
        )
    signature = None if key is None else sign(plan.release.files[MANIFEST], key)
    path = publish(project.workspace.gold, plan.release, signature)
    try:
        write_missing_entries(project)
    except Refusal as refusal:
        what = f"{path} is released, but its entry in the changelog is not written: {refusal.what}"
        raise Refusal(refusal.code, what, "The next release writes it.") from refusal
    return str(path)


def _removed(article_id: str, here: Collection[str]) -> Problem:
    """Give an error for an article that would go out of gold only since its adjudication is not at its end.

    One whose text is not among those `here` cannot be adjudicated again: that is a warning.
    """
    if article_id not in here:
        message = "It was in the release before and is removed, as its text is not here."
        return Problem(rule="release.removed", level="warning", where=article_id, message=message)
    message = (
        "It was in the release before and is not adjudicated now. Finish that, or remove it on purpose:"
        f" --remove {article_id}."
    )
    return Problem(rule="release.removed", level="error", where=article_id, message=message)


def _challenged(found: Iterable[ArticleStatus]) -> Iterator[Problem]:
    """Give a warning for every article to whose gold something was said that nobody answered."""
    for status in found:
        if status.challenges:
            message = (
                f"Not answered: {counted(status.challenges, 'challenge')} to its gold (c on the adjudication screen)."
            )
            where = status.article.article_id
            yield Problem(rule="adjudication.challenged", level="warning", where=where, message=message)


def _own_work(records: Iterable[GoldRecord], name_of: Mapping[str, str]) -> Iterator[Problem]:
    """Give a warning for every article that was adjudicated by one of its own annotators."""
    for record in records:
        made = record.provenance
        adjudicator = name_of.get(made.adjudicator)  # nobody knows who is behind a pseudonym from another store
        own = [person for person in made.annotators if adjudicator and name_of.get(person) == adjudicator]
        if own:
            yield Problem(
                rule="adjudication.own-work",
                level="warning",
                where=record.article_id,
                message=f"{made.adjudicator} and {own[0]} are one person: nobody else looked at the differences.",
            )


def _settled(project: Project, status: ArticleStatus, article: Article) -> tuple[GoldRecord, list[Problem]]:
    """Give the record of an adjudicated article, and what makes one doubt the adjudication."""
    adjudicator = next(standing.person for standing in status.adjudicating if standing.finished)
    annotations = annotations_of(project, article)
    found = compared(project, article, adjudicator)
    audits = list(audits_on(project, article).values())
    people = (*sorted(annotations), adjudicator)
    decisions = {
        person: decisions_on(project.engine, person, article.article_id, article.text_sha256) for person in people
    }
    annotation = in_earnest(fold(decisions[adjudicator], found.agreed), audits)
    provenance = Provenance(
        annotators=people[:-1],
        adjudicator=adjudicator,
        decisions_sha256=decisions_sha256(decision for person in people for decision in decisions[person]),
        taken_from=tuple(_taken_from(decisions)) or None,
    )
    regions = annotation.regions
    if regions is None:
        regions = suggestions_for(project, article).regions
    untouched = {item: why for item, why in found.accepted.items() if _as_agreed(item, annotation, found.agreed)}
    record = record_of(article, regions, annotation, provenance, untouched)
    settled_elsewhere = any(decision.imported for decision in decisions[adjudicator])
    wanted = 0 if settled_elsewhere else overlap_of(project, article.article_id).wanted
    doubts = [
        *_outdated(article.article_id, len(annotations), wanted, found, annotation),
        *_planted(record, audits),
        *unmigrated(project, article.article_id, annotation),
    ]
    return record, doubts


def _taken_from(decisions: Mapping[str, Iterable[Decision]]) -> Iterator[TakenFrom]:
    """Give the files that people's work was taken out of."""
    for person, made in decisions.items():
        for one in dict.fromkeys(decision.imported for decision in made if decision.imported is not None):
            yield TakenFrom(person=person, format=one.format, file=one.file, sha256=one.sha256)


def _as_agreed(item: str, annotation: Annotation, agreed: Annotation) -> bool:
    """Tell whether an item stands as the annotators have it: the adjudicator may have changed what nobody asked.

    An event does so only with all that it is made of.
    """
    event = annotation.events.get(item)
    return (
        annotation.settled.get(item) == agreed.settled.get(item)
        and event == agreed.events.get(item)
        and (event is None or all(annotation.live_mention(one) is not None for one in event.mentions))
    )


def _outdated(article_id: str, finished: int, wanted: int, found: Merge, annotation: Annotation) -> Iterator[Problem]:
    """Give an error where the annotators no longer say what was adjudicated: what is not settled would be left out."""
    asked = {one.id for one in found.disagreements}
    left = sum(not is_settled(one, asked, annotation) for one in found.disagreements)
    if left or finished < wanted:
        message = (
            f"Since it was adjudicated, {counted(left, 'new disagreement')} came up. Open it again (D) and settle that."
            if left
            else f"Since it was adjudicated, an annotator opened it again: {finished} of {wanted} finished it."
        )
        yield Problem(rule="adjudication.outdated", level="error", where=article_id, message=message)
    if changed := sum(_answers_changed(one, annotation) for one in found.disagreements):
        message = f"Since {counted(changed, 'ruling')}, annotators changed what they say there. The rulings hold."
        yield Problem(rule="adjudication.changed", level="warning", where=article_id, message=message)


def _answers_changed(one: Disagreement, annotation: Annotation) -> bool:
    rule = annotation.rulings.get(one.id)
    return rule is not None and rule.about is not None and rule.about.answers != one.about.answers


def _planted(record: GoldRecord, audits: Iterable[Audit]) -> Iterator[Problem]:
    """Give a warning for what an audit planted and the adjudicator kept: it may be right by chance."""
    for mention in kept_planted(record.mentions, audits):
        yield Problem(
            rule="audit.planted",
            level="warning",
            where=f"{record.article_id} {mention.start}-{mention.end}",
            message=f"The {mention.kind} {mention.quote!r} says what an audit planted as wrong. Look at it again.",
        )


def _lines(problems: Iterable[Problem]) -> str:
    return "\n".join(problem.line() for problem in problems)
