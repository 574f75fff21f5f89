"""Why annotators said no to what others marked: negative gold and adjudicators want the reason, not the no alone."""

from collections.abc import Mapping, Sequence

from annotator.matching.clusters import Cluster
from annotator.model.annotation import Annotation, Settled
from annotator.model.mention import Mention

Reasoned = Mapping[str, Sequence[Settled]]
"""What each person rejected with a reason."""


def reasoned(annotations: Mapping[str, Annotation]) -> Reasoned:
    """Give what each person rejected with a reason, by pseudonym."""
    return {
        person: [one for one in annotation.settled.values() if one.disposition == "rejected" and one.reason]
        for person, annotation in annotations.items()
    }


def reasons_for(rejected: Reasoned, people: Sequence[str], cluster: Cluster[Mention]) -> tuple[str, ...]:
    """Give the reasons for which people rejected what shares text with what others have there, all different."""
    there = {(one.kind, one.span) for one in cluster.values()}
    said = {
        one.reason or ""
        for person in people
        for one in rejected[person]
        if any(one.mention.kind == kind and one.mention.span.overlaps(where) for kind, where in there)
    }
    return tuple(sorted(said))
