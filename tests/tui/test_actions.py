"""The registry of actions: every key is bound, every action has its method, and a person's own keys come first."""

import re
import tomllib
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

from annotator.errors import Refusal
from annotator.model.settings import ScreenSettings, Settings
from annotator.tui.actions import ACTIONS, Action, ScreenName, actions_of
from annotator.tui.keys import bindings, footer_of, is_twin, keymap, keys_in_force, keys_table, latin
from annotator.tui.screens.adjudicate import AdjudicateScreen
from annotator.tui.screens.error_groups import ErrorGroupsScreen
from annotator.tui.screens.error_screen import ErrorScreen
from annotator.tui.screens.feedback import FeedbackScreen
from annotator.tui.screens.guidelines_screen import GuidelinesScreen
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.tour_screen import TourScreen

SCREENS: dict[ScreenName, type[Screen]] = {
    "queue": QueueScreen,
    "label": LabelScreen,
    "adjudicate": AdjudicateScreen,
    "feedback": FeedbackScreen,
    "tour": TourScreen,
    "guidelines": GuidelinesScreen,
    "groups": ErrorGroupsScreen,
    "errors": ErrorScreen,
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_its_method_and_every_key_of_it_is_bound(action: Action):
    screen = SCREENS[action.screen]
    assert callable(getattr(screen, "action_" + action.name.split("(")[0]))
    bound = {binding.key for binding in Binding.make_bindings(bindings(action.screen)) if binding.id == action.id}
    asked = {binding.key for binding in Binding.make_bindings([Binding(action.keys, action.name)])}
    assert asked <= bound
    assert all(is_twin(key) for key in bound - asked)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_screen(screen: ScreenName):
    keys = [binding.key for binding in Binding.make_bindings(bindings(screen))]
    assert len(keys) == len(set(keys))
    ids = [action.id for action in actions_of(screen)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_in_the_vi_preset(screen: ScreenName):
    force = keys_in_force(Settings(screen=ScreenSettings(preset="vi")))
    keys = [key for action in actions_of(screen) for key in force[action.id].split(",")]
    assert len(keys) == len(set(keys))


def test_letters_have_a_twin_on_an_arabic_keyboard():
    twins = {binding.id: binding.key for binding in Binding.make_bindings(bindings("label"))}
    assert latin("ش") == "a"
    assert latin("a") == "a"
    assert all(
        any(
            is_twin(binding.key)
            for binding in Binding.make_bindings(bindings("label"))
            if binding.id == f"label.{name}"
        )
        for name in ("confirm", "reject", "reject_because", "maybe", "correct", "make_event", "undo", "grow_end")
    )
    assert twins


async def test_the_twins_do_the_same(sit):
    async with sit("ar-1") as desk:
        first = desk.here.mention.id
        await desk.press("ش")
        assert desk.session.items[first].disposition == "confirmed"
        await desk.press("ع")
        assert desk.session.items[first].disposition is None
        await desk.press("ى")
        assert desk.here.mention.id != first


async def test_the_vi_preset_moves_by_letters(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[screen]\npreset = "vi"\n', encoding="utf-8")
    async with sit("en-1") as desk:
        await desk.press("g", "l", "l")
        assert desk.view.caret == 2
        await desk.press("h")
        assert desk.view.caret == 1
        await desk.press("j", "j")
        assert desk.view.caret > 10
        await desk.press("k", "k", "right")
        assert desk.view.caret == 2


async def test_keys_of_ones_own_take_the_place_of_ours(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[keys]\nconfirm = "h, f5"\n', encoding="utf-8")
    async with sit("en-1") as desk:
        for key in ("h", "f5", "ا"):
            first = desk.here.mention.id
            await desk.press(key)
            assert desk.session.items[first].disposition == "confirmed"
        count = len(desk.session.history.effective)
        await desk.press("a", "enter")
        assert len(desk.session.history.effective) == count
        await desk.press("f1")
        confirm = next(line for line in desk.lines if "confirm the mention" in line)
        assert "h" in confirm.split()


async def test_a_name_under_keys_that_is_no_action_is_refused(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[keys]\nconfrim = "y"\n', encoding="utf-8")
    with pytest.raises(Refusal, match="'confrim', which is no action") as caught:
        async with sit("en-1"):
            pass
    assert caught.value.code == "workspace.settings"


def test_names_are_known_with_and_without_their_screen():
    changed = keymap(Settings(keys={"label.confirm": "f5", "pick(1)": "h", "undo": "f9"}))
    assert {name: keys.split(",")[0] for name, keys in changed.items()} == {
        "label.confirm": "f5",
        "adjudicate.pick(1)": "h",
        "label.undo": "f9",
        "adjudicate.undo": "f9",
    }


def test_a_key_that_would_mean_two_things_is_refused():
    with pytest.raises(Refusal, match="the key 'x' would be both 'confirm' and 'reject'"):
        keymap(Settings(keys={"confirm": "x, enter"}))
    assert keymap(Settings(keys={"confirm": "x", "reject": "a"}))


@pytest.mark.parametrize(("one", "other"), [("?", "help"), ("full_stop", "next_mention"), (".", "next_mention")])
def test_a_key_under_another_of_its_names_is_the_same_key(one: str, other: str):
    with pytest.raises(Refusal, match=f"would be both 'confirm' and '{other}'"):
        keymap(Settings(keys={"confirm": one}))


@pytest.mark.parametrize("key", ["foo bar", ",", "z,,y", "ctrl+", "strg+x", "f99", " ", "xy"])
def test_what_no_keyboard_sends_is_no_key(key: str):
    with pytest.raises(Refusal, match="which is no key"):
        keymap(Settings(keys={"confirm": key}))


@pytest.mark.parametrize("key", ["f5", "ctrl+y", "ctrl+shift+f5", "é", "ظ", "tilde", "~", "f5, ctrl+y"])
def test_what_a_keyboard_sends_is_a_key(key: str):
    assert keymap(Settings(keys={"confirm": key}))["label.confirm"].startswith(key.split(",")[0])


async def test_the_footer_shows_the_keys_that_are_in_force(sit, workspace: Path):
    (workspace / "annotator.toml").write_text('[keys]\nconfirm = "f5"\n"queue.label" = "l"\n', encoding="utf-8")
    async with sit() as desk:
        assert "l label" in desk.lines[-1]
        await desk.press("l")
        assert "f5 confirm" in desk.lines[-1]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_footer_fits_on_eighty_columns(screen: ScreenName):
    assert len(footer_of(actions_of(screen), keys_in_force(Settings()))) <= 78


def test_the_readme_shows_the_keys_as_they_are():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for screen in ("label", "adjudicate", "feedback", "groups", "errors"):
        shown = readme.split(f"<!-- keys:{screen} -->\n")[1].split("\n<!-- /keys -->")[0]
        assert shown == keys_table(screen)


def test_the_readmes_settings_are_settings_and_name_real_actions():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    # A comment in front names the example of another file.
    examples = re.findall(r"(?<!-->\n)```toml\n(.*?)```", readme, re.DOTALL)
    assert examples
    for tables in map(tomllib.loads, examples):
        assert bool(keymap(Settings.model_validate(tables))) == ("keys" in tables)
