"""The queue: what there is to do, and how one gets to it."""

from pathlib import Path

from textual.events import Key

from annotator.errors import Refusal
from annotator.store.log import standings
from annotator.store.people import names
from annotator.tui.layout import BidiMode
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.tui.screens.tour_screen import TourScreen
from annotator.workflow import mention_edits
from annotator.workflow.labelling import labelling


async def test_it_lists_every_article_with_its_state_and_what_is_left(sit, project):
    async with sit() as desk:
        listed = desk.screen
        for article_id, language in (("en-1", "en"), ("ar-1", "ar")):
            line = next(line for line in desk.lines if article_id in line)
            assert language in line.split()
            assert "new" in line
        assert "Airstrikes kill 12 civilians near Idlib" in listed
        assert "0 of 2 articles done" in desk.head


async def test_enter_opens_the_article_under_the_cursor_and_q_comes_back(sit):
    async with sit() as desk:
        await desk.press("down", "enter")
        assert desk.session.article.article_id == "en-1"
        await desk.press("q")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_what_was_settled_is_counted_when_one_comes_back(sit):
    async with sit() as desk:
        await desk.press("down", "enter")
        left = desk.session.untouched
        await desk.press("a", "x", "q")
        line = next(line for line in desk.lines if "en-1" in line)
        assert str(left - 2) in line.split()
        assert "labelled by 0 of 2" in line
        assert desk.app.screen.chosen == "en-1"
        assert "a1" in desk.head


async def test_refresh_takes_in_articles_that_came_meanwhile(sit, workspace: Path):
    async with sit() as desk:
        (workspace / "seeds" / "en-2.txt").write_text("Clashes near Aleppo\n\nTwo soldiers died.\n", encoding="utf-8")
        (workspace / "seeds" / "bad.txt").write_bytes(b"caf\xe9")
        await desk.press("r")
        assert "en-2" in desk.screen
        assert "bad.txt is not UTF-8" in desk.says


async def test_a_store_that_does_not_answer_is_said_so_and_the_articles_stay(sit, monkeypatch):
    from annotator.workflow import listing

    def silent(*_):
        raise Refusal("store.unreachable", "The store does not answer.")

    async with sit() as desk:
        monkeypatch.setattr(listing, "statuses_of", silent)
        await desk.press("r")
        assert "The store does not answer." in desk.says
        assert "en-1" in desk.screen


async def test_an_article_that_cannot_be_adjudicated_yet_is_said_so(sit):
    async with sit() as desk:
        await desk.press("j")
        assert isinstance(desk.app.screen, QueueScreen)
        assert "was finished by 0 of the 2 annotators" in desk.says


async def test_an_empty_corpus_says_what_to_do(sit, workspace: Path):
    import shutil

    shutil.rmtree(workspace / ".annotator")
    for path in (workspace / "seeds").glob("*.txt"):
        path.unlink()
    async with sit() as desk:
        assert "There are no articles yet" in desk.says
        await desk.press("enter", "j", "r")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_name_is_asked_for_once_and_remembered(sit, workspace: Path):
    async with sit(name=None) as desk:
        await desk.press(*["backspace"] * 20)
        await desk.press("enter")
        assert "cannot be a person's name" in desk.screen
        await desk.type("noor")
        await desk.press("enter")
        assert isinstance(desk.app.screen, QueueScreen)
        await desk.press("enter")
        assert isinstance(desk.app.screen, LabelScreen)
    assert (workspace / ".annotator" / "person").read_text() == "noor"


async def test_leaving_the_question_for_a_name_ends_the_program(sit):
    async with sit(name=None) as desk:
        await desk.press("escape")
        assert not desk.app.is_running or desk.app._exit


async def test_the_help_lists_every_key_of_the_queue(sit):
    async with sit() as desk:
        await desk.press("question_mark")
        assert "adjudicate the article" in desk.screen
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_it_works_on_eighty_columns(sit):
    async with sit(size=(80, 24)) as desk:
        assert "en-1" in desk.screen
        assert "Airstrikes" in desk.screen


def type_ahead(desk, *keys: str) -> None:
    for key in keys:
        desk.app.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_typed_ahead_act_in_their_order(sit):
    async with sit() as desk:
        type_ahead(desk, "down", "enter", "a")
        await desk.until(lambda: "1 of" in desk.head and "saved ✓" in desk.head)
        assert desk.session.article.article_id == "en-1"
        assert len(desk.session.history.effective) == 1


async def test_keys_typed_ahead_of_the_tour_are_for_the_tour(sit):
    async with sit() as desk:
        type_ahead(desk, "T", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, TourScreen) and "1 of" in desk.head)
        assert len(desk.app.screen.session.history.effective) == 1
        await desk.press("q")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_key_typed_ahead_of_the_card_answers_it(sit):
    async with sit() as desk:
        type_ahead(desk, "f7", "enter", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, LabelScreen))
        assert desk.app.mode is BidiMode.GUARD


async def test_the_cursor_stands_on_the_article_that_one_comes_back_from(sit):
    async with sit("en-1") as desk:
        await desk.press("q")
        assert desk.app.screen.chosen == "en-1"


async def test_a_long_title_shows_its_beginning_whichever_way_it_reads(sit, workspace: Path):
    title = "مقتل " + "كلمة " * 30 + "النهاية"
    (workspace / "seeds" / "ar-2.txt").write_text(f"{title}\n\nقصف.\n", encoding="utf-8")
    from annotator.tui.layout import beginning, one_line

    async with sit(size=(80, 24)) as desk:
        await desk.press("r", "pagedown", "enter", "q")
        line = next(line for line in desk.lines if "ar-2" in line)
        assert one_line("مقتل").strip() in line
        assert "…" in line
    assert beginning("abcdef", 4) == "abc…"
    assert beginning("abcd", 4) == "abcd"
    assert beginning("قصف جوي", 5, BidiMode.LOGICAL).endswith("…")


