"""A migration of the schema: what was labelled moves to new names, once; where no name follows, a person is asked."""

import hashlib
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.model.article import Article, Metadata
from annotator.model.decision import Decision, Finish, RemoveEvent, SetEvent, SettleMention
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention, candidate_id
from annotator.model.migration import SORTS, Migration, MigrationFile
from annotator.model.record import GoldRecord
from annotator.model.value import NumberValue
from annotator.store.articles import get_article, put_article
from annotator.store.log import Standing, append, decisions_on, standings
from annotator.store.people import pseudonym_of
from annotator.workflow import mention_edits
from annotator.workflow.adjudicating import Adjudication, adjudicate
from annotator.workflow.agreement_in_gold import agreement_in_gold
from annotator.workflow.agreement_of import agreement_of
from annotator.workflow.checking import check_workspace
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.migrating import _migrate_article, migrate, migration_problems
from annotator.workflow.project import Project
from annotator.workflow.releasing import _settled, cut_release, plan_release
from annotator.workflow.status import statuses
from tests.new_schema import rename_names


def rename_all(project: Project) -> Project:
    """Rename a type and a role in the workspace's schema; give it as it is opened then."""
    rename_names(project.workspace.guidelines_folder)
    return Project(project.workspace, project.engine)


@pytest.fixture
def adjudicated(work: Any, project: Project) -> Project:
    """Two people who differ in one mention, and a third who settled it."""
    work.label_all(project, "ann", then=lambda session: attack(work, session))
    work.label_all(project, "bea", then=lambda session: (attack(work, session), reject_number(work, session)))
    with adjudicating(project, "english", "judge") as judged:
        for one in judged.unsettled():
            judged.pick(one, one.answers[0])
        judged.finish()
    return project


def attack(work: Any, session: Any) -> None:
    event = work.event_of(session)
    mention_edits.relabel(session, session.items[event.triggers[0]], "strike.air")
    work.attach(session, work.event_of(session), "attacker", work.find(session, "actor"))


def reject_number(work: Any, session: Any) -> None:
    mention_edits.reject(session, work.find(session, "number"), "generic")


def names_in(record: GoldRecord) -> set[str]:
    labels = {mention.label for mention in (*record.mentions, *record.rejected) if mention.kind == "trigger"}
    roles = {held.role for event in record.events for held in event.arguments}
    return {*(event.type for event in record.events), *filter(None, labels), *roles}


def test_a_release_after_a_rename_says_the_same_under_the_new_names_and_is_a_major_version(adjudicated):
    before = plan_release(adjudicated)
    cut_release(adjudicated, before)
    renamed = rename_all(adjudicated)
    assert {problem.rule for problem in plan_release(renamed).errors} >= {"migration.pending", "event.type"}
    moved, left = migrate(renamed)
    assert not left
    assert {one.person for one in moved} >= {"a1", "a2"}
    after = plan_release(renamed)
    assert not after.errors
    assert not [problem for problem in after.problems if problem.rule.startswith("adjudication.changed")]
    assert after.release.manifest.version == "2.0.0"
    (old,), (new,) = before.release.records, after.release.records
    swapped = {"strike.air": "strike.aerial", "attacker": "aggressor"}
    assert names_in(new) == {swapped.get(name, name) for name in names_in(old)}
    assert "aggressor" in names_in(new)
    assert new.complete


def test_the_record_says_that_nobody_decided_anew(adjudicated):
    renamed = rename_all(adjudicated)
    article = get_article(renamed.engine, "english")
    before = {person: logged(renamed, person, article) for person in ("a1", "a2", "j1")}
    migrate(renamed)
    for person, earlier in before.items():
        made = logged(renamed, person, article)
        assert made[: len(earlier)] == earlier, "the log is never rewritten"
        assert [one.migration for one in made[len(earlier) :]] in ([], ["names"])
    assert all(one.finished for one in standings(renamed.engine, "english"))
    about = ("migration", "event", "mention", "argument", "store", "schema")
    assert [one for one in check_workspace(renamed) if one.level == "error" and one.rule.startswith(about)] == []


