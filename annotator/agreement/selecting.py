"""Which candidates of an article one annotator is not shown, and for which a wrong one is shown.

The lot of a candidate hangs on seed, person, article, text and its id alone. What one does not see another one does, so
that there is something to compare with, and a wrong one that is confirmed hardly ever meets another's.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotator.agreement.lots import Lots
from annotator.agreement.planting import Planter
from annotator.model.article import Article
from annotator.model.audit import Audit
from annotator.model.mention import Candidate, Kind
from annotator.model.registry import Registry
from annotator.model.schema import Schema
from annotator.model.settings import AuditSettings
from annotator.model.suggestions import Candidates, Suggestions
from annotator.model.value import NumberValue


def select_audit(
    person: str,
    article: Article,
    suggestions: Suggestions,
    schema: Schema,
    registry: Registry,
    settings: AuditSettings,
) -> Audit:
    """Give what the person with that pseudonym is not shown, and shown wrong, of what is proposed for an article."""
    lots = Lots(settings.seed, person, article.article_id, article.text_sha256)
    found = list(suggestions.candidates)
    planter = Planter(article, suggestions.regions, found, schema, registry, lots)
    withheld: list[Candidate] = []
    planted: list[Candidate] = []
    replaced: list[Candidate] = []
    for one in _fit(found):
        lot = lots.number(one.id)
        if lot < settings.withheld:
            withheld.append(one)
        elif lot < settings.withheld + settings.planted and (wrong := planter.plant(one)):
            planted.append(wrong)
            replaced += [one] if wrong.id == one.id else []
    text = article.text
    return Audit(
        by=settings,
        withheld=Candidates.of(text, withheld),
        planted=Candidates.of(text).changed((), planted),
        replaced=Candidates.of(text, replaced),
    )


def _fit(in_order: Sequence[Candidate]) -> Iterator[Candidate]:
    """Give the candidates that can be audited: no other overlaps one of its kind, and no fraction is taken of it.

    Either would tell what is missing, or go wrong along with what is planted.
    """
    unfit = _crowded(in_order) | {
        one.value.of for one in in_order if isinstance(one.value, NumberValue) and one.value.of is not None
    }
    return (one for one in in_order if one.id not in unfit)


def _crowded(in_order: Iterable[Candidate]) -> set[str]:
    """Give the ids of those that share text with another of their kind."""
    furthest: dict[Kind, Candidate] = {}
    found: set[str] = set()
    for one in in_order:
        before = furthest.get(one.kind)
        if before is not None and before.end > one.start:
            found |= {before.id, one.id}
        if before is None or one.end > before.end:
            furthest[one.kind] = one
    return found
