"""What holds of any annotations: names and orders decide nothing, copying never hurts, no accident is perfect."""

from itertools import permutations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement.agree import agree
from annotator.agreement.labelled import Labelled
from annotator.agreement.report import AgreementReport
from annotator.matching.mentions import pair_mentions
from annotator.model.annotation import Annotation, Settled
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.value import NumberValue

PEOPLE = ["a1", "a2", "a3"]


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    """A few mentions over a short text, that often overlap; events over them."""
    stretches = draw(
        st.lists(st.tuples(st.sampled_from(["trigger", "actor", "number"]), st.integers(0, 9), st.integers(1, 4)),
                 unique=True, max_size=6)
    )  # fmt: skip
    settled = {}
    for number, (kind, start, size) in enumerate(stretches):
        said: dict[str, Any] = {}
        if kind == "number":
            said["value"] = draw(
                st.sampled_from([None, NumberValue(low=2, high=2), NumberValue(low=2), NumberValue(best=9)])
            )
        made = Mention.model_validate(
            {"id": f"m{number}", "kind": kind, "start": start, "end": start + size, "quote": "x" * size, **said}
        )
        settled[made.id] = Settled(made, draw(st.sampled_from(["confirmed", "confirmed", "unsure", "rejected"])))
    triggers = [one.mention.id for one in settled.values() if one.mention.kind == "trigger"]
    others = [one.mention.id for one in settled.values() if one.mention.kind != "trigger"]
    events = {}
    for number, trigger in enumerate(draw(st.lists(st.sampled_from(triggers), max_size=3)) if triggers else []):
        filled = draw(st.lists(st.sampled_from(others), max_size=2, unique=True)) if others else []
        events[f"e{number}"] = Event(
            id=f"e{number}",
            type=draw(st.sampled_from(["clash.armed", "strike.air"])),
            triggers=(trigger,),
            arguments=tuple(Argument(role=draw(st.sampled_from(["target", "killed"])), mention=one) for one in filled),
        )
    return Annotation(settled=settled, events=events, finished=True)


corpora = st.lists(st.dictionaries(st.sampled_from(PEOPLE), annotations(), min_size=1), max_size=4)


def report(said: list[dict[str, Annotation]], order: list[int] | None = None) -> AgreementReport:
    articles = [Labelled(f"art{at}", "en", one, dict.fromkeys(one, at)) for at, one in enumerate(said)]
    return agree((articles[at] for at in order or range(len(articles))), trials=20)


def renamed(found: Any, names: dict[str, str]) -> Any:
    """A report with its people under other names; what is listed by them in the order of these."""
    if isinstance(found, dict):
        told = {names.get(key, key): renamed(value, names) for key, value in found.items()}
        return told | {"annotators": sorted(told["annotators"])} if "annotators" in told else told
    if isinstance(found, list):
        told = [renamed(value, names) for value in found]
        return sorted(told, key=lambda one: one["annotators"]) if told and has_people(told[0]) else told
    return names.get(found, found) if isinstance(found, str) else found


def has_people(one: Any) -> bool:
    return isinstance(one, dict) and "annotators" in one


@settings(max_examples=40)
@given(corpora, st.data())
def test_neither_names_nor_any_order_change_a_figure(corpus, data):
    names = dict(zip(PEOPLE, data.draw(st.permutations(PEOPLE)), strict=True))
    again = [
        {names[person]: shuffled(data, one[person]) for person in data.draw(st.permutations(list(one)))}
        for one in corpus
    ]
    order = list(data.draw(st.permutations(range(len(corpus)))))
    assert renamed(report(again, order).plain(), {}) == renamed(report(corpus).plain(), names)


def shuffled(data: Any, of: Annotation) -> Annotation:
    """The same under other ids, in another order."""
    new = dict(zip(of.settled, data.draw(st.permutations([f"x{at}" for at in range(len(of.settled))])), strict=True))
    settled = {
        new[old]: Settled(item.mention.model_copy(update={"id": new[old]}), item.disposition)
        for old, item in data.draw(st.permutations(list(of.settled.items())))
    }
    events = {}
    for at, one in enumerate(data.draw(st.permutations(list(of.events.values())))):
        held = tuple(argument.model_copy(update={"mention": new[argument.mention]}) for argument in one.arguments)
        triggers = tuple(new[trigger] for trigger in one.triggers)
        events[f"y{at}"] = one.model_copy(update={"id": f"y{at}", "triggers": triggers, "arguments": held})
    return Annotation(settled=settled, events=events, finished=True)


