"""What our finders alone predict: what is denied or an idiom is no event, what is threatened is hypothetical."""

import pytest

from annotator.model.article import Article, Metadata
from annotator.model.mention import Candidate, Mark, TriggerClass
from annotator.model.suggestions import Candidates, Suggestions
from annotator.text.intake import text_sha256
from annotator.text.span import CodePoint
from annotator.workflow.baseline import predict

TEXT = "Clashes."


def predicted(*marks: Mark, trigger_class: TriggerClass = "event") -> dict[str, object]:
    digest = text_sha256(TEXT)
    article = Article(
        article_id="a", text=TEXT, raw_sha256=digest, text_sha256=digest, metadata=Metadata(language="en")
    )
    trigger = Candidate(
        id="trigger:0-7",
        kind="trigger",
        start=CodePoint(0),
        end=CodePoint(7),
        quote="Clashes",
        label="clash.armed",
        finders=("lexicon/2",),
        trigger_class=trigger_class,
        marks=marks,
    )
    found = Suggestions(finders="lexicon/2", regions=(), candidates=Candidates.of(TEXT, [trigger]))
    return predict(article, found)


@pytest.mark.parametrize(
    ("marks", "realis"),
    [
        ((), ["actual"]),
        (("hypothetical",), ["hypothetical"]),
        (("attempted",), ["attempted"]),
        (("negated",), []),
        (("idiom",), []),
    ],
)
def test_marks_decide_what_becomes_of_an_event_and_no_mention_is_lost(
    marks: tuple[Mark, ...], realis: list[str]
) -> None:
    line = predicted(*marks)
    events, mentions = line["events"], line["mentions"]
    assert isinstance(events, list)
    assert isinstance(mentions, list)
    assert [event.get("realis") for event in events] == realis
    assert [mention["label"] for mention in mentions] == ["clash.armed"]
    assert "marks" not in mentions[0]


def test_a_casualty_is_no_event_of_its_own() -> None:
    assert predicted(trigger_class="casualty")["events"] == []