async def test_who_labelled_everything_is_told_what_comes_next(sit, project):
    for name in ("miriam", "noor"):
        for article in ("en-1", "ar-1"):
            with labelling(project, article, name) as session:
                for item in session.in_order():
                    mention_edits.confirm(session, item)
                session.finish(read_to_end=True)
        async with sit(name="miriam") as desk:
            waits = "nothing waits for you" if name == "miriam" else "press j to settle"
            assert waits in desk.says


def finish(project, article: str, *people: str) -> None:
    for name in people:
        with labelling(project, article, name) as session:
            for one in session.in_order():
                mention_edits.confirm(session, one)
            session.finish()


async def test_an_adjudicator_who_comes_back_is_not_made_an_annotator(sit, project):
    finish(project, "en-1", "miriam", "noor")
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        desk.adjudicate.action_edge(1)
        await desk.press("q")
        assert desk.app.screen.chosen == "en-1"
        await desk.press("enter")
        assert isinstance(desk.app.screen, QueueScreen), "it is asked for again"
        assert "Enter again" in desk.says
        await desk.press("enter")
        assert desk.label.session.person == "a3"
        await desk.press("q")
    assert names(project.engine) == {"a1": "miriam", "a2": "noor"}
    assert {standing.person for standing in standings(project.engine)} == {"a1", "a2"}


async def test_whoever_decided_something_as_adjudicator_labels_elsewhere(sit, project):
    finish(project, "en-1", "miriam", "noor")
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        await desk.press("w")
        await desk.type("A note.")
        await desk.press("enter", "q", "enter", "enter")
        assert "You adjudicate en-1" in desk.says
    assert names(project.engine) == {"a1": "miriam", "a2": "noor", "j1": "lead"}


async def test_behind_an_article_that_is_done_the_cursor_goes_to_the_next_that_waits(sit, project):
    finish(project, "en-1", "noor", "zoe")
    async with sit("ar-1", name="miriam") as desk:
        while desk.session.untouched:
            await desk.press("enter")
        await desk.press("D", "y", "q")
        assert desk.app.screen.chosen == "ar-1", "no other waits"
        await desk.press("enter")
        assert "This article is done" in desk.says
        await desk.press("q")
        assert desk.app.screen.chosen == "ar-1"
    finish(project, "ar-1", "noor")
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        await desk.press("D", "q")
        assert desk.app.screen.chosen == "ar-1"


# Where articles are handed out


def _assigned(project, **wish):
    from annotator.workflow.assigning import Wish, carry_out, plan

    carry_out(project, plan(project, Wish(**wish)))


async def test_assigned_work_comes_by_one_key_and_what_is_others_is_not_listed(sit, project):
    _assigned(project, overlap=1)
    async with sit() as desk:
        assert not any("en-1" in line or "ar-1" in line for line in desk.lines)
        assert "n gives you the next article" in desk.says
        await desk.press("n")
        assert desk.session.article.article_id == "ar-1"
        await desk.press("a", "q")
        assert any("ar-1" in line for line in desk.lines)
        await desk.press("n")
        assert desk.session.article.article_id == "ar-1", "what was begun comes first"


async def test_when_nothing_waits_the_queue_says_so_and_takes_the_next_key(sit, project):
    _assigned(project, overlap=1, people=("somebody else",))
    async with sit() as desk:
        await desk.press("n")
        assert "Nothing waits for you" in desk.says
        await desk.press("N")
        assert "Nothing waits for you" in desk.says


async def test_unassigned_work_is_listed_and_n_opens_the_first_of_it(sit):
    async with sit() as desk:
        await desk.press("n")
        assert desk.session.article.article_id == "ar-1"


async def test_a_long_list_is_shown_page_by_page(sit, workspace: Path, monkeypatch):
    from annotator.workflow import listing

    for number in range(7):
        (workspace / "seeds" / f"more-{number}.txt").write_text("Two soldiers died near Aleppo.\n", encoding="utf-8")
    monkeypatch.setattr(listing.Listing.page, "__defaults__", (listing.Stretch(), 4))
    async with sit() as desk:
        await desk.press("r")
        assert "0 of 9 articles done, ar-1 to more-1" in desk.head
        assert "more-2" not in desk.screen
        await desk.press("down", "down", "down")
        assert desk.app.screen.chosen == "more-1"
        await desk.press("down")
        assert (desk.app.screen.chosen, desk.screen.count("more-")) == ("more-2", 6)  # two of them in the head
        await desk.press("pagedown", "pagedown")
        assert "more-6 to more-6" in desk.head
        await desk.press("down")
        assert desk.app.screen.chosen == "more-6"
        await desk.press("enter", "x", "q")
        assert desk.app.screen.chosen == "more-6"
        await desk.press("up")
        assert desk.app.screen.chosen == "more-5"
        await desk.press("pageup", "pageup")
        assert "ar-1 to more-1" in desk.head
        assert desk.app.screen.chosen == "more-1"


async def test_an_article_on_another_page_is_turned_to(sit, workspace: Path, monkeypatch):
    from annotator.workflow import listing

    for number in range(7):
        (workspace / "seeds" / f"more-{number}.txt").write_text("Two soldiers died near Aleppo.\n", encoding="utf-8")
    monkeypatch.setattr(listing.Listing.page, "__defaults__", (listing.Stretch(), 3))
    async with sit() as desk:
        await desk.press("r")
        desk.app.screen.show_articles("more-5")
        await desk.press()
        assert desk.app.screen.chosen == "more-5"
        assert "more-5 to more-6" in desk.head
