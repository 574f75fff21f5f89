"""Labelling: accepting and passing over what is proposed for the current event, and the letters of roles."""

from annotator.tui.role_keys import role_keys


async def make_event(desk, trigger: str):
    await desk.at(trigger, "trigger")
    await desk.press("e")
    return desk.label.event


def roles(desk) -> list[str]:
    return [held.role for held in desk.label.event.arguments]


def proposed(desk) -> list[str]:
    """The proposals as the panel shows them."""
    return [line.strip(" ?") for line in desk.panel.split("\n") if "←" in line]


async def test_what_is_likely_stands_under_the_frame_with_its_key(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        assert f"? {proposed(desk)[0]}" in desk.panel
        assert " i  takes ?" in desk.panel
        assert {line.split("  ")[0] for line in proposed(desk)} >= {
            "attacker ← Russian warplanes",
            "strikes ← 14",
            "killed ← 12",
        }


async def test_i_accepts_the_first_by_one_decision_and_the_next_stands_first(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        first, second = desk.label.proposals[:2]
        count, caret = len(desk.session.history.effective), desk.view.caret
        await desk.press("i")
        assert len(desk.session.history.effective) == count + 1
        assert [(held.role, held.mention) for held in desk.label.event.arguments] == [(first.role, first.mention)]
        assert desk.session.items[first.mention].disposition == "confirmed"
        assert desk.label.proposals[0] == second
        assert desk.view.caret == caret, "the reader stays where he reads"
        await desk.press("u")
        assert desk.label.event.arguments == ()
        assert desk.session.items[first.mention].disposition is None
        assert desk.label.proposals[0] == first


async def test_capital_i_passes_over_for_the_sitting_and_decides_nothing(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        everything, count = desk.label.proposals, len(desk.session.history.effective)
        await desk.press("I")
        assert desk.label.proposals == everything[1:]
        assert len(desk.session.history.effective) == count
        await desk.press("i")
        assert roles(desk) == [everything[1].role]
        await desk.press(*["I"] * len(everything))
        assert desk.label.proposals == []
        assert "Nothing is proposed here" in desk.says
        assert "←" not in desk.panel
        await desk.press("i")
        assert "Nothing is proposed here" in desk.says


async def test_a_whole_frame_is_filled_by_one_key_an_argument(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.press(*"iiii")
        assert len(desk.label.event.arguments) == 4
        assert {"attacker", "strikes", "killed"} <= set(roles(desk))


async def test_without_an_event_and_on_a_finished_article_nothing_is_proposed(sit):
    async with sit("en-1") as desk:
        await desk.press("i")
        assert "Nothing is proposed here" in desk.says
        await make_event(desk, "airstrikes")
        await desk.press("n", *["a"] * desk.session.untouched, "D", "y")
        assert desk.session.annotation.finished
        assert desk.label.proposals == []
        assert "←" not in desk.panel


async def test_an_arabic_frame_is_proposed_as_well(sit):
    async with sit("ar-1") as desk:
        await make_event(desk, "قصفت")
        await desk.press("i")
        quotes = [desk.session.items[held.mention].mention.quote for held in desk.label.event.arguments]
        assert (roles(desk), quotes) == (["killed"], ["7"]) or roles(desk) == ["attacker"]


# The letters of roles


async def test_a_role_has_one_letter_wherever_it_is_offered(sit):
    async with sit("en-1") as desk:
        keys = role_keys(desk.session.schema)
        await make_event(desk, "airstrikes")
        for quote, kind in (("Russian warplanes", "actor"), ("14", "number"), ("Idlib", "place")):
            await desk.at(quote, kind)
            await desk.press("f")
            for line in (line for line in desk.screen.split("\n") if "│" in line):
                words = line.split("│")[1].split()
                if words and words[-1] in keys and len(words) >= 2:
                    assert words[-2] == keys[words[-1]], line
            await desk.press("escape")


async def test_the_panel_shows_the_letters_of_open_roles_those_for_the_mention_first(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.at("14", "number")
        assert desk.panel.index("k:killed") < desk.panel.index("a:attacker")
        await desk.at("Russian warplanes")
        assert desk.panel.index("a:attacker") < desk.panel.index("k:killed")


async def test_roles_that_take_the_same_kind_have_different_letters(sit):
    async with sit("en-1") as desk:
        schema = desk.session.schema
        keys = role_keys(schema)
        specs = {role: spec for name in schema.types for role, spec in schema.roles_of(name).items()}
        assert keys.keys() == specs.keys()
        for kind in ("actor", "number", "place", "time"):
            letters = [keys[role] for role, spec in specs.items() if kind in spec.kinds]
            assert len(letters) == len(set(letters)), kind


async def test_enter_fills_the_role_that_was_filled_last(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.at("Russian warplanes")
        await desk.press("f", "a")
        await desk.at("civilians")
        await desk.press("f", "enter")
        assert roles(desk) == ["attacker", "attacker"]


async def test_attaching_takes_two_keys(sit):
    async with sit("en-1") as desk:
        await make_event(desk, "airstrikes")
        await desk.at("14", "number")
        await desk.press("f", "s")
        assert roles(desk) == ["strikes"]
