"""Tokens by which people of a team log in to the page: made once, shown once, taken back.

A token is 256 random bits. Nobody guesses one, so one round of SHA-256 with a salt is as good as a slow hash is for a
password, and costs the server nothing when strangers try. Never keeps or shows a token after it was made.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import date

from annotator.errors import Refusal
from annotator.model.canonical import sha256
from annotator.model.decision import Stage
from annotator.store.tokens import Token, change_tokens, read_tokens, tokens_path
from annotator.store.workspace import Workspace
from annotator.workflow.person import checked_name

_BYTES = 32


def add_token(workspace: Workspace, name: str, stages: Sequence[Stage]) -> str:
    """Make a token with which `name` may do `stages`, and give it; one that they had is worth nothing from now on.

    Raises `Refusal`: `person.name`, `token.file`, `file.not-written`.
    """
    given, salt = secrets.token_urlsafe(_BYTES), secrets.token_hex(16)
    token = Token(
        name=checked_name(name),
        stages=tuple(stages),
        made=date.today().isoformat(),
        salt=salt,
        digest=_digest(salt, given),
    )
    change_tokens(workspace, lambda there: (*(one for one in there if one.name != token.name), token))
    return given


def remove_token(workspace: Workspace, name: str) -> None:
    """Take a person's token back. Raises `Refusal`: `token.unknown` for who has none, `token.file` and the disk's."""
    gone = checked_name(name)

    def without(there: tuple[Token, ...]) -> tuple[Token, ...]:
        left = tuple(token for token in there if token.name != gone)
        if left == there:
            raise Refusal("token.unknown", f"{gone} has no token.", "`annotator token list` says who has one.")
        return left

    change_tokens(workspace, without)


def holder(tokens: Sequence[Token], given: str) -> Token | None:
    """Give the token that was `given`, or None. Takes as long whatever was given, and whosever it is."""
    found = None
    for token in tokens:
        if hmac.compare_digest(_digest(token.salt, given), token.digest):
            found = token
    return found


class Tokens:
    """The tokens of a workspace as they are now: read again when their file has changed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._seen: object = ()
        self._read: tuple[Token, ...] = ()

    def now(self) -> tuple[Token, ...]:
        """Give them. Raises `Refusal` `token.file` when they cannot be read."""
        seen = self._state()
        if seen != self._seen:
            self._read = read_tokens(self._workspace)
            self._seen = seen
        return self._read

    def _state(self) -> object:
        """Give what differs once the file was replaced."""
        try:
            found = tokens_path(self._workspace).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _digest(salt: str, given: str) -> str:
    return sha256(f"{salt} {given}".encode("utf-8", "surrogatepass"))