@settings(max_examples=40)
@given(st.lists(annotations(), min_size=1, max_size=3))
def test_with_oneself_one_agrees_perfectly_or_there_is_nothing_to_agree_on(said):
    found = report([{"a1": one, "a2": one, "a3": one} for one in said])
    for pair in found.pairs:
        assert {pair.exact.value, pair.overlap.value, pair.type_kappa.value, pair.numbers.value} <= {1.0, None}
    assert {one.figure.value for one in found.measures} <= {1.0, None}
    assert found.conflicts == 0


@settings(max_examples=40)
@given(st.lists(st.tuples(annotations(), annotations()), min_size=1, max_size=3))
def test_a_copy_of_an_annotator_lowers_nobodys_agreement_with_them(said):
    two = report([{"a1": one, "a2": other} for one, other in said])
    with_copy = report([{"a1": one, "a2": other, "a3": one} for one, other in said])
    pairs = {(pair.one, pair.other): pair for pair in with_copy.pairs}
    for name in ("exact", "overlap", "type_kappa", "arguments", "numbers"):
        before = getattr(two.pairs[0], name).value
        assert getattr(pairs["a1", "a2"], name).value == getattr(pairs["a2", "a3"], name).value == before
        assert getattr(pairs["a1", "a3"], name).value in (1.0, None)
    assert before_or_more(two.mean_exact.value, with_copy.mean_exact.value)


def before_or_more(before: float | None, after: float | None) -> bool:
    return before is None or (after is not None and after >= before - 1e-12)


@settings(max_examples=40)
@given(annotations(), annotations())
def test_overlapping_is_never_less_than_the_same_and_never_more_than_all(one, other):
    (pair,) = report([{"a1": one, "a2": other}]).pairs
    if pair.exact.value is not None:
        assert 0 <= pair.exact.value <= (pair.overlap.value or 0) <= 1


@settings(max_examples=40)
@given(annotations(), annotations())
def test_triggers_paired_by_trying_everything_give_the_same(one, other):
    mine = [item for item in one.live_mentions().values() if item.kind == "trigger"]
    theirs = [item for item in other.live_mentions().values() if item.kind == "trigger"]
    (pair,) = report([{"a1": one, "a2": other}]).pairs
    if mine or theirs:
        exact = most(mine, theirs, lambda a, b: a.span == b.span)
        assert pair.exact.value == 2 * exact / (len(mine) + len(theirs))
        assert pair.overlap.value == 2 * len(pair_mentions(mine, theirs)) / (len(mine) + len(theirs))


def most(mine: list[Mention], theirs: list[Mention], alike: Any) -> int:
    """The most pairs that any one-to-one pairing has: all of them enumerated."""
    fewer, more = sorted((mine, theirs), key=len)
    return max(
        sum(alike(a, b) for a, b in zip(fewer, chosen, strict=True)) for chosen in permutations(more, len(fewer))
    )


@settings(max_examples=40)
@given(st.lists(st.permutations(["clash.armed", "strike.air", "protest"]), min_size=1, max_size=4))
def test_where_all_name_another_type_agreement_is_never_above_chance(said):
    def typed(label: str) -> Annotation:
        trigger = Mention(id="t", kind="trigger", start=0, end=5, quote="xxxxx", label=label)
        event = Event(id="e", type=label, triggers=("t",))
        return Annotation(settled={"t": Settled(trigger, "confirmed")}, events={"e": event}, finished=True)

    found = report([dict(zip(PEOPLE, map(typed, types), strict=True)) for types in said])
    alpha = next(one.figure.value for one in found.measures if one.name == "event_type_alpha")
    assert alpha is not None
    assert alpha <= 0
    assert all((pair.type_kappa.value or 0) <= 0 for pair in found.pairs)
