"""The tables of the work store, the same on SQLite and PostgreSQL. Shape only: queries live beside what they serve.

`decision` is append-only and the truth. `standing` keeps what lists show of it, so that they need not fold it, and
where the cursor stood; a log that is shorter than its standings say has lost its end.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()

_Sequence = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only for a column declared INTEGER."""

article = Table(
    "article",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("text_sha256", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("raw_sha256", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("article_id", "version", name="article_version"),
)
"""Every text that an article ever had; the highest version is the current one."""

corpus_file = Table(
    "corpus_file",
    metadata,
    Column("name", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("changed_ns", BigInteger, nullable=False),
)
"""Files of many articles that were taken in whole, as they then were: nobody reads them again while they stay so."""

suggestions = Table(
    "suggestions",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("text_sha256", Text, primary_key=True),
    Column("finders", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("candidates", Integer, nullable=False),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
)
"""Regions and candidates as one document a text: a row each would double the size."""

proposed = Table(
    "proposed",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("text_sha256", Text, primary_key=True),
    Column("system", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
)
"""What systems other than our finders propose, as one document a text and system; the digest is the document's."""

person = Table(
    "person",
    metadata,
    Column("name", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("pseudonym", Text, nullable=False, unique=True),
)
"""Who a pseudonym is. Never leaves the store."""

decision = Table(
    "decision",
    metadata,
    Column("seq", _Sequence, Identity(), primary_key=True),
    Column("decision_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("person_seq", Integer, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("stored_at", BigInteger, nullable=False),
    UniqueConstraint("person", "person_seq", name="decision_chain"),
    UniqueConstraint("person", "decision_id", name="decision_sent"),
    ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
    Index("decision_of_article", "article_id", "text_sha256", "person"),
)
"""The log: per person dense in `person_seq` and chained by hash, so that a gap, a fork or an edit shows.

Every key that a person's row can meet holds the person: one over all would tell by its error what others did.
"""

standing = Table(
    "standing",
    metadata,
    Column("person", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("text_sha256", Text, primary_key=True),
    Column("decisions", Integer, nullable=False),
    Column("untouched", Integer, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("active_ms", BigInteger, nullable=False, server_default="0"),
    Column("flagged", Boolean, nullable=False, server_default=false()),
    Column("skipped", Boolean, nullable=False, server_default=false()),
    Column("questions", Integer, nullable=False, server_default="0"),
    Index("standing_of_article", "article_id"),
)
"""How far a person is in an article, for how long, and where the cursor stood, in code points."""

audit = Table(
    "audit",
    metadata,
    Column("person", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("text_sha256", Text, primary_key=True),
    Column("document", Text, nullable=False),
    ForeignKeyConstraint(["article_id", "text_sha256"], ["article.article_id", "article.text_sha256"]),
)
"""What a person was not shown, or shown wrong, of a text's candidates. Written once, when the article was opened."""

challenge = Table(
    "challenge",
    metadata,
    Column("challenge_id", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("filed_at", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Index("challenge_of_article", "article_id"),
)
"""What was said against released gold, whole. What came of it is a decision of an adjudicator."""

task = Table(
    "task",
    metadata,
    Column("task_id", _Sequence, Identity(), primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("ord", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("reserved_for", Text),
    Column("lease_until", BigInteger),
    Column("waits", Integer, nullable=False, server_default="0"),
    UniqueConstraint("article_id", "stage", "slot", name="task_slot"),
    UniqueConstraint("article_id", "stage", "owner", name="task_owner"),
    Index("task_of_owner", "owner", "stage", "ord"),
)
"""One slot for each person whom an article wants in a stage; a person has one slot of an article at most.

`open`, `leased` until a time in milliseconds since 1970 by the store's clock, or `done`. `ord` is the order in which
slots are handed out; one that is reserved goes to that pseudonym alone. `waits` is how many slots to label are not done
yet, of a slot to adjudicate: the database itself counts (triggers of step 0008), so that nobody has to look for what is
ready, and nobody can say that something is.
"""

slot = Table("slot", MetaData(), *(Column(column.name, column.type) for column in task.columns))
"""A view of `task` for annotators of a team on PostgreSQL, without others' names (`team_rights.py`): no table."""

_LEASED, _KEPT = text("state = 'leased'"), text("reserved_for IS NOT NULL")
_OPEN = text("state = 'open' AND waits = 0")
_FREE = text("state = 'open' AND waits = 0 AND reserved_for IS NULL")

Index("task_open", task.c.stage, task.c.reserved_for, task.c.ord, postgresql_where=_OPEN, sqlite_where=_OPEN)
"""What can be handed out now. A statement uses it when it says the same of state and wait, as constants."""
Index("task_free", task.c.stage, task.c.ord, postgresql_where=_FREE, sqlite_where=_FREE)
"""What anybody may have, in order: behind `IS NULL` PostgreSQL takes no index to be in order, and sorts it all."""
Index("task_held", task.c.owner, task.c.stage, task.c.ord, postgresql_where=_LEASED, sqlite_where=_LEASED)
Index("task_kept", task.c.reserved_for, task.c.article_id, postgresql_where=_KEPT, sqlite_where=_KEPT)
Index("task_leased", task.c.lease_until, postgresql_where=_LEASED, sqlite_where=_LEASED)