def logged(project: Project, person: str, article: Article) -> list[Decision]:
    return decisions_on(project.engine, person, article.article_id, article.text_sha256)


def test_twice_is_once_and_a_rehearsal_is_never(adjudicated):
    renamed = rename_all(adjudicated)
    article = get_article(renamed.engine, "english")
    rehearsed, _ = migrate(renamed, dry_run=True)
    assert all(one.migration is None for one in logged(renamed, "a1", article))
    moved, _ = migrate(renamed)
    assert moved == rehearsed
    made = logged(renamed, "a1", article)
    assert migrate(renamed) == ([], [])
    assert logged(renamed, "a1", article) == made


def test_undo_stops_at_a_migration(adjudicated):
    renamed = rename_all(adjudicated)
    migrate(renamed)
    with labelling(renamed, "english", "ann") as session:
        before = session.annotation
        with pytest.raises(Refusal, match=r"migration 'names'.*not undone"):
            session.undo()
        assert session.annotation == before
        session.reopen()
        assert session.undo(), "what was done since is taken back as ever"
        with pytest.raises(Refusal, match="not undone"):
            session.undo()


def test_what_is_open_in_a_window_is_left_and_said(adjudicated):
    renamed = rename_all(adjudicated)
    with labelling(renamed, "english", "ann"):
        moved, (left,) = migrate(renamed)
    assert not moved
    assert left.code == "label.open-elsewhere"
    article = get_article(renamed.engine, "english")
    assert all(one.migration is None for one in logged(renamed, "a2", article)), "an article moves as a whole"
    assert migrate(renamed)[0]


def test_an_adjudicators_own_hand_moves_too(work, adjudicated):
    with adjudicating(adjudicated, "english", "judge") as judged:
        judged.session.reopen()
        (event,) = judged.session.annotation.live_events().values()
        judged.session.decide(SetEvent(event=event.model_copy(update={"background": True})))
        judged.finish()
    renamed = rename_all(adjudicated)
    migrate(renamed)
    (record,) = plan_release(renamed).release.records
    assert [(event.type, event.background) for event in record.events] == [("strike.aerial", True)]


def test_an_event_that_the_adjudicator_took_away_stays_away(adjudicated):
    with adjudicating(adjudicated, "english", "judge") as judged:
        judged.session.reopen()
        (event,) = judged.session.annotation.live_events().values()
        judged.session.decide(RemoveEvent(event=event.id))
        judged.finish()
    renamed = rename_all(adjudicated)
    migrate(renamed)
    (record,) = plan_release(renamed).release.records
    assert record.events == ()


def test_who_agreed_before_agrees_after_as_far_and_with_what_was_settled(adjudicated):
    before = agreement_of(adjudicated)
    in_gold = agreement_in_gold(adjudicated, ["english"])
    renamed = rename_all(adjudicated)
    migrate(renamed)
    after = agreement_of(renamed)
    assert (after.pairs, after.measures, after.conflicts) == (before.pairs, before.measures, before.conflicts)
    assert after.against_settled == before.against_settled
    assert after.by_role["aggressor"] == before.by_role["attacker"]
    assert agreement_in_gold(renamed, ["english"]) == in_gold


@pytest.mark.parametrize(
    ("written", "says"),
    [(b"x=", "line 1: It is no TOML"), (b'version = "1"', "line 1, field version: '1' is no version")],
)
def test_a_copy_of_an_old_schema_that_cannot_be_read_is_named_with_its_line(adjudicated, written: bytes, says: str):
    renamed = rename_all(adjudicated)
    copy = renamed.workspace.guidelines_folder / "migrations" / "schemas" / "1.0.0.toml"
    copy.write_bytes(written)
    told = [f"{one.where}: {one.message}" for one in migration_problems(renamed)]
    assert any(one.startswith(f"guidelines/migrations/schemas/1.0.0.toml, {says}") for one in told)


