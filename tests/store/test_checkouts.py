"""What a checkout remembers, where it lies, and how its log becomes the store's again."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.decision import Decision
from annotator.model.settings import AuditSettings, Settings, StoreSettings
from annotator.store.articles import put_article
from annotator.store.checkouts import Checkout, Taken, bare_url, furnish, keep_checkout, new_folder, read_checkout
from annotator.store.copied_log import beginning_of_chain, stand_as
from annotator.store.engine import file_url, open_engine
from annotator.store.known_texts import finders_of, texts_of
from annotator.store.log import Standing, append, check_log, decisions_on, standings
from annotator.store.workspace import Workspace, open_workspace

Make = Callable[..., Any]
TAKEN = Taken(article_id="001", text_sha256="0" * 64, slotted=True, sent=0, active_ms=0)


def checkout(**more: Any) -> Checkout:
    said = {"server": "postgresql://noor@db/x", "name": "noor", "person": "a1", "taken_at": 1, "days": 7}
    return Checkout.model_validate({**said, "articles": (TAKEN,), **more})


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace of settings alone, that can be checked out."""
    (tmp_path / "office" / "guidelines").mkdir(parents=True)
    (tmp_path / "office" / "guidelines" / "schema.toml").write_text("x = 1\n", encoding="utf-8")
    settings = Settings(
        corpus="texts",
        store=StoreSettings(url="postgresql://noor:secret@db/x"),
        audit=AuditSettings(withheld=0.25, planted=0.1),
        keys={"confirm": 'c"\\\x7f', "next": "ن"},
    )
    return Workspace(tmp_path / "office", settings)


def test_settings_come_along_without_where_the_store_is(made: Workspace, tmp_path: Path) -> None:
    (tmp_path / "along").mkdir()
    furnish(tmp_path / "along", made)
    along = open_workspace(tmp_path / "along")
    assert (along.settings.audit, along.settings.keys) == (made.settings.audit, made.settings.keys)
    assert (along.settings.store, along.settings.corpus) == (StoreSettings(), "seeds")
    assert "secret" not in (tmp_path / "along" / "annotator.toml").read_text(encoding="utf-8")
    assert along.guideline_files() == made.guideline_files()


def test_what_is_remembered_is_read_again_and_its_owner_s_alone(made: Workspace) -> None:
    made.work.mkdir()
    assert read_checkout(made) is None
    keep_checkout(made, checkout())
    assert read_checkout(made) == checkout()
    assert stat.S_IMODE(made.checkout_file.stat().st_mode) == 0o600
    assert made.store_url == file_url(made.work / "work.db")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"days": 99}', "\x00"])
def test_what_cannot_be_read_is_refused(made: Workspace, content: str) -> None:
    made.work.mkdir()
    made.checkout_file.write_text(content, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_checkout(made)
    assert refused.value.code == "checkout.file"


@pytest.mark.parametrize("days", [0, 3, 15, 7.0, True])
def test_days_that_no_server_lets_are_not_remembered(days: object) -> None:
    with pytest.raises(ValueError):
        checkout(days=days)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("postgresql://noor:secret@db:5433/x", "postgresql://noor@db:5433/x"),
        ("postgresql+psycopg://noor@/x?host=/run&password=secret", "postgresql://noor@/x?host=%2Frun"),
        ("sqlite:////tmp/x y.db", "sqlite:////tmp/x y.db"),
    ],
)
def test_no_password_is_kept(url: str, bare: str) -> None:
    engine = open_engine(url)
    assert bare_url(engine) == bare
    assert open_engine(bare).url.database == engine.url.database


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "x") as folder:
        (folder / "half").write_text("", encoding="utf-8")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "x").mkdir()
    with new_folder(tmp_path / "x") as folder:  # an empty one will do
        (folder / "whole").write_text("", encoding="utf-8")
        assert list((tmp_path / "x").iterdir()) == []
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["whole"]
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o700
    with pytest.raises(Refusal) as refused, new_folder(tmp_path / "x"):
        raise AssertionError
    assert refused.value.code == "workspace.exists"
    with pytest.raises(Refusal) as refused, new_folder(tmp_path / "no" / "y"):
        raise AssertionError
    assert refused.value.code == "file.not-written"


# The log of a copy


def add(engine: Engine, make_decision: Make, article: Article, *ids: str) -> list[Decision]:
    before = decisions_on(engine, "a1", article.article_id, article.text_sha256)
    new = [make_decision(one, article) for one in ids]
    standing = Standing("a1", article.article_id, article.text_sha256, len(before) + len(new), 0, False, 0)
    append(engine, new, len(before), standing)
    return [*before, *new]


def test_the_log_of_one_text_becomes_another_s_and_the_chain_holds(
    engine: Engine, article: Article, make_article: Make, make_decision: Make
) -> None:
    other = make_article("002", "Seven were killed.\n")
    put_article(engine, other)
    assert beginning_of_chain(engine, "a1") is None
    one, two = add(engine, make_decision, article, "one", "two")
    apart = add(engine, make_decision, other, "apart")
    began = beginning_of_chain(engine, "a1")
    text = ("a1", article.article_id, article.text_sha256)
    new = [make_decision("elsewhere", article), one, two]
    stand_as(engine, "a1", {text: new}, [Standing(*text, 3, 0, False, 5)])
    assert decisions_on(engine, *text) == new
    assert decisions_on(engine, "a1", other.article_id, other.text_sha256) == apart
    assert check_log(engine) == ()
    assert [(one.decisions, one.cursor) for one in standings(engine, article.article_id)] == [(3, 5)]
    assert beginning_of_chain(engine, "a1") != began


def test_nothing_goes_that_is_nowhere_else(engine: Engine, article: Article, make_decision: Make) -> None:
    one, two = add(engine, make_decision, article, "one", "two")
    text = ("a1", article.article_id, article.text_sha256)
    with pytest.raises(Refusal) as refused:
        stand_as(engine, "a1", {text: [make_decision("elsewhere", article), one]}, [])
    assert refused.value.code == "store.fork"
    assert decisions_on(engine, *text) == [one, two]


def test_texts_are_told_in_the_order_of_their_versions(engine: Engine, article: Article, make_article: Make) -> None:
    later = make_article("001", "Nine were killed.\n")
    put_article(engine, later)
    assert texts_of(engine, "001") == [article.text_sha256, later.text_sha256]
    put_article(engine, article)
    assert texts_of(engine, "001") == [later.text_sha256, article.text_sha256]
    assert texts_of(engine, "none") == []
    assert finders_of(engine, "001", article.text_sha256) is None
