"""Who may open the team's page in a browser: tokens, as one file of the work folder that its owner alone may read.

Never holds a token itself, only what tells that one is the right one. It is no part of the store: it belongs to the
machine that serves the page, and whoever may read the store has no business in it.
"""

from collections.abc import Callable
from pathlib import Path

from pydantic import Field, ValidationError

from annotator.errors import Refusal
from annotator.model.article import Sha256
from annotator.model.canonical import canonical_json
from annotator.model.decision import Stage
from annotator.model.frozen import Frozen, Name
from annotator.store.atomic import alone_in, write_file
from annotator.store.workspace import Workspace


class Token(Frozen):
    """What is kept of a person's token."""

    name: Name
    """Whose it is."""
    stages: tuple[Stage, ...] = Field(min_length=1)
    """What they may do."""
    made: Name
    """The day it was made, as 2018-05-24."""
    salt: Name
    digest: Sha256
    """SHA-256 of the salt and the token."""


class _File(Frozen):
    tokens: tuple[Token, ...] = ()


def tokens_path(workspace: Workspace) -> Path:
    """Give where the tokens of a workspace are kept."""
    return workspace.work / "tokens.json"


def read_tokens(workspace: Workspace) -> tuple[Token, ...]:
    """Give all tokens, by name; none where there is no file. Raises `Refusal` `token.file` when it cannot be read."""
    path = tokens_path(workspace)
    try:
        return _File.model_validate_json(path.read_bytes()).tokens
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Refusal("token.file", f"{path} could not be read: {error.strerror}.", "Make it readable.") from None
    except ValidationError:
        raise Refusal(
            "token.file",
            f"{path} is no file of tokens.",
            "Remove it, and make every token anew with `annotator token add NAME`.",
        ) from None


def change_tokens(workspace: Workspace, change: Callable[[tuple[Token, ...]], tuple[Token, ...]]) -> None:
    """Replace the tokens by what `change` makes of them; of several at once, one after the other.

    Raises `Refusal`: `token.file`, `file.not-written`, and what `change` raises; then nothing is changed.
    """
    with alone_in(workspace.work):
        changed = sorted(change(read_tokens(workspace)), key=lambda token: token.name)
        write_file(tokens_path(workspace), canonical_json(_File(tokens=tuple(changed)).plain()), private=True)
