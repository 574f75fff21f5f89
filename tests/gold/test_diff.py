"""What changed in meaning between two versions: nothing of ids and order, all else by its name."""

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gold.alignment import same_hubs
from annotator.gold.change import Change, PlacedReason, counts_of_changes, with_reasons
from annotator.gold.diff import diff
from annotator.gold.release import read_schema
from annotator.gold.version import Changes, changes_between
from annotator.model.article import Region
from annotator.model.canonical import sha256
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.model.record import GoldRecord, Provenance, Rejected
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import span

TEXT = "Shelling killed at least 6 members of ISIS in Raqqa on Tuesday, 2 of them by fire. Clashes followed."


def mention(name: str, kind: Any, quote: str, **said: Any) -> Mention:
    start = TEXT.index(quote)
    return Mention(id=name, kind=kind, start=start, end=start + len(quote), quote=quote, **said)


def record() -> GoldRecord:
    """A record in which everything that can be said is said."""
    return GoldRecord(
        article_id="a",
        language="en",
        text_sha256=sha256(TEXT.encode()),
        regions=(Region(kind="body", start=0, end=len(TEXT)),),
        mentions=(
            mention("m1", "trigger", "Shelling", label="strike.shelling"),
            mention("m2", "trigger", "killed", label="strike.shelling"),
            mention("m3", "number", "6 members", value=NumberValue(low=6, high=6, best=6, unit="persons")),
            mention("m4", "actor", "ISIS", ref="isis"),
            mention("m5", "place", "Raqqa", ref="raqqa"),
            mention("m6", "time", "Tuesday", value=TimeValue(value="2018-05-22", precision="day")),
            mention("m7", "number", "2 of them", value=NumberValue(qualifier="about", num=1, den=3, of="m3")),
            mention("m8", "trigger", "Clashes", label="clash.armed"),
            mention("m9", "trigger", "followed", label="clash.armed"),
        ),
        events=(
            Event(
                id="e1",
                type="strike.shelling",
                triggers=("m1", "m2"),
                arguments=(
                    Argument(role="killed", mention="m3", of="isis"),
                    Argument(role="place", mention="m5"),
                    Argument(role="target", mention="m4"),
                ),
                hub="h1",
            ),
            Event(id="e2", type="clash.armed", triggers=("m8",), arguments=(Argument(role="place", mention="m5"),)),
        ),
        rejected=(Rejected(kind="trigger", start=77, end=81, quote="fire", reason="idiom"),),
        complete=True,
        provenance=Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(b"")),
    )


def with_mention(name: str, **said: Any) -> GoldRecord:
    """The record with one mention that says something else."""
    changed = [one.model_copy(update=said) if one.id == name else one for one in record().mentions]
    return record().model_copy(update={"mentions": tuple(changed)})


def with_value(name: str, **said: Any) -> GoldRecord:
    value = next(one.value for one in record().mentions if one.id == name)
    assert value is not None
    return with_mention(name, value=value.model_copy(update=said))


def with_event(name: str, **said: Any) -> GoldRecord:
    changed = [one.model_copy(update=said) if one.id == name else one for one in record().events]
    return record().model_copy(update={"events": tuple(changed)})


def with_argument(place: int, **said: Any) -> GoldRecord:
    arguments = list(record().events[0].arguments)
    arguments[place] = arguments[place].model_copy(update=said)
    return with_event("e1", arguments=tuple(arguments))


def with_record(**said: Any) -> GoldRecord:
    return record().model_copy(update=said)


def retyped() -> GoldRecord:
    """The record with another type for the first event; its triggers carry it, as a release has it."""
    changed = [
        one.model_copy(update={"label": "strike.air"}) if one.id in ("m1", "m2") else one for one in record().mentions
    ]
    return with_event("e1", type="strike.air").model_copy(update={"mentions": tuple(changed)})


E1, E2 = record().events

