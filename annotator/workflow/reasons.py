"""Why gold says what it says: the reasons that adjudicators gave, looked up in the log that a record was made of.

A record names its decisions by their digest. The log may have gone on since; what was decided later is no reason of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotator.adjudication.record import decisions_behind
from annotator.adjudication.ruled import ruled_items
from annotator.errors import Refusal
from annotator.gold.change import PlacedReason
from annotator.gold.changelog import Reasons
from annotator.model.annotation import Annotation, fold
from annotator.model.decision import Decision, Reason, WhyWrong
from annotator.model.record import GoldRecord
from annotator.store.log import decisions_on
from annotator.text.span import span
from annotator.workflow.adjudicating import CONFIDENCE
from annotator.workflow.project import Project

WHY: Mapping[WhyWrong, str] = {
    "ambiguous": "the text can be read in two ways",
    "guideline_gap": "the guidelines do not say",
    "slip": "a slip",
    "wrong_fact": "they took the text to say something else",
}
"""What led annotators astray, in words."""


def reasons_of(project: Project, records: Iterable[GoldRecord]) -> Reasons:
    """Give the reasons that were given for what the records hold, by article id.

    A record whose decisions this workspace does not have gets none.
    """
    found = {record.article_id: tuple(_reasons_in(_made_of(project, record))) for record in records}
    return {article_id: reasons for article_id, reasons in found.items() if reasons}


def _made_of(project: Project, record: GoldRecord) -> Sequence[Decision]:
    """Give the adjudicator's decisions that a record was made of; none where the log here does not hold them."""
    made = record.provenance
    try:
        *others, own = (
            decisions_on(project.engine, person, record.article_id, record.text_sha256)
            for person in (*made.annotators, made.adjudicator)
        )
    except Refusal:
        return ()
    before = [decision for decisions in others for decision in decisions]
    return decisions_behind(made.decisions_sha256, before, own)


def _reasons_in(decisions: Sequence[Decision]) -> Iterator[PlacedReason]:
    """Give the reasons among an adjudicator's decisions, with what each is about."""
    annotation: Annotation = fold(decisions)
    about = ruled_items(annotation.rulings)
    for item, reason in annotation.reasons.items():
        if item in about:
            yield PlacedReason(about[item].kind, span(about[item].start, about[item].end), _told(reason))


def _told(reason: Reason) -> str:
    said = f"{WHY[reason.why]} ({CONFIDENCE[reason.confidence]})"
    return f"{said}: {reason.note}" if reason.note else said
