"""Jumping about in an article, and going back."""


async def test_backspace_goes_back_jump_by_jump(sit):
    async with sit("en-1") as desk:
        await desk.at("airstrikes", "trigger")
        start = desk.view.caret
        desk.label.jump_to(40)
        desk.label.jump_to(90)
        await desk.press("right", "backspace")
        assert desk.view.caret == 40
        await desk.press("backspace")
        assert desk.view.caret == start
        assert desk.here.mention.quote == "airstrikes"
        await desk.press("backspace")
        assert "no jump to go back from" in desk.says
