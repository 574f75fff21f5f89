"""What a store says of an article is checked as any input is, before a file, a row or a line is made of it."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Engine, text

from annotator.errors import Refusal
from annotator.model.decision import Decision, SettleMention
from annotator.model.mention import Mention
from annotator.store.articles import get_article
from annotator.store.engine import writing
from annotator.store.log import Standing, append
from annotator.workflow.checkout import Wish, check_out
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project


def run(engine: Engine, statement: str, **values: object) -> None:
    with writing(engine) as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(statement), values)


def called(name: str) -> Callable[[Project], None]:
    def spoil(project: Project) -> None:
        body = "Six were killed.\n"
        digest = hashlib.sha256(body.encode()).hexdigest()
        run(
            project.engine,
            "INSERT INTO article VALUES (:name, :digest, 1, :digest, :described, :body)",
            name=name,
            digest=digest,
            described='{"language":"en"}',
            body=body,
        )

    return spoil


def with_text(body: str, digest: str | None = None) -> Callable[[Project], None]:
    """Change a text, and with it its hash, unless another one is given."""

    def spoil(project: Project) -> None:
        run(project.engine, "DELETE FROM suggestions WHERE article_id = 'english'")
        said = digest or hashlib.sha256(body.encode()).hexdigest()
        change = "UPDATE article SET text = :body, text_sha256 = :said WHERE article_id = 'english'"
        run(project.engine, change, body=body, said=said)

    return spoil


def described_as(metadata: str) -> Callable[[Project], None]:
    def spoil(project: Project) -> None:
        run(project.engine, "UPDATE article SET metadata = :said WHERE article_id = 'english'", said=metadata)

    return spoil


def proposed_beyond_the_text(project: Project) -> None:
    with project.engine.connect() as connection:
        said = connection.execute(text("SELECT document FROM suggestions WHERE article_id = 'english'")).scalar_one()
    document = orjson.loads(said)
    document["candidates"]["ends"][-1] = 10**9
    run(
        project.engine,
        "UPDATE suggestions SET document = :said WHERE article_id = 'english'",
        said=orjson.dumps(document).decode(),
    )


def decided_beyond_the_text(project: Project) -> None:
    with labelling(project, "english", "noor") as session:
        confirm(session, session.in_order()[0])
        person = session.person
    article = get_article(project.engine, "english")
    beyond = Mention(id="m-1", kind="actor", start=10**6, end=10**6 + 1, quote="x")
    decision = Decision(
        id="x",
        person=person,
        article_id="english",
        text_sha256=article.text_sha256,
        stage="label",
        made_at=0,
        changes=(SettleMention(disposition="added", mention=beyond),),
    )
    append(project.engine, [decision], 1, Standing(person, "english", article.text_sha256, 2, 0, False, 0))


def called_otherwise(project: Project) -> None:
    with labelling(project, "english", "noor") as session:
        confirm(session, session.in_order()[0])
    run(project.engine, "UPDATE person SET pseudonym = 'a1\x1b[2J'")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (called("../../outside"), "article.id"),
        (called("/etc/passwd"), "article.id"),
        (called("a\x1b[2Jb"), "article.id"),
        (called("CON"), "article.id"),
        (called("x" * 300), "article.id"),
        (with_text("Six \x1b]0;gone\x07 were killed.\n"), "intake.control-character"),
        (with_text("Another text.\n", "0" * 64), "store.corrupt"),
        (with_text(""), "intake.empty"),
        (described_as("not JSON"), "store.corrupt"),
        (described_as('{"language":"xx"}'), "store.corrupt"),
        (proposed_beyond_the_text, "store.corrupt"),
        (decided_beyond_the_text, "store.corrupt"),
        (called_otherwise, "store.corrupt"),
    ],
)
def test_what_no_article_can_be_is_refused_and_nothing_is_made(
    project: Project, tmp_path: Path, spoil: Callable[[Project], None], code: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    spoil(project)
    with project.engine.connect() as connection:
        [wanted] = connection.execute(
            text("SELECT article_id FROM article WHERE article_id <> 'arabic' ORDER BY article_id = 'english' LIMIT 1")
        ).scalars()
    with pytest.raises(Refusal) as refused:
        check_out(project, "noor", tmp_path / "along", Wish([wanted]))
    assert refused.value.code == code
    made = [path for path in sorted(tmp_path.rglob("*")) if path not in before and ".annotator" not in path.parts]
    assert made == []
