"""What an annotator was not shown, or shown wrong, of an article's candidates is on the record."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody was audited yet."""
    op.create_table(
        "audit",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
    )
