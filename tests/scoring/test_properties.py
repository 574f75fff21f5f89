"""What holds of every score, whatever the data."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.matching.events import ResolvedArgument, ResolvedEvent
from annotator.scoring.articles import score_documents
from annotator.scoring.document import Amount, Document, ScoredMention
from annotator.scoring.levels import LEVELS
from annotator.text.span import span

STARTS = st.sampled_from([0, 2, 10])
BOUNDS = st.none() | st.integers(0, 5)
MENTIONS = st.builds(
    lambda kind, start, length, label, ref, bounds: ScoredMention(
        kind,
        span(start, start + length),
        label,
        ref,
        Amount(bounds[0], bounds[1] if None in bounds else max(bounds)) if kind == "number" else None,
    ),
    st.sampled_from(["trigger", "actor", "number"]),
    STARTS,
    st.integers(1, 3),
    st.sampled_from([None, "raid", "clash"]),
    st.sampled_from([None, "isis", "army"]),
    st.tuples(BOUNDS, BOUNDS),
)
ARGUMENTS = st.builds(
    lambda role, start: ResolvedArgument(role, span(start, start + 2)), st.sampled_from(["place", "time"]), STARTS
)
EVENTS = st.builds(
    lambda type, triggers, arguments: ResolvedEvent(
        type, tuple(span(start, start + 2) for start in triggers), tuple(arguments)
    ),
    st.sampled_from(["raid", "clash"]),
    st.lists(STARTS, max_size=2),
    st.lists(ARGUMENTS, max_size=3),
)


def corpora():
    """Articles 0, 1, ... in two languages, as one side has them."""
    articles = st.lists(st.tuples(st.lists(MENTIONS, max_size=4), st.lists(EVENTS, max_size=3)), min_size=3, max_size=3)
    return articles.map(
        lambda drawn: [
            Document(str(n), ("en", "ar")[n % 2], tuple(mentions), tuple(events))
            for n, (mentions, events) in enumerate(drawn)
        ]
    )


def shuffled(documents, random):
    """The same documents with every list in another order."""

    def mixed(items):
        return tuple(random.sample(items, len(items)))

    return [
        document._replace(
            mentions=mixed(document.mentions),
            events=mixed(
                [
                    event._replace(triggers=mixed(event.triggers), arguments=mixed(event.arguments))
                    for event in document.events
                ]
            ),
        )
        for document in mixed(documents)
    ]


@given(corpora(), corpora(), st.randoms())
def test_no_order_of_any_list_changes_a_byte(gold, predicted, random):
    report = score_documents(gold, predicted)
    again = score_documents(shuffled(gold, random), shuffled(predicted, random))
    assert again.to_json() == report.to_json()
    assert again.table() == report.table()


@given(corpora(), corpora())
def test_swapping_the_sides_swaps_precision_and_recall(gold, predicted):
    one, other = score_documents(gold, predicted), score_documents(predicted, gold)
    # Within bounds of gold is what gold has bounds for: the other way round it is another question.
    for level in one.keys() - {"numbers-within"}:
        assert (one[level].precision, one[level].recall) == (other[level].recall, other[level].precision)
        assert one[level].f1 == other[level].f1


@given(corpora())
def test_what_is_scored_against_itself_is_all_right_or_undefined(gold):
    for score in score_documents(gold, gold).values():
        assert {score.precision, score.recall, score.f1} in ({1.0}, {None})


WRONG_SPAN = span(900, 905)
WRONG_EVENT = ResolvedEvent("wrong", (WRONG_SPAN,), (ResolvedArgument("place", WRONG_SPAN),))
WRONG_NUMBER = ScoredMention("number", WRONG_SPAN, "wrong", None, Amount(low=1))


@given(corpora(), corpora(), st.integers(0, 2))
def test_one_more_wrong_prediction_lowers_precision_at_every_level(gold, predicted, where):
    worse = list(predicted)
    worse[where] = worse[where]._replace(
        events=(WRONG_EVENT, *worse[where].events), mentions=(*worse[where].mentions, WRONG_NUMBER)
    )
    before, after = score_documents(gold, predicted), score_documents(gold, worse)
    for level in before:
        assert after[level].tp == before[level].tp
        assert after[level].precision is not None
        if before[level].precision:
            assert after[level].precision < before[level].precision
        else:
            assert after[level].precision == 0


NARROW_AND_WIDE = [
    ("mentions-strict", "mentions-exact"),
    ("mentions-strict", "mentions-half"),
    ("mentions-strict", "mentions-iou"),
    ("mentions-half", "mentions-overlap"),
    ("mentions-iou", "mentions-overlap"),
    ("trigger-C", "trigger-I"),
    ("argument-C", "argument-I"),
    ("argument-C", "argument-C-unattached"),
    ("argument-I", "argument-I-unattached"),
    ("argument-C-unattached", "argument-I-unattached"),
    ("numbers-exact", "numbers-within"),
    ("numbers-within", "numbers-bounds"),
]


@given(corpora(), corpora())
def test_a_stricter_level_never_finds_more(gold, predicted):
    report = score_documents(gold, predicted)
    for narrow, wide in NARROW_AND_WIDE:
        assert report[narrow].tp <= report[wide].tp
        assert report[narrow][1:] == report[wide][1:]


@given(corpora(), corpora())
def test_every_breakdown_sums_to_the_total(gold, predicted):
    report = score_documents(gold, predicted)
    for level in LEVELS:
        for facet in (*level.facets, "language", "source"):
            parts = report.by(level.name, facet).values()
            assert tuple(map(sum, zip((0, 0, 0), *parts, strict=True))) == report[level.name]


@given(corpora(), corpora())
def test_no_count_of_what_is_right_exceeds_either_side(gold, predicted):
    report = score_documents(gold, predicted)
    for score in report.counts.values():
        assert 0 <= score.tp <= min(score.pred, score.gold)
