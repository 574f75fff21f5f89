"""What other systems propose is kept beside what our finders say, so that it outlives their updates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; no system has proposed anything yet."""
    op.create_table(
        "proposed",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, primary_key=True),
        sa.Column("system", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
    )
