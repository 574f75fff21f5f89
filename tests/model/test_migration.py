"""What a migration makes of a name that it says two things of, and what undo makes of a migration."""

from annotator.model.annotation import History
from annotator.model.decision import Decision, Flag, Undo
from annotator.model.migration import Migration, MigrationFile

STEPS = {
    "from": "1.0.0",
    "to": "2.0.0",
    "why": "w",
    "rename": {"roles": {"clash/target": "objective"}},
    "split": {"roles": {"target": {"question": "q", "answers": {"h": "hit", "a": "aimed_at"}}}},
}


def test_what_is_said_of_a_role_in_one_type_goes_before_what_is_asked_of_it_in_all() -> None:
    migration = Migration("m", MigrationFile.model_validate(STEPS))
    assert migration.split_of("roles", "target", "clash") is None
    assert migration.named("roles", "target", "clash") == "objective"
    assert migration.split_of("roles", "target", "strike.air") is not None
    assert migration.named("roles", "target", "strike.air") == "target"


def decision(name: str, change: Flag | Undo, migration: str | None = None) -> Decision:
    return Decision(
        id=name,
        person="a1",
        article_id="x",
        text_sha256="0" * 64,
        stage="label",
        made_at=0,
        changes=(change,),
        migration=migration,
    )


def test_a_log_that_undoes_a_migration_is_read_as_if_it_did_not() -> None:
    own, moved = decision("1", Flag(flagged=True)), decision("2", Flag(flagged=False), migration="m")
    history = History().then(own, moved, decision("3", Undo(of="2")))
    assert [one.id for one in history.effective] == ["1", "2"]
    assert History().then(own, decision("3", Undo(of="1"))).effective == ()
