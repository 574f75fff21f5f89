"""Carrying migrations of the schema out: as decisions in everybody's log, marked as made by none of them.

What an article's annotators and adjudicator said is moved in one transaction, so that nobody ever compares old names
with new ones. What only a person can say is left as it is, and asked: `workflow.answering`.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from annotator.adjudication.merge import Merge
from annotator.adjudication.ruled import item_of
from annotator.checks.migrations import check_migrations
from annotator.errors import Refusal
from annotator.gold.manifest import SCHEMA
from annotator.gold.release import read_schema
from annotator.model.annotation import Annotation, fold
from annotator.model.article import Article
from annotator.model.canonical import canonical_json, sha256
from annotator.model.decision import Change, Decision, Rule
from annotator.model.migrating import migrated, questions, steps_between
from annotator.model.migration import Migration, read_migrations, read_schemas
from annotator.model.problem import Problem
from annotator.model.schema import Schema
from annotator.model.slips import BadGuidelines
from annotator.store.articles import get_article
from annotator.store.locks import only_window
from annotator.store.log import Standing, decisions_on, take_in
from annotator.store.releases import list_releases, read_release_files
from annotator.text.counted import counted
from annotator.workflow.comparing import is_adjudicator, merged
from annotator.workflow.in_checkout import refuse_in_checkout
from annotator.workflow.project import Project
from annotator.workflow.status import ArticleStatus, statuses

_Log = dict[str, list[Decision]]
"""Decisions on one text, by pseudonym."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one person's work on one article."""

    article_id: str
    person: str
    changes: int
    """Labels that have new names now."""
    questions: int
    """Labels of which this person has to say what they are now."""


def migration_problems(project: Project) -> tuple[Problem, ...]:
    """Give what is wrong with the migrations of a workspace, each finding with its file and line."""
    files = project.workspace.guideline_files()
    try:
        found = read_migrations(files)
        return check_migrations(found, _schemas(project, files), project.guidelines.schema) if found else ()
    except BadGuidelines as refusal:
        return refusal.problems


def _schemas(project: Project, files: Mapping[str, bytes]) -> dict[str, Schema]:
    """Give the schemas that are known by their versions: those of the releases, and the copies that lie by."""
    released = [read_schema(read_release_files(path)[SCHEMA]) for path in list_releases(project.workspace.gold)]
    return {schema.version: schema for schema in (*read_schemas(files), *released)}


def migrate(project: Project, *, dry_run: bool = False) -> tuple[list[Moved], list[Refusal]]:
    """Carry out every migration of a workspace that is not carried out; give what it changed, and what it had to leave.

    Doing it twice does it once. Raises `BadGuidelines` where the migrations themselves are wrong.
    """
    refuse_in_checkout(project.workspace, "Nothing is migrated")
    if problems := migration_problems(project):
        raise BadGuidelines(problems)
    moved: list[Moved] = []
    left: list[Refusal] = []
    for status in statuses(project):
        standings = [*status.labelling, *status.adjudicating]
        try:
            moved += _migrate_article(project, status.article.article_id, standings, dry_run)
        except Refusal as refusal:
            left.append(refusal)
    return moved, left


def _migrate_article(project: Project, article_id: str, standings: Sequence[Standing], dry_run: bool) -> list[Moved]:
    article = get_article(project.engine, article_id)
    with ExitStack() as held:
        if not dry_run:
            for standing in standings:
                held.enter_context(only_window(project.workspace.work, standing.person, article_id))
        log = {
            standing.person: decisions_on(project.engine, standing.person, article_id, article.text_sha256)
            for standing in standings
        }
        finished = [one.person for one in standings if one.finished and not is_adjudicator(one.person)]
        seen = {(person, article_id, article.text_sha256): len(decisions) for person, decisions in log.items()}
        new: list[Decision] = []
        for migration in project.migrations:
            found = list(_decisions(project, article, log, finished, migration))
            for decision in found:
                log[decision.person].append(decision)
            new += found
        if new and not dry_run:
            decided = {decision.person for decision in new}
            after = [replace(one, decisions=len(log[one.person])) for one in standings if one.person in decided]
            take_in(project.engine, new, after, {text: count for text, count in seen.items() if text[0] in decided})
    return _moved(project, article, log, finished, new)


def _decisions(
    project: Project, article: Article, log: _Log, finished: Iterable[str], migration: Migration
) -> Iterator[Decision]:
    """Give the decisions by which one migration holds in an article."""
    begun = any(decision.migration == migration.name for decisions in log.values() for decision in decisions)
    said = {person: fold(decisions) for person, decisions in log.items()}
    for person, own in said.items():
        have, want = own, migrated(own, [migration])
        if is_adjudicator(person) and not begun:
            annotations = {one: said[one] for one in finished}
            have, want = _adjudicated(project, article, log[person], annotations, migration)
        if changes := steps_between(have, want):
            yield _decision(article, log[person], changes, migration)