ONE_CHANGE: dict[str, tuple[GoldRecord, str, str | None, str | None]] = {
    "start": (with_mention("m3", end=31, quote="6 memb"), "boundary changed", None, None),
    "label": (with_mention("m9", label="strike.air"), "label changed", "clash.armed", "strike.air"),
    "ref": (with_mention("m4", ref="hts"), "link changed", "isis", "hts"),
    "no ref": (with_mention("m5", ref=None), "link changed", "raqqa", None),
    "low": (with_value("m3", high=None, best=None, qualifier="at_least"), "bounds changed", "6", "6+"),
    "high": (with_value("m3", low=None, best=None, qualifier="at_most"), "bounds changed", "6", "..6"),
    "best": (with_value("m3", low=None, high=None, qualifier="about"), "bounds changed", "6", "~6"),
    "qualifier": (with_value("m3", qualifier="vague"), "qualifier changed", "exact", "vague"),
    "unit": (with_value("m3", unit="vehicles"), "unit changed", "persons", "vehicles"),
    "scope": (with_value("m3", scope="new"), "scope changed", None, "new"),
    "num": (with_value("m7", num=2), "fraction changed", None, None),
    "of": (with_value("m7", of=None), "fraction changed", "1/3 of “6 members” 25-34", None),
    "no value": (with_mention("m6", value=None), "value removed", "2018-05-22", None),
    "time": (with_value("m6", value="2018-05-23"), "time changed", "2018-05-22", "2018-05-23"),
    "anchor": (with_value("m6", anchor="event"), "time changed", "2018-05-22", "2018-05-22 event"),
    "type": (retyped(), "type changed", "strike.shelling", "strike.air"),
    "trigger out": (with_event("e1", triggers=("m1",)), "trigger removed", "killed", None),
    "trigger in": (with_event("e2", triggers=("m8", "m9")), "trigger added", None, "followed"),
    "main": (with_event("e1", triggers=("m2", "m1")), "main trigger changed", "Shelling", "killed"),
    "argument out": (
        with_event("e1", arguments=E1.arguments[:2]), "argument removed", "target: “ISIS” 38-42 (isis)", None,
    ),
    "argument in": (
        with_event("e2", arguments=(*E2.arguments, Argument(role="side", mention="m4"))),
        "argument added", None, "side: “ISIS” 38-42 (isis)",
    ),
    "role": (with_argument(0, role="wounded"), "role changed", "killed", "wounded"),
    "side": (with_argument(0, of=None), "side changed", "isis", None),
    "realis": (with_event("e1", realis="future"), "realis changed", "actual", "future"),
    "certainty": (with_event("e1", certainty="attributed"), "certainty changed", "asserted", "attributed"),
    "background": (with_event("e1", background=True), "background changed", "foreground", "background"),
    "hub": (with_event("e1", hub=None), "hub changed", "h1", None),
    "language": (with_record(language="ar"), "language changed", "en", "ar"),
    "text": (with_record(text_sha256=sha256(b"other")), "text changed", None, None),
    "complete": (with_record(complete=False), "complete changed", "yes", "no"),
    "regions": (with_record(regions=()), "region removed", f"body 0-{len(TEXT)}", None),
    "region end": (with_record(regions=(Region(kind="body", start=0, end=9),)), "region changed", None, "body 0-9"),
    "rejected": (with_record(rejected=()), "rejected removed", "trigger (idiom)", None),
    "why rejected": (
        with_record(rejected=(record().rejected[0].model_copy(update={"reason": "not_event"}),)),
        "rejected changed", "trigger (idiom)", "trigger (not_event)",
    ),
    "event out": (
        with_record(events=(E1,)),
        "event removed", "clash.armed on “Clashes” 83-90; place: “Raqqa” 46-51 (raqqa)", None,
    ),
    "mention out": (
        with_record(mentions=record().mentions[:-1]), "mention removed", "trigger clash.armed", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_CHANGE)
def test_a_change_of_one_thing_is_told_as_that_one_thing(name: str):
    changed, called, before, after = ONE_CHANGE[name]
    (told,) = diff([record()], [changed])
    assert told.name == called
    assert told.article_id == "a"
    if before is not None:
        assert told.before == before
    if after is not None:
        assert told.after == after
    (back,) = diff([changed], [record()])
    assert back.mirrored() == told.model_copy(update={"place": back.place, "event": back.event})


def test_a_change_says_where_it_is_and_of_which_event():
    (told,) = diff([record()], [with_argument(0, role="wounded")])
    assert (told.kind, told.place and told.place.quote) == ("number", "6 members")
    assert told.event is not None and told.event.trigger is not None
    assert (told.event.type, told.event.trigger.quote) == ("strike.shelling", "Shelling")


def test_an_article_is_added_and_removed_whole():
    (added,) = diff([], [record()])
    assert (added.name, added.after) == ("article added", "2 events, 9 mentions, 1 rejected, read to the end")
    (removed,) = diff([record()], [])
    assert removed == added.mirrored()


def test_who_decided_is_no_change_of_meaning():
    other = Provenance(annotators=("a7",), adjudicator="j9", decisions_sha256=sha256(b"x"))
    assert diff([record()], [with_record(provenance=other)]) == ()


def test_an_event_stays_itself_when_the_edges_of_all_that_it_holds_move():
    moved = tuple(
        one.model_copy(update={"end": one.end - 1, "quote": one.quote[:-1]}) if len(one.quote) > 1 else one
        for one in record().mentions
    )
    assert {change.name for change in diff([record()], [with_record(mentions=moved)])} == {"boundary changed"}


def in_two_articles(*hubs: str | None) -> list[GoldRecord]:
    """The record twice, its two events under these hubs in turn."""
    records = []
    for name, pair in zip("ab", (hubs[:2], hubs[2:]), strict=True):
        events = tuple(event.model_copy(update={"hub": hub}) for event, hub in zip((E1, E2), pair, strict=True))
        records.append(with_record(article_id=name, events=events))
    return records


def test_hubs_are_the_same_by_what_they_join_not_by_their_names():
    assert diff(in_two_articles("h1", "h2", "h1", "h2"), in_two_articles("h7", "h1", "h7", "h1")) == ()
    (told,) = diff(in_two_articles("h1", "h2", "h1", "h2"), in_two_articles("x", "y", "x", "x"))
    assert (told.article_id, told.name) == ("b", "hub changed")
    assert (told.before, told.after) == ("h2 with a 83-90", "x with a 0-8, b 0-8")


def test_a_hub_that_loses_its_other_tellings_is_changed_even_in_an_article_that_is_not():
    def told(hubs: str) -> list[GoldRecord]:
        return [
            with_event("e1", hub=hub).model_copy(update={"article_id": name})
            for name, hub in zip("abc", hubs, strict=True)
        ]

    (change,) = diff(told("111"), told("122"))
    assert (change.article_id, change.before, change.after) == ("a", "1 with b 0-8, c 0-8", "1")


def test_an_event_that_is_new_is_told_with_its_hub():
    before, after = in_two_articles("h", None, None, None), in_two_articles("h", None, "h", None)
    after[0] = after[0].model_copy(update={"events": after[0].events[:1]})
    before[1] = before[1].model_copy(update={"events": before[1].events[1:]})
    changes = diff(before, after)
    assert [one.name for one in changes] == ["event removed", "event added"]
    assert (changes[1].after or "").endswith("; hub h with a 0-8")


def test_the_schema_is_compared_by_what_it_allows(schema_toml: bytes):
    new = schema_toml.replace(b"1.2.0", b"1.3.0").replace(b'side = "actor|place*"', b'party = "actor+"')
    new = new.replace(b'killed = "number*"', b'killed = "number?"').replace(b'"future"', b'"possible"')
    changes = diff([], [], (read_schema(schema_toml), read_schema(new)))
    assert [(one.name, one.before, one.after) for one in changes] == [
        ("schema version changed", "1.2.0", "1.3.0"),
        ("schema realis removed", "future", None),
        ("schema realis added", None, "possible"),
        ("schema role changed", "clash.armed killed number*", "clash.armed killed number?"),
        ("schema role added", None, "clash.armed party actor+"),
        ("schema role removed", "clash.armed side actor|place*", None),
    ]


def test_a_role_whose_kinds_stand_in_another_order_allows_the_same(schema_toml: bytes):
    new = schema_toml.replace(b'side = "actor|place*"', b'side = "place|actor*"')
    assert new != schema_toml
    assert not diff([], [], (read_schema(schema_toml), read_schema(new)))


def test_a_reason_goes_with_what_it_was_given_for():
    changes = diff([record()], [with_argument(0, role="wounded"), with_record(article_id="b")])
    at_number = PlacedReason("number", span(30, 31), "slip")
    assert [one.reason for one in with_reasons(changes, {"a": [at_number]})] == ["slip", None]
    at_event = PlacedReason("event", span(0, 8), "wrong fact")
    assert [one.reason for one in with_reasons(changes, {"a": [at_event, at_number]})] == ["wrong fact; slip", None]
    elsewhere = [PlacedReason("actor", span(25, 34), "x"), PlacedReason(None, span(60, 61), "y")]
    assert [one.reason for one in with_reasons(changes, {"a": elsewhere})] == [None, None]
    challenge = PlacedReason(None, span(25, 26), "challenge 1")
    assert with_reasons(changes, {"a": [challenge]})[0].reason == "challenge 1"


def test_changes_are_counted_by_name_from_events_down_to_mentions():
    changes = diff([record()], [with_record(rejected=(), events=(E1,), mentions=record().mentions[:-1])])
    assert list(counts_of_changes(changes).items()) == [
        ("event removed", 1), ("mention removed", 1), ("rejected removed", 1),
    ]  # fmt: skip


def renumbered(original: GoldRecord, luck: random.Random) -> GoldRecord:
    """Give the record with other ids, and everything that is a set in another order."""

    def shuffled(things: Any) -> tuple[Any, ...]:
        return tuple(luck.sample(list(things), len(things)))

    numbers = luck.sample(range(1000), len(original.mentions))
    new = {one.id: f"x{number}" for one, number in zip(original.mentions, numbers, strict=True)}
    mentions = [
        one.model_copy(update={"id": new[one.id], "value": of_new(one.value, new)}) for one in original.mentions
    ]
    events = [
        event.model_copy(
            update={
                "id": f"y{luck.random()}",
                "triggers": (new[event.triggers[0]], *shuffled([new[one] for one in event.triggers[1:]])),
                "arguments": shuffled(
                    [one.model_copy(update={"mention": new[one.mention]}) for one in event.arguments]
                ),
                "hub": event.hub and f"z{event.hub}",
            }
        )
        for event in original.events
    ]
    return original.model_copy(
        update={
            "mentions": shuffled(mentions),
            "events": shuffled(events),
            "regions": shuffled(original.regions),
            "rejected": shuffled(original.rejected),
        }
    )


def of_new(value: Any, new: dict[str, str]) -> Any:
    return value.model_copy(update={"of": new.get(value.of)}) if isinstance(value, NumberValue) else value


@given(st.data())
def test_ids_and_order_are_no_change(corpora: st.SearchStrategy[list[GoldRecord]], data: st.DataObject):
    records = [*data.draw(corpora), record().model_copy(update={"article_id": "full record"})]
    luck = data.draw(st.randoms(use_true_random=False))
    again = [renumbered(one, luck) for one in luck.sample(records, len(records))]
    assert diff(records, again) == ()
    assert diff(again, records) == ()


def bare(changes: Any) -> Counter[Change]:
    """Give changes without their places, which are those of the newer version."""
    return Counter(one.model_copy(update={"place": None, "event": None}) for one in changes)


def marked(*places: tuple[int, int]) -> GoldRecord:
    """The text with nothing but actors at these places, and candidates rejected there."""
    actors = (
        Mention(id=f"m{number}", kind="actor", start=start, end=end, quote=TEXT[start:end])
        for number, (start, end) in enumerate(places, start=1)
    )
    rejected = (Rejected(kind="time", start=start, end=end, quote=TEXT[start:end]) for start, end in places)
    return with_record(mentions=tuple(actors), events=(), rejected=tuple(rejected))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (((3, 6), (3, 7), (5, 7)), ((0, 7), (2, 6), (3, 5))),
        (((3, 6), (4, 8), (6, 8)), ((2, 8), (3, 7), (5, 6))),
    ],
)
def test_which_of_two_equal_pairings_is_taken_does_not_hang_on_the_direction(before: Any, after: Any):
    forth, back = diff([marked(*before)], [marked(*after)]), diff([marked(*after)], [marked(*before)])
    assert bare(forth) == bare(one.mirrored() for one in back)


