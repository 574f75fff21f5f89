"""What the finders say about one article. Finders make it, the store keeps it, screens overlay decisions."""

from annotator.model.article import Region
from annotator.model.frozen import Frozen, Name
from annotator.model.mention import Candidate


class Suggestions(Frozen):
    """Regions and candidates of one article, both in reading order."""

    finders: Name
    """Name and version of the finders, with the digest of the guidelines that they ran with."""
    regions: tuple[Region, ...]
    candidates: tuple[Candidate, ...]
    """Sorted by start, then longest first, then kind; ids are unique."""
