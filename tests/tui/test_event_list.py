"""Labelling: going from event to event and to what has part in them, and saying which tell the same happening."""


async def make_event(desk, trigger: str):
    await desk.at(trigger, "trigger")
    await desk.press("e")
    return desk.label.event


async def attach(desk, quote: str, letter: str) -> None:
    await desk.at(quote)
    await desk.press("f", letter)


async def two_events(desk):
    """An air strike with an attacker and a bare shelling, which is the current one."""
    strike = await make_event(desk, "airstrikes")
    await attach(desk, "Russian warplanes", "a")
    return strike, await make_event(desk, "shelled")


async def test_f_lists_the_events_and_goes_to_the_chosen_one(sit):
    async with sit("en-1") as desk:
        strike, shelling = await two_events(desk)
        await desk.press("F")
        assert f"1 {strike.type} airstrikes" in desk.screen
        assert f"2 {shelling.type} shelled  empty" in desk.screen
        await desk.press("a")
        assert desk.label.event.id == strike.id
        assert desk.here.mention.quote == "airstrikes"
        await desk.press("backspace")
        assert desk.here.mention.quote == "shelled"
        assert desk.label.event.id == strike.id, "going back is moving, and moving changes no current event"


async def test_f_lists_what_is_to_be_known_of_an_event(sit):
    async with sit("en-1") as desk:
        await two_events(desk)
        await desk.press("y", "F")
        region = desk.label.panel.region
        beside = [line[region.x : region.right] for line in desk.lines[region.y : region.bottom]]
        assert "empty; background" in " ".join(" ".join(beside).replace("│", " ").split())


async def test_below_the_events_stand_the_triggers_without_one(sit):
    async with sit("en-1") as desk:
        strike = await make_event(desk, "airstrikes")
        await desk.at("clashes", "trigger")
        await desk.press("a", "F")
        assert "· clashes (clash.armed)" in desk.screen
        assert "shelled (" not in desk.screen, "what is not confirmed is no trigger yet"
        await desk.press("b")
        assert desk.here.mention.quote == "clashes"
        assert desk.label.event.id == strike.id
        await desk.press("e")
        assert len(desk.label.events) == 2


async def test_j_goes_to_a_trigger_an_argument_or_a_proposal_and_back(sit):
    async with sit("en-1") as desk:
        await two_events(desk)
        await desk.press("left_parenthesis")
        start, count = desk.view.caret, len(desk.session.history.effective)
        await desk.press("J")
        assert "attacker  Russian warplanes" in desk.screen
        assert "? strikes  14" in desk.screen
        await desk.press("b")
        assert desk.here.mention.quote == "Russian warplanes"
        await desk.press("J", "a")
        assert desk.here.mention.quote == "airstrikes"
        await desk.press("backspace", "backspace")
        assert desk.view.caret == start
        assert "EVENT 1 of 2" in desk.panel
        assert len(desk.session.history.effective) == count


async def test_an_argument_says_in_which_events_it_has_part(sit):
    async with sit("en-1") as desk:
        await two_events(desk)
        await desk.at("Russian warplanes")
        assert "in EVENT 1 as attacker" in desk.panel
        assert "EVENT 2 of 2" in desk.panel, "standing on it changes no current event"
        await desk.press("f", "t")
        assert "in EVENT 2 as target" in desk.panel
        await desk.at("14")
        assert "in EVENT" not in desk.panel


async def test_moving_never_changes_the_current_event(sit):
    async with sit("en-1") as desk:
        _, shelling = await two_events(desk)
        for key in ("home", "N", "N", "down", "ctrl+right", "end", "P", "pageup", "n", "p"):
            await desk.press(key)
            assert desk.label.event.id == shelling.id, key


# Events that tell the same


async def test_y_links_two_events_by_one_decision(sit):
    async with sit("en-1") as desk:
        await two_events(desk)
        count = len(desk.session.history.effective)
        await desk.press("Y", "a")
        assert len(desk.session.history.effective) == count + 1
        assert len({event.hub for event in desk.label.events}) == 1
        assert "same as EVENT 1" in desk.panel
        await desk.press("F")
        assert "shelled  =1" in desk.screen
        await desk.press("escape", "u")
        assert {event.hub for event in desk.label.events} == {None}
        assert "same as" not in desk.panel


async def test_y_takes_a_link_away(sit):
    async with sit("en-1") as desk:
        await two_events(desk)
        await desk.press("Y")
        assert "a happening of its own" not in desk.screen, "there is no link to take away"
        await desk.press("a", "Y", "b")
        assert {event.hub for event in desk.label.events} == {None}
        assert "same as" not in desk.panel


async def test_y_and_f_call_an_event_by_the_same_letter(sit):
    async with sit("en-1") as desk:
        first, _ = await two_events(desk)
        third = await make_event(desk, "clashes")
        letter = "abc"[desk.label.events.index(third)]
        await desk.press("F", "a", "Y", letter)
        assert desk.label.event.id == first.id
        linked = {event.id for event in desk.label.events if event.hub}
        assert linked == {first.id, third.id}
        await desk.press("Y", letter)
        assert {event.id for event in desk.label.events if event.hub} == linked, "said twice, it still holds"


async def test_y_needs_another_event(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y")
        assert "no other event" in desk.screen
        count = len(desk.session.history.effective)
        await desk.press("a")
        assert len(desk.session.history.effective) == count
