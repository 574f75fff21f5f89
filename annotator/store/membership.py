"""Who somebody is to the store: one of a team with a role, or whoever has all of it. Asks the server; changes nothing.

Who has all of it: everybody on SQLite, and on a server without a team, its superuser, and the keeper of the tables.
"""

from typing import Literal, NamedTuple, get_args
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text

from annotator.store.engine import reading

Role = Literal["annotator", "adjudicator", "lead"]
"""What somebody may: work; settle what is worked on as well; see all and hand it out as well."""

KEEPER = "keeper"
"""The group that owns the tables. Nobody logs in as it."""


class Membership(NamedTuple):
    """Somebody's place in the team of a store."""

    name: str
    """Theirs, which is also the name that they log in with."""
    role: Role | None
    """None: they may log in, and belong to another team."""

    @property
    def may_write_articles(self) -> bool:
        """Whether they may bring in articles and what is proposed for them."""
        return self.role == "lead"

    @property
    def sees_all_slots(self) -> bool:
        """Whether they may see who has which slot."""
        return self.role in ("adjudicator", "lead")


def group_of(database: str, role: str) -> str:
    """Give the name of the server's role for those of a team with a role. Roles are shared by a server's databases."""
    return f"{database}_{role}"


_WHO = text("""
    SELECT session_user::text AS name, (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) AS everything,
        to_regrole(quote_ident(current_database() || '_keeper')) IS NOT NULL AS has_team,
        (SELECT array_agg(substr(rolname, length(current_database()) + 2)) FROM pg_roles
        WHERE rolname IN (SELECT current_database() || '_' || role FROM unnest(CAST(:roles AS text[])) AS role)
        AND pg_has_role(session_user, oid, 'MEMBER')) AS groups
""")

_known: WeakKeyDictionary[Engine, Membership | None] = WeakKeyDictionary()


def membership(engine: Engine) -> Membership | None:
    """Give the place in the team of who is connected, asked once; None for who has all of the store."""
    if engine.dialect.name != "postgresql":
        return None
    if engine not in _known:
        _known[engine] = _asked(engine)
    return _known[engine]


def _asked(engine: Engine) -> Membership | None:
    with reading(engine) as connection:
        who = connection.execute(_WHO, {"roles": [KEEPER, *get_args(Role)]}).one()
    groups = who.groups or []
    if who.everything or not who.has_team or KEEPER in groups:
        return None
    return Membership(who.name, next((role for role in reversed(get_args(Role)) if role in groups), None))
