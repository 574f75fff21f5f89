"""What audits say of annotators: how often they accept what is planted wrong, and find what was withheld.

A planted candidate that the adjudicated annotation says too was right by chance and is not counted. A withheld one is
counted where it is right: the adjudicated annotation has it or, where an article is not adjudicated, somebody who was
shown it kept it. Of an article that is not done nothing is missed yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.matching.mentions import same_claims
from annotator.matching.spans import overlapping
from annotator.model.annotation import Annotation
from annotator.model.audit import Audit
from annotator.model.mention import Mention
from annotator.statistics.wilson import Share


@dataclass(frozen=True, slots=True)
class Audited:
    """One article in which somebody was audited."""

    audits: Mapping[str, Audit]
    """By pseudonym."""
    annotations: Mapping[str, Annotation]
    """Of all annotators, by pseudonym, done or not."""
    adjudicated: Annotation | None
    """What was settled, once the adjudicator is done."""


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What audits say of one annotator."""

    person: str
    articles: int
    """In which they were audited."""
    planted: int
    """Wrong candidates that they were shown."""
    accepted: Share
    """Of those that they settled, the ones that stand as they were planted."""
    right_by_chance: int
    """Planted ones that turned out right: in no other figure."""
    withheld: int
    """Candidates that they were not shown, in articles that they have done."""
    found: Share
    """Of those that are right, the ones over which they have a mention of that kind."""
    wrong: int
    """Withheld ones that nobody keeps: nothing to find."""
    not_judged: int
    """Withheld ones of which nobody else said anything."""


def audit_figures(articles: Iterable[Audited]) -> list[AuditFigures]:
    """Give the figures of every annotator who was audited, by pseudonym."""
    by_person: dict[str, list[AuditFigures]] = {}
    for one in articles:
        for person in one.audits:
            by_person.setdefault(person, []).append(_figures(one, person))
    return [_sum(person, by_person[person]) for person in sorted(by_person, key=lambda name: (len(name), name))]


def _figures(one: Audited, person: str) -> AuditFigures:
    audit, own = one.audits[person], one.annotations.get(person, Annotation())
    live = list(own.live_mentions().values())
    by_chance = _saying(audit.planted, list(one.adjudicated.live_mentions().values())) if one.adjudicated else set()
    wrong = [planted for planted in audit.planted if planted.id not in by_chance]
    settled = [planted for planted in wrong if planted.id in own.settled]
    accepted = _saying(settled, live)
    withheld = list(audit.withheld) if own.finished else []
    verdicts = dict(zip((one.id for one in withheld), _verdicts(one, person, withheld), strict=True))
    right = [held for held in withheld if verdicts[held.id]]
    return AuditFigures(
        person=person,
        articles=1,
        planted=len(wrong),
        accepted=Share(len(accepted), len(settled)),
        right_by_chance=len(by_chance),
        withheld=len(withheld),
        found=Share(len(_marked(right, live)), len(right)),
        wrong=sum(verdict is False for verdict in verdicts.values()),
        not_judged=sum(verdict is None for verdict in verdicts.values()),
    )


def _verdicts(one: Audited, person: str, withheld: Sequence[Mention]) -> Iterator[bool | None]:
    """Say of each withheld candidate whether it is right; None where nobody judged."""
    if one.adjudicated is not None:
        kept = _marked(withheld, list(one.adjudicated.live_mentions().values()))
        yield from (held.id in kept for held in withheld)
        return
    for held in withheld:
        said = [
            item.live and item.mention.kind == held.kind and item.mention.span.overlaps(held.span)
            for other, annotation in one.annotations.items()
            if other != person and (item := annotation.settled.get(held.id)) and item.disposition != "unsure"
            if other not in one.audits or one.audits[other].planted.number_of(held.id) is None
        ]
        yield any(said) if said else None


def _saying(planted: Sequence[Mention], mentions: Sequence[Mention]) -> set[str]:
    """Give the ids of the planted ones that some mention repeats."""
    return {planted[index].id for index, _ in same_claims(planted, mentions)}


def _marked(candidates: Sequence[Mention], mentions: Sequence[Mention]) -> set[str]:
    """Give the ids of the candidates that share text with a mention of their kind."""
    pairs = overlapping([one.span for one in candidates], [one.span for one in mentions])
    return {candidates[one].id for one, other in pairs if candidates[one].kind == mentions[other].kind}


def _sum(person: str, parts: Sequence[AuditFigures]) -> AuditFigures:
    return AuditFigures(
        person=person,
        articles=len(parts),
        planted=sum(part.planted for part in parts),
        accepted=Share(sum(part.accepted.hits for part in parts), sum(part.accepted.of for part in parts)),
        right_by_chance=sum(part.right_by_chance for part in parts),
        withheld=sum(part.withheld for part in parts),
        found=Share(sum(part.found.hits for part in parts), sum(part.found.of for part in parts)),
        wrong=sum(part.wrong for part in parts),
        not_judged=sum(part.not_judged for part in parts),
    )
