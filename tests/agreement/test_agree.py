"""What the report on agreement says of small corpora whose figures can be worked out by hand."""

from collections.abc import Callable
from typing import Any

import pytest

from annotator.agreement.agree import agree
from annotator.agreement.among import figure_of
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import AgreementReport
from annotator.model.annotation import Annotation, Settled
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.value import NumberValue

Trigger = tuple[int, int, str]


def annotation(*triggers: Trigger, numbers: dict[int, NumberValue] | None = None, role: str = "killed") -> Annotation:
    """An event a trigger (start, end, type); numbers by where they start, all of the first event."""
    settled, events = {}, {}
    for number, (start, end, label) in enumerate(triggers):
        made = Mention(id=f"t{number}", kind="trigger", start=start, end=end, quote="x" * (end - start), label=label)
        settled[made.id] = Settled(made, "confirmed")
        events[f"e{number}"] = Event(id=f"e{number}", type=label, triggers=(made.id,))
    for start, value in (numbers or {}).items():
        made = Mention(id=f"n{start}", kind="number", start=start, end=start + 2, quote="12", value=value)
        settled[made.id] = Settled(made, "confirmed")
    if numbers:
        held = tuple(Argument(role=role, mention=f"n{start}") for start in numbers)
        events["e0"] = events["e0"].model_copy(update={"arguments": held})
    return Annotation(settled=settled, events=events, finished=True, read_to_end=True)


def report(*articles: dict[str, Annotation], adjudicated: Annotation | None = None, **more: Any) -> AgreementReport:
    return agree(
        (
            Labelled(f"art{number:02}", "en", said, dict.fromkeys(said, number), adjudicated)
            for number, said in enumerate(articles)
        ),
        trials=50,
        **more,
    )


def measure(found: AgreementReport, name: str) -> Any:
    return next(one.figure for one in found.measures if one.name == name)


STRIKE, CLASH = (10, 16, "strike.air"), (40, 47, "clash.armed")


def test_identical_annotations_agree_on_everything() -> None:
    said = annotation(STRIKE, CLASH, numbers={20: NumberValue(low=12), 30: NumberValue(low=3)})
    found = report({"a1": said, "a2": said}, {"a1": said, "a2": said})
    (pair,) = found.pairs
    assert {pair.exact.value, pair.overlap.value, pair.type_kappa.value, pair.arguments.value} == {1.0}
    assert {one.figure.value for one in found.measures} == {1.0, None}
    assert measure(found, "numbers_alpha_ratio").single is False
    assert measure(found, "realis_alpha").single is True, "everybody said actual throughout: a 1.0 that tells little"
    assert found.conflicts == 0


def test_one_type_throughout_is_a_perfect_agreement_with_a_note() -> None:
    found = report({"a1": annotation(STRIKE), "a2": annotation(STRIKE)})
    assert (found.pairs[0].type_kappa.value, found.pairs[0].type_kappa.single) == (1.0, True)


def test_where_everyone_disagrees_nothing_is_perfect() -> None:
    one = annotation(STRIKE, CLASH, numbers={20: NumberValue(low=12, high=12)})
    other = annotation(
        (11, 17, "protest"), (41, 48, "arrest"), numbers={20: NumberValue(low=2, high=2)}, role="wounded"
    )
    found = report({"a1": one, "a2": other}, {"a1": other, "a2": one})
    assert found.pairs[0].exact.value == 0
    assert found.pairs[0].overlap.value == 1, "they do agree on where something happened"
    assert (found.pairs[0].type_kappa.value or 0) <= 0
    for name in ("event_type_alpha", "argument_f1_role", "role_alpha", "numbers_exact", "numbers_bounds"):
        assert measure(found, name).value <= 0, name
    assert measure(found, "numbers_alpha_ratio").value < 0


def test_who_shares_no_article_has_no_figure() -> None:
    found = report({"a1": annotation(STRIKE)}, {"a2": annotation(STRIKE)})
    assert found.pairs[0].articles == 0
    assert found.pairs[0].exact.plain()["value"] is None
    assert found.mean_exact.value is None
    assert {one.figure.value for one in found.measures} == {None}
    assert found.coverage.plain() == {
        "articles": 2, "shared": 0, "by_annotators": {"1": 2}, "by_person": {"a1": 1, "a2": 1}, "by_language": {},
        "both_empty": 0,
    }  # fmt: skip


