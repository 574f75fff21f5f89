"""What audits planted, under the names that the schema has now: the record of an audit keeps those of its day."""

from collections.abc import Iterator, Sequence

from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.mention import Candidate
from annotator.model.migration import Migration
from annotator.model.suggestions import Candidates
from annotator.store.audits import audits_of
from annotator.workflow.project import Project


def audits_on(project: Project, article: Article) -> dict[str, Audit]:
    """Give the audits of a text, by pseudonym, with the event types that the migrations made of those in them."""
    found = audits_of(project.engine, article)
    if not project.migrations:
        return found
    return {person: _renamed(article.text, audit, project.migrations) for person, audit in found.items()}


def _renamed(text: str, audit: Audit, migrations: Sequence[Migration]) -> Audit:
    planted, replaced = (
        Candidates.of(text, (_as_called(one, migrations) for one in candidates))
        for candidates in (audit.planted, audit.replaced)
    )
    return audit.model_copy(update={"planted": planted, "replaced": replaced})


def _as_called(one: Candidate, migrations: Sequence[Migration]) -> Candidate:
    label = one.label
    for migration in migrations if one.kind == "trigger" else ():
        label = label and migration.named("types", label)
    return one if label == one.label else one.model_copy(update={"label": label})


def planted_by_any_name(project: Project, article: Article) -> dict[str, list[Candidate]]:
    """Give what was planted for each annotator, under every name that it may have had: labels move by and by."""
    return {
        person: [one for planted in audit.planted for one in _names_of(planted, project.migrations)]
        for person, audit in audits_of(project.engine, article).items()
    }


def _names_of(planted: Candidate, migrations: Sequence[Migration]) -> Iterator[Candidate]:
    labels = {planted.label}
    for migration in migrations if planted.kind == "trigger" else ():
        known = [label for label in labels if label is not None]
        labels |= {migration.named("types", label) for label in known}
        labels |= {
            name for label in known if (one := migration.split_of("types", label)) for name in one.answers.values()
        }
    for label in sorted(labels, key=str):
        yield planted if label == planted.label else planted.model_copy(update={"label": label})
