"""Who is logged in to the team's page, and until when. Kept in memory alone: all log in again when the server restarts.

Never keeps what a browser shows to be let in, only its hash.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from annotator.model.canonical import sha256
from annotator.store.tokens import Token

_EACH = 8
"""Sessions that a person may have at once; the one that rested longest ends when there would be more."""


@dataclass
class Session:
    """A browser that is logged in."""

    token: Token
    """What it logged in with: who it is, and what they may do."""
    began: float
    used: float
    """When it last asked for something or pressed a key."""


class Sessions:
    """The sessions, each of which ends by resting, by its age, by logging out, or when its token is taken back."""

    def __init__(
        self,
        tokens: Callable[[], Sequence[Token]],
        idle: float,
        longest: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Know which tokens there are now; sessions end after `idle` seconds of rest, or `longest` seconds in all."""
        self._tokens, self._idle, self._longest, self._clock = tokens, idle, longest, clock
        self._open: dict[str, Session] = {}

    def begin(self, token: Token) -> str:
        """Log a person in, and give what their browser is to show from now on: 256 random bits."""
        self.sweep()
        theirs = [key for key, session in self._open.items() if session.token.name == token.name]
        for key in sorted(theirs, key=lambda key: self._open[key].used)[: max(0, len(theirs) - _EACH + 1)]:
            del self._open[key]
        given, now = secrets.token_urlsafe(32), self._clock()
        self._open[_key(given)] = Session(token, now, now)
        return given

    def of(self, given: str) -> Session | None:
        """Give the session of a browser that shows `given`, and count that as use; None when there is none any more."""
        session = self._open.get(_key(given))
        return session if session is not None and self.use(session) else None

    def lives(self, session: Session) -> bool:
        """Tell whether a session has not ended; asking is no use of it."""
        now = self._clock()
        young = now - session.began < self._longest and now - session.used < self._idle
        return young and any(session is one for one in self._open.values()) and session.token in self._tokens()

    def use(self, session: Session) -> bool:
        """Count that a key was pressed in a session; tell whether it may: one that has ended does not come back."""
        alive = self.lives(session)
        if alive:
            session.used = self._clock()
        return alive

    def end(self, given: str) -> Session | None:
        """Log out; give the session that has ended by it."""
        return self._open.pop(_key(given), None)

    def sweep(self) -> list[Session]:
        """Forget the sessions that have ended, and give them."""
        ended = [(key, session) for key, session in self._open.items() if not self.lives(session)]
        for key, _ in ended:
            del self._open[key]
        return [session for _, session in ended]

    def __len__(self) -> int:
        return len(self._open)


def _key(given: str) -> str:
    return sha256(given.encode("utf-8", "surrogatepass"))
