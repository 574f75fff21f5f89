"""The only errors that a person sees: a code, what happened, where, and what to do about it.

Everything that a user, a data file or the machine can get wrong is raised as a `Refusal` with a code of `CODES`; the
command line prints it in one or two lines and leaves with the code's exit status. Bugs are not refusals: they are
never caught, so that they are seen. This module must never import anything of the project.
"""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class Exit(IntEnum):
    """What the process tells the shell when it ends."""

    DONE = 0
    NO = 1
    """The answer is no: a check failed, a score lies under its bound, a file does not verify."""
    BAD_INPUT = 2
    """Wrong use, or an input that cannot be taken as it is."""
    ENVIRONMENT = 3
    """The disk, the database, the terminal or the workspace's state does not allow it."""


CODES: Mapping[str, Exit] = MappingProxyType(
    {
        "usage": Exit.BAD_INPUT,
        "article.unknown": Exit.BAD_INPUT,
        "article.id": Exit.BAD_INPUT,
        "article.changed": Exit.BAD_INPUT,
        "article.metadata": Exit.BAD_INPUT,
        "article.line": Exit.BAD_INPUT,
        "intake.encoding": Exit.BAD_INPUT,
        "intake.control-character": Exit.BAD_INPUT,
        "intake.empty": Exit.BAD_INPUT,
        "guidelines.syntax": Exit.BAD_INPUT,
        "guidelines.content": Exit.BAD_INPUT,
        "workspace.missing": Exit.BAD_INPUT,
        "workspace.settings": Exit.BAD_INPUT,
        "workspace.exists": Exit.BAD_INPUT,
        "workspace.read-only": Exit.ENVIRONMENT,
        "person.unknown": Exit.BAD_INPUT,
        "person.name": Exit.BAD_INPUT,
        "number.notation": Exit.BAD_INPUT,
        "label.not-possible": Exit.BAD_INPUT,
        "label.not-assigned": Exit.BAD_INPUT,
        "label.not-allowed": Exit.BAD_INPUT,
        "label.open-elsewhere": Exit.ENVIRONMENT,
        "adjudicate.not-ready": Exit.NO,
        "feedback.not-final": Exit.NO,
        "predictions.invalid": Exit.BAD_INPUT,
        "finder.unknown": Exit.BAD_INPUT,
        "finder.answer": Exit.BAD_INPUT,
        "finder.failed": Exit.ENVIRONMENT,
        "finder.unreachable": Exit.ENVIRONMENT,
        "file.missing": Exit.BAD_INPUT,
        "file.packed": Exit.BAD_INPUT,
        "file.too-large": Exit.BAD_INPUT,
        "file.not-written": Exit.ENVIRONMENT,
        "finders.failed": Exit.NO,
        "process.ended": Exit.ENVIRONMENT,
        "dask.unreachable": Exit.ENVIRONMENT,
        "dask.other": Exit.ENVIRONMENT,
        "gold.invalid": Exit.NO,
        "gold.pin": Exit.NO,
        "gold.signature": Exit.NO,
        "gold.exists": Exit.ENVIRONMENT,
        "release.refused": Exit.NO,
        "release.not-signed": Exit.BAD_INPUT,
        "store.unreachable": Exit.ENVIRONMENT,
        "store.not-written": Exit.ENVIRONMENT,
        "store.corrupt": Exit.ENVIRONMENT,
        "store.newer": Exit.ENVIRONMENT,
        "store.older": Exit.ENVIRONMENT,
        "store.not-empty": Exit.BAD_INPUT,
        "store.not-copied": Exit.ENVIRONMENT,
        "store.fork": Exit.ENVIRONMENT,
        "store.rights": Exit.ENVIRONMENT,
        "checkout.missing": Exit.BAD_INPUT,
        "checkout.not-here": Exit.BAD_INPUT,
        "checkout.nothing": Exit.NO,
        "checkout.file": Exit.ENVIRONMENT,
        "checkout.other-store": Exit.ENVIRONMENT,
        "terminal.missing": Exit.ENVIRONMENT,
        "extra.missing": Exit.ENVIRONMENT,
        "serve.address": Exit.ENVIRONMENT,
        "token.unknown": Exit.BAD_INPUT,
        "token.file": Exit.ENVIRONMENT,
    }
)
"""Every code that a refusal may carry, with the exit status that it stands for."""


class Refusal(Exception):  # noqa: N818 - it names what the tool does, not what went wrong in it
    """The tool does not do what was asked, and says why in words that help.

    `what` is one sentence: what happened and where (file and line when there is one). `do` is what to do about it.
    Where `what` lists several things, a line each, `do` stands on a line of its own.
    """

    def __init__(self, code: str, what: str, do: str = "") -> None:
        self.code = code
        self.what = what
        self.do = do
        self.exit = CODES[code]
        super().__init__(("\n" if "\n" in what else " ").join((what, do)).strip())
