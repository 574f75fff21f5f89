"""Keeping what audits planted out of gold: refused ones are taken out, ones that an adjudicator kept are told."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.matching.mentions import same_claims
from annotator.model.annotation import Annotation, Settled
from annotator.model.audit import Audit
from annotator.model.mention import Mention


def in_earnest(annotation: Annotation, audits: Iterable[Audit]) -> Annotation:
    """Give a settled annotation that rejects only what was proposed in earnest.

    A planted candidate that was rejected is taken out; one that stood in the place of another is rejected as that.
    """
    settled = dict(annotation.settled)
    rejected = [key for key, item in settled.items() if item.disposition == "rejected"]
    for audit in audits:
        refused = [settled[key].mention for key in rejected]
        for index, planted in list(same_claims(refused, audit.planted)):
            number = audit.replaced.number_of(audit.planted[planted].id)
            if number is None:
                settled.pop(rejected[index], None)
            else:
                settled[rejected[index]] = _as(settled[rejected[index]], audit.replaced[number])
        rejected = [key for key in rejected if key in settled]
    return replace(annotation, settled=settled)


def _as(item: Settled, right: Mention) -> Settled:
    said = {"label": right.label, "ref": right.ref, "value": right.value}
    return replace(item, mention=item.mention.model_copy(update=said))


def kept_planted(mentions: Iterable[Mention], audits: Iterable[Audit]) -> Iterator[Mention]:
    """Give those of the mentions that say what was planted for somebody, in reading order."""
    standing = list(mentions)
    found = {index for audit in audits for index, _ in same_claims(standing, audit.planted)}
    return (standing[index] for index in sorted(found))
