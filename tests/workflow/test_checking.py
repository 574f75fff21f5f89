"""What a check of the whole workspace finds beyond what each rule is tested for."""

from datetime import date, timedelta

from sqlalchemy import text

from annotator.workflow.checking import check_workspace
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project


def test_an_article_is_not_published_after_today(project: Project) -> None:
    def found(day: date) -> list[str]:
        known = f'[english]\nlanguage = "en"\npublished = "{day}"\npublished_from = "the outlet"\n'
        (project.workspace.corpus / "articles.toml").write_text(known, encoding="utf-8")
        return [problem.rule for problem in check_workspace(project)]

    assert found(date.today() - timedelta(days=2)) == []
    assert found(date.today() + timedelta(days=2)) == ["article.published"]


def test_a_log_that_cannot_be_read_ends_no_check(project: Project) -> None:
    with labelling(project, "english", "ann") as session:
        for item in session.in_order():
            confirm(session, item)
        session.finish()
    with project.engine.begin() as connection:
        connection.execute(text("UPDATE decision SET payload = replace(payload, '\"confirmed\"', '\"blessed\"')"))
    (project.workspace.corpus / "bad.txt").write_bytes(b"caf\xe9")
    rules = {problem.rule for problem in check_workspace(project)}
    assert rules == {"intake.encoding", "store.chain", "store.corrupt"}


def test_the_pages_examples_are_held_against_the_articles(project: Project) -> None:
    article = next(project.workspace.corpus.glob("english*.txt")).read_text("utf-8")
    page = project.workspace.guidelines_folder / "README.md"

    def found(start: int) -> list[tuple[str, str]]:
        claim = f'right english {start}-{start + 3} "{article[5:8]}" actor'
        page.write_text(f"# First\n\n```example\n{claim}\n```\n", encoding="utf-8")
        return [(problem.rule, problem.where) for problem in check_workspace(project)]

    assert found(5) == []
    assert found(6) == [("guidelines.example", "guidelines/README.md, line 4")]
    page.write_bytes(b"caf\xe9")
    assert [problem.rule for problem in check_workspace(project)] == ["guidelines.syntax"]
