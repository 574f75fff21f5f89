"""Articles taken along and worked on without a network; from SQLite, and from PostgreSQL as an annotator of a team."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.store.articles import get_article, put_article
from annotator.store.checkouts import read_checkout
from annotator.store.engine import open_engine
from annotator.store.locks import only_window
from annotator.store.log import check_log, decisions_on, standings
from annotator.store.people import find_pseudonym
from annotator.store.tasks import tasks
from annotator.store.workspace import open_workspace
from annotator.text.intake import take_in
from annotator.workflow import sending
from annotator.workflow.assigning import Wish as Assignment
from annotator.workflow.assigning import carry_out, plan
from annotator.workflow.checkout import Wish, check_out
from annotator.workflow.in_checkout import required_checkout, unsent
from annotator.workflow.labelling import labelling
from annotator.workflow.mention_edits import confirm
from annotator.workflow.project import Project, open_project
from annotator.workflow.session import Session
from annotator.workflow.syncing import Sync, Synced
from tests.team_store import Team


class Office:
    """A store that people check out of, and ways in for each of them."""

    def __init__(self, root: Path, keeper: str, url: Callable[[str], str], name: Callable[[str], str]) -> None:
        self.root, self.keeper, self.url, self.name = root, keeper, url, name

    @contextmanager
    def project(self, who: str | None = None) -> Iterator[Project]:
        """Open the store as somebody; as whoever looks after it otherwise."""
        engine = open_engine(self.keeper if who is None else self.url(who))
        try:
            yield Project(open_workspace(self.root), engine)
        finally:
            engine.dispose()

    def assign(self, *articles: str, overlap: int = 1, to: tuple[str, ...] = ()) -> None:
        with self.project() as project:
            names = tuple(self.name(one) for one in to)
            carry_out(project, plan(project, Assignment(articles, names, overlap)))

    def check_out(self, who: str, folder: Path, *articles: str, number: int = 10, days: int = 7) -> Path:
        with self.project(who) as project:
            check_out(project, self.name(who), folder, Wish(articles, number, days))
        return folder

    def sync(self, who: str, folder: Path, more: int = 0, *, dry_run: bool = False) -> Synced:
        project = open_project(folder)
        try:
            checkout = required_checkout(project.workspace)
            return Sync(project, checkout).run(self.url(who), more, dry_run=dry_run)
        finally:
            project.close()

    def sql(self, statement: str, **values: Any) -> Any:
        engine = create_engine(open_engine(self.keeper).url)
        try:
            with engine.begin() as connection:
                came = connection.execute(text(statement), values)
                return came.all() if came.returns_rows else None
        finally:
            engine.dispose()

    def run_out(self, who: str) -> None:
        """Let somebody's leases run out."""
        with self.project() as project:
            person = find_pseudonym(project.engine, self.name(who), "label")
        self.sql("UPDATE task SET lease_until = 1 WHERE owner = :person", person=person)

    def log(self, who: str, article: str) -> list[str]:
        """Give the ids of somebody's decisions on the current text of an article, in the store's order."""
        with self.project() as project:
            person = find_pseudonym(project.engine, self.name(who), "label") or ""
            assert check_log(project.engine) == ()
            made = decisions_on(project.engine, person, article, get_article(project.engine, article).text_sha256)
            return [one.id for one in made]

    def slot(self, who: str, article: str) -> str | None:
        with self.project() as project:
            person = find_pseudonym(project.engine, self.name(who), "label")
            found = [one for one in tasks(project.engine, article_id=article) if one.stage == "label"]
        return next((one.state for one in found if one.owner == person), None)