def test_nothing_finished_is_no_error() -> None:
    found = report()
    assert (found.people, found.pairs, found.mean_overlap.value, found.drift) == ((), (), None, ())


def test_articles_left_empty_by_both_are_counted_and_not_averaged() -> None:
    shared = {"a1": annotation(STRIKE, CLASH), "a2": annotation(STRIKE)}
    with_empty = report(shared, {"a1": annotation(), "a2": annotation()})
    assert with_empty.pairs[0].both_empty == 1
    assert with_empty.coverage.both_empty == 1
    assert with_empty.pairs[0].exact.value == report(shared).pairs[0].exact.value == pytest.approx(2 / 3)
    assert with_empty.pairs[0].exact.articles == 1, "the empty one says nothing of how alike they mark"


def test_an_article_that_only_one_left_empty_counts_against_them() -> None:
    (pair,) = report({"a1": annotation(STRIKE), "a2": annotation()}).pairs
    assert (pair.overlap.value, pair.both_empty) == (0, 0)


def test_a_trigger_is_paired_with_one_other_only() -> None:
    found = report(
        {"a1": annotation((10, 30, "strike.air")), "a2": annotation((10, 16, "strike.air"), (20, 26, "protest"))}
    )
    assert found.pairs[0].overlap.value == pytest.approx(2 / 3)


def test_the_mean_is_that_of_the_pairs_and_not_of_all_together() -> None:
    many = [(at * 20, at * 20 + 5, "strike.air") for at in range(9)]
    found = report(
        {"a1": annotation(*many), "a2": annotation(*many)},
        {"a1": annotation(STRIKE), "a3": annotation(CLASH)},
    )
    assert [pair.exact.value for pair in found.pairs] == [1.0, 0.0, None]
    assert found.mean_exact.value == 0.5
    assert found.by_kind["trigger"][0].value == 0.9


def test_the_mean_rests_on_no_more_than_its_weakest_pair() -> None:
    said = {"a1": annotation(STRIKE), "a2": annotation(STRIKE)}
    found = report(*[said] * 24, said | {"a3": annotation(STRIKE)})
    assert found.pairs[0].exact.articles == 25
    assert found.mean_exact.articles == 1
    assert found.mean_exact.few


def test_numbers_are_compared_as_values_and_as_bounds() -> None:
    one = annotation(
        STRIKE, numbers={20: NumberValue(low=6), 24: NumberValue(low=100, high=100), 28: NumberValue(low=2, high=2)}
    )
    other = annotation(
        STRIKE, numbers={20: NumberValue(low=8), 24: NumberValue(low=100, high=100), 28: NumberValue(low=3, high=3)}
    )
    found = report({"a1": one, "a2": other})
    assert measure(found, "numbers_exact").value == pytest.approx(1 / 3)
    assert measure(found, "numbers_bounds").value == pytest.approx(2 / 3)
    assert 0 < measure(found, "numbers_alpha_ratio").value < 1
    assert 0 < measure(found, "numbers_alpha_ordinal").value < 1


def test_types_that_are_taken_for_each_other_are_told_whoever_says_which() -> None:
    one, other = annotation(STRIKE), annotation((10, 16, "shelling.artillery"))
    found = report({"a1": one, "a2": other}, {"a1": other, "a2": one}, {"a1": one, "a2": annotation()})
    assert [tuple(said) for said in found.types] == [
        ("shelling.artillery", "strike.air", 2),
        (None, "strike.air", 1),
    ]


def test_per_type_and_role_agreement_counts_what_only_one_has() -> None:
    one = annotation(STRIKE, CLASH, numbers={20: NumberValue(low=1)})
    other = annotation(STRIKE, numbers={20: NumberValue(low=1)}, role="wounded")
    found = report({"a1": one, "a2": other})
    assert {name: figure.value for name, figure in found.by_type.items()} == {"strike.air": 1.0, "clash.armed": 0.0}
    assert {name: figure.value for name, figure in found.by_role.items()} == {"killed": 0.0, "wounded": 0.0}
    assert [tuple(said) for said in found.roles] == [("killed", "wounded", 1)]