def test_what_is_wrong_with_a_migration_is_told_with_its_line_and_nothing_is_moved(adjudicated):
    renamed = rename_all(adjudicated)
    path = renamed.workspace.guidelines_folder / "migrations" / "names.toml"
    written = path.read_text("utf-8")
    path.write_text(written + "[split.unit]\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"migrations/names\.toml, line 8, field split\.unit: .*Did you mean 'units'"):
        migrate(renamed)
    path.write_text(written.replace("aerial", "areal"), encoding="utf-8")
    with pytest.raises(
        Refusal, match=r"line 5, field rename\.types\.strike\.air: 'strike\.areal' is not an event type"
    ):
        migrate(renamed)
    assert "migration.new-name" in {problem.rule for problem in check_workspace(renamed)}
    article = get_article(renamed.engine, "english")
    assert all(one.migration is None for one in logged(renamed, "a1", article))


# --- whatever was labelled, whatever is renamed ---

TEXT = "one two three four five six seven eight nine ten\n"
WORDS = [(at, at + len(word)) for word in TEXT.split() for at in [TEXT.index(word)]]
TYPES = ("strike.air", "strike.artillery", "clash.armed", "attack.ground")
ROLES = ("attacker", "ally", "instrument")
UNITS = ("persons", "vehicles")
REASONS = ("idiom", "generic", "other")
NEW = {"types": ("n.one", "n.two"), "roles": ("r_one", "r_two"), "units": ("u_one",), "rejection_reasons": ("new",)}
OLD = {"types": TYPES, "roles": ROLES, "units": UNITS, "rejection_reasons": REASONS}


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, dict[str, str]]:
    """Old names with new ones, some of which several share."""
    return {
        sort: draw(st.dictionaries(st.sampled_from(OLD[sort]), st.sampled_from(NEW[sort]), max_size=3))
        for sort in SORTS
    }


def migration_of(mapping: dict[str, dict[str, str]]) -> Migration:
    rename: dict[str, Any] = {sort: {} for sort in SORTS}
    merge: dict[str, Any] = {sort: {} for sort in SORTS}
    for sort, moved in mapping.items():
        for new in set(moved.values()):
            old = [name for name, to in moved.items() if to == new]
            if len(old) == 1:
                rename[sort][old[0]] = new
            else:
                merge[sort][new] = old
    steps = {"from": "1.0.0", "to": "2.0.0", "why": "To see.", "rename": rename, "merge": merge}
    return Migration("random", MigrationFile.model_validate(steps))


def mention(kind: Any, word: int, **said: Any) -> Mention:
    start, end = WORDS[word]
    return Mention(id=candidate_id(kind, start, end), kind=kind, start=start, end=end, quote=TEXT[start:end], **said)


def labels_by(chance: random.Random) -> list[Any]:
    """Give the changes of one annotator: triggers, actors and numbers, some rejected, and events of them."""
    changes: list[Any] = []
    triggers = []
    for word in range(4):
        label = chance.choice(TYPES[: 2 + word])
        if chance.random() < 0.25:
            reason = chance.choice((None, *REASONS))
            changes.append(
                SettleMention(disposition="rejected", mention=mention("trigger", word, label=label), reason=reason)
            )
        else:
            triggers.append(mention("trigger", word, label=label))
    actors = [mention("actor", word, ref="isis") for word in (5, 6) if chance.random() < 0.8]
    unit = chance.choice(UNITS)
    value = NumberValue(low=6, high=6, best=6, qualifier="exact", unit=unit)
    numbers = [mention("number", 7, value=value)] if chance.random() < 0.8 else []
    changes += [SettleMention(disposition="confirmed", mention=one) for one in (*triggers, *actors, *numbers)]
    for number, trigger in enumerate(triggers):
        if chance.random() < 0.8:
            held = [Argument(role=chance.choice(ROLES), mention=one.id) for one in actors if chance.random() < 0.7]
            held += [Argument(role="killed", mention=one.id, of="isis") for one in numbers if chance.random() < 0.5]
            event = Event(id=f"e{number}", type=str(trigger.label), triggers=(trigger.id,), arguments=tuple(held))
            changes.append(SetEvent(event=event))
    return changes


