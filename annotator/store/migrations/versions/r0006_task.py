"""Who is to label or adjudicate what: tasks that are handed out under leases."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table; nothing is assigned yet, so that everybody labels what they open, as before."""
    op.create_table(
        "task",
        sa.Column("task_id", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("ord", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("reserved_for", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.UniqueConstraint("article_id", "stage", "slot", name="task_slot"),
        sa.UniqueConstraint("article_id", "stage", "owner", name="task_owner"),
    )
    for name, columns, state in (
        ("task_open", ["stage", "reserved_for", "ord"], "open"),
        ("task_leased", ["lease_until"], "leased"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, "task", columns, postgresql_where=where, sqlite_where=where)
    op.create_index("task_of_owner", "task", ["owner", "stage", "ord"])
