"""What one person was not shown, or shown wrong, of the candidates of one article: chosen once, then only looked up."""

from annotator.model.frozen import Frozen
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates


class Audit(Frozen, arbitrary_types_allowed=True):
    """The record of an audit. It outlives settings, words and finders, so that nothing moves under who is at work."""

    by: AuditSettings
    """The shares and the seed that it was chosen by."""
    withheld: Candidates
    """What the person is not shown."""
    planted: Candidates
    """What the person is shown that nobody proposed, and that is wrong."""
    replaced: Candidates
    """The candidates in whose places planted ones stand, under the same ids; the other planted ones stand alone."""

    def shown(self, candidates: Candidates) -> Candidates:
        """Give what the person is shown of `candidates`, which may be those of later finders.

        What overlaps a withheld one of its kind would give it away, and what overlaps a planted one correct it.
        """
        hidden = (*self.withheld, *self.planted)
        gone = {number for one in hidden for number in candidates.over(one.span, one.kind)}
        return candidates.changed(gone, self.planted)