def test_an_event_on_another_trigger_is_the_same_by_what_it_holds_wherever_the_edges_of_that_lie():
    place = mention("m5", "place", "in Raqqa", ref="raqqa")
    mentions = tuple(place if one.id == "m5" else one for one in record().mentions)
    elsewhere = with_event("e2", triggers=("m9",)).model_copy(update={"mentions": mentions})
    assert [one.name for one in diff([record()], [elsewhere])] == [
        "boundary changed", "trigger removed", "trigger added",
    ]  # fmt: skip


def test_of_two_parts_of_one_mention_those_in_one_role_belong_together():
    def held(*parts: tuple[str, str]) -> GoldRecord:
        return with_event("e2", arguments=tuple(Argument(role=role, mention="m3", of=of) for role, of in parts))

    changes = diff([held(("killed", "x"))], [held(("injured", "x"), ("killed", "y"))])
    assert [(one.name, one.before, one.after) for one in changes] == [
        ("argument added", None, "injured of x: “6 members” 25-34 (6 persons)"),
        ("side changed", "x", "y"),
    ]


@given(st.randoms(use_true_random=False))
def test_what_is_told_of_an_event_does_not_hang_on_ids_and_order(luck: random.Random):
    whole, without = with_event("e1", hub=None), with_record(events=(E2,))
    assert diff([renumbered(whole, luck)], [without]) == diff([whole], [without])


