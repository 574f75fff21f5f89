"""The panel beside or below the article: what stands in it when there is more than fits, and that the text stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from textual.events import Key

from annotator.tui.widgets.window import cut, last_top

WIDE, SMALL = (120, 36), (80, 24)


def lines(name: str, count: int) -> list[Text]:
    return [Text(f"{name}{number}") for number in range(count)]


counts = st.integers(0, 12)


@given(counts, counts, counts, st.integers(1, 12), st.integers(0, 30))
def test_a_cut_fits_its_room_and_every_line_can_be_brought_into_sight(body, pinned, rest, room, top):
    parts = lines("b", body), lines("p", pinned), lines("r", rest)
    shown = [line.plain for line in cut(*parts, room, min(top, last_top(body, pinned, rest, room)))]
    assert len(shown) == min(room, body + pinned + rest)
    if room > pinned + 2:
        assert {f"p{number}" for number in range(pinned)} <= set(shown), "what is pinned stays in sight"
        seen = {line.plain for at in range(last_top(body, pinned, rest, room) + 1) for line in cut(*parts, room, at)}
        assert {line.plain for part in parts for line in part} <= seen


async def fill(desk) -> None:
    """One event with more in it than a small panel holds."""
    await desk.at("airstrikes", "trigger")
    await desk.press("e")
    for quote in ("killing", "shelled", "killed", "clashes"):
        await desk.at(quote, "trigger")
        await desk.press("E")
    for quote, role in (
        ("Russian warplanes", "a"),
        ("Regime forces", "a"),
        ("civilians", "v"),
        ("14", "s"),
        ("3", "k"),
    ):
        await desk.at(quote)
        await desk.press("f", role)
    await desk.at("airstrikes", "trigger")


def shown(desk) -> str:
    """The panel as the person sees it."""
    region = desk.label.panel.region
    return "\n".join(line[region.x :] for line in desk.lines[region.y : region.bottom])


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_long_frame_scrolls_and_comes_back(sit, size):
    async with sit("en-1", size=size) as desk:
        await fill(desk)
        assert "EVENT 1 of 1" in shown(desk)
        assert "takes ?" in shown(desk) or not desk.label.proposals, "what i would accept is always in sight"
        seen = shown(desk)
        for _ in range(40):
            await desk.press("ctrl+down")
            seen += shown(desk)
        assert "vehicles_destroyed" in seen
        assert "ordinal" in seen
        await desk.press(*["ctrl+up"] * 40)
        assert "EVENT 1 of 1" in shown(desk)


async def test_of_two_columns_the_longer_one_scrolls(sit):
    async with sit("en-1", size=SMALL) as desk:
        panel = desk.label.panel
        panel.show(Text("question"), Text("\n".join(f"long {line}" for line in range(20))), Text("short"))
        for _ in range(30):
            await desk.press("ctrl+down")
        assert "long 19" in shown(desk)
        assert "question" in shown(desk), "what it is about stays"
        assert "short" in shown(desk)
        await desk.press("ctrl+up")
        assert "long 19" not in shown(desk), "it went no further than its end"


async def test_another_mention_is_shown_from_its_top(sit):
    async with sit("en-1", size=SMALL) as desk:
        await fill(desk)
        await desk.press(*["ctrl+down"] * 5)
        assert "EVENT 1 of 1" not in shown(desk)
        await desk.at("14")
        assert "EVENT 1 of 1" in shown(desk)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_text_stays_where_it_is_whatever_the_panel_shows(sit, size):
    async with sit("en-1", size=size) as desk:
        await desk.at("airstrikes", "trigger")
        region = desk.view.region
        text = [line[: region.width] for line in desk.lines[region.y : region.bottom]]
        keys = [
            "e",
            "i",
            "I",
            "i",
            "f",
            "escape",
            "J",
            "escape",
            "F",
            "escape",
            "Y",
            "x",
            "ctrl+down",
            "ctrl+up",
            "r",
            "u",
        ]
        for key in keys:
            await desk.press(key)
            assert desk.view.region == region, key
            assert [line[: region.width] for line in desk.lines[region.y : region.bottom]] == text, key


async def test_a_letter_right_behind_escape_does_not_answer_the_question(sit):
    async with sit("en-1") as desk:
        here = desk.here.mention.id
        await desk.press("X")
        desk.app.post_message(Key("alt+x", "x"))  # as Esc and x come within a tenth of a second
        await desk.until(lambda: bool(desk.session.history.effective))
        assert not desk.label.panel.asking
        settled = desk.session.annotation.settled[here]
        assert (settled.disposition, settled.reason) == ("rejected", None), "x is also the key of a reason"


async def test_mentions_with_the_same_words_are_told_apart_wherever_they_are_shown(sit, workspace):
    told = "Title\n\nISIS said so. ISIS attacked Idlib, and then ISIS left.\n"
    (workspace / "seeds" / "en-2.txt").write_text(told, encoding="utf-8")
    async with sit() as desk:
        await desk.press("r", "down", "down", "enter")
        await desk.until(lambda: hasattr(desk.app.screen, "session") and desk.label.ready)
        await desk.at("attacked", "trigger")
        await desk.press("e")
        assert "attacker ← ISIS (2 of 3)" in desk.panel, "as proposed"
        await desk.at("ISIS", nth=1)
        assert "2 of 3 with these words" in desk.panel
        await desk.press("f", "a")
        assert "attacker  ISIS (2 of 3)" in desk.panel
        await desk.press("J")
        assert "attacker  ISIS (2 of 3)" in desk.screen
        await desk.press("down")
        assert "said so. [ISIS] attacked" in desk.screen, "the words around it"
        await desk.press("escape")
        await desk.at("Idlib", "place")
        assert "with these words" not in desk.panel
