"""Labelling: saying that an event tells the same happening as one in another article of the same person."""

import pytest

from annotator.tui.screens import linking_screen


async def make_event(desk, trigger: str):
    await desk.at(trigger, "trigger")
    await desk.press("e")
    return desk.label.event


@pytest.fixture
async def _arabic(sit):
    """Two events in the article that comes first by its id."""
    async with sit("ar-1") as desk:
        for item in [item for item in desk.session.in_order() if item.mention.kind == "trigger"][:2]:
            desk.label.go(item)
            await desk.press("e")
        await desk.saved()


async def first_of_arabic(sit) -> list[str | None]:
    async with sit("ar-1") as desk:
        return [event.hub for event in desk.label.events]


async def test_y_links_an_event_with_one_of_another_article(sit, _arabic):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y")
        assert "one of 1 other article of yours" in desk.screen
        await desk.press("/")
        first = desk.label._elsewhere.likeliest_first(desk.label.event)[0]
        assert f"▸  {first.event.type} " in desk.screen
        assert "in ar-1" in desk.screen
        await desk.press("enter")
        hub = desk.label.event.hub
        assert "Saved in ar-1 too" in desk.says
        assert "same as in ar-1" in desk.panel
        await desk.press("F")
        assert "=ar-1" in desk.screen
        await desk.press("escape")
        await desk.saved()
    async with sit("ar-1") as desk:
        linked = [event for event in desk.label.events if event.hub]
        assert [event.hub for event in linked] == [hub]
        desk.label._event = linked[0].id
        desk.label.after_change()
        assert "same as in another article" in desk.panel
        await desk.press("Y", "/")
        assert "=strike.air" in desk.screen
        await desk.press("escape", "Y", "a" if desk.label.events.index(linked[0]) else "b")
        assert "same as EVENT" in desk.panel
        assert "in en-1" in desk.panel, "it is linked inside and to another article"


async def test_typing_finds_an_event_of_another_article(sit, _arabic):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y", "/")
        await desk.type("nowhere")
        assert "Nothing is called so" in desk.screen
        await desk.press(*["backspace"] * 7)
        await desk.type("ar-1")
        await desk.press("enter")
        assert desk.label.event.hub is not None


async def test_undo_and_redo_reach_the_other_article(sit, _arabic):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y", "/", "enter")
        hub = desk.label.event.hub
        await desk.press("u")
        assert desk.label.event.hub is None
        await desk.saved()
    assert await first_of_arabic(sit) == [None, None]
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y", "/", "enter", "u", "U")
        assert desk.label.event.hub == hub
        await desk.saved()
    assert hub in await first_of_arabic(sit)


async def test_y_and_none_take_the_link_away_in_both(sit, _arabic):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y", "/", "enter")
        await desk.press("Y", "a")
        assert desk.label.event.hub is None
        await desk.saved()
    assert await first_of_arabic(sit) == [None, None]


async def test_an_article_open_in_another_window_is_named(sit, _arabic):
    from annotator.workflow.labelling import labelling

    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        with labelling(desk.app.project, "ar-1", "miriam"):
            await desk.press("Y", "/", "enter")
        assert "ar-1 is already open in another window" in desk.says
        assert desk.label.event.hub is None


async def test_reading_that_takes_long_says_how_far_it_is_and_stops_at_a_key(sit, _arabic, monkeypatch):
    monkeypatch.setattr(linking_screen, "_BREATH", 3600)
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        monkeypatch.setattr(desk.label._elsewhere, "read_on", lambda _: False)
        await desk.press("Y", "/")
        assert "Reading your other articles: 0 of 1" in desk.told
        await desk.press("a")
        assert not desk.label.panel.asking
        desk.label._read_further(desk.label.event)
        assert not desk.label.panel.asking


async def test_what_another_annotator_has_is_not_offered(sit, _arabic):
    async with sit("en-1", name="bea") as desk:
        await make_event(desk, "airstrikes")
        await desk.press("Y")
        assert "no other event" in desk.screen
