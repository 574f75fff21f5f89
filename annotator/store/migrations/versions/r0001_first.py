"""The store's first shape: articles, suggestions, people, the decision log, standings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "article",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("raw_sha256", sa.Text, nullable=False),
        sa.Column("metadata", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("article_id", "version", name="article_version"),
    )
    op.create_table(
        "suggestions",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, primary_key=True),
        sa.Column("finders", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("candidates", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("stage", sa.Text, primary_key=True),
        sa.Column("pseudonym", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "decision",
        sa.Column("seq", _SEQUENCE, primary_key=True, autoincrement=True),
        sa.Column("decision_id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("person_seq", sa.Integer, nullable=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("stored_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("person", "person_seq", name="decision_chain"),
        sa.ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
    )
    op.create_index("decision_of_article", "decision", ["article_id", "text_sha256", "person"])
    op.create_table(
        "standing",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("text_sha256", sa.Text, primary_key=True),
        sa.Column("decisions", sa.Integer, nullable=False),
        sa.Column("untouched", sa.Integer, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
        sa.Column("cursor", sa.Integer, nullable=False),
    )
