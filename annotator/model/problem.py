"""A finding about data: which rule, how bad, where, in one sentence. Collected and shown together, never raised.

Light on purpose: what reads a plain file to score it needs findings and no other model.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from annotator.text.encodable import encodable

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding of one rule at one place."""

    rule: str
    """Id of the rule that found it, as `gold.quote`."""
    level: Level
    """An error stops a release or a score; a warning is said and counted."""
    where: str
    """File and line, or article and offsets."""
    message: str
    """What is wrong and what to do, in one or two sentences."""

    def line(self) -> str:
        """Give the finding as one line of text."""
        return f"{self.level}: {self.where}: {self.message} [{self.rule}]"

    def at(self, where: str) -> "Problem":
        """Give the same finding at another place."""
        return replace(self, where=where)

    def plain(self) -> dict[str, Any]:
        """Give the finding for JSON."""
        return asdict(self) | {"where": encodable(self.where), "message": encodable(self.message)}