def _adjudicated(
    project: Project,
    article: Article,
    decisions: Sequence[Decision],
    annotations: Mapping[str, Annotation],
    migration: Migration,
) -> tuple[Annotation, Annotation]:
    """Give what an adjudicator's decisions come to once the annotators' labels have moved, and what they must come to.

    An adjudicator's work begins from what annotators agree on: part of it moves with them, and its ids change.
    """
    rulings = fold(decisions).rulings
    before = merged(project, article, annotations, rulings)
    moved = {person: migrated(one, [migration]) for person, one in annotations.items()}
    after = merged(project, article, moved, rulings)
    want = migrated(fold(decisions, before.agreed), [migration])
    return fold(decisions, after.agreed), replace(want, rulings=_told_again(rulings, before, after))


def _told_again(rulings: Mapping[str, Rule], before: Merge, after: Merge) -> dict[str, Rule]:
    """Give rulings as being about the answers under their new names: no annotator changed one."""
    old = {one.id: one.about for one in before.disagreements}
    new = {one.id: one.about for one in after.disagreements}
    told = {}
    for item, rule in rulings.items():
        same = rule.about is not None and rule.about == old.get(item_of(item)) and item_of(item) in new
        told[item] = rule.model_copy(update={"about": new[item_of(item)]}) if same else rule
    return told


def _decision(article: Article, log: Sequence[Decision], changes: Sequence[Change], migration: Migration) -> Decision:
    """Give the decision of a migration: its id follows from what it is and what it stands behind."""
    last = log[-1]
    made_of = [migration.name, last.person, article.article_id, article.text_sha256, last.id]
    return Decision(
        id=f"migration-{sha256(canonical_json(made_of))[:32]}",
        person=last.person,
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        stage="adjudicate" if is_adjudicator(last.person) else "label",
        made_at=time.time_ns() // 1_000_000,
        changes=tuple(changes),
        migration=migration.name,
    )


def _moved(
    project: Project, article: Article, log: _Log, finished: Iterable[str], new: Sequence[Decision]
) -> list[Moved]:
    folded = _folded(project, article, log, finished)
    asked = _who_is_asked(log)
    found = []
    for person in log:
        changes = sum(len(decision.changes) for decision in new if decision.person == person)
        left = len(questions(folded[person], project.migrations)) if person in asked else 0
        if changes or left:
            found.append(Moved(article.article_id, person, changes, left))
    return found


def _folded(project: Project, article: Article, log: _Log, finished: Iterable[str]) -> dict[str, Annotation]:
    """Give what everybody says: an adjudicator on top of what the annotators agree on."""
    said = {person: fold(decisions) for person, decisions in log.items()}
    annotations = {person: said[person] for person in finished}
    for person in [one for one in said if is_adjudicator(one)]:
        agreed = merged(project, article, annotations, said[person].rulings).agreed
        said[person] = fold(log[person], agreed)
    return said


def _who_is_asked(people: Iterable[str]) -> set[str]:
    """Give those who are asked what labels are now: the adjudicator, once there is one, else the annotators."""
    everybody = set(people)
    adjudicators = {person for person in everybody if is_adjudicator(person)}
    return adjudicators or everybody


def unmigrated(project: Project, where: str, annotation: Annotation) -> Iterator[Problem]:
    """Give an error where an annotation has names that a migration takes away, or questions that nobody answered."""
    if not project.migrations:
        return
    if steps := steps_between(annotation, migrated(annotation, project.migrations)):
        message = f"{counted(len(steps), 'label')} under old names: `annotator guidelines migrate` moves them."
        yield Problem(rule="migration.pending", level="error", where=where, message=message)
    if left := questions(annotation, project.migrations):
        first = left[0]
        message = f"{counted(len(left), 'question')} of {first.migration!r} to answer, as: {first.split.question}"
        yield Problem(rule="migration.unanswered", level="error", where=where, message=message)


def work_left(project: Project, status: ArticleStatus) -> Iterator[Problem]:
    """Give what migrations leave to do in an article, person by person of those who are asked."""
    for person, annotation in asked_of(project, status).items():
        yield from unmigrated(project, f"{status.article.article_id} ({person})", annotation)


def asked_of(project: Project, status: ArticleStatus) -> dict[str, Annotation]:
    """Give the annotations of those who are asked in an article what their labels are now."""
    standings = [*status.labelling, *status.adjudicating]
    if not project.migrations or not standings:
        return {}
    article = get_article(project.engine, status.article.article_id)
    log = {one.person: decisions_on(project.engine, one.person, *_text(article)) for one in standings}
    folded = _folded(project, article, log, [one.person for one in status.labelling if one.finished])
    return {person: folded[person] for person in sorted(_who_is_asked(log))}


def _text(article: Article) -> tuple[str, str]:
    return article.article_id, article.text_sha256