def test_a_clitic_more_is_a_boundary_and_no_other_trigger() -> None:
    found = report({"a1": annotation((10, 16, "strike.air")), "a2": annotation((9, 16, "strike.air"))})
    assert found.pairs[0].overlap.value == 1
    assert [(one.edge, one.times[:3]) for one in found.edges] == [("start", (0, 1, 0)), ("end", (1, 0, 0))]


def test_the_gravest_disagreement_comes_first_with_its_place() -> None:
    found = report(
        {"a1": annotation(STRIKE), "a2": annotation(STRIKE), "a3": annotation()},
        {"a1": annotation(CLASH), "a2": annotation((40, 47, "protest")), "a3": annotation()},
    )
    assert [(one.pairs, one.of, one.what, one.article_id, one.start, one.end) for one in found.top] == [
        (3, 3, "type", "art01", 40, 47),
        (2, 3, "event", "art00", 10, 16),
    ]
    assert dict(found.top[1].said) == {"a1": "strike.air", "a2": "strike.air", "a3": None}


def test_no_more_than_the_top_are_told_and_all_are_counted() -> None:
    found = report({"a1": annotation(STRIKE, CLASH), "a2": annotation()}, top=1)
    assert (len(found.top), found.conflicts) == (1, 2)


def test_each_annotator_is_held_against_what_was_settled() -> None:
    found = report(
        {"a1": annotation(STRIKE), "a2": annotation(STRIKE, CLASH)}, adjudicated=annotation(STRIKE, (70, 75, "arrest"))
    )
    values = {one.person: [measure.figure.value for measure in one.figures[:2]] for one in found.against_settled}
    assert values == {"a1": [1.0, 0.5], "a2": [0.5, 0.5]}


def test_drift_follows_the_order_of_finishing() -> None:
    good = {"a1": annotation(STRIKE), "a2": annotation(STRIKE)}
    bad = {"a1": annotation(STRIKE), "a2": annotation(CLASH)}
    found = report(*[bad] * 5, *[good] * 5)
    assert [(window.first, window.last, window.overlap.value) for window in found.drift] == [
        ("art00", "art04", 0.0),
        ("art05", "art09", 1.0),
    ]
    assert report(*[bad] * 9).drift == ()


def test_what_was_finished_last_comes_last_whatever_it_is_called() -> None:
    said = {"a1": annotation(STRIKE), "a2": annotation(STRIKE)}
    found = agree((Labelled(f"art{at}", "en", said, {"a1": 1, "a2": 100 - at}) for at in range(10)), trials=5)
    assert [(window.first, window.last) for window in found.drift] == [("art9", "art5"), ("art4", "art0")]


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (NumberValue(low=12, high=12), 12),
        (NumberValue(low=10, high=20), 15),
        (NumberValue(low=6), 6),
        (NumberValue(high=6), 6),
        (NumberValue(low=400, high=600, best=450), 450),
        (NumberValue(low=-3, high=4), None),
        (NumberValue(num=1, den=2), None),
        (None, None),
    ],
)
def test_one_figure_stands_for_a_number(value: NumberValue | None, figure: float | None) -> None:
    assert figure_of(Mention(id="n", kind="number", start=0, end=2, quote="12", value=value)) == figure


def test_a_figure_says_when_it_rests_on_too_few_articles() -> None:
    said = {"a1": annotation(STRIKE), "a2": annotation(STRIKE)}
    assert report(*[said] * 19).pairs[0].exact.few
    assert not report(*[said] * 20).pairs[0].exact.few
    assert report(said).pairs[0].exact.interval is None, "from one article nothing can be drawn but itself"


def test_the_seed_is_printed() -> None:
    assert "boot:50|seed:13" in report().signature


@pytest.fixture
def spoilt() -> Callable[[str], Annotation]:
    def make(disposition: Any) -> Annotation:
        made = annotation(STRIKE)
        return Annotation(settled={"t0": Settled(made.settled["t0"].mention, disposition)}, finished=True)

    return make


@pytest.mark.parametrize("disposition", ["rejected", "unsure"])
def test_what_was_rejected_or_left_unsure_is_not_marked(spoilt: Any, disposition: str) -> None:
    found = report({"a1": annotation(STRIKE), "a2": spoilt(disposition)})
    assert found.pairs[0].overlap.value == 0
