"""The whole program under a team's roles: label, adjudicate, release; each sees what the role lets them."""

from collections.abc import Iterator

import psycopg
import pytest

from annotator.errors import Refusal
from annotator.store.articles import get_article, put_suggestions
from annotator.store.engine import writing
from annotator.store.log import check_log, decisions_on, standings
from annotator.store.people import names
from annotator.store.tasks import tasks
from annotator.workflow.adjudicating import adjudicate
from annotator.workflow.assigning import Wish, carry_out, plan
from annotator.workflow.first_time import offers_tour
from annotator.workflow.importing import import_corpus, refuse_who_may_not_import
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.person import person_here
from annotator.workflow.releasing import plan_release
from annotator.workflow.status import next_waiting, statuses
from annotator.workflow.suggesting import suggestions_for
from annotator.workflow.team import add, members, remove
from tests.team_store import PASSWORD, Team, label

pytestmark = pytest.mark.postgres


@pytest.fixture
def staffed(team: Team) -> Iterator[Team]:
    """A team of two annotators, an adjudicator and a lead."""
    for who in ("noor", "miriam"):
        team.add(who, "annotator")
    team.add("judith", "adjudicator")
    team.add("lea", "lead")
    yield team


def test_a_team_labels_adjudicates_and_releases(staffed: Team) -> None:
    with staffed.project("lea") as project:
        carry_out(project, plan(project, Wish()))
    for who in ("noor", "miriam"):
        with staffed.project(who) as project:
            first = next_waiting(project, staffed.name(who), "label")
            assert first == "ar-1"
        label(staffed, who, "ar-1", reject_numbers=who == "noor")
    with staffed.project("judith") as project:
        assert next_waiting(project, staffed.name("judith"), "adjudicate") == "ar-1"
        with adjudicating(project, "ar-1", staffed.name("judith")) as adjudication:
            assert adjudication.unsettled()
            while left := adjudication.unsettled():
                adjudication.pick(left[0], left[0].answers[0])
            adjudication.finish()
    with staffed.project("lea") as project:
        assert check_log(project.engine) == ()
        released = plan_release(project)
        assert not released.errors
        assert [record.article_id for record in released.release.records] == ["ar-1"]
        assert released.waiting == ("en-1",)


def test_where_nothing_is_assigned_an_adjudicator_waits_for_two(staffed: Team) -> None:
    label(staffed, "noor", "en-1")
    with staffed.project("judith") as project:
        text = get_article(project.engine, "en-1").text_sha256
        assert decisions_on(project.engine, "a1", "en-1", text) == []
        with pytest.raises(Refusal, match="finished by 1 of the 2"):
            adjudicate(project, "en-1", staffed.name("judith"))
    label(staffed, "miriam", "en-1", reject_numbers=True)
    with staffed.project("judith") as project:
        assert decisions_on(project.engine, "a1", "en-1", text)
        assert adjudicate(project, "en-1", staffed.name("judith")).unsettled()
    with staffed.project("noor") as project, labelling(project, "en-1", staffed.name("noor")) as session:
        session.reopen()
    with staffed.project("judith") as project:
        assert decisions_on(project.engine, "a1", "en-1", text) == []  # the gate is closed again


def test_an_annotator_sees_the_state_of_their_own_work_only(staffed: Team) -> None:
    label(staffed, "noor", "en-1")
    label(staffed, "miriam", "en-1", finish=False)
    with staffed.project("noor") as project:
        assert {one.person for one in standings(project.engine)} == {"a1"}
        assert names(project.engine) == {"a1": staffed.name("noor")}
        found = {one.article.article_id: one.state for one in statuses(project)}
        assert found == {"en-1": "labelled by 1 of 2", "ar-1": "new"}
        assert [one.name for one in members(project.engine)] == [staffed.name("noor")]
    with staffed.project("lea") as project:
        assert {one.person for one in standings(project.engine)} == {"a1", "a2"}
        assert len(members(project.engine)) == 4


def test_an_annotator_knows_that_an_article_is_taken_but_not_by_whom(staffed: Team) -> None:
    staffed.add("sami", "annotator")
    with staffed.project("lea") as project:
        carry_out(project, plan(project, Wish(articles=["en-1"])))
    label(staffed, "noor", "en-1")
    label(staffed, "miriam", "en-1", finish=False)
    with staffed.project("sami") as project:
        slots = [task for task in tasks(project.engine) if task.stage == "label"]
        assert [(task.state, task.owner, task.lease_until) for task in slots] == [
            ("done", None, None),
            ("leased", None, None),
        ]
        with pytest.raises(Refusal, match="others have all of them"), labelling(project, "en-1", staffed.name("sami")):
            pass
        assert next_waiting(project, staffed.name("sami"), "label") is None


