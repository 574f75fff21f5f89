"""What an audit planted is known again after its event type was renamed or split, and still counted once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotator.agreement.selecting import select_audit
from annotator.model.mention import Candidate
from annotator.model.settings import AuditSettings
from annotator.store.articles import get_article
from annotator.store.audits import audits_of
from annotator.workflow.agreeing import audit_of_annotators
from annotator.workflow.answering import Asked
from annotator.workflow.audited_names import audits_on
from annotator.workflow.comparing import compared
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import add, confirm, reject, relabel
from annotator.workflow.migrating import migrate
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for
from tests.new_schema import change_schema

HEAD = 'from = "1.0.0"\nto = "2.0.0"\nwhy = "To see."\n'


@pytest.fixture
def accepted(project: Project) -> Iterator[tuple[Project, Candidate]]:
    """Two annotators accept everything, a trigger of a wrong type among it that was planted for the first of them."""
    article = get_article(project.engine, "english")
    found, guidelines = suggestions_for(project, article), project.guidelines

    def planted(settings: AuditSettings) -> list[Candidate]:
        audit = select_audit("a1", article, found, guidelines.schema, guidelines.registry, settings)
        return [one for one in audit.planted if one.kind == "trigger"]

    settings = next(one for seed in range(200) if planted(one := AuditSettings(planted=0.5, seed=seed)))
    audited = Project(
        replace(project.workspace, settings=project.workspace.settings.model_copy(update={"audit": settings})),
        project.engine,
    )
    wrong = planted(settings)[0]
    for name in ("ann", "bea"):
        with labelling(audited, "english", name) as session:
            for item in session.in_order():
                confirm(session, item)
            say_the_same(session, wrong)
            session.finish()
    yield audited, wrong


def say_the_same(session: Session, wrong: Candidate) -> None:
    """Say what was planted: whoever agrees on it must be asked because of that alone."""
    for item in session.items.over(wrong.span):
        if item.mention.kind == "trigger" and item.mention.span != wrong.span:
            reject(session, item)
    there = session.standing_at("trigger", wrong.start, wrong.end)
    if not there:
        add(session, "trigger", wrong.start, wrong.end, wrong.label)
    elif there[0].mention.label != wrong.label:
        relabel(session, there[0], str(wrong.label))


def asked_about(project: Project, planted: Candidate) -> bool:
    """Tell whether an adjudicator would be asked about what was planted."""
    found = compared(project, get_article(project.engine, "english"), None)
    return any(one.what == "mention" and one.span.overlaps(planted.span) for one in found.disagreements)


def rows(project: Project) -> list[Any]:
    return [(row.person, row.planted, row.accepted.hits) for row in audit_of_annotators(project)]


def test_what_was_planted_is_still_asked_about_after_a_rename(accepted):
    project, planted = accepted
    before = rows(project)
    assert asked_about(project, planted)
    steps = f'{HEAD}[rename.types]\n"{planted.label}" = "{planted.label}.new"\n'
    folder = project.workspace.guidelines_folder
    change_schema(folder, steps, [(f'"{planted.label}"', f'"{planted.label}.new"')])
    renamed = Project(project.workspace, project.engine)
    migrate(renamed)
    assert asked_about(renamed, planted)
    assert rows(renamed) == before
    article = get_article(renamed.engine, "english")
    kept, now = audits_of(renamed.engine, article)["a1"], audits_on(renamed, article)["a1"]
    assert len(kept.planted) == len(now.planted)
    assert f"{planted.label}.new" in {one.label for one in now.planted}
    assert planted.label in {one.label for one in kept.planted}, "the record of an audit is what was shown"


def test_what_was_planted_is_still_asked_about_after_its_type_was_split_and_answered(accepted):
    project, planted = accepted
    answers = f'{{ a = "{planted.label}.a", b = "{planted.label}.b" }}'
    steps = f'{HEAD}[split.types."{planted.label}"]\nquestion = "Which?"\nanswers = {answers}\n'
    table = f'[types."{planted.label}.a"]'
    second = f'[types."{planted.label}.b"]\ntitle = "B"\ndescription = "B."\nkey = "B"\n'
    folder = project.workspace.guidelines_folder
    change_schema(folder, steps, [(f'"{planted.label}"', f'"{planted.label}.a"')], [(table, f"{second}\n{table}")])
    divided = Project(project.workspace, project.engine)
    migrate(divided)
    for name in ("ann", "bea"):
        with labelling(divided, "english", name) as session:
            asked = Asked(session)
            while asked.left:
                asked.answer(asked.left[0], f"{planted.label}.b")
    assert asked_about(divided, planted)