def label(project: Project, article: Article, person: str, changes: Sequence[Any]) -> None:
    decision = Decision(
        id=f"{article.article_id}-{person}",
        person=person,
        article_id=article.article_id,
        text_sha256=article.text_sha256,
        stage="label",
        made_at=0,
        changes=(*changes, Finish(finished=True, read_to_end=True)),
    )
    append(
        project.engine,
        [decision],
        0,
        Standing(person, article.article_id, article.text_sha256, 1, 0, finished=True, cursor=0),
    )


def settle(judged: Adjudication, chance: random.Random) -> None:
    """Settle all, in any way; then change something that nobody asked about."""
    for one in judged.disagreements:
        if chance.random() < 0.15:
            judged.none(one)
        elif not judged.is_settled(one):
            judged.pick(one, chance.choice(one.answers))
    for event in list(judged.session.annotation.live_events().values()):
        if chance.random() < 0.2:
            judged.session.decide(RemoveEvent(event=event.id))
        elif chance.random() < 0.2:
            judged.session.decide(SetEvent(event=event.model_copy(update={"background": True})))
    for one in judged.unexplained():
        judged.explain(one, "slip", 3)
    with suppress(Refusal):
        judged.finish()


def said_by(record: GoldRecord, mapping: dict[str, dict[str, str]]) -> tuple[frozenset[Any], ...]:
    """Give what a record says under new names, without ids and order."""
    types, roles, units, reasons = (mapping[sort] for sort in SORTS)

    def content(one: Mention) -> tuple[Any, ...]:
        value = one.value
        if isinstance(value, NumberValue):
            value = value.model_copy(update={"unit": units.get(str(value.unit), value.unit)})
        return one.kind, one.start, one.end, types.get(str(one.label), one.label), one.ref, value

    mentions = {one.id: content(one) for one in record.mentions}
    events = frozenset(
        (
            types.get(event.type, event.type),
            tuple(mentions[one] for one in event.triggers),
            frozenset((roles.get(one.role, one.role), mentions[one.mention], one.of) for one in event.arguments),
            event.background,
        )
        for event in record.events
    )
    rejected = frozenset(
        (one.kind, one.start, types.get(str(one.label), one.label), reasons.get(str(one.reason), one.reason))
        for one in record.rejected
    )
    return frozenset(mentions.values()), events, rejected


NOTHING: dict[str, dict[str, str]] = {sort: {} for sort in SORTS}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), mapping=mappings())
@example(seed=1, mapping={**NOTHING, "types": {"strike.air": "n.one", "strike.artillery": "n.one"}})
def test_a_release_after_a_migration_is_what_labels_under_the_new_names_would_have_made(lasting_project, seed, mapping):
    project, chance = lasting_project, random.Random(seed)
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    name = f"random-{chance.getrandbits(64):x}-{random.SystemRandom().getrandbits(32):x}"
    article = Article(
        article_id=name, text=TEXT, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en")
    )
    put_article(project.engine, article)
    people = [pseudonym_of(project.engine, who, "label") for who in ("ann", "bea")]
    changes = labels_by(chance)
    label(project, article, people[0], changes)
    label(project, article, people[1], changes if chance.random() < 0.2 else labels_by(chance))
    judged = adjudicate(project, name, "judge")
    settle(judged, chance)
    assert judged.session.close()

    def record(on: Project) -> tuple[GoldRecord, list[Any]]:
        status = next(one for one in statuses(on) if one.article.article_id == name)
        done = replace(status, adjudicating=tuple(replace(one, finished=True) for one in status.adjudicating))
        return _settled(on, done, article)

    before, _ = record(project)
    moving = Project(project.workspace, project.engine)
    moving.__dict__["migrations"] = (migration_of(mapping),)
    told = standings(project.engine, name)
    _migrate_article(moving, name, told, dry_run=False)
    after, problems = record(moving)
    assert said_by(after, NOTHING) == said_by(before, mapping)
    assert not {problem.rule for problem in problems} & {"migration.pending", "adjudication.changed"}
    assert _migrate_article(moving, name, standings(project.engine, name), dry_run=False) == []
