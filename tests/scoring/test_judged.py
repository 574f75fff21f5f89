"""Precision over judged regions only: what nobody looked at is neither right nor wrong."""

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.model.article import Region
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord, Provenance, Rejected
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Document, ScoredMention, document_of
from annotator.scoring.judged import judged_of, only_judged, told
from annotator.text.span import span

TEXT = "Jets hit Idlib. Nobody read this. Cookies!"
HASH = "0" * 64


def record(*, complete: bool) -> GoldRecord:
    """Jets marked as an actor, "hit" rejected as an idiom, cookies boilerplate."""
    return GoldRecord(
        article_id="a",
        language="en",
        text_sha256=HASH,
        regions=(Region(kind="body", start=0, end=33), Region(kind="cookie_banner", start=34, end=42)),
        mentions=(Mention(id="m1", kind="actor", start=0, end=4, quote="Jets"),),
        events=(),
        rejected=(Rejected(kind="trigger", start=5, end=8, quote="hit", reason="idiom"),),
        complete=complete,
        provenance=Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=HASH),
    )


def predicted(*mentions: tuple[str, int, int], events: tuple[ResolvedEvent, ...] = ()) -> Document:
    return Document(
        "a", "en", tuple(ScoredMention(kind, span(start, end)) for kind, start, end in mentions), tuple(events)
    )


RIGHT, ON_REJECTED, ELSEWHERE, BOILERPLATE = ("actor", 0, 4), ("trigger", 5, 8), ("place", 9, 14), ("actor", 34, 41)


def left(complete: bool, *mentions: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    found = only_judged(predicted(*mentions), judged_of(record(complete=complete)))
    return [(one.kind, one.span.start, one.span.end) for one in found.mentions]


def test_an_article_that_was_read_to_its_end_is_judged_wherever_it_was_read() -> None:
    assert left(True, RIGHT, ON_REJECTED, ELSEWHERE, BOILERPLATE) == [RIGHT, ON_REJECTED, ELSEWHERE]


def test_of_any_other_only_what_people_marked_or_rejected_is() -> None:
    assert left(False, RIGHT, ON_REJECTED, ELSEWHERE, BOILERPLATE) == [RIGHT, ON_REJECTED]


def test_what_people_looked_at_is_judged_for_its_kind_alone() -> None:
    assert left(False, ("place", 0, 4), ("actor", 2, 8), ("actor", 4, 8)) == [("actor", 2, 8)]


def test_an_event_goes_with_its_triggers_and_loses_arguments_that_nobody_judged() -> None:
    arguments = (ResolvedArgument("attacker", span(0, 4)), ResolvedArgument("place", span(9, 14)))
    on_rejected = ResolvedEvent("strike.air", (span(5, 8),), arguments)
    elsewhere = ResolvedEvent("strike.air", (span(16, 22),), arguments)
    without = ResolvedEvent("strike.air", (), arguments)
    document = predicted(RIGHT, ON_REJECTED, ELSEWHERE, ("trigger", 16, 22), events=(on_rejected, elsewhere, without))
    found = only_judged(document, judged_of(record(complete=False)))
    assert found.events == (
        on_rejected._replace(arguments=arguments[:1]),
        without._replace(arguments=arguments[:1]),
    )


def test_precision_is_over_what_was_judged_and_the_signature_says_so() -> None:
    gold = record(complete=False)
    everything = predicted(RIGHT, ON_REJECTED, ELSEWHERE, BOILERPLATE)
    judged = only_judged(everything, judged_of(gold))
    over_all = score_documents([document_of(gold)], [everything])
    over_judged = score_documents([document_of(gold)], [judged], over="judged")
    assert (over_all["mentions"].precision, over_judged["mentions"].precision) == (1 / 4, 1 / 2)
    assert over_all["mentions"].recall == over_judged["mentions"].recall == 1
    assert "|over:all|" in str(over_all.signature)
    assert "|over:judged|" in str(over_judged.signature)


def test_what_was_left_out_and_what_stands_on_a_rejected_candidate_is_told() -> None:
    gold = judged_of(record(complete=False))
    before = predicted(RIGHT, ON_REJECTED, ELSEWHERE, BOILERPLATE)
    out, rejected = told([before], [only_judged(before, gold)], [gold])
    assert out.message == "2 predicted mention(s) stand where nobody judged, and are left out."
    assert rejected.message == "1 predicted mention(s) stand where people said no to one: idiom 1."
    assert told([predicted(RIGHT)], [predicted(RIGHT)], [gold]) == ()
