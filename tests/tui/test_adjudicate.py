"""Adjudicating: only what two people disagree on, settled by one key, on the record."""

import pytest

from annotator.store.articles import get_article
from annotator.text.span import span
from annotator.tui.screens.label import LabelScreen
from annotator.tui.screens.queue import QueueScreen
from annotator.workflow import event_edits, linking, mention_edits
from annotator.workflow.challenging import file_challenge
from annotator.workflow.labelling import adjudicating, labelling
from annotator.workflow.releasing import cut_release, plan_release
from annotator.workflow.tellings import own_tellings


def item(session, quote, kind=None):
    return next(one for one in session.in_order() if one.mention.quote == quote and kind in (None, one.mention.kind))


def confirm_the_rest(session):
    for one in session.in_order():
        if one.disposition is None:
            mention_edits.confirm(session, one)
    session.finish()


@pytest.fixture(params=["en-1", "ar-1"])
def disputed(request, project) -> str:
    """An article that two people finished and disagree on: a place, a number's value, and an event's frame."""
    article, place, number, trigger = {
        "en-1": ("en-1", "Idlib", "14", "shelled"),
        "ar-1": ("ar-1", "حلب", "3", "اشتباكات"),
    }[request.param]
    with labelling(project, article, "miriam") as session:
        mention_edits.reject(session, item(session, place))
        event_edits.make_event(session, item(session, trigger, "trigger"))
        confirm_the_rest(session)
    with labelling(project, article, "noor") as session:
        found = item(session, number)
        mention_edits.revalue(session, found, found.mention.value.model_copy(update={"scope": "cumulative"}))
        made = event_edits.make_event(session, item(session, trigger, "trigger"))
        event_edits.set_certainty(session, session.annotation.live_events()[made], "attributed")
        confirm_the_rest(session)
    return article


def shown_answers(desk) -> set[str]:
    """Numbers with whose answers they are, as the panel shows them."""
    found = (line.rpartition("│")[2].strip() for line in desk.lines)
    return {line for line in found if line[:1].isdecimal() and line[1:3] == "  "}


@pytest.fixture
def sit_to_judge(sit, disputed):
    return lambda: sit(disputed, name="lead", stage="adjudicate")


async def test_only_disagreements_are_asked_about_and_both_answers_are_shown(sit_to_judge):
    async with sit_to_judge() as desk:
        assert len(desk.adjudicate.adjudication.disagreements) == 3
        assert "0 of 3 settled, 3 left" in desk.head
        assert " 1 " in desk.screen
        assert "a1" not in desk.screen
        assert "a2" not in desk.screen
        assert {"1  A", "2  B"} <= shown_answers(desk) or {"1  B", "2  A"} <= shown_answers(desk)
        assert "open" in desk.screen


async def test_one_key_settles_and_goes_on(sit_to_judge):
    async with sit_to_judge() as desk:
        asked = []
        for key in ("1", "2", "0"):
            one = desk.adjudicate.disagreement
            asked.append(one.id)
            await desk.press(key)
            assert desk.adjudicate.adjudication.ruling_on(one) is not None
        assert len(set(asked)) == 3
        await desk.press("s", "3")
        assert "3 of 3 settled, 0 left" in desk.head
        assert "Everything is settled" in desk.says
        await desk.saved()


async def test_the_pick_is_what_that_person_said(sit_to_judge):
    async with sit_to_judge() as desk:
        for _ in range(3):
            one = desk.adjudicate.disagreement
            chosen = one.answers[1]
            await desk.press("2")
            rule = desk.adjudicate.adjudication.ruling_on(one)
            assert (rule.choice, rule.annotator) == ("pick", chosen.people[0])


