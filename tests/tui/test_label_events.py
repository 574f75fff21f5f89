"""Labelling: making events of triggers, filling their roles and describing them."""

from typing import get_args

from annotator.model.event import Event, Realis
from annotator.workflow import mention_edits


def event(desk) -> Event:
    assert desk.label.event is not None
    return desk.label.event


async def make_event(desk, trigger: str) -> Event:
    await desk.at(trigger, "trigger")
    await desk.press("e")
    return event(desk)


async def attach(desk, quote: str, role: str, nth: int = 0) -> None:
    """Attach a mention by the letter that stands before the role in the list."""
    await desk.at(quote, nth=nth)
    await desk.press("f")
    line = next(line for line in desk.lines if line.split()[-1:] == [role])
    await desk.press(line.split()[-2])


async def test_e_makes_an_event_of_the_trigger_and_confirms_it(sit):
    async with sit("en-1") as desk:
        made = await make_event(desk, "shelled")
        assert made.type == desk.here.mention.label
        assert desk.here.disposition == "confirmed"
        assert "EVENT 1 of 1" in desk.panel
        assert made.type in desk.panel


async def test_only_a_trigger_makes_an_event(sit):
    async with sit("en-1") as desk:
        await desk.at("civilians")
        await desk.press("e")
        assert "Only a trigger makes an event" in desk.says
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("1", "escape", "e")
        assert "no event type yet" in desk.says


