"""Standings tell more: time spent, flagged, skipped, questions that wait for the adjudicator."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was there before has spent no time that we know of."""
    op.add_column("standing", sa.Column("active_ms", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("standing", sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("standing", sa.Column("skipped", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("standing", sa.Column("questions", sa.Integer, nullable=False, server_default="0"))
