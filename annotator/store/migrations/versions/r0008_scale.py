"""What keeps a store of a million articles quick: what is ready to adjudicate is counted, and files are known again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_READY = "state = 'open' AND waits = 0"
_LEFT = (
    "(SELECT count(*) FROM task AS slot WHERE slot.article_id = {}.article_id AND stage = 'label' AND state <> 'done')"
)
_MORE = "UPDATE task SET waits = waits + 1 WHERE article_id = NEW.article_id AND stage = 'adjudicate';"
_LESS = "UPDATE task SET waits = waits - 1 WHERE article_id = OLD.article_id AND stage = 'adjudicate';"
_CLOSED = "NEW.stage = 'label' AND NEW.state = 'done' AND OLD.state <> 'done'"
_OPENED_UP = "NEW.stage = 'label' AND NEW.state <> 'done' AND OLD.state = 'done'"

_FUNCTIONS = {
    # Who comes while slots to label are being closed waits for that, so that none is counted that is done by then.
    "task_begins_to_wait": "PERFORM 1 FROM task WHERE article_id = NEW.article_id AND stage = 'label' FOR SHARE; "
    f"NEW.waits := {_LEFT.format('NEW')}; RETURN NEW;",
    "task_waits_for_more": f"{_MORE} RETURN NULL;",
    "task_waits_for_less": f"{_LESS} RETURN NULL;",
}
"""On PostgreSQL they run with the owner's rights: who closes a slot may not write in somebody else's."""

_BEGINS = f"UPDATE task SET waits = {_LEFT.format('NEW')} WHERE task_id = NEW.task_id;"  # noqa: S608 - ours
_TRIGGERS = (
    ("task_to_label", "AFTER INSERT", "NEW.stage = 'label' AND NEW.state <> 'done'", "task_waits_for_more", _MORE),
    ("task_opened_up", "AFTER UPDATE OF state", _OPENED_UP, "task_waits_for_more", _MORE),
    ("task_closed", "AFTER UPDATE OF state", _CLOSED, "task_waits_for_less", _LESS),
    ("task_taken_back", "AFTER DELETE", "OLD.stage = 'label' AND OLD.state <> 'done'", "task_waits_for_less", _LESS),
)


def upgrade() -> None:
    """Count for each slot to adjudicate what it waits for, from now on by triggers; exchange the indexes for that."""
    op.create_table(
        "corpus_file",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("changed_ns", sa.BigInteger, nullable=False),
    )
    op.add_column("task", sa.Column("waits", sa.Integer, nullable=False, server_default="0"))
    op.execute(f"UPDATE task SET waits = {_LEFT.format('task')} WHERE stage = 'adjudicate'")  # noqa: S608 - ours
    op.drop_index("task_open", "task")
    op.drop_index("task_free", "task")
    for name, columns, condition in (
        ("task_open", ["stage", "reserved_for", "ord"], _READY),
        ("task_free", ["stage", "ord"], f"{_READY} AND reserved_for IS NULL"),
        ("task_held", ["owner", "stage", "ord"], "state = 'leased'"),
        ("task_kept", ["reserved_for", "article_id"], "reserved_for IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(name, "task", columns, postgresql_where=where, sqlite_where=where)
    if op.get_bind().dialect.name == "postgresql":
        _count_on_postgresql()
        # A lease leaves a dead row behind; the server's own share of a table would let half a million gather first.
        op.execute(
            "ALTER TABLE task SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, "
            "autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000)"
        )
    else:
        _count_on_sqlite()


def _count_on_postgresql() -> None:
    bind = op.get_bind()
    schema = bind.execute(sa.text("SELECT quote_ident(current_schema())")).scalar_one()
    kind = f"RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp"
    for function, does in _FUNCTIONS.items():
        op.execute(f"CREATE FUNCTION {function}() {kind} AS $$ BEGIN {does} END $$")
        op.execute(f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC")
    begins = ("task_to_adjudicate", "BEFORE INSERT", "NEW.stage = 'adjudicate'", "task_begins_to_wait", "")
    for name, when, condition, function, _ in (begins, *_TRIGGERS):
        op.execute(
            f"CREATE TRIGGER {name} {when} ON task FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {function}()"
        )


def _count_on_sqlite() -> None:
    begins = ("task_to_adjudicate", "AFTER INSERT", "NEW.stage = 'adjudicate'", "", _BEGINS)
    for name, when, condition, _, does in (begins, *_TRIGGERS):
        op.execute(f"CREATE TRIGGER {name} {when} ON task WHEN {condition} BEGIN {does} END")