def test_a_hub_that_falls_apart_evenly_keeps_its_name():
    for kept, new in (("a", "b"), ("b", "a")):
        after = {kept: "h2", new: "h1"}
        records = [
            [
                with_event("e1", hub=hub).model_copy(update={"article_id": name})
                for name, hub in zip("ab", hubs, strict=True)
            ]
            for hubs in (("h2", "h2"), (after["a"], after["b"]))
        ]
        assert [one.article_id for one in diff(*records)] == [new]
        assert [one.article_id for one in diff(*reversed(records))] == [new]


def in_mention(record: GoldRecord, index: int, **said: Any) -> GoldRecord:
    mentions = list(record.mentions)
    mentions[index] = mentions[index].model_copy(update=said)
    return record.model_copy(update={"mentions": tuple(mentions)})


def in_event(record: GoldRecord, index: int, **said: Any) -> GoldRecord:
    events = list(record.events)
    events[index] = events[index].model_copy(update=said)
    return record.model_copy(update={"events": tuple(events)})


OTHER_BOUNDS = {"low": 7, "high": 8, "best": None}


def one_step(record: GoldRecord) -> list[tuple[GoldRecord, str]]:
    """Give the record with one field changed, each with what that is called."""
    steps = [(record.model_copy(update={"complete": not record.complete}), "complete changed")]
    steps += [(record.model_copy(update={"rejected": record.rejected[1:]}), "rejected removed")] * bool(record.rejected)
    for index, one in enumerate(record.mentions):
        steps.append((in_mention(record, index, ref="another"), "link changed"))
        steps.append((in_mention(record, index, label="another"), "label changed"))
        if isinstance(one.value, NumberValue):
            value = one.value
            steps += [
                (in_mention(record, index, value=value.model_copy(update={"unit": "km"})), "unit changed"),
                (in_mention(record, index, value=value.model_copy(update={"scope": "new"})), "scope changed"),
                (in_mention(record, index, value=value.model_copy(update={"num": 1, "den": 9})), "fraction changed"),
                (in_mention(record, index, value=value.model_copy(update=OTHER_BOUNDS)), "bounds changed"),
                (in_mention(record, index, value=None), "value removed"),
            ]
    for index, event in enumerate(record.events):
        steps += [
            (in_event(record, index, background=not event.background), "background changed"),
            (in_event(record, index, certainty="speculative"), "certainty changed"),
            (in_event(record, index, realis="generic"), "realis changed"),
            (in_event(record, index, type="another"), "type changed"),
            (in_event(record, index, hub=None if event.hub else "another"), "hub changed"),
        ]
        if event.arguments:
            held = event.arguments
            steps += [
                (in_event(record, index, arguments=held[1:]), "argument removed"),
                (
                    in_event(record, index, arguments=(held[0].model_copy(update={"role": "x"}), *held[1:])),
                    "role changed",
                ),
                (
                    in_event(record, index, arguments=(held[0].model_copy(update={"of": "x"}), *held[1:])),
                    "side changed",
                ),
            ]
    return steps


