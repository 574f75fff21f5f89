"""A finding about data: which rule, how bad, where, in one sentence. Collected and shown together, never raised."""

from typing import Literal

from annotator.model.frozen import Frozen, Name

Level = Literal["error", "warning"]


class Problem(Frozen):
    """One finding of one rule at one place."""

    rule: Name
    """Id of the rule that found it, as `gold.quote`."""
    level: Level
    """An error stops a release or a score; a warning is said and counted."""
    where: Name
    """File and line, or article and offsets."""
    message: str
    """What is wrong and what to do, in one or two sentences."""

    def line(self) -> str:
        """Give the finding as one line of text."""
        return f"{self.level}: {self.where}: {self.message} [{self.rule}]"
