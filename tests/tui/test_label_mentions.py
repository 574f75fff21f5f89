"""Labelling: settling, correcting, bounding and adding mentions by keys, in English and in Arabic."""

import pytest

from annotator.model.value import NumberValue
from annotator.store.log import standing_of

# Settling


async def test_confirming_settles_the_mention_and_goes_on_to_the_next_untouched(sit):
    async with sit("en-1") as desk:
        first = desk.here
        await desk.press("a")
        assert desk.session.items[first.mention.id].disposition == "confirmed"
        assert desk.here.disposition is None
        assert desk.here.order > first.order
        await desk.saved()


@pytest.mark.parametrize(("key", "disposition"), [("enter", "confirmed"), ("x", "rejected"), ("m", "unsure")])
async def test_one_key_settles(sit, key, disposition):
    async with sit("ar-1") as desk:
        first = desk.here.mention.id
        await desk.press(key)
        assert desk.session.items[first].disposition == disposition
        assert desk.here.mention.id != first


async def test_a_reason_for_rejecting_is_one_more_key(sit):
    async with sit("en-1") as desk:
        first = desk.here.mention.id
        await desk.press("X", "i")
        assert desk.session.items[first].disposition == "rejected"
        assert desk.session.annotation.settled[first].reason == "idiom"


async def test_leaving_a_question_changes_nothing(sit):
    async with sit("en-1") as desk:
        for question in ("X", "t", "K"):
            first = desk.here
            await desk.press(question, "escape")
            assert desk.here == first
            assert not desk.label.panel.asking
        await desk.at("civilians")
        await desk.press("t", "escape")
        await desk.at("12")
        await desk.press("v", "9", "escape")
        assert desk.here.disposition is None
        assert desk.session.history.effective == ()
        await desk.press("down")
        assert desk.view.has_focus


async def test_a_triggers_type_is_picked_by_one_key(sit):
    async with sit("en-1") as desk:
        trigger = await desk.at("shelled")
        other = "strike.air" if trigger.mention.label != "strike.air" else "clash.armed"
        key = desk.session.schema.types[other].key
        await desk.press("t")
        assert other in desk.screen
        await desk.press(key)
        assert desk.here.mention.label == other
        assert desk.here.disposition == "corrected"
        assert other in desk.panel


@pytest.mark.parametrize("typed", ["syrian_regime", "قوات النظام", "النظام"])
async def test_a_registry_entry_is_found_by_typing_part_of_a_name(sit, typed):
    async with sit("en-1") as desk:
        await desk.at("Russian warplanes")
        await desk.press("t")
        await desk.type(typed)
        assert "syrian_regime" in desk.screen
        await desk.press("enter")
        assert desk.here.mention.ref.startswith("syrian_regime")
        assert desk.here.disposition == "corrected"


async def test_typing_finds_arabic_names_however_their_letters_are_written(sit):
    async with sit("ar-1") as desk:
        await desk.at("حلب")
        await desk.press("t")
        await desk.type("ادلب")
        await desk.press("enter")
        assert desk.here.mention.ref == "idlib"