def test_an_annotator_s_program_writes_nothing_but_their_work(staffed: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither articles nor suggestions are tried to be written: what is not kept is worked out anew."""
    (staffed.root / "seeds" / "new.txt").write_text("Six were killed.\n", encoding="utf-8")
    lexicon = staffed.root / "guidelines" / "lexicon" / "en.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with staffed.project("lea") as project:
        article = get_article(project.engine, "en-1")
        stale = suggestions_for(project, article).model_copy(update={"finders": "older"})
        put_suggestions(project.engine, article, stale)
    with staffed.project("noor") as project:
        monkeypatch.setattr("annotator.workflow.suggesting.put_suggestions", pytest.fail)
        monkeypatch.setattr("annotator.workflow.importing.put_article", pytest.fail)
        assert import_corpus(project).arrivals == {}
        assert len(suggestions_for(project, article).candidates) == len(stale.candidates)
        with pytest.raises(Refusal, match="no articles into this team's store"):
            refuse_who_may_not_import(project)
    monkeypatch.undo()
    with staffed.project("lea") as project:
        assert import_corpus(project).arrivals["new"] == "new"


def test_a_newcomer_to_a_team_is_offered_the_tour(staffed: Team) -> None:
    """They have a pseudonym from the day on which they were let in; who is new is who decided nothing."""
    with staffed.project("noor") as project:
        assert offers_tour(project, staffed.name("noor"))
    label(staffed, "noor", "en-1", finish=False)
    with staffed.project("noor") as project:
        assert not offers_tour(project, staffed.name("noor"))


def test_who_is_connected_is_who_works(staffed: Team) -> None:
    with staffed.project("noor") as project:
        assert person_here(project, None) == staffed.name("noor")
        assert person_here(project, staffed.name("noor")) == staffed.name("noor")
        with pytest.raises(Refusal, match="under no other name") as refused:
            person_here(project, staffed.name("miriam"))
        assert refused.value.code == "store.rights"
        with pytest.raises(Refusal, match="lets them label"), labelling(project, "en-1", staffed.name("miriam")):
            pass
        with (
            pytest.raises(Refusal, match="lets them adjudicate"),
            adjudicating(project, "en-1", staffed.name("noor")),
        ):
            pass


def test_who_is_removed_can_do_nothing_more_and_their_work_stays(staffed: Team) -> None:
    with staffed.project("lea") as project:
        carry_out(project, plan(project, Wish(people=[staffed.name("noor"), staffed.name("miriam")])))
    label(staffed, "noor", "en-1", finish=False)
    with staffed.connected("noor") as at_work, staffed.project(None) as project:
        assert remove(project.engine, staffed.name("noor")) == 2  # one held, one kept for her
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            at_work.execute("SELECT payload FROM public.decision")
        with pytest.raises(psycopg.OperationalError), staffed.connected("noor"):
            pass
        assert {one.person for one in standings(project.engine)} == {"a1"}
        label_slots = [task for task in tasks(project.engine) if task.stage == "label"]
        assert {task.reserved_for for task in label_slots} == {None, "a2"}
        assert not any(task.owner == "a1" for task in label_slots)
        gone = next(one for one in members(project.engine) if one.name == staffed.name("noor"))
        assert (gone.role, gone.pseudonyms) == (None, ("a1",))
    assert staffed.add("noor", "annotator") == "a1"  # who comes back goes on
    with staffed.project("noor") as project:
        assert {one.person for one in standings(project.engine)} == {"a1"}


def test_a_role_is_changed_and_the_password_stays(staffed: Team) -> None:
    with staffed.project(None) as project:
        came = add(project.engine, staffed.name("noor"), "adjudicator")
    assert (came.password, came.pseudonyms[0]) == (None, "a1")
    with staffed.project("noor") as project:
        (noor,) = (one for one in members(project.engine) if one.name == staffed.name("noor"))
        assert (noor.role, len(noor.pseudonyms)) == ("adjudicator", 3)
        with writing(project.engine) as connection:
            connection.exec_driver_sql("SELECT seq FROM decision")
    staffed.add("noor", "annotator")
    with staffed.connected("noor") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT seq FROM decision")


def test_a_login_that_all_shared_is_shut_out(team: Team) -> None:
    shared = team.name("shared")
    with team.connected(None) as keeper:
        keeper.execute(f"CREATE ROLE \"{shared}\" LOGIN PASSWORD '{PASSWORD}'".encode())
        keeper.execute(f'GRANT CONNECT ON DATABASE {team.database} TO "{shared}"'.encode())
        keeper.execute(f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{shared}"'.encode())
        keeper.execute(f'GRANT SELECT (payload) ON decision TO "{shared}"'.encode())
    with team.connected("shared") as connection:
        connection.execute("SELECT * FROM decision")
        team.add("noor", "annotator")
        for table in ("decision", "article", "alembic_version", "slot"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM {table}".encode())
    with team.connected(None) as keeper:
        keeper.execute(f'REVOKE CONNECT ON DATABASE {team.database} FROM "{shared}"'.encode())


def test_a_wrong_password_is_refused(staffed: Team) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(staffed.url("noor", "wrong-horse-battery"))
    with psycopg.connect(staffed.url("noor", PASSWORD)) as connection:
        assert connection.execute("SELECT session_user").fetchone() == (staffed.name("noor"),)


def test_a_role_that_happens_to_be_called_like_a_group_is_not_taken_over(team: Team) -> None:
    with team.connected(None) as keeper:
        keeper.execute(f'CREATE ROLE "{team.database}_lead" LOGIN'.encode())
    with pytest.raises(Refusal, match="no group of this team"):
        team.add("noor", "annotator")
    with team.connected(None) as keeper:
        assert keeper.execute("SELECT count(*) FROM pg_policies").fetchone() == (0,)
