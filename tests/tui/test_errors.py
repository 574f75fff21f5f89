"""Looking through errors: groups, filters, the article with both readings, and one key that challenges the gold."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from annotator.model.mention import Mention
from annotator.scoring.errors import Reading, ScoringError
from annotator.store.articles import get_article
from annotator.text.span import Span, span
from annotator.tui.error_app import ErrorApp
from annotator.tui.layout import BidiMode
from annotator.tui.screens.error_groups import ErrorGroupsScreen
from annotator.tui.screens.error_screen import ErrorScreen
from annotator.workflow import mention_edits
from annotator.workflow.challenging import challenged
from annotator.workflow.error_browsing import browsing
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.status import statuses
from tests.tui.conftest import WIDE, Desk
from tests.tui.test_screens import SCREENS, compare

AT_LEAST = "number: at least read as exact"


@pytest.fixture
def texts(project: Project) -> dict[str, str]:
    return {name: get_article(project.engine, name).text for name in ("en-1", "ar-1")}


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return span(start, start + len(words))


@pytest.fixture
def errors(texts) -> list[ScoringError]:
    """Two numbers read as exact, one in each language; a place too long, an argument missed, a spurious trigger."""
    en, ar = texts["en-1"], texts["ar-1"]
    shelled, killed = at(en, "shelled"), at(en, "killed in clashes")

    def number(name: str, text: str, words: str) -> ScoringError:
        where = at(text, words)
        return ScoringError(
            name,
            name[:2],
            "unknown",
            "number",
            "value",
            Reading(where, "number", f"{words}+ persons"),
            Reading(where, "number", f"{words} persons"),
            AT_LEAST,
        )

    return [
        number("en-1", en, "12"),
        ScoringError(
            "en-1",
            "en",
            "unknown",
            "place",
            "boundary",
            Reading(at(en, "Saraqib"), "place", ""),
            Reading(at(en, "town of Saraqib"), "place", ""),
            "place: starts too early",
        ),
        ScoringError(
            "en-1",
            "en",
            "unknown",
            "argument",
            "missed",
            Reading(at(en, "Regime forces"), "attacker", "", shelled, "attack.shelling"),
            None,
            "argument: attacker missed",
        ),
        ScoringError(
            "en-1",
            "en",
            "unknown",
            "trigger",
            "spurious",
            None,
            Reading(killed, "clash.armed", "", None, ""),
            "trigger: clash.armed that gold has not",
        ),
        number("ar-1", ar, "7"),
    ]


@pytest.fixture
def released(project: Project) -> str:
    """A release of both articles, on which two people agreed."""
    for article in ("en-1", "ar-1"):
        for name in ("miriam", "noor"):
            with labelling(project, article, name) as session:
                for item in session.in_order():
                    mention_edits.confirm(session, item)
                session.finish()
        with adjudicating(project, article, "lead") as judged:
            judged.finish()
    return cut_release(project, plan_release(project))


Looking = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def look(workspace: Path, monkeypatch: pytest.MonkeyPatch, errors, texts, released) -> Iterator[Looking]:
    """Look through the errors in the workspace: `async with look() as desk`."""
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("ANNOTATOR_NAME", "ana")

    @asynccontextmanager
    async def looking(
        found=errors, known=texts, gold: str = released, size: tuple[int, int] = WIDE
    ) -> AsyncIterator[Desk]:
        with browsing(found, known, gold) as browsed:
            app = ErrorApp(browsed, "gold/1.0.0 against found.jsonl", BidiMode.GUARD)
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield Desk(app, pilot)

    yield looking


def groups_of(desk: Desk) -> list[tuple[str, str]]:
    table = desk.app.screen.query_one("DataTable")
    return [tuple(str(cell) for cell in table.get_row_at(row)) for row in range(table.row_count)]


def panel_of(desk: Desk) -> str:
    return str(desk.app.screen.panel._facts.content)


async def opened(desk: Desk, *keys: str) -> ErrorScreen:
    await desk.press(*keys, "enter")
    await desk.until(lambda: isinstance(desk.app.screen, ErrorScreen) and desk.app.screen.ready)
    return desk.app.screen


# Groups


async def test_all_errors_come_first_then_the_groups_commonest_first(look):
    async with look() as desk:
        assert groups_of(desk) == [
            ("5", "all errors"),
            ("2", AT_LEAST),
            ("1", "argument: attacker missed"),
            ("1", "place: starts too early"),
            ("1", "trigger: clash.armed that gold has not"),
        ]
        assert "5 errors in 2 articles" in desk.head
        assert "gold/1.0.0 against found.jsonl" in desk.head


async def test_the_panel_shows_what_the_group_at_the_cursor_is_about(look):
    async with look() as desk:
        await desk.press("down", "down")
        assert "argument: attacker missed" in panel_of(desk)
        assert "Regime forces" in panel_of(desk)


@pytest.mark.parametrize(
    ("key", "wanted", "left"),
    [("p", "place", 1), ("k", "value", 2), ("l", "ar", 1), ("a", "en-1", 4)],
)
async def test_one_key_narrows_them_down_by_part_kind_language_and_article(look, key, wanted, left):
    async with look() as desk:
        await desk.press(key)
        options = {one.value: one.key for one in desk.app.screen.panel._picker.shown}
        await desk.press(options[wanted])
        assert groups_of(desk)[0] == (str(left), "all errors")
        assert wanted in desk.head
        await desk.press("escape")
        assert groups_of(desk)[0] == ("5", "all errors")


async def test_choices_add_up_and_each_offers_only_what_is_left(look):
    async with look() as desk:
        await desk.press("l")
        await desk.press(next(one.key for one in desk.app.screen.panel._picker.shown if one.value == "ar"))
        await desk.press("p")
        assert [one.value for one in desk.app.screen.panel._picker.shown] == ["", "number"]
        await desk.press("escape", "l", "0")
        assert groups_of(desk)[0] == ("5", "all errors")


async def test_a_line_of_words_narrows_them_down_as_it_is_typed(look):
    async with look() as desk:
        await desk.press("slash")
        await desk.type("SARAQIB place")
        assert [name for _, name in groups_of(desk)] == ["all errors", "place: starts too early"]
        await desk.press("enter")
        assert "“SARAQIB place”" in desk.head
        await desk.press("slash", "x", "escape")
        assert "“SARAQIB place”" in desk.head
        await desk.press("escape", "slash")
        await desk.type("nowhere")
        await desk.press("enter", "enter")
        assert "No error is so" in panel_of(desk)


async def test_no_errors_is_said_and_nothing_opens(look):
    async with look(found=[]) as desk:
        await desk.press("enter", "p", "escape", "down")
        assert "There is no error." in panel_of(desk)
        assert isinstance(desk.app.screen, ErrorGroupsScreen)


# One error


async def test_an_error_is_shown_in_its_article_with_both_readings(look, texts, errors):
    async with look() as desk:
        await opened(desk, "down")
        assert f"1 of 2 in {AT_LEAST}" in desk.head
        assert "12+ persons" in panel_of(desk)
        assert "12 persons" in panel_of(desk)
        assert desk.view.text == texts["en-1"]
        assert desk.view.caret == errors[0].gold.span.start


async def test_the_two_stretches_look_different_without_any_colour(look, monkeypatch, texts):
    monkeypatch.setenv("NO_COLOR", "1")
    async with look() as desk:
        await opened(desk, "down", "down", "down")
        looks = {
            word: tuple(map(bool, (segment.style.reverse, segment.style.underline, segment.style.italic)))
            for row in desk.app.screen._compositor.render_strips()
            for segment in list(row)[:-1]
            for word in ("own of", "araqib", "Russian")
            if word in segment.text and "warplanes" in row.text
        }
        assert looks["Russian"] == (False, False, False)
        assert looks["own of"] == (False, True, True), "the prediction's alone"
        assert looks["araqib"][:2] == (True, True), "both"


async def test_of_a_value_that_one_side_does_not_give_that_is_said(look, errors):
    unsaid = errors[0]._replace(predicted=errors[0].predicted._replace(said=""))
    async with look(found=[unsaid]) as desk:
        await opened(desk)
        assert panel_of(desk).count("nothing said of it") == 1


async def test_next_and_previous_go_through_the_group_and_over_to_the_next_article(look, texts):
    async with look() as desk:
        await opened(desk, "down")
        await desk.press("n")
        assert "2 of 2" in desk.head
        assert "ar-1" in desk.head
        assert desk.view.text == texts["ar-1"]
        await desk.press("n")
        assert "1 of 2" in desk.head
        assert "On from the first" in desk.says
        await desk.press("p")
        assert "2 of 2" in desk.head


async def test_going_on_to_the_next_group_needs_no_way_back(look):
    async with look() as desk:
        await opened(desk)
        await desk.press("right_parenthesis")
        assert AT_LEAST in desk.head
        await desk.press("left_parenthesis", "left_parenthesis")
        assert "There is no group before" in desk.says


async def test_the_errors_of_a_group_are_listed_and_one_is_gone_to(look):
    async with look() as desk:
        await opened(desk)
        await desk.press("F")
        assert "Saraqib" in desk.screen
        await desk.press("down", "enter")
        assert "2 of 5" in desk.head


async def test_where_groups_are_mixed_every_line_says_which_it_is(look):
    async with look() as desk:
        assert "place: starts too" in panel_of(desk)
        assert "en-1" not in panel_of(desk)
        await opened(desk)
        await desk.press("F")
        assert "argument: attack" in desk.screen
        await desk.press("escape", "q")
        await opened(desk, "down")
        await desk.press("F")
        assert desk.screen.count("ar-1") == 1, "of one group the article is told"


async def test_an_argument_tells_its_event_and_trigger(look):
    async with look() as desk:
        screen = await opened(desk, "down", "down")
        assert "attack.shelling" in panel_of(desk)
        assert "shelled" in panel_of(desk)
        assert "nothing here" in panel_of(desk)
        here = screen.mention_here()
        assert isinstance(here, Mention)
        assert (here.kind, here.label) == ("trigger", "attack.shelling")


async def test_an_argument_tells_what_was_wrong_with_its_trigger_already(look, errors):
    argument = errors[2]
    missed = argument._replace(
        part="trigger",
        gold=Reading(argument.gold.trigger, "attack.shelling"),
        group="trigger: attack.shelling read as clash.armed",
    )
    async with look(found=[argument, missed]) as desk:
        await opened(desk, "down")
        told = " ".join(panel_of(desk).split())
        assert "follows from its trigger: attack.shelling read as clash.armed" in told
    async with look(found=[argument]) as desk:
        await opened(desk, "down")
        assert "follows from" not in panel_of(desk)


async def test_words_that_stand_nowhere_are_no_place(look, errors):
    nowhere = errors[3]._replace(predicted=Reading(span(-1, -1), "clash.armed"))
    async with look(found=[nowhere]) as desk:
        await opened(desk)
        assert "without a place" in panel_of(desk)
        await desk.press("c")
        assert "Neither side says where" in desk.told


async def test_the_article_is_searched_and_read_as_everywhere(look):
    async with look() as desk:
        await opened(desk)
        await desk.press("slash")
        await desk.type("soldiers")
        await desk.press("enter")
        assert "hit 1 of 1" in desk.says
        await desk.press("escape", "n")
        assert "2 of 5" in desk.head
        await desk.press("semicolon")
        assert "hit 1 of 1" in desk.says
        await desk.press("escape", "G")
        assert "GUIDELINE" in desk.screen.upper() or "Kinds of mention" in desk.screen


async def test_what_was_sought_in_one_article_is_not_looked_for_in_the_next(look):
    async with look() as desk:
        await opened(desk, "down")
        await desk.press("slash")
        await desk.type("civilians")
        await desk.press("enter", "escape", "n", "semicolon")
        assert "Nothing is looked for" in desk.says


# Without text, without places


async def test_without_its_text_an_error_shows_its_offsets_and_how_to_give_the_text(look, errors):
    async with look(known={}) as desk:
        await opened(desk)
        where = errors[0].gold.span
        assert f"{where.start}-{where.end}" in panel_of(desk)
        assert "is not at hand" in desk.view.text
        assert "corpus" in desk.view.text
        await desk.press("n", "n", "P", "G", "escape", "F", "down", "enter")


async def test_an_event_without_a_place_is_shown_and_says_why_it_cannot_be_challenged(look):
    bare = ScoringError(
        "en-1", "en", "unknown", "event", "missed", Reading(None, "attack.air", ""), None, "event: missed"
    )
    async with look(found=[bare]) as desk:
        await opened(desk)
        assert "without a place" in panel_of(desk)
        await desk.press("c")
        assert "Neither side says where" in desk.told


# Challenging


async def challenge(desk: Desk, reason: str) -> None:
    await desk.press("c")
    await desk.type(reason)
    await desk.press("enter")


async def test_one_key_challenges_the_gold_and_an_adjudicator_finds_it(look, project, errors):
    async with look() as desk:
        await opened(desk, "down")
        await challenge(desk, "The text says at least.")
        assert "Challenged; it waits for an adjudicator" in desk.says
        assert "challenged" in desk.head
        assert "challenged: waits" in panel_of(desk)
        (filed,) = challenged(project)
        said = filed.challenge
        assert (said.article_id, said.start, said.end) == ("en-1", *errors[0].gold.span)
        assert (said.reason, said.kind, said.gold, said.filed_by) == (
            "The text says at least.",
            "number",
            "1.0.0",
            "c1",
        )
        assert {one.article.article_id: one.state for one in statuses(project)}["en-1"] == "challenged"
        await desk.press("q")
        assert "! 12" in panel_of(desk)
    async with look() as desk:
        await opened(desk, "down")
        assert "challenged: waits" in panel_of(desk), "it is marked the next time as well"


async def test_a_mark_says_what_was_challenged_where_that_was_something_else(look, errors):
    number = errors[0]
    beside = number._replace(part="argument", kind="missed", predicted=None, group="argument: killed missed")
    async with look(found=[number, beside, number._replace(kind="boundary")]) as desk:
        await opened(desk)
        await challenge(desk, "The text says at least.")
        await desk.press("n")
        assert "challenged: number, waits" in panel_of(desk)
        await challenge(desk, "Nobody was killed.")
        assert "challenged: waits" in panel_of(desk)
        await desk.press("n")
        assert "challenged: waits" in panel_of(desk), "the same number"
    async with look(found=[number._replace(part="trigger")]) as desk:
        await opened(desk)
        assert "challenged: waits" in panel_of(desk), "the argument's challenge is of no one thing"


async def test_what_is_spurious_is_challenged_where_the_prediction_stands(look, project, errors):
    async with look() as desk:
        await opened(desk, "end")
        await challenge(desk, "That is an event.")
        (filed,) = challenged(project)
        assert (filed.challenge.start, filed.challenge.end) == tuple(errors[3].predicted.span)
        assert filed.challenge.kind == "trigger"


async def test_where_edges_differ_golds_own_stretch_is_challenged(look, project, errors):
    async with look() as desk:
        await opened(desk, "down", "down", "down")
        await challenge(desk, "The town belongs to it.")
        (filed,) = challenged(project)
        assert (filed.challenge.start, filed.challenge.end) == tuple(errors[1].gold.span)


async def test_nothing_is_filed_without_a_reason_or_when_it_is_left(look, project):
    async with look() as desk:
        await opened(desk)
        await desk.press("c", "enter")
        assert "nothing was challenged" in desk.says
        await desk.press("c", "x", "escape")
        assert challenged(project) == []


async def test_who_is_not_known_is_asked_once(look, project, monkeypatch):
    monkeypatch.delenv("ANNOTATOR_NAME")
    async with look() as desk:
        await opened(desk)
        await desk.press("c")
        assert "Who says so?" in desk.screen
        await desk.type("ana")
        await desk.press("enter")
        await desk.type("Wrong.")
        await desk.press("enter")
        assert len(challenged(project)) == 1
        await desk.press("n", "c")
        assert "What is wrong in gold here?" in desk.screen


async def test_the_same_challenge_again_is_refused_in_words(look, project):
    async with look() as desk:
        await opened(desk)
        await challenge(desk, "Wrong.")
        await challenge(desk, "Wrong.")
        assert "challenged that already" in desk.says
        assert len(challenged(project)) == 1


async def test_plain_gold_cannot_be_challenged_and_it_says_so(look, workspace, project):
    (workspace / "gold.jsonl").write_text("{}\n", encoding="utf-8")
    async with look(gold="gold.jsonl", known={}) as desk:
        await opened(desk)
        await desk.press("c")
        assert "only a release can be challenged" in desk.told
        assert "is not at hand" in desk.view.text
        assert "plain file" in desk.view.text
        await desk.press("x", "enter")
        assert challenged(project) == []


async def test_outside_any_workspace_it_says_what_to_do(look, tmp_path, monkeypatch, errors):
    alone = tmp_path / "alone"
    alone.mkdir()
    monkeypatch.chdir(alone)
    async with look(gold=str(alone), known={}) as desk:
        await opened(desk)
        await desk.press("c")
        assert "is no workspace" in desk.told
        await desk.press("enter", "G", "escape", "n")
        assert "2 of 5" in desk.head


async def test_a_store_that_does_not_answer_keeps_nobody_from_reading(look, monkeypatch, tmp_path):
    monkeypatch.setenv("ANNOTATOR_STORE", f"sqlite:///{tmp_path}/nowhere/work.db")
    async with look() as desk:
        await opened(desk)
        await desk.press("c")
        assert "cannot be opened" in desk.told


# Screens


@pytest.mark.parametrize("row", [0, 1], ids=["en", "ar"])
async def test_an_error_looks_as_it_did(look, row):
    async with look(size=(100, 20)) as desk:
        await opened(desk, "down")
        await desk.press(*["n"] * row)
        await desk.pilot.pause()
        compare(f"error-{('en', 'ar')[row]}", desk.lines)


async def test_the_groups_look_as_they_did(look):
    async with look(size=(100, 20)) as desk:
        await desk.press("down")
        compare("error-groups", desk.lines)


async def test_a_very_small_terminal_waits_and_breaks_nothing(look):
    async with look(size=(40, 10)) as desk:
        await desk.press("down", "enter", "c", "n", "slash")
        assert "40 x 10" in desk.screen
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        await opened(desk)
        await desk.pilot.resize_terminal(40, 10)
        await desk.pilot.pause()
        assert "40 x 10" in desk.screen
        await desk.press("q", "q")
    assert desk.app.return_code == 0


async def test_quitting_gives_the_shell_back(look):
    async with look() as desk:
        await opened(desk)
        await desk.press("q")
        assert isinstance(desk.app.screen, ErrorGroupsScreen)
        await desk.press("q")
    assert desk.app.return_code == 0


async def test_help_and_the_list_of_commands_know_both_screens(look):
    async with look() as desk:
        await desk.press("question_mark")
        assert "Keys of the groups screen" in desk.screen
        await desk.press("escape")
        await opened(desk)
        await desk.press("f1")
        assert "Keys of the errors screen" in desk.screen
        assert "say that gold is wrong here" in desk.screen


async def test_the_way_of_writing_arabic_holds_on_both_screens(look):
    async with look() as desk:
        await opened(desk, "down")
        await desk.press("n")
        assert "\u200e" in desk.screen
        await desk.press("f2", "f2")
        assert "\u200e" not in desk.screen
        await desk.press("q")
        assert desk.app.screen.mode is BidiMode.LOGICAL


@pytest.mark.parametrize("name", ["error-groups", "error-en"])
def test_the_readme_shows_the_screens_as_they_are(name):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.split(f"<!-- screen:{name} -->\n```text\n")[1].split("```\n<!-- /screen -->")[0]
    assert shown == (SCREENS / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n") + "\n"