@pytest.fixture(params=["sqlite", pytest.param("team", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path, made_workspace: Path) -> Office:
    """A store of `en-1` and `ar-1` in which noor and sami may label."""
    if request.param == "team":
        team: Team = request.getfixturevalue("team")
        for who in ("noor", "sami"):
            team.add(who, "annotator")
        return Office(team.root, team.keeper, team.url, team.name)
    root = Path(shutil.copytree(made_workspace, tmp_path / "office"))
    url = open_workspace(root).store_url
    return Office(root, url, lambda _: url, lambda who: who)


def label(folder: Path, article: str, *, number: int | None = None, finish: bool = False) -> list[str]:
    """Label in a checkout as its owner: confirm so many untouched mentions, or all; give the log's ids."""
    project = open_project(folder)
    try:
        checkout = required_checkout(project.workspace)
        with labelling(project, article, checkout.name) as session:
            work(session, number, finish=finish)
        made = decisions_on(project.engine, checkout.person, article, get_article(project.engine, article).text_sha256)
        return [one.id for one in made]
    finally:
        project.close()


def work(session: Session, number: int | None, *, finish: bool) -> None:
    left = [item for item in session.in_order() if item.disposition is None]
    for item in left[:number]:
        confirm(session, item)
    if finish:
        session.finish()


def test_articles_are_taken_along_with_all_that_labelling_needs(office: Office, tmp_path: Path) -> None:
    office.assign()
    folder = office.check_out("noor", tmp_path / "along", number=1)
    checkout = read_checkout(open_workspace(folder))
    assert checkout is not None
    [taken] = checkout.articles
    assert (checkout.name, taken.slotted, taken.sent) == (office.name("noor"), True, 0)
    assert "horse" not in checkout.server  # no password
    project = open_project(folder)
    try:
        with office.project() as at_office:
            assert get_article(project.engine, taken.article_id) == get_article(at_office.engine, taken.article_id)
        with labelling(project, taken.article_id, checkout.name) as session:
            assert session.person == checkout.person
            assert len(session.items) > 0
    finally:
        project.close()
    assert office.slot("noor", taken.article_id) == "leased"


def test_what_was_decided_arrives_in_order_and_the_slot_is_done(office: Office, tmp_path: Path) -> None:
    office.assign()
    folder = office.check_out("noor", tmp_path / "along")
    some = label(folder, "en-1", number=2)
    came = office.sync("noor", folder)
    assert (came.sent, came.in_conflict) == (2, ())
    assert office.log("noor", "en-1") == some
    assert office.slot("noor", "en-1") == "leased"
    every = label(folder, "en-1", finish=True)
    assert every[:2] == some
    assert office.sync("noor", folder).sent == len(every) - 2
    assert office.log("noor", "en-1") == every
    assert office.slot("noor", "en-1") == "done"
    with office.project() as project:
        [standing] = [one for one in standings(project.engine, "en-1") if one.decisions]
    assert (standing.finished, standing.untouched, standing.decisions) == (True, 0, len(every))


def test_what_was_sent_is_not_sent_again(office: Office, tmp_path: Path) -> None:
    office.assign()
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", number=3)
    office.sync("noor", folder)
    assert office.sync("noor", folder).sent == 0
    # As if the program had been killed before it could remember what was acknowledged.
    remembered = folder / ".annotator" / "checkout.json"
    project = open_project(folder)
    checkout = required_checkout(project.workspace)
    remembered.write_text(remembered.read_text().replace('"sent":3', '"sent":0'))
    assert sum(unsent(project, required_checkout(project.workspace)).values()) == 3
    assert office.sync("noor", folder).sent == 0
    assert sum(unsent(project, required_checkout(project.workspace)).values()) == 0
    assert required_checkout(project.workspace) == checkout
    project.close()
    assert office.log("noor", "en-1") == made


def test_own_earlier_decisions_come_along_and_go_on(office: Office, tmp_path: Path) -> None:
    with office.project("noor") as project, labelling(project, "en-1", office.name("noor")) as session:
        work(session, 2, finish=False)
    before = office.log("noor", "en-1")
    folder = office.check_out("noor", tmp_path / "along", "en-1")
    project = open_project(folder)
    with labelling(project, "en-1", office.name("noor")) as session:
        assert session.undo()
        work(session, None, finish=True)
    project.close()
    after = label(folder, "en-1", number=0)
    assert after[:2] == before
    assert office.sync("noor", folder).sent == len(after) - 2
    assert office.log("noor", "en-1") == after


def test_a_dry_run_sends_and_remembers_nothing(office: Office, tmp_path: Path) -> None:
    office.assign()
    folder = office.check_out("noor", tmp_path / "along")
    label(folder, "en-1", number=3)
    office.run_out("noor")
    before, slots = (folder / ".annotator" / "checkout.json").read_bytes(), office.sql("SELECT * FROM task")
    came = office.sync("noor", folder, dry_run=True)
    assert (came.sent, came.kept) == (3, 0)
    assert office.log("noor", "en-1") == []
    assert office.sql("SELECT * FROM task") == slots
    assert (folder / ".annotator" / "checkout.json").read_bytes() == before


def test_work_under_a_lease_that_went_to_somebody_else_is_kept_as_surplus(office: Office, tmp_path: Path) -> None:
    office.assign("en-1", to=("noor",))
    office.sql("UPDATE task SET reserved_for = NULL")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", finish=True)
    office.run_out("noor")
    office.check_out("sami", tmp_path / "sami", "en-1")
    came = office.sync("noor", folder)
    [one] = came.in_conflict
    assert (one.article_id, one.sent, one.slot, list(one.conflicts)) == ("en-1", len(made), "surplus", ["lease"])
    assert "counts for nothing" in one.conflicts["lease"]
    assert office.log("noor", "en-1") == made
    assert office.slot("noor", "en-1") is None
    assert office.slot("sami", "en-1") == "leased"


def test_a_lease_that_ran_out_and_nobody_took_is_had_again(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    label(folder, "en-1", finish=True)
    office.run_out("noor")
    office.sql("UPDATE task SET state = 'open', owner = NULL, lease_until = NULL WHERE stage = 'label'")
    came = office.sync("noor", folder)
    assert came.in_conflict == ()
    assert office.slot("noor", "en-1") == "done"


def test_a_slot_that_is_free_again_after_all_was_sent_is_done_at_the_next_sync(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    label(folder, "en-1", finish=True)
    office.run_out("noor")
    office.check_out("sami", tmp_path / "sami", "en-1")
    assert office.sync("noor", folder).in_conflict
    office.sql("UPDATE task SET state = 'open', owner = NULL, lease_until = NULL WHERE stage = 'label'")
    assert office.sync("noor", folder).in_conflict == ()
    assert office.slot("noor", "en-1") == "done"


def test_a_slot_that_the_lead_took_away_is_told(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", number=1)
    office.sql("DELETE FROM task")
    [one] = office.sync("noor", folder).in_conflict
    assert (one.sent, one.slot, list(one.conflicts)) == (1, "free", ["slot"])
    assert office.log("noor", "en-1") == made


def test_a_text_that_changed_keeps_the_work_and_leaves_the_slot_open(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", finish=True)
    with office.project() as project:
        old = get_article(project.engine, "en-1")
        new = take_in(f"{old.text}More of it.\n".encode(), "en-1")
        put_article(project.engine, Article(**{**dict(old), "text": new.text, "text_sha256": new.text_sha256}))
    [one] = office.sync("noor", folder).in_conflict
    assert (one.sent, "text" in one.conflicts) == (len(made), True)
    assert office.slot("noor", "en-1") == "leased"
    with office.project() as project:
        person = find_pseudonym(project.engine, office.name("noor"), "label") or ""
        assert [one.id for one in decisions_on(project.engine, person, "en-1", old.text_sha256)] == made
    again = office.check_out("noor", tmp_path / "again")
    assert read_checkout(open_workspace(again)).articles[0].text_sha256 == new.text_sha256  # type: ignore[union-attr]


def test_changed_proposals_are_told_once(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    office.sql("UPDATE suggestions SET finders = 'others/1'")
    [one] = office.sync("noor", folder).in_conflict
    assert list(one.conflicts) == ["proposals"]
    assert office.sync("noor", folder).in_conflict == ()


def test_a_decision_that_stands_otherwise_on_the_server_is_told_and_kept(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", number=2)
    office.sync("noor", folder)
    spoilt = {"old": '"made_at":', "new": '"made_at":1'}
    office.sql("UPDATE decision SET payload = replace(payload, :old, :new) WHERE person_seq = 2", **spoilt)
    [one] = office.sync("noor", folder).in_conflict
    assert (one.sent, one.kept, list(one.conflicts)) == (0, 1, ["altered"])
    assert label_ids(folder) == made


def test_two_laptops_of_one_person_lose_nothing_and_end_alike(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    first, second = office.check_out("noor", tmp_path / "first"), office.check_out("noor", tmp_path / "second")
    one, other = label(first, "en-1", number=2), label(second, "en-1", number=3)
    assert office.sync("noor", first).sent == 2
    came = office.sync("noor", second)
    assert (came.sent, came.articles[0].elsewhere, came.waits_for_window) == (3, 2, False)
    assert office.log("noor", "en-1") == one + other
    assert label(second, "en-1", number=0) == one + other
    assert office.sync("noor", first).articles[0].elsewhere == 3
    assert label(first, "en-1", number=0) == one + other
    more = label(first, "en-1", finish=True)
    office.sync("noor", first)
    assert office.log("noor", "en-1") == more
    for folder in (first, second):
        project = open_project(folder)
        assert check_log(project.engine) == ()
        project.close()


def test_an_open_window_is_not_taken_the_log_from_under(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    first, second = office.check_out("noor", tmp_path / "first"), office.check_out("noor", tmp_path / "second")
    label(first, "en-1", number=1)
    made = label(second, "en-1", number=1)
    office.sync("noor", first)
    checkout = read_checkout(open_workspace(second))
    assert checkout is not None
    with only_window(second / ".annotator", checkout.person, "en-1"):
        assert office.sync("noor", second).waits_for_window
        assert label_ids(second) == made
    assert not office.sync("noor", second).waits_for_window
    assert len(label_ids(second)) == 2


def label_ids(folder: Path) -> list[str]:
    project = open_project(folder)
    try:
        checkout = required_checkout(project.workspace)
        [taken] = checkout.articles
        made = decisions_on(project.engine, checkout.person, taken.article_id, taken.text_sha256)
        return [one.id for one in made]
    finally:
        project.close()


def test_killed_between_batches_the_rest_goes_the_next_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", finish=True)
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    append, calls = sending.append, []

    def killed_the_second_time(*arguments: Any, **more: Any) -> None:
        append(*arguments, **more)  # it arrives, and nobody hears of it
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(sending, "append", killed_the_second_time)
    with pytest.raises(KeyboardInterrupt):
        office.sync("noor", folder)
    assert office.log("noor", "en-1") == made[:4]
    assert office.slot("noor", "en-1") == "leased"
    assert office.sync("noor", folder).sent == len(made) - 4
    assert office.log("noor", "en-1") == made
    assert office.slot("noor", "en-1") == "done"


def test_the_slot_is_done_with_the_last_decision_and_not_after_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    made = label(folder, "en-1", finish=True)
    append = sending.append

    def killed_behind_it(*arguments: Any, **more: Any) -> None:
        append(*arguments, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "append", killed_behind_it)
    with pytest.raises(KeyboardInterrupt):
        office.sync("noor", folder)
    assert (office.log("noor", "en-1"), office.slot("noor", "en-1")) == (made, "done")


def test_what_is_opened_again_is_kept_for_as_many_days(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along", days=10)
    label(folder, "en-1", finish=True)
    assert office.sync("noor", folder).articles[0].slot == "done"
    project = open_project(folder)
    with labelling(project, "en-1", office.name("noor")) as session:
        session.reopen()
    project.close()
    [one] = office.sync("noor", folder).articles
    assert (one.sent, one.slot) == (1, "leased")
    assert one.lease_until is not None and one.lease_until / 1000 - time.time() > 9 * 24 * 3600


def test_time_at_the_keys_is_told_once(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    folder = office.check_out("noor", tmp_path / "along")
    for spent in (60_000, 90_000):
        label(folder, "en-1", number=1)
        project = open_project(folder)
        with project.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE standing SET active_ms = {spent}")
        project.close()
        office.sync("noor", folder)
        office.sync("noor", folder)
        assert office.sql("SELECT active_ms FROM standing WHERE decisions > 0") == [(spent,)]


def test_what_an_audit_shows_is_chosen_at_the_office_and_comes_along(office: Office, tmp_path: Path) -> None:
    (office.root / "annotator.toml").write_text('corpus = "seeds"\n[audit]\nplanted = 0.5\n', encoding="utf-8")
    folder = office.check_out("noor", tmp_path / "along", "en-1")
    documents = office.sql("SELECT document FROM audit")
    assert len(documents) == 1
    project = open_project(folder)
    with project.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT document FROM audit").all() == documents
    with labelling(project, "en-1", office.name("noor")) as session:
        here = [(item.mention.id, item.mention.label, item.mention.value) for item in session.in_order()]
    project.close()
    with office.project("noor") as at_office, labelling(at_office, "en-1", office.name("noor")) as session:
        assert [(item.mention.id, item.mention.label, item.mention.value) for item in session.in_order()] == here


def test_more_is_taken_along(office: Office, tmp_path: Path) -> None:
    office.assign()
    folder = office.check_out("noor", tmp_path / "along", number=1)
    [here] = read_checkout(open_workspace(folder)).articles  # type: ignore[union-attr]
    other = {"en-1": "ar-1", "ar-1": "en-1"}[here.article_id]
    assert office.sync("noor", folder, more=3).more == (other,)
    label(folder, other, finish=True)
    assert office.sync("noor", folder).sent > 0
    assert office.slot("noor", other) == "done"


def test_where_nothing_is_assigned_what_waits_is_taken_along(office: Office, tmp_path: Path) -> None:
    folder = office.check_out("noor", tmp_path / "along", number=1)
    [taken] = read_checkout(open_workspace(folder)).articles  # type: ignore[union-attr]
    assert not taken.slotted
    made = label(folder, taken.article_id, finish=True)
    assert office.sync("noor", folder).in_conflict == ()
    assert office.log("noor", taken.article_id) == made


def test_nothing_that_waits_is_nothing_to_take_along(office: Office, tmp_path: Path) -> None:
    office.assign("en-1", to=("sami",))
    with pytest.raises(Refusal) as refused:
        office.check_out("noor", tmp_path / "along")
    assert refused.value.code == "checkout.nothing"
    with pytest.raises(Refusal) as refused:
        office.check_out("noor", tmp_path / "along", "en-1")
    assert refused.value.code == "label.not-assigned"
    assert not (tmp_path / "along").exists()
    assert list(tmp_path.glob(".checkout-*")) == []


def test_looking_at_the_office_at_what_is_checked_out_gives_nothing_back(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    office.check_out("noor", tmp_path / "along", days=14)
    [(until,)] = office.sql("SELECT lease_until FROM task WHERE stage = 'label'")
    with office.project("noor") as project, labelling(project, "en-1", office.name("noor")):
        pass
    assert office.sql("SELECT state, lease_until FROM task WHERE stage = 'label'") == [("leased", until)]


def test_nothing_is_kept_for_longer_than_a_server_lets(office: Office, tmp_path: Path) -> None:
    office.assign("en-1")
    with pytest.raises(Refusal, match="15 days"):
        office.check_out("noor", tmp_path / "along", days=15)
    assert not (tmp_path / "along").exists()


@pytest.mark.parametrize("ours", ["seeds/along", "gold/1.0.0", "guidelines/lexicon/new", ".annotator/along"])
def test_a_checkout_does_not_lie_among_files_that_mean_something(office: Office, ours: str) -> None:
    with office.project() as project:
        target = project.workspace.root / ours
        with pytest.raises(Refusal, match="of the workspace, whose files mean something") as refused:
            check_out(project, "noor", target, Wish())
        assert (refused.value.code, target.exists()) == ("usage", False)