@given(st.data())
def test_whatever_one_field_is_changed_only_that_is_told(
    corpora: st.SearchStrategy[list[GoldRecord]], data: st.DataObject
):
    (original, *_) = [*data.draw(corpora), record()]
    changed, called = data.draw(st.sampled_from(one_step(original)).filter(lambda step: step[0] != original))
    again = renumbered(changed, data.draw(st.randoms(use_true_random=False)))
    assert [one.name for one in diff([original], [again])] == [called]


@given(st.data())
def test_told_backwards_it_is_the_same_the_other_way_round(
    corpora: st.SearchStrategy[list[GoldRecord]], data: st.DataObject
):
    before, after = data.draw(corpora), data.draw(corpora)
    # Articles by one name, so that records meet that have nothing to do with each other.
    before, after = (
        [one.model_copy(update={"article_id": f"a{number}", "language": "en"}) for number, one in enumerate(side)]
        for side in (before, after)
    )
    luck = data.draw(st.randoms(use_true_random=False))
    forth, back = diff(before, after), diff(after, [renumbered(one, luck) for one in before])
    assert bare(forth) == bare(one.mirrored() for one in back)


@given(st.data())
def test_something_is_told_wherever_a_release_would_count_the_article_as_changed(
    corpora: st.SearchStrategy[list[GoldRecord]], data: st.DataObject
):
    one, other = ([got.model_copy(update={"article_id": "a"}) for got in data.draw(corpora)[:1]] for _ in range(2))
    assert (diff(one, other) == ()) == (changes_between(one, other) == Changes())


def test_hubs_that_could_be_either_are_the_same_ones_read_backwards() -> None:
    def told(number: int, hub: str) -> Event:
        return Event(id=f"e{number}", type="strike.air", triggers=("m1",), hub=hub)

    tellings = [("h0", "h1"), *[("h0", "h2")] * 2, ("h1", "h0"), *[("h1", "h2")] * 2]
    pairs = [(told(number, was), told(number, now)) for number, (was, now) in enumerate(tellings)]
    forwards, backwards = same_hubs(pairs), same_hubs([(now, was) for was, now in pairs])
    assert {now: was for was, now in forwards.items()} == backwards
