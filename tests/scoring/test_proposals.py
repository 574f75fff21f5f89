"""What counts as found by a proposal, and how the counts are summed and told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.scoring.document import Amount, Document, Moment, ScoredMention
from annotator.scoring.proposals import ALL, Found, Row, Tally, find_in_article, find_in_articles
from annotator.scoring.proposals_report import ProposalsReport, proposals_signature
from annotator.scoring.signature import GoldName
from annotator.statistics.wilson import wilson
from annotator.text.span import span

KINDS = ("trigger", "actor", "number", "place", "time")


def mention(kind: str, start: int, end: int, **said: object) -> ScoredMention:
    return ScoredMention(kind, span(start, end), **said)  # type: ignore[arg-type]


def found(gold: list[ScoredMention], proposed: list[ScoredMention], language: str = "en") -> Found:
    return find_in_article(Document("a", language, tuple(gold)), Document("a", language, tuple(proposed)), KINDS)


def outcomes(one: Found) -> list[str]:
    return [case.outcome for case in one.cases]


def test_a_proposal_that_shares_text_finds_a_mention_of_its_kind_only() -> None:
    one = found([mention("actor", 0, 10)], [mention("actor", 5, 12), mention("place", 0, 10)])
    assert one.counts[Row("en", "actor", "")] == Tally(gold=1, found=1, proposed=1, good=1)
    assert one.counts[Row("en", "place", "")] == Tally(proposed=1)
    assert outcomes(one) == ["bounds", "spurious"]


def test_spans_that_touch_find_nothing() -> None:
    assert outcomes(found([mention("actor", 0, 5)], [mention("actor", 5, 9)])) == ["missed", "spurious"]


def test_one_proposal_finds_one_mention() -> None:
    gold = [mention("actor", 0, 20), mention("actor", 12, 20)]
    one = found(gold, [mention("actor", 0, 20)])
    assert one.counts[Row("en", "actor", "")] == Tally(gold=2, found=1, exact=1, proposed=1, good=1)
    assert outcomes(one) == ["missed"]


def test_a_trigger_is_right_by_type_and_class_where_gold_tells_them() -> None:
    said = mention("trigger", 0, 4, label="strike.air", trigger_class="event")
    for gold, right in [
        (said, 1),
        (said._replace(trigger_class=None), 1),
        (said._replace(label=None), 1),
        (said._replace(label="clash.armed"), 0),
        (said._replace(trigger_class="casualty"), 0),
    ]:
        told = found([gold], [said])
        assert sum(tally.right for tally in told.counts.values()) == right
        assert ("wrong" in outcomes(told)) is not bool(right)
    silent = found([mention("trigger", 0, 4)], [said])
    assert sum(tally.judged for tally in silent.counts.values()) == 0
    assert silent.cases == []


def test_triggers_are_counted_by_class_and_actors_by_what_gold_calls_them() -> None:
    one = found(
        [mention("trigger", 0, 4, trigger_class="casualty"), mention("actor", 5, 9, label="described")],
        [mention("trigger", 0, 4, trigger_class="event"), mention("actor", 5, 9)],
    )
    assert one.counts == {
        Row("en", "trigger", "casualty"): Tally(gold=1, found=1, exact=1, judged=1),
        Row("en", "trigger", "event"): Tally(proposed=1, good=1),
        Row("en", "actor", "described"): Tally(gold=1, found=1, exact=1),
        Row("en", "actor", ""): Tally(proposed=1, good=1),
    }


def test_a_number_with_another_unit_has_the_right_figure() -> None:
    gold = mention("number", 0, 2, amount=Amount(5, 5, 5, "persons"))
    told = found([gold], [gold._replace(amount=Amount(5, 5, 5, "vehicles"))]).counts[Row("en", "number", "")]
    assert (told.judged, told.right, told.figure) == (1, 0, 1)
    told = found([gold], [gold._replace(amount=Amount(6, 6, 6, "persons"))]).counts[Row("en", "number", "")]
    assert (told.judged, told.right, told.figure) == (1, 0, 0)


def test_a_time_is_right_when_it_says_all_that_gold_says() -> None:
    gold = mention("time", 0, 9, moment=Moment(None, "day", "publication", -1))
    resolved = gold._replace(moment=Moment("2018-05-23", "day", "publication", -1))
    assert outcomes(found([gold], [resolved])) == []
    assert outcomes(found([resolved], [gold])) == ["wrong"]


def test_kinds_that_gold_does_not_hold_are_not_judged() -> None:
    gold, proposed = Document("a", "en", (mention("actor", 0, 5),)), Document("a", "en", (mention("place", 0, 5),))
    assert outcomes(find_in_article(gold, proposed, {"actor"})) == ["missed"]


MENTIONS = st.lists(
    st.builds(
        lambda kind, start, length, label: mention(kind, start, start + length, label=label),
        st.sampled_from(KINDS),
        st.integers(0, 30),
        st.integers(1, 8),
        st.sampled_from([None, "x", "y"]),
    ),
    max_size=8,
)


@given(gold=MENTIONS, proposed=MENTIONS)
def test_counts_agree_with_cases_and_no_order_changes_them(
    gold: list[ScoredMention], proposed: list[ScoredMention]
) -> None:
    one = found(gold, proposed)
    total = Found(one.counts, ()).sums().get(Row(ALL, ALL, ALL), Tally())
    assert (total.gold, total.proposed) == (len(gold), len(proposed))
    assert total.found == total.good
    assert total.right <= total.figure <= total.judged <= total.found <= total.gold
    assert total.exact <= total.found
    for outcome, number in [("missed", total.gold - total.found), ("spurious", total.proposed - total.good)]:
        assert outcomes(one).count(outcome) == number
    assert outcomes(one).count("bounds") == total.found - total.exact
    assert outcomes(one).count("wrong") == total.judged - total.right
    assert found(gold[::-1], proposed[::-1]).counts == one.counts
    assert found(gold, gold).cases == [] or len(set(gold)) < len(gold)


def test_sums_hold_every_language_and_kind() -> None:
    documents = [
        (Document("a", "en", (mention("actor", 0, 5),)), Document("a", "en", ())),
        (Document("b", "ar", (mention("actor", 0, 5),)), Document("b", "ar", (mention("actor", 0, 5),))),
    ]
    sums = find_in_articles(documents, KINDS).sums()
    assert sums[Row("en", "actor", ALL)] == Tally(gold=1)
    assert sums[Row(ALL, "actor", ALL)] == Tally(gold=2, found=1, exact=1, proposed=1, good=1)
    assert sums[Row(ALL, ALL, ALL)].recall.recall == 0.5
    assert sums[Row(ALL, ALL, ALL)].precision.precision == 1


def test_wilson_as_published() -> None:
    low, high = wilson(81, 263) or (0, 0)  # Newcombe 1998, table I
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert [round(bound, 4) for bound in wilson(0, 20) or ()] == [0, 0.1611]
    assert [round(bound, 4) for bound in wilson(1, 29) or ()] == [0.0061, 0.1718]
    assert wilson(0, 0) is None


@given(of=st.integers(1, 10_000), share=st.floats(0, 1))
def test_wilson_holds_the_share_and_stays_within_nought_and_one(of: int, share: float) -> None:
    right = round(of * share)
    low, high = wilson(right, of) or (1, 0)
    assert 0 <= low <= right / of <= high <= 1


def report(one: Found) -> ProposalsReport:
    return ProposalsReport(one, proposals_signature(GoldName("1.0.0", "ab" * 32), one, 1, {"actor"}, "lexicon/9"))


def test_a_table_and_json_say_the_same_under_one_signature() -> None:
    one = report(found([mention("actor", 0, 5, label="named"), mention("actor", 9, 12)], [mention("actor", 0, 5)]))
    lines = one.table().splitlines()
    assert lines[1].split()[:4] == ["en", "2", "1", "50.0"]
    assert [line.split()[0] for line in lines[1:4]] == ["en", "actor", "named"]
    assert lines[-1] == str(one.signature) == one.plain()["signature"]
    assert str(one.signature).startswith(
        "gold:1.0.0|sha:abababab|n:1|lang:en|kinds:actor|finders:lexicon/9|task:finders"
    )
    assert [(row["kind"], row["group"], row["recall"]) for row in one.plain()["rows"]] == [
        ("all", "all", 0.5), ("actor", "all", 0.5), ("actor", "named", 1.0),
    ]  # fmt: skip
    assert one.plain()["rows"][1]["precision_95"] is not None


def test_nothing_measured_is_said_without_a_figure() -> None:
    one = report(Found({}, ()))
    assert one.rows() == []
    assert replace(one, notes=("nothing",)).plain()["notes"] == ["nothing"]
    assert "n:1|lang:none" in one.table()
