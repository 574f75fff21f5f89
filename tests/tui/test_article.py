"""The article as a whole: done, the place, the truth about saving, windows, and what may happen to the screen."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from annotator.errors import Refusal
from annotator.model.decision import Flag
from annotator.store import writer
from annotator.tui.layout import BidiMode
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.widgets.picker import Picker
from annotator.workflow import mention_edits
from annotator.workflow.labelling import labelling

# Done


async def test_an_article_is_done_only_when_every_candidate_is_settled(sit):
    async with sit("en-1") as desk:
        await desk.press("D")
        assert "Still untouched" in desk.told
        await desk.press("y")
        assert not desk.session.annotation.finished
        await desk.press(*["a"] * desk.session.untouched)
        assert "No candidate is untouched" in desk.says
        assert "0 left" in desk.head
        await desk.press("D", "y")
        assert desk.session.annotation.finished
        assert "done" in desk.head
        await desk.saved()


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_whether_all_was_read_is_asked_in_words_that_fit_the_panel(sit, size):
    async with sit("en-1", size=size) as desk:
        await desk.press(*["a"] * desk.session.untouched, "D")
        asked = str(desk.app.screen.query_one(Picker).render()).splitlines()
        assert "".join(asked).startswith("Did you read all of it")
        assert [line[1:] for line in asked if line[1:4] in (" y ", " n ")] == [
            " y  yes: nothing else is there",
            " n  no: only what was proposed",
        ]


async def test_what_is_done_must_be_opened_again_before_it_changes(sit):
    async with sit("ar-1") as desk:
        await desk.press(*["a"] * desk.session.untouched, "D", "y")
        finished = desk.session.annotation
        await desk.press("x")
        assert "marked done" in desk.says
        assert desk.session.annotation == finished
        await desk.press("f4", "o", "x")
        assert desk.session.annotation != finished
        await desk.press("q")
        assert "0 of 2 articles done" in desk.head


# The place


@pytest.mark.parametrize("way", ["q", "escape", "ctrl+q"])
async def test_coming_back_goes_on_at_the_same_place(sit, way):
    async with sit("en-1") as desk:
        await desk.press("a", "a")
        await desk.at("shelled")
        await desk.press("a")
        await desk.press("down", "right")
        place, left = desk.view.caret, desk.session.untouched
        await desk.press(way)
    async with sit("en-1") as desk:
        assert (desk.view.caret, desk.session.untouched) == (place, left)


async def test_tab_goes_through_the_candidates_and_round(sit):
    async with sit("ar-1") as desk:
        first = desk.here
        for _ in range(desk.session.untouched):
            await desk.press("tab")
        assert desk.here == first
        await desk.press("shift+tab", "tab")
        assert desk.here == first


async def test_keys_that_come_faster_than_the_screen_act_where_the_cursor_is(sit):
    async with sit("en-1") as desk:
        second = desk.session.in_order()[1]
        await desk.press("g")
        desk.app.simulate_key("N")
        desk.app.simulate_key("a")
        await desk.until(lambda: bool(desk.session.history.effective))
        assert desk.session.items[second.mention.id].disposition == "confirmed"


# Saving


@contextlib.contextmanager
def failing_store(monkeypatch):
    def refuse(*_):
        raise Refusal("store.not-written", "The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(writer, "append", refuse)
        yield


async def test_the_head_says_when_nothing_is_saved_and_when_it_is_again(sit, monkeypatch):
    async with sit("en-1") as desk:
        await desk.press("a")
        await desk.saved()
        with failing_store(monkeypatch):
            await desk.press("a")
            await desk.until(lambda: "NOT SAVED: 1 waiting" in desk.head)
            assert "The disk is full" in desk.says
            await desk.press("x")
            await desk.until(lambda: "NOT SAVED: 2 waiting" in desk.head)
        await desk.saved()
        assert "saved again" in desk.says
        assert "NOT SAVED" not in desk.screen
    async with sit("en-1") as desk:
        assert len(desk.session.history.effective) == 3


@pytest.mark.parametrize("way", ["q", "ctrl+q"])
async def test_leaving_with_unsaved_work_asks_first(sit, monkeypatch, way):
    async with sit("en-1") as desk:
        with failing_store(monkeypatch):
            await desk.press("a")
            await desk.until(lambda: "NOT SAVED" in desk.head)
            await desk.press(way)
            assert desk.label is desk.app.screen
            assert "Press again to leave anyway" in desk.says
        await desk.saved()
        await desk.press(way)
        assert isinstance(desk.app.screen, QueueScreen) or desk.app._exit
    async with sit("en-1") as desk:
        assert len(desk.session.history.effective) == 1


async def test_the_writer_goes_on_when_no_screen_is_there_to_be_told(sit):
    async with sit("en-1") as desk:
        LabelScreen(desk.session, BidiMode.GUARD)  # takes the news, and is never shown
        with ThreadPoolExecutor() as threads:
            threads.submit(desk.session.on_save, desk.session.save_state).result()


async def test_work_that_was_lost_is_never_passed_over_in_silence(sit, monkeypatch):
    from annotator.workflow.session import Session

    monkeypatch.setattr(Session.close, "__defaults__", (0.05,))
    with failing_store(monkeypatch):
        async with sit("en-1") as desk:
            await desk.press("a")
            await desk.until(lambda: "NOT SAVED" in desk.head)
            await desk.press("ctrl+q", "ctrl+q")
    assert desk.app.refusal.code == "store.not-written"
    assert "1 decision on en-1 could not be saved" in str(desk.app.refusal)


async def test_what_another_window_saved_meanwhile_is_kept_with_what_this_one_did(sit, project, monkeypatch):
    from annotator.workflow import labelling as opening

    monkeypatch.setattr(opening, "only_window", lambda *_: contextlib.nullcontext())
    async with sit("en-1") as desk:
        await desk.press("a")
        await desk.saved()
        with labelling(project, "en-1", "miriam") as other:
            theirs = next(item for item in other.in_order() if item.mention.quote == "shelled")
            mention_edits.reject(other, theirs)
        ours = desk.here.mention.id
        await desk.press("m")
        await desk.until(lambda: "both are kept" in desk.says)
        await desk.saved()
        assert desk.session.items[theirs.mention.id].disposition == "rejected"
        assert desk.session.items[ours].disposition == "unsure"
    with labelling(project, "en-1", "miriam") as again:
        assert len(again.history.effective) == 3


async def test_a_question_about_what_another_window_took_away_is_asked_no_longer(sit, project, monkeypatch):
    from annotator.workflow import labelling as opening

    monkeypatch.setattr(opening, "only_window", lambda *_: contextlib.nullcontext())
    async with sit("en-1") as desk:
        await desk.caret_at(desk.session.article.text.index("outskirts"))
        await desk.press("1", "escape")
        await desk.saved()
        with labelling(project, "en-1", "miriam") as other:
            mention_edits.reject(other, other.items[desk.here.mention.id])
        await desk.press("F")
        assert desk.label.panel.asking
        desk.session.decide(Flag(flagged=True))
        await desk.until(lambda: "both are kept" in desk.says)
        assert not desk.label.panel.asking
        assert desk.label.item is None


async def test_another_windows_decisions_are_asked_for_until_the_store_answers(sit, project, monkeypatch):
    from annotator.tui.screens import article_screen
    from annotator.workflow import labelling as opening
    from annotator.workflow import session as sessions

    asked = []

    def silent(*_):
        asked.append(1)
        raise Refusal("store.unreachable", "The store does not answer.")

    monkeypatch.setattr(opening, "only_window", lambda *_: contextlib.nullcontext())
    monkeypatch.setattr(article_screen, "_AGAIN", 0.01)
    async with sit("en-1") as desk:
        with labelling(project, "en-1", "miriam") as other:
            mention_edits.reject(other, next(item for item in other.in_order() if item.mention.quote == "shelled"))
        ours = desk.here.mention.id
        with monkeypatch.context() as patch:
            patch.setattr(sessions, "decisions_on", silent)
            await desk.press("m")
            await desk.until(lambda: len(asked) > 1)
            assert "The store does not answer." in desk.says
            assert desk.session.items[ours].disposition == "unsure"
        await desk.until(lambda: "both are kept" in desk.says)
        await desk.saved()
    with labelling(project, "en-1", "miriam") as again:
        assert len(again.history.effective) == 2
        assert again.items[ours].disposition == "unsure"


# Windows


async def test_a_second_window_on_an_article_is_refused_in_words(sit):
    async with sit("en-1") as first, sit() as second:
        await second.press("down", "enter")
        assert isinstance(second.app.screen, QueueScreen)
        assert "en-1 is already open in another window" in second.says
        await first.press("a")
        await first.saved()


async def test_asked_for_by_name_an_article_that_is_open_elsewhere_ends_the_second_program(sit):
    async with sit("en-1"), sit("en-1") as second:
        assert second.app._exit
    assert second.app.refusal.code == "label.open-elsewhere"


async def test_another_person_may_label_the_same_article_at_the_same_time(sit):
    async with sit("en-1") as first, sit("en-1", name="noor") as second:
        await first.press("a")
        await second.press("x")
        assert "a1" in first.head
        assert "a2" in second.head


# The screen


async def test_the_text_does_not_move_when_the_panel_changes(sit):
    async with sit("en-1") as desk:

        def article() -> list[str]:
            region = desk.view.region
            return [line[: region.width] for line in desk.lines[region.y : region.bottom]]

        before, place = article(), desk.view.scroll_offset
        for keys in (["t"], ["escape"], ["K"], ["escape"], ["a"], ["v"], ["escape"], ["D"], ["f2"], ["f2"], ["f2"]):
            await desk.press(*keys)
            assert (article(), desk.view.scroll_offset) == (before, place), keys


async def test_help_lies_over_the_article_and_closes(sit):
    async with sit("en-1") as desk:
        await desk.press("f1")
        assert "Keys of the label screen" in desk.screen
        await desk.press("escape")
        assert desk.here


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_everything_has_room_on_a_small_screen(sit, size):
    async with sit("en-1", size=size) as desk:
        assert "Airstrikes kill" in desk.screen
        assert "TRIGGER" in desk.screen
        assert "saved" in desk.lines[0]
        assert "confirm" in desk.lines[-1]
        await desk.press("t")
        assert "Event type:" in desk.screen
        await desk.press("a")
        await desk.saved()
        assert "saved ✓" in desk.lines[0]


async def test_the_truth_about_saving_is_seen_however_long_the_name_of_an_article_is(sit, workspace):
    name = "a" * 180
    (workspace / "seeds" / f"{name}.txt").write_text("Clashes near Aleppo\n\nTwo died.\n", encoding="utf-8")
    async with sit(size=(80, 24)) as desk:
        await desk.press("r", "up", "enter")
        assert desk.session.article.article_id == name
        assert "saved ✓" in desk.lines[0]


# The mouse


async def test_a_click_puts_the_cursor_on_the_letter_under_it_in_arabic(sit):
    async with sit("ar-1") as desk:
        text, view = desk.session.article.text, desk.view
        for wanted in ("قصفت", "agency", "النظام"):
            offset = text.index(wanted) + 2
            row = view._layout.row_at(offset)
            column = view._layout.row(row).column(offset)
            await desk.pilot.click(view, offset=(column, row))
            assert view.caret == offset, wanted
            assert desk.label.item is None or desk.here.mention.start <= offset < desk.here.mention.end


async def test_dragging_selects_and_a_digit_marks_it(sit):
    async with sit("en-1") as desk:
        start = desk.session.article.text.index("the town of")
        view = desk.view
        row = view._layout.row_at(start)
        column = view._layout.row(row).column(start)
        await desk.pilot.mouse_down(view, offset=(column, row))
        await desk.pilot.hover(view, offset=(column + 8, row))
        await desk.pilot.mouse_up(view, offset=(column + 8, row))
        await desk.press("4")
        assert desk.here.mention.quote == "the town"


async def test_a_click_takes_an_open_question_back(sit):
    async with sit("en-1") as desk:
        first = desk.here
        await desk.press("t")
        await desk.pilot.click(desk.view, offset=(20, 0))
        await desk.pilot.pause()
        assert not desk.label.panel.asking
        await desk.press("a")
        assert desk.session.items[first.mention.id].disposition is None


# Questions


async def test_no_other_key_acts_while_a_value_is_typed(sit):
    async with sit("en-1") as desk:
        item = await desk.at("14")
        await desk.press("v", "tab", "shift+tab", "down", "up", "pagedown", "ctrl+z", "ctrl+r", "f2")
        assert desk.label.panel.asking
        await desk.press(*["backspace"] * 20, "4", "0", "enter")
        assert desk.session.items[item.mention.id].mention.value.low == 40
        assert len(desk.session.history.effective) == 1


async def test_keys_typed_ahead_of_a_question_and_of_its_answer_are_neither_lost_nor_taken_twice(sit):
    async with sit("en-1") as desk:
        await desk.at("shelled", "trigger")
        await desk.press("e")
        await desk.at("civilians")
        # f asks, v answers "victim", t must then ask about the mention and Escape must leave that.
        for key in ("f", "v", "t", "escape", "N"):
            desk.app.simulate_key(key)
        after = desk.session.position_of(desk.here)
        await desk.until(lambda: desk.session.position_of(desk.here) == after + 1)
        assert [held.role for held in desk.label.event.arguments] == ["victim"]
        assert not desk.label.panel.asking


async def test_keys_typed_while_the_terminal_was_asked_are_taken(sit):
    async with sit("en-1", typed_ahead="a") as desk:
        await desk.until(lambda: bool(desk.session.history.effective))


async def test_the_line_under_a_mention_leaves_the_dots_of_letters_readable(sit):
    import unicodedata

    async with sit("ar-1") as desk:
        item = next(one for one in desk.session.in_order()[1:] if "ي" in one.mention.quote)
        strip = desk.view._draw(desk.view._layout, desk.view._layout.row_at(item.mention.start))
        letters = [
            (unicodedata.normalize("NFKC", letter), bool(segment.style.underline))
            for segment in strip
            for letter in segment.text
            if letter.isalpha()
        ]
        assert ("ي", True) not in letters
        assert any(lined for _, lined in letters)