async def test_a_mention_takes_a_role_and_leaves_it(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await attach(desk, "Russian warplanes", "attacker")
        [argument] = event(desk).arguments
        assert (argument.role, argument.mention) == ("attacker", desk.here.mention.id)
        assert desk.here.disposition == "confirmed"
        assert "attacker  Russian warplanes" in desk.panel
        await desk.press("d")
        assert event(desk).arguments == ()
        await desk.press("d")
        assert "It has no part in this event" in desk.says


async def test_the_cursor_stays_on_what_is_attached_whatever_was_said_of_it(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "killing")
        for settled in (False, True):
            item = await desk.at("3", "number")
            await desk.press(*(["m"] if settled else []))
            await desk.at("3", "number")
            await desk.press("f", "k")
            assert desk.here.mention.id == item.mention.id
            await desk.press("o")
            assert desk.label.panel.asking, "whose losses it counts is asked without going back"
            await desk.press("escape", "d", "u", "u")


async def test_an_arabic_event_is_filled_the_same_way(sit):
    async with sit("ar-1") as desk:
        await make_event(desk, "قصفت")
        await attach(desk, "الطائرات الحربية", "attacker")
        await attach(desk, "3", "killed")
        assert [argument.role for argument in event(desk).arguments] == ["attacker", "killed"]


async def test_a_kind_that_the_type_has_no_role_for_is_said_so(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.at("shelled")
        await desk.press("f")
        assert "has no role for a trigger" in desk.screen
        before = desk.session.annotation
        await desk.press("a")
        assert desk.session.annotation == before, "the letter of a role that was expected is no command"
        assert not desk.label.panel.asking


async def test_without_an_event_its_keys_say_what_to_do(sit):
    async with sit("en-1") as desk:
        for key in ("d", "E", "y", "R"):
            await desk.press(key)
            assert "no event yet" in desk.says, key
        for key in ("f", "J", "Y", "r", "c"):
            await desk.press(key)
            assert "no event yet" in desk.screen.replace("\n", " "), key
            await desk.press("x")
        await desk.press("F")
        assert "There is no event and no" in desk.screen
        await desk.press("x")
        assert desk.session.history.effective == ()


async def test_an_event_has_several_triggers_and_keeps_one(sit):
    async with sit("en-1") as desk:
        first = await make_event(desk, "airstrikes")
        await desk.at("killing")
        await desk.press("E")
        assert len(event(desk).triggers) == 2
        await desk.press("E")
        assert "trigger of this event already" in desk.says
        await desk.press("d")
        assert event(desk).triggers == first.triggers
        await desk.at("airstrikes", "trigger")
        await desk.press("d")
        assert "needs a trigger" in desk.says


async def test_each_attribute_takes_two_keys_from_whatever_it_is(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "shelled")
        for key, realis in zip("athfgp", get_args(Realis), strict=True):
            await desk.press("r", key)
            assert event(desk).realis == realis
        await desk.press("r", "t", "c", "t", "y")
        after = event(desk)
        assert (after.realis, after.certainty, after.background) == ("attempted", "attributed", True)
        assert f"{after.realis} · {after.certainty} · background" in desk.panel
        await desk.press("y")
        assert not event(desk).background


async def test_whose_losses_a_number_counts(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "killing")
        await attach(desk, "3", "killed")
        await desk.at("3")
        await desk.press("o")
        await desk.type("civilians")
        await desk.press("enter")
        assert event(desk).arguments[0].of == "civilians"
        assert "of civilians" in desk.panel
        await desk.press("o", "enter")
        assert event(desk).arguments[0].of == "civilians", "the list begins at what holds"
        await desk.press("o")
        await desk.type("nobody")
        await desk.press("enter")
        assert event(desk).arguments[0].of is None


async def test_the_actors_near_a_number_are_offered_first_by_a_digit_each(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "killing")
        await attach(desk, "Regime forces", "attacker")
        await attach(desk, "12", "killed", nth=1)
        await desk.press("o")
        await desk.press("1")
        near = event(desk).arguments[-1].of
        assert near == desk.find("Regime forces").mention.ref, "who has part in the event comes first"
        await desk.press("o", "2")
        assert event(desk).arguments[-1].of == desk.find("civilians").mention.ref, "then who stands in the sentence"
        await desk.press("o", "0")
        assert event(desk).arguments[-1].of is None
        await desk.press("o", "3")
        assert event(desk).arguments[-1].of == desk.find("Russian warplanes").mention.ref, "further off"
        await desk.press("u")
        await desk.press("o", "enter")
        assert event(desk).arguments[-1].of == near, "where nobody is said it opens on the nearest"


async def test_a_number_that_is_not_in_the_event_counts_nobodys_losses(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "killing")
        await desk.at("14")
        count = len(desk.session.history.effective)
        await desk.press("o")
        assert "not in the current event" in desk.told
        await desk.type("syrian_regime_forces")
        assert len(desk.session.history.effective) == count, "a name that was typed ahead is no command"
        assert "Enter or Esc goes back" in desk.told
        await desk.press("enter")
        assert not desk.label.panel.asking
        await desk.at("Idlib")
        await desk.press("o")
        assert "Only a number" in desk.told
        await desk.type("syrian_regime_forces")
        await desk.press("escape")
        assert len(desk.session.history.effective) == count
        assert desk.session.article.article_id == "en-1"


async def test_a_name_typed_where_one_letter_answers_does_no_more_than_that(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        count = len(desk.session.history.effective)
        await desk.press("t")
        await desk.type("clash.armed")
        assert "A name was typed" in desk.told
        assert len(desk.session.history.effective) == count + 1, "the letter that answered"
        assert desk.session.article.article_id == "en-1"
        await desk.press("enter", "u")
        assert len(desk.session.history.effective) == count


async def test_a_letter_that_might_begin_a_name_is_a_command_all_the_same(sit):
    async with sit("en-1") as desk:
        item = await desk.at("shelled", "trigger")
        await desk.press("t", "m", "o")  # as in "move.deploy"
        await desk.until(lambda: "Only a number" in desk.told)
        assert desk.session.items[item.mention.id].mention.label == "move.deploy"
        await desk.press("escape", "t", "c", "l", "x")
        assert desk.session.items[item.mention.id].disposition == "rejected", "l went nowhere, and x followed it"


async def test_events_are_stepped_through_and_stay_while_the_cursor_moves(sit):
    async with sit("en-1") as desk:
        first, second = await make_event(desk, "airstrikes"), await make_event(desk, "shelled")
        assert "EVENT 2 of 2" in desk.panel
        await desk.press("left_parenthesis")
        assert event(desk) == first
        await desk.press("right_parenthesis")
        assert event(desk) == second
        await desk.at("airstrikes", "trigger")
        assert event(desk) == second
        await desk.press("e")
        assert event(desk) == first
        assert len(desk.label.events) == 2
        await desk.press("e")
        assert len(desk.label.events) == 3, "a second event on one trigger"


async def test_a_removed_event_leaves_its_mentions_and_another_event_in_front(sit):
    async with sit("en-1") as desk:
        first = await make_event(desk, "airstrikes")
        await make_event(desk, "shelled")
        await desk.press("R")
        assert [one.id for one in desk.label.events] == [first.id]
        assert desk.find("shelled").disposition == "confirmed"
        assert "EVENT 1 of 1" in desk.panel


async def test_retyping_the_trigger_retypes_its_event(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "shelled")
        await desk.press("t", desk.session.schema.types["clash.armed"].key)
        assert event(desk).type == "clash.armed"


async def test_undo_and_redo_walk_over_a_whole_frame(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await attach(desk, "Russian warplanes", "attacker")
        await attach(desk, "14", "strikes")
        await desk.at("killing")
        await desk.press("E", "r", "t", "c", "t", "y")
        await desk.at("14")
        await desk.press("d", "R")
        whole, count = desk.session.annotation, len(desk.session.history.effective)
        await desk.press(*["u"] * count)
        assert desk.session.annotation.live_events() == {}
        assert desk.session.untouched == len(desk.session.suggestions.candidates)
        await desk.press(*["U"] * count)
        assert desk.session.annotation == whole


async def test_undoing_a_removal_shows_the_event_again(sit):
    async with sit("en-1") as desk:
        made = await make_event(desk, "airstrikes")
        await desk.press("R")
        assert "No event yet" in desk.panel
        await desk.press("u")
        assert event(desk) == made


async def test_a_key_that_no_role_has_does_not_swallow_the_right_one_behind_it(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.at("Russian warplanes")
        await desk.press("f", "z", "b")
        assert "No such key: b" in desk.screen
        assert all(role in desk.screen for role in ("attacker", "claimed_by")), "the list stays whole"
        await desk.press("a")
        [argument] = event(desk).arguments
        assert argument.role == "attacker"


async def test_whoever_comes_back_finds_cursor_and_current_event_as_they_were(sit):
    async with sit("en-1") as desk:
        first = await make_event(desk, "airstrikes")
        second = await make_event(desk, "shelled")
        for current, place in ((first, "Idlib"), (second, "airstrikes"), (first, "shelled")):
            while event(desk) != current:
                await desk.press("right_parenthesis")
            item = await desk.at(place)
            await desk.press("escape")
            await desk.press("enter")
            await desk.until(lambda: desk.label.ready)
            assert event(desk) == current
            assert desk.here.mention.id == item.mention.id
        await desk.press("R", "escape")
        await desk.press("enter")
        assert event(desk) == second, "one that is gone is not gone back to"


async def test_a_trigger_that_takes_the_type_of_its_event_is_told_of(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "shelled")
        other = await desk.at("airstrikes", "trigger")
        assert other.mention.label != event(desk).type
        await desk.press("E")
        assert f"It was {other.mention.label}, and is {event(desk).type} now" in desk.says


async def test_a_trigger_of_another_type_than_its_event_is_told_of_before_the_article_is_done(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "shelled")
        await desk.at("airstrikes", "trigger")
        await desk.press("E", "t", "c")
        for one in desk.session.in_order():
            if one.disposition is None:
                mention_edits.confirm(desk.session, one)
        await desk.press("D")
        assert "1 trigger of another type than its event" in " ".join(desk.says.split())