async def test_a_number_beyond_the_answers_settles_nothing(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        await desk.press("5")
        assert "no such answer" in desk.says
        assert desk.adjudicate.disagreement == one
        assert len(desk.adjudicate.adjudication.unsettled()) == 3


async def test_the_next_open_disagreement_is_one_key(sit_to_judge):
    async with sit_to_judge() as desk:
        first, second, third = desk.adjudicate.adjudication.disagreements
        await desk.press("n")
        assert desk.adjudicate.disagreement == second
        await desk.press("1")
        assert desk.adjudicate.disagreement == third
        await desk.press("tab", "tab")
        assert desk.adjudicate.disagreement == third
        await desk.press("up")
        assert desk.adjudicate.disagreement == second
        await desk.press("down", "down")
        assert desk.adjudicate.disagreement == first


async def test_undo_goes_back_to_what_it_opens_again(sit_to_judge):
    async with sit_to_judge() as desk:
        first = desk.adjudicate.disagreement
        before = desk.session.annotation
        await desk.press("1", "u")
        assert desk.adjudicate.disagreement == first
        assert desk.session.annotation == before
        assert "0 of 3 settled" in desk.head
        await desk.press("U")
        assert "1 of 3 settled" in desk.head


async def test_done_is_refused_while_something_is_open_and_then_accepted(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("D")
        assert "Not settled yet: 3 disagreements" in desk.says
        await desk.press("1", "1", "1", "D")
        assert desk.session.annotation.finished
        assert "adjudicated" in desk.says
        await desk.press("2")
        assert "marked done" in desk.says
        await desk.press("q")
        assert isinstance(desk.app.screen, QueueScreen)
        assert "adjudicated" in desk.screen


async def test_an_answer_of_ones_own_is_made_on_the_labelling_screen(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        await desk.press("e")
        assert isinstance(desk.app.screen, LabelScreen)
        assert desk.view.caret == one.span.start
        count = len(desk.session.history.effective)
        await desk.press("K", "2")
        assert len(desk.session.history.effective) == count + 1
        await desk.press("q")
        assert desk.adjudicate.adjudication.ruling_on(one).choice == "edited"
        assert "No annotator said this. Why?" in desk.screen
        await desk.press("s", "3")
        assert "settled against all: edited" in desk.screen
        await desk.press("1")
        await desk.saved()
        assert "2 of 3 settled" in desk.head or "1 of 3 settled" in desk.head


async def test_an_answer_of_ones_own_that_changed_nothing_settles_nothing(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("e", "q")
        assert "Nothing was changed there" in desk.says
        assert "0 of 3 settled" in desk.head


async def test_what_was_changed_in_place_of_the_ruling_is_kept(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("e", "u", "!", "q")
        assert desk.session.annotation.flagged
        assert "0 of 3 settled" in desk.head


async def test_the_place_stays_while_one_looks_at_the_help(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("pagedown")
        place = desk.adjudicate.place
        await desk.press("f1", "escape")
        assert desk.adjudicate.place == place


async def test_the_labelling_screen_cannot_end_an_adjudication_with_open_disagreements(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("e", "D")
        assert not desk.session.annotation.finished
        assert "Go back to the disagreements first" in desk.says


async def test_the_work_is_there_when_one_comes_back(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("1", "q")
    async with sit_to_judge() as desk:
        assert "1 of 3 settled" in desk.head
        assert desk.adjudicate.disagreement == desk.adjudicate.adjudication.unsettled()[0]


async def test_it_is_opened_from_the_queue(sit, disputed):
    async with sit(name="lead") as desk:
        assert "to adjudicate" in desk.screen
        if desk.app.screen.chosen != disputed:
            await desk.press("down")
        await desk.press("j")
        assert desk.adjudicate.session.article.article_id == disputed


async def test_a_second_adjudicator_is_told_who_has_it(sit, sit_to_judge, disputed):
    async with sit_to_judge() as desk:
        await desk.press("1")
        await desk.saved()
    async with sit(disputed, name="someone else", stage="adjudicate") as desk:
        pass
    assert "adjudicated by j1 already" in str(desk.app.refusal)


async def test_two_people_who_agree_leave_only_the_last_key(sit, project):
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "agree on everything" in desk.says
        await desk.press("1", "0", "n", "up", "u", "D")
        assert desk.session.annotation.finished


@pytest.fixture
def agreed(project) -> str:
    """An article on which two people say the same."""
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            confirm_the_rest(session)
    return "en-1"


@pytest.mark.parametrize("key", ["E", "e"])
async def test_what_all_have_wrong_is_mended_by_hand_and_gold_does_not_call_it_unanimous(sit, project, agreed, key):
    async with sit(agreed, name="lead", stage="adjudicate") as desk:
        wrong = item(desk.session, "Idlib").mention
        desk.view.move_to(wrong.start)
        await desk.press(key)
        assert isinstance(desk.app.screen, LabelScreen)
        assert desk.here.mention == wrong
        await desk.press("K", "2", "q")
        assert desk.view.caret == wrong.start
        assert "Mended" in desk.says
        await desk.press("D")
        await desk.saved()
    (record,) = plan_release(project).release.records
    mended = next(one for one in record.mentions if one.quote == "Idlib")
    assert mended.kind == "actor"
    assert mended.id not in record.provenance.unanimous
    assert len(record.provenance.unanimous) == len(record.mentions) - 1


async def test_an_event_that_lost_a_part_by_hand_is_not_unanimous(sit, project):
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            made = event_edits.make_event(session, item(session, "shelled", "trigger"))
            event_edits.attach(session, session.annotation.live_events()[made], "place", item(session, "Idlib"))
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        desk.view.move_to(item(desk.session, "Idlib").mention.start)
        await desk.press("E", "x", "q", "D")
        await desk.saved()
    (record,) = plan_release(project).release.records
    assert [event.arguments for event in record.events] == [()]
    assert "e1" not in record.provenance.unanimous


async def test_an_article_that_is_done_is_opened_again_before_it_is_mended(sit, agreed):
    async with sit(agreed, name="lead", stage="adjudicate") as desk:
        await desk.press("D", "E")
        assert "marked done" in desk.says
        await desk.press("D", "E", "q")
        assert "Nothing was changed" in desk.says


async def test_what_is_asked_about_is_settled_by_mending_it(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        await desk.press("1", "up", "E", "K", "2", "q")
        assert desk.adjudicate.adjudication.ruling_on(one).choice == "edited"
        assert "No annotator said this. Why?" in desk.screen
        await desk.press("s", "3", "E", "u", "q")
        assert desk.adjudicate.adjudication.reason_of(one) is None, "an undo there is no answer of one's own"
        assert desk.adjudicate.adjudication.ruling_on(one).choice == "edited"


async def test_home_and_end_go_to_the_edges_of_the_article(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("end")
        assert desk.view.caret == len(desk.session.article.text)
        await desk.press("home")
        assert desk.view.caret == 0


@pytest.mark.parametrize("size", [(80, 24)])
async def test_it_fits_on_eighty_columns(sit, disputed, size):
    async with sit(disputed, name="lead", stage="adjudicate", size=size) as desk:
        assert " 1 " in desk.screen
        assert " 2 " in desk.screen
        assert "none of these" in desk.screen
        await desk.press("1")
        assert "1 of 3 settled" in desk.head


# --- slot by slot, all at once, why, and who ---


async def to_the_event(desk):
    while desk.adjudicate.disagreement.what != "event":
        await desk.press("n")


async def test_an_event_is_settled_slot_by_slot(sit_to_judge):
    async with sit_to_judge() as desk:
        await to_the_event(desk)
        event = desk.adjudicate.disagreement
        assert [slot.name for slot in event.slots] == ["certainty"]
        await desk.press("s")
        assert "certainty" in desk.screen
        chosen = event.slots[0].answers[1]
        await desk.press("2")
        assert desk.session.annotation.live_events()[event.id].certainty == chosen.filling
        assert desk.adjudicate.adjudication.is_settled(event)
        assert desk.adjudicate.disagreement != event


async def test_a_mention_has_no_slots(sit_to_judge):
    async with sit_to_judge() as desk:
        await desk.press("s")
        assert "no slots" in desk.says


async def test_all_that_is_left_is_settled_at_once_only_when_it_is_said_twice(sit_to_judge):
    async with sit_to_judge() as desk:
        adjudication = desk.adjudicate.adjudication
        await desk.press("A", "a", "n")
        assert len(adjudication.unsettled()) == 3
        await desk.press("A", "a", "y")
        assert adjudication.unsettled() == []
        assert "3 disagreements settled at once" in desk.says
        assert len({adjudication.ruling_on(one).annotator for one in adjudication.disagreements}) == 1
        await desk.press("u")
        assert len(adjudication.unsettled()) == 3


async def test_overruling_all_asks_why_and_is_not_done_before_it_is_said(sit_to_judge):
    async with sit_to_judge() as desk:
        adjudication = desk.adjudicate.adjudication
        await to_the_event(desk)
        event = desk.adjudicate.disagreement
        await desk.press("0")
        assert "No annotator said this. Why?" in desk.screen
        await desk.press("escape")
        for one in adjudication.unsettled():
            adjudication.pick(one, one.answers[0])
        await desk.press("D")
        assert "not said why: 1 disagreement" in desk.says
        await desk.press("n")
        assert desk.adjudicate.disagreement == event
        await desk.press("X", "g", "2")
        reason = adjudication.reason_of(event)
        assert (reason.why, reason.confidence) == ("guideline_gap", 2)
        assert "fairly sure" in desk.screen
        await desk.press("D")
        assert desk.session.annotation.finished


async def test_who_says_what_is_told_when_asked_and_the_log_knows(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        await desk.press("r")
        assert "a1" in desk.screen
        assert "a2" in desk.screen
        assert one.id in desk.session.annotation.revealed
        await desk.press("n")
        assert "a1" not in desk.screen


async def test_letters_are_dealt_anew_for_each_disagreement(sit_to_judge):
    async with sit_to_judge() as desk:
        adjudication = desk.adjudicate.adjudication
        dealt = [adjudication.called(one) for one in adjudication.disagreements]
        assert all(sorted(called.values()) == ["A", "B"] for called in dealt)
        twenty = [
            one.__class__(f"{one.id}{n}", one.what, one.span, one.answers)
            for one in adjudication.disagreements
            for n in range(9)
        ]
        assert {adjudication.called(one)["a1"] for one in twenty} == {"A", "B"}


async def test_worst_first_begins_where_answers_differ_most(sit_to_judge):
    async with sit_to_judge() as desk:
        found = desk.adjudicate.adjudication.disagreements
        await desk.press("o")
        assert "Worst first" in desk.says
        seen = []
        for _ in found:
            one = desk.adjudicate.disagreement
            seen.append((one.what == "mention", one.weight))
            await desk.press("down")
        assert seen == sorted(seen, reverse=True)
        await desk.press("o")
        assert "In reading order" in desk.says


async def test_an_editor_that_a_kill_closed_settles_nothing(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        desk.adjudicate.adjudication.edit(one)
        await desk.saved()
    async with sit_to_judge() as desk:
        assert "0 of 3 settled" in desk.head


async def test_what_came_up_since_is_said_and_marked(sit_to_judge, disputed, project):
    async with sit_to_judge() as desk:
        await desk.press("1")
        await desk.saved()
    with labelling(project, disputed, "noor") as session:
        session.reopen()
        gone = next(one for one in session.in_order() if one.mention.kind == "actor")
        mention_edits.reject(session, gone)
        session.finish()
    async with sit_to_judge() as desk:
        assert "New since you were here: 1 disagreement" in desk.says
        (new,) = desk.adjudicate.adjudication.new
        while desk.adjudicate.disagreement.id != new:
            await desk.press("n")
        assert "ACTOR" in desk.screen or "MENTION" in desk.screen
        assert "  new" in desk.screen


async def test_where_edges_differ_both_ends_are_seen_however_long_it_is(sit, project):
    text = project.workspace.corpus / "en-1.txt"
    first = text.read_text(encoding="utf-8").index("Russian")
    for name, ends in (("miriam", "civilians,"), ("noor", "civilians,\n")):
        with labelling(project, "en-1", name) as session:
            end = session.article.text.index(ends, first) + len(ends)
            mention_edits.add(session, "actor", first, end)
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "boundary" in desk.screen
        shown = [line.rpartition("│")[2].strip() for line in desk.lines]
        assert sum(line.startswith("Russian warplanes") for line in shown) == 2
        assert sum(line.endswith("civilians,") for line in shown) == 1
        assert sum(line.endswith("civilians,␊") for line in shown) == 1


async def test_an_event_of_which_nothing_is_left_to_ask_is_passed_over_and_says_so(sit, project):
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            made = event_edits.make_event(session, item(session, "shelled", "trigger"))
            if name == "miriam":
                event_edits.attach(session, session.annotation.live_events()[made], "place", item(session, "Idlib"))
            else:
                mention_edits.reject(session, item(session, "Idlib"))
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        place = desk.adjudicate.disagreement
        assert "0 of 2 settled" in desk.head
        await desk.press("0")
        assert "2 of 2 settled" in desk.head
        assert "Everything is settled" in desk.says
        await desk.press("down")
        assert "EVENT" in desk.screen
        assert "with its mentions" in desk.screen
        await desk.press("u")
        assert desk.adjudicate.disagreement == place, "an undo goes to what was ruled on"
        assert "0 of 2 settled" in desk.head


@pytest.fixture
def challenge(project, disputed) -> str:
    """A challenge to the gold of the article, which is adjudicated."""
    with adjudicating(project, disputed, "lead") as adjudication:
        for one in adjudication.disagreements:
            adjudication.pick(one, one.answers[0])
        adjudication.finish()
    gold = cut_release(project, plan_release(project))
    file_challenge(project, gold, disputed, span(0, 5), "That never was.", "reader")
    return disputed


async def test_a_challenge_is_shown_and_declined_with_a_reason_on_the_record(sit_to_judge, challenge):
    async with sit_to_judge() as desk:
        assert "challenged: 1 time" in desk.says
        await desk.press("c")
        assert "That never was." in desk.screen
        await desk.press("d")
        await desk.type("The title says so.")
        await desk.press("enter")
        (said,) = desk.session.annotation.challenges.values()
        assert (said.outcome, said.why) == ("declined", "The title says so.")
        assert desk.session.annotation.finished
        await desk.press("c")
        assert "Nobody has challenged" in desk.screen


async def test_an_accepted_challenge_opens_the_editor_and_stands_only_if_something_is_mended(sit_to_judge, challenge):
    async with sit_to_judge() as desk:
        await desk.press("c", "a")
        await desk.type("True.")
        await desk.press("enter")
        assert isinstance(desk.app.screen, LabelScreen)
        await desk.press("q")
        await desk.until(lambda: not isinstance(desk.app.screen, LabelScreen))
        assert desk.session.annotation.finished
        assert not desk.session.annotation.challenges
        await desk.press("c", "a")
        await desk.type("True.")
        await desk.press("enter")
        await desk.press("N", "x")
        await desk.press("q")
        await desk.until(lambda: not isinstance(desk.app.screen, LabelScreen))
        (said,) = desk.session.annotation.challenges.values()
        assert said.outcome == "accepted"
        assert not desk.session.annotation.finished


async def test_a_sentence_can_be_said_with_a_why_and_is_shown_with_it(sit_to_judge):
    async with sit_to_judge() as desk:
        one = desk.adjudicate.disagreement
        await desk.press("1", "up", "X", "g", "w")
        await desk.type("Is a count of strikes an argument?")
        await desk.press("enter", "2")
        reason = desk.adjudicate.adjudication.reason_of(one)
        assert (reason.why, reason.confidence) == ("guideline_gap", 2)
        assert reason.note == "Is a count of strikes an argument?"
        assert "Is a count of strikes an" in desk.screen


async def test_why_is_not_asked_as_a_difference_where_all_say_the_same(sit, project, agreed):
    config = project.workspace.root / "annotator.toml"
    config.write_text(config.read_text(encoding="utf-8") + "\n[adjudication]\nunanimous = false\n", encoding="utf-8")
    async with sit(agreed, name="lead", stage="adjudicate") as desk:
        assert "all say the same" in desk.screen
        await desk.press("X")
        assert "Why do they differ?" not in desk.screen
        assert "All say the same." in desk.screen


@pytest.mark.parametrize("key", ["X", "A", "r", "0"])
async def test_a_key_that_has_nothing_to_be_about_says_so(sit, agreed, key):
    async with sit(agreed, name="lead", stage="adjudicate") as desk:
        await desk.press(key)
        assert "Nothing is asked about here" in desk.says + desk.told


async def test_why_somebody_rejects_is_seen_and_kept_with_the_pick(sit, project):
    for name in ("miriam", "noor"):
        with labelling(project, "en-1", name) as session:
            if name == "noor":
                mention_edits.reject(session, item(session, "Idlib"), "idiom")
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        one = desk.adjudicate.disagreement
        assert "nothing here (idiom)" in desk.screen
        await desk.press("0")
        assert desk.session.annotation.settled[one.id].reason == "idiom"


async def test_different_reasons_for_one_rejection_are_told_until_one_holds(sit, project):
    for name, reason in (("miriam", "idiom"), ("noor", "generic")):
        with labelling(project, "en-1", name) as session:
            mention_edits.reject(session, item(session, "Idlib"), reason)
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "generic or idiom" in " ".join(desk.says.split())
        await desk.press("E")
        assert desk.here.mention.quote == "Idlib"
        await desk.press("X", "i", "q", "D")
        await desk.saved()
    (record,) = plan_release(project).release.records
    assert [(one.quote, one.reason) for one in record.rejected if one.quote == "Idlib"] == [("Idlib", "idiom")]
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        assert "idiom" not in desk.says


@pytest.mark.parametrize("where", ["here", "elsewhere"])
async def test_to_what_an_event_is_linked_is_shown_with_each_answer(sit, project, where):
    for name in ("miriam", "noor"):
        if where == "elsewhere":
            with labelling(project, "ar-1", name) as session:
                event_edits.make_event(session, item(session, "اشتباكات", "trigger"))
        with labelling(project, "en-1", name) as session:
            first, *others = [one for one in session.in_order() if one.mention.kind == "trigger"]
            for trigger in (first, *others):
                event_edits.make_event(session, trigger)
            last = list(session.annotation.live_events().values())[-1]
            if name == "noor" and where == "here":
                other = linking.here(session, next(iter(session.annotation.live_events().values())))
                linking.tell_as_same(session, last, other)
            elif name == "noor":
                (other,) = tellings_of(session, "ar-1")
                linking.tell_as_same(session, last, other)
            confirm_the_rest(session)
    async with sit("en-1", name="lead", stage="adjudicate") as desk:
        await to_the_event(desk)
        while [slot.name for slot in desk.adjudicate.disagreement.slots] != ["hub"]:
            await desk.press("n")
        said = f"same as {first.mention.quote}" if where == "here" else "same as one in ar-1"
        assert said in desk.screen
        assert "same as no other event" in desk.screen
        await desk.press("s")
        assert "same as  open" in desk.screen
        assert "no other event" in desk.screen


def tellings_of(session, article_id):
    return list(own_tellings(session, get_article(session.project.engine, article_id)))
