"""How far a person is in a text, as their decisions on it say: for logs that nobody watched being made."""

from collections.abc import Sequence

from annotator.model.annotation import fold
from annotator.model.decision import Decision
from annotator.model.suggestions import Candidates
from annotator.store.log import Standing, Text
from annotator.workflow.mentions import Mentions


def standing_from(text: Text, decisions: Sequence[Decision], candidates: Candidates | None) -> Standing:
    """Give the standing that decisions come to; time and place of the cursor are not known.

    `candidates` are those that the person is asked about; None for an adjudicator, who is asked about disagreements.
    """
    person, article_id, text_sha256 = text
    annotation = fold(decisions)
    return Standing(
        person=person,
        article_id=article_id,
        text_sha256=text_sha256,
        decisions=len(decisions),
        untouched=0 if candidates is None else Mentions(candidates, annotation).untouched,
        finished=annotation.finished,
        cursor=0,
        flagged=annotation.flagged,
        skipped=annotation.skipped,
        questions=sum(note.kind == "question" for note in annotation.notes.values()),
    )