async def test_arrows_move_in_a_list_and_backspace_widens_it_again(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib")
        await desk.press("t")
        await desk.type("alepp")
        await desk.press(*["backspace"] * 5, "up", "down", "down", "enter")
        places = list(desk.session.project.guidelines.registry.places)
        assert desk.here.mention.ref == places[1]


async def test_an_entry_that_is_not_in_the_registry_can_be_said(sit):
    async with sit("en-1") as desk:
        await desk.at("civilians")
        await desk.press("t", "enter")
        assert desk.here.mention.ref == "civilians", "the list begins at what holds"
        await desk.press("t")
        await desk.type("not in")
        await desk.press("enter")
        assert desk.here.mention.ref is None
        assert "not in the registry" in desk.panel


async def test_a_numbers_value_is_typed_and_said_back(sit):
    async with sit("en-1") as desk:
        await desk.at("14")
        await desk.press("v")
        await desk.type("20..99 persons new")
        assert "between 20 and 99 persons new" in desk.screen
        await desk.press("enter")
        assert desk.here.mention.value == NumberValue(low=20, high=99, qualifier="range", unit="persons", scope="new")
        assert desk.here.disposition == "corrected"


async def test_a_value_that_is_not_understood_is_said_so_and_what_was_typed_is_kept(sit):
    async with sit("en-1") as desk:
        before = await desk.at("14")
        await desk.press("v")
        await desk.type("many")
        await desk.press("enter")
        assert "'many' is not understood" in " ".join(desk.screen.split())
        assert desk.label.panel.asking
        assert desk.here == before
        await desk.press(*["backspace"] * 4, "4", "0", "enter")
        assert desk.here.mention.value.low == 40


async def test_a_time_is_typed_too(sit):
    async with sit("en-1") as desk:
        await desk.at("Tuesday")
        await desk.press("v")
        await desk.press(*["backspace"] * 20)
        await desk.type("2018-05-21")
        await desk.press("enter")
        assert desk.here.mention.value.value == "2018-05-21"


async def test_a_mention_can_become_one_of_another_kind(sit):
    async with sit("en-1") as desk:
        await desk.at("civilians")
        await desk.press("K", "4")
        assert desk.here.mention.kind == "place"
        assert "PLACE" in desk.panel


async def test_one_letter_picks_on_an_arabic_keyboard_layout_too(sit):
    async with sit("ar-1") as desk:
        await desk.at("اشتباكات")
        key = desk.session.schema.types["strike.air"].key
        assert key == "a"
        await desk.press("ف", "ش")
        assert desk.here.mention.label == "strike.air"


# Boundaries


@pytest.mark.parametrize(("key", "quote"), [("[", " Idlib"), ("]", "Idlib\n"), ("{", "dlib"), ("}", "Idli")])
async def test_boundaries_move_by_one_character(sit, key, quote):
    async with sit("en-1") as desk:
        item = await desk.at("Idlib")
        await desk.press(key)
        moved = desk.session.items[item.mention.id]
        assert moved.mention.quote == quote
        assert moved.mention.quote == desk.session.article.text[moved.mention.start : moved.mention.end]
        assert moved.disposition == "corrected"


async def test_an_arabic_boundary_moves_in_reading_order(sit):
    async with sit("ar-1") as desk:
        item = await desk.at("الطائرات الحربية")
        await desk.press("{", "}")
        assert desk.session.items[item.mention.id].mention.quote == "لطائرات الحربي"


async def test_the_last_character_of_a_mention_stays(sit):
    async with sit("ar-1") as desk:
        item = await desk.at("7")
        await desk.press("}")
        assert "cannot move further" in desk.says
        assert desk.session.items[item.mention.id].mention.quote == "7"


# Adding


@pytest.mark.parametrize(("key", "kind"), [("2", "actor"), ("4", "place"), ("5", "time")])
async def test_a_digit_marks_the_word_at_the_cursor(sit, key, kind):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts") + 3)
        await desk.press(key)
        assert (desk.here.mention.kind, desk.here.mention.quote) == (kind, "outskirts")
        assert desk.here.disposition == "added"


async def test_a_new_trigger_asks_for_its_type_and_a_new_number_for_its_value(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("1", desk.session.schema.types["strike.air"].key)
        assert (desk.here.mention.kind, desk.here.mention.label) == ("trigger", "strike.air")
        await desk.caret_at(desk.session.article.text.index("opposition"))
        await desk.press("3")
        await desk.type("7")
        await desk.press("enter")
        assert (desk.here.mention.kind, desk.here.mention.value.low) == ("number", 7)


async def test_shift_and_arrows_select_what_a_digit_marks(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("the town of Saraqib"))
        await desk.press("shift+right", *["shift+right"] * (len("the town") - 1), "4")
        assert desk.here.mention.quote == "the town"


async def test_an_arabic_clitic_is_parted_from_its_word_by_selecting_inside_it(sit):
    async with sit("ar-1") as desk:
        start = desk.session.article.text.index("والجيش")
        await desk.caret_at(start)
        await desk.press("left")
        assert desk.view.caret == start + 1
        await desk.press(*["shift+left"] * len("الجيش"), "2")
        assert desk.here.mention.quote == "الجيش"
        assert desk.here.mention.start == start + 1


async def test_the_arabic_word_at_the_cursor_is_marked_whole(sit):
    async with sit("ar-1") as desk:
        await desk.caret_at(desk.session.article.text.index("الوطني") + 2)
        await desk.press("2")
        assert desk.here.mention.quote == "الوطني"


async def test_a_latin_word_inside_arabic_text_is_one_word(sit):
    async with sit("ar-1") as desk:
        await desk.caret_at(desk.session.article.text.index("agency"))
        await desk.press("2")
        assert desk.here.mention.quote == "agency"


async def test_there_is_nothing_to_mark_on_a_blank_line(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("\n\n") + 1)
        await desk.press("2")
        assert "There is no word at the cursor" in desk.says


async def test_marking_what_is_marked_is_refused_in_words(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("4", "4")
        assert "marked already" in desk.says


async def test_a_type_or_value_typed_ahead_of_a_refusal_is_no_command(sit):
    async with sit("en-1") as desk:
        await desk.at("shelled", "trigger")
        await desk.press("a", "P")
        before = desk.session.annotation
        await desk.press("1")
        assert "marked already" in desk.told
        await desk.press("x")
        assert desk.session.annotation == before


async def test_rejecting_what_one_added_takes_it_away(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("4")
        added = desk.here.mention.id
        await desk.press("x")
        assert added not in desk.session.items


# Taking back


async def test_undo_and_redo_walk_over_every_kind_of_decision(sit):
    async with sit("en-1") as desk:
        states = [desk.session.annotation]
        for keys in (["a"], ["x"], ["m"], ["t", "s"], ["K", "2"], ["}"], ["}"], ["{"]):
            desk.label.go(desk.session.items["trigger:0-10"])
            await desk.press(*keys)
            states.append(desk.session.annotation)
        assert len(set(map(repr, states))) == len(states)
        for state in reversed(states[:-1]):
            await desk.press("u")
            assert desk.session.annotation == state
        await desk.press("u")
        assert desk.says == "There is nothing to undo."
        for state in states[1:]:
            await desk.press("ctrl+r")
            assert desk.session.annotation == state
        await desk.press("U")
        assert desk.says == "There is nothing to redo."
        await desk.saved()


async def test_undo_goes_to_what_it_takes_back(sit):
    async with sit("en-1") as desk:
        first = desk.here.mention.id
        await desk.press("a", "n", "n", "u")
        assert desk.here.mention.id == first
        assert desk.here.disposition is None


# Asking only what can be carried out


@pytest.mark.parametrize("question", ["t", "v", "X", "K", "f"])
async def test_on_a_done_article_it_is_refused_before_it_is_asked_and_the_answer_does_nothing(sit, question):
    async with sit("en-1") as desk:
        await desk.at("shelled")
        await desk.press("e", "n")
        while desk.session.untouched:
            await desk.press("m")
        desk.session.finish()
        made = desk.session.history.effective
        await desk.at("14")
        await desk.press(question)
        assert "marked done" in " ".join(desk.screen.split())
        await desk.press("s", "enter")  # what would have been typed into leaves by Enter, for the rest any key does
        assert desk.session.history.effective == made


async def test_an_answer_to_a_question_about_nothing_is_no_command(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("K")
        assert "no mention at the cursor" in " ".join(desk.screen.split())
        await desk.press("2")
        assert desk.session.history.effective == ()


async def test_what_becomes_a_number_or_a_trigger_is_asked_for_its_value_or_type(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib")
        await desk.press("K", "3")
        assert "Value, as in" in desk.screen
        await desk.type("5")
        await desk.press("enter")
        assert (desk.here.mention.kind, desk.here.mention.value.low) == ("number", 5)
        await desk.press("K", "1", "c")
        assert (desk.here.mention.kind, desk.here.mention.label) == ("trigger", "clash.armed")
        await desk.press("K", "1")
        assert not desk.label.panel.asking, "it is one already"


@pytest.mark.parametrize(
    ("key", "result"),
    [("-", "on Tuesday"), ("=", "Tuesday, killing")],
)
async def test_boundaries_move_outwards_by_one_word(sit, key, result):
    async with sit("en-1") as desk:
        item = await desk.at("Tuesday")
        await desk.press(key)
        assert desk.session.items[item.mention.id].mention.quote == result


@pytest.mark.parametrize(("key", "result"), [("_", "الحربية"), ("+", "الطائرات")])
async def test_arabic_boundaries_move_inwards_by_one_word(sit, key, result):
    async with sit("ar-1") as desk:
        item = await desk.at("الطائرات الحربية")
        await desk.press(key)
        assert desk.session.items[item.mention.id].mention.quote == result


async def test_a_boundary_at_the_edge_of_the_text_stays_and_records_nothing(sit):
    async with sit("en-1") as desk:
        await desk.at("Airstrikes")
        for key in ("[", "-", "_"):
            await desk.press(key)
            assert "cannot move further" in desk.says
        assert desk.session.history.effective == ()


async def test_one_key_goes_from_trigger_to_trigger_and_round(sit):
    async with sit("en-1") as desk:
        await desk.at("shelled")
        await desk.press("x")
        triggers = [
            item.mention.id
            for item in desk.session.in_order()
            if item.mention.kind == "trigger" and item.disposition != "rejected"
        ]
        await desk.press("end")
        met = []
        for _ in range(len(triggers) + 1):
            await desk.press("T")
            met.append(desk.here.mention.id)
        assert met == [*triggers, triggers[0]]


async def test_going_round_is_said_so_that_the_next_key_is_not_done_unawares(sit):
    async with sit("en-1") as desk:
        triggers = [item for item in desk.session.in_order() if item.mention.kind == "trigger"]
        await desk.at(triggers[-2].mention.quote)
        await desk.press("T")
        assert desk.says == ""
        await desk.press("T")
        assert desk.here.mention.id == triggers[0].mention.id
        assert desk.says == "On from the beginning."
        await desk.press("home", "P")
        assert desk.says == "Back from the end."
        await desk.press("left")
        assert desk.says == "", "what was said of a place does not stay behind"


async def test_what_becomes_an_actor_or_place_that_is_known_by_these_words_is_that_one(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib", "place")
        await desk.press("K")
        assert "▸ 4  place" in desk.screen
        await desk.press("2")
        assert (desk.here.mention.kind, desk.here.mention.ref) == ("actor", None), "no actor is called so"
        await desk.press("K", "4")
        assert desk.here.mention.ref == "idlib"
        await desk.at("Russian warplanes", "actor")
        known = desk.here.mention.ref
        await desk.press("K", "4", "K", "2")
        assert desk.here.mention.ref == known is not None


async def test_a_new_mention_is_the_entry_that_its_words_name(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("Regime"))
        await desk.press(*["shift+right"] * len("Regime"), "2")
        assert (desk.here.mention.quote, desk.here.mention.ref) == ("Regime", "syrian_regime")
        await desk.caret_at(desk.session.article.text.index("town"))
        await desk.press("4")
        assert desk.here.mention.ref is None


async def test_what_else_is_marked_over_the_same_words_is_said(sit):
    async with sit("en-1") as desk:
        await desk.at("Idlib", "place")
        assert "also here" not in desk.panel
        await desk.press("2")
        assert desk.here.mention.kind == "actor"
        assert "also here: place, untouched" in desk.panel
        await desk.at("Idlib", "place")
        assert "also here: actor, added" in desk.panel
        await desk.press("x")
        await desk.at("Idlib", "actor")
        assert "also here" not in desk.panel, "what was rejected is not there"


async def test_nothing_is_found_wrong_before_something_is_typed(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("children"))
        await desk.press("3")
        assert "Value, as in" in desk.screen
        assert "is not understood" not in desk.screen
        await desk.press("enter", "h")
        assert "'h' is not understood" in desk.screen, "Enter took nothing for an answer"


async def test_a_part_of_a_number_is_said_by_that_numbers_short_name_wherever_it_is_shown(sit):
    async with sit("en-1") as desk:
        await desk.at("airstrikes", "trigger")
        await desk.press("e")
        await desk.at("3", "number")
        await desk.press("f", "k", "p")
        await desk.at("3", "number")
        await desk.press("v")
        await desk.type("2/3 of n1")
        await desk.press("enter")
        assert desk.panel.count("2/3 of n1") == 2, "with the mention and in the event"
        assert "number:" not in desk.panel


async def test_the_place_saved_with_a_decision_is_the_one_gone_on_to(sit):
    async with sit("en-1") as desk:
        await desk.at("airstrikes", "trigger")
        await desk.press("e")
        await desk.at("Russian warplanes")
        for keys in ("a", "x", "fs"):
            await desk.press(*keys)
            await desk.saved()
            session = desk.session
            kept = standing_of(
                session.project.engine, session.person, session.article.article_id, session.article.text_sha256
            )
            assert kept is not None
            assert kept.cursor == desk.view.caret, "a program that is killed here goes on here"


async def test_escape_lets_go_of_a_selection_before_it_leaves(sit):
    async with sit("en-1") as desk:
        await desk.caret_at(0)
        await desk.press("ctrl+shift+right", "ctrl+shift+right")
        assert desk.view.selection.of(desk.session.article.text) == "Airstrikes kill "
        await desk.press("escape")
        assert desk.view.selection is None
        assert desk.session.article.article_id == "en-1"
        await desk.press("escape")
        assert not hasattr(desk.app.screen, "session")


async def test_a_value_that_is_typed_anew_keeps_its_unit(sit):
    async with sit("en-1") as desk:
        item = await desk.at("14", "number")
        assert item.mention.value.unit == "strikes"
        await desk.press("v", *"20", "enter")
        assert (desk.here.mention.value.low, desk.here.mention.value.unit) == (20, "strikes")
        await desk.press("v", *"20", "space", *"km", "enter")
        assert desk.here.mention.value.unit == "km"


async def test_a_scope_typed_alone_or_behind_a_blank_keeps_the_value(sit):
    async with sit("en-1") as desk:
        item = await desk.at("14", "number")
        for typed, scope in (("additional", "additional"), (" new", None), ("cumulative", "cumulative")):
            await desk.press("v")
            await desk.type(typed)
            if scope is None:
                assert "says scope a second time" in " ".join(desk.screen.split()), "it stands behind what held"
                await desk.press("escape")
                continue
            await desk.press("enter")
            held = desk.here.mention.value
            assert held == item.mention.value.model_copy(update={"scope": scope})


async def test_why_a_mention_was_rejected_is_seen_at_it_and_in_the_list_of_its_places(sit):
    async with sit("en-1") as desk:
        place = await desk.at("Idlib")
        await desk.press("X", "i")
        await desk.caret_at(place.mention.start)
        assert "rejected: idiom" in desk.panel
        await desk.press("S")
        assert "rejected (idiom) place" in desk.screen
