"""The adjudication screen: only what annotators disagree on, their answers beside the text, settled by one key.

What the panel says is `disagreement_facts`; what a key settles is `workflow.adjudicating`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, get_args

from rich.text import Text
from textual.binding import BindingType

from annotator.adjudication.disagreement import Disagreement, Slot
from annotator.adjudication.ruled import item_of
from annotator.model.challenge import Challenge, Outcome
from annotator.model.decision import Decision, Rule, WhyWrong
from annotator.model.event import Event
from annotator.model.mention import Kind, Mention
from annotator.model.migrating import Question
from annotator.model.note import Note
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.tui.actions import ScreenName
from annotator.tui.disagreement_facts import Answers, head
from annotator.tui.facts import ROOM, quote
from annotator.tui.highlights import Highlight
from annotator.tui.keys import bindings
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.screens.mending_screen import MendingScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow.adjudicating import CONFIDENCE, Adjudication
from annotator.workflow.reasons import WHY

_QUESTION = "?"
"""Id of the highlight that shows where the disagreement is."""

_WHY_KEYS: Mapping[WhyWrong, str] = dict(zip(get_args(WhyWrong), "agsf", strict=True))

_SHORT = 20
"""Cells of a quote that shares the message line with more."""

_NOTHING_ASKED = "Nothing is asked about here. E mends what all annotators have wrong."

_OUTCOMES = (
    Option("accepted", "it is right: mend the gold", "a"),
    Option("declined", "it is not: the gold stays", "d"),
)


class AdjudicateScreen(MendingScreen):
    """One adjudicator settles one article."""

    name_of_screen: ClassVar[ScreenName] = "adjudicate"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("adjudicate")]

    def __init__(self, adjudication: Adjudication, mode: BidiMode) -> None:
        """Adjudicate; begins at the first disagreement that is open."""
        super().__init__(adjudication, mode)
        self._order: Sequence[int] = range(len(adjudication.disagreements))
        """The disagreements in the order in which they are walked through."""
        self._at = 0
        """Index of the one that is asked about."""
        self._slot: int | None = None
        """Index of the slot that is asked about; None while whole answers are."""

    def begin(self) -> None:
        """Go to the first disagreement that is open."""
        if not self.adjudication.disagreements and (doubtful := self.adjudication.without_reason()):
            self.view.move_to(self.session.annotation.settled[doubtful[0]].mention.start)
        self._go(next(filter(self._is_open, self._order), 0))
        self.say(" ".join(self._first_words()))

    def _first_words(self) -> Iterator[str]:
        """Give what the adjudicator should know before anything else."""
        if not self.adjudication.disagreements:
            yield "The annotators agree on everything. E mends what they all have wrong, D marks it adjudicated."
        if doubtful := self.adjudication.without_reason():
            first = self.session.annotation.settled[doubtful[0]].mention
            reasons = " or ".join(map(display, self.adjudication.merge.reasons_differ[first.id]))
            here = f"first {quote(first.quote, self.mode, _SHORT)} ({reasons}): E there, then X, says which."
            yield f"All reject {counted(len(doubtful), 'candidate')} for different reasons, {here}"
        yield from self.waiting_questions()
        if asked := sum(note.kind == "question" for _, note in self.adjudication.notes):
            yield f"The annotators ask {counted(asked, 'question')}: Q lists them."
        if waiting := len(self.adjudication.challenges()):
            yield f"The released gold is challenged: {counted(waiting, 'time')}. c answers."
        if self.adjudication.regions_differ and self.session.annotation.regions is None:
            yield "They do not agree where boilerplate is: b on a paragraph says it."
        if new := len(self.adjudication.new):
            yield f"New since you were here: {counted(new, 'disagreement')}. What you settled holds."

    def notes(self) -> list[tuple[str, Note]]:
        """Give what annotators wrote in the margin, and the adjudicator."""
        return [*(("their ", note) for _, note in self.adjudication.notes), *super().notes()]

    def came_back(self, *, ruled: bool) -> None:
        """Go on at the disagreement, or where something was mended, and ask why where all annotators are wrong."""
        self._go(self._at) if ruled else self.after_change()
        if (one := self.disagreement) is not None:
            self._ask_why_if_all_are_wrong(one, self.after_change)

    @property
    def disagreement(self) -> Disagreement | None:
        """The disagreement that is asked about."""
        found = self.adjudication.disagreements
        return found[self._at] if found else None

    def _is_open(self, at: int) -> bool:
        """Tell whether a disagreement waits for something: to be settled, or for why all annotators are wrong."""
        one = self.adjudication.disagreements[at]
        return not self.adjudication.is_settled(one) or one in self.adjudication.unexplained()

    def _go(self, at: int) -> None:
        if at != self._at:
            self._slot = None
        self._at = at
        one = self.disagreement
        if one is not None:
            kinds: list[Kind] = [answer.content.kind for answer in one.answers if isinstance(answer.content, Mention)]
            kind = kinds[0] if kinds else "trigger"
            self.view.change_highlight(_QUESTION, Highlight(_QUESTION, one.span, kind, None))
            self.view.make_current(_QUESTION)
            self.view.move_to(one.span.start)
        self.after_change()

    def mention_here(self) -> Mention | None:
        """Give a mention that is disagreed on; of events, the trigger of one, as being of its type."""
        for answer in self.disagreement.answers if self.disagreement else ():
            if isinstance(answer.content, Mention):
                return answer.content
            if isinstance(answer.content, Event):
                trigger = self.adjudication.merge.mentions[answer.content.triggers[0]]
                return trigger.model_copy(update={"label": answer.content.type})
        return None

    def look_at(self, question: Question) -> None:
        """Show what a new schema asks about as a disagreement is shown."""
        mention = self.asked_about(question)
        self.view.change_highlight(_QUESTION, Highlight(_QUESTION, mention.span, mention.kind, None))
        super().look_at(question)
        self.view.make_current(_QUESTION)

    # What is shown

    def progress(self) -> str:
        """Give how many disagreements are settled and how many are left."""
        total, left = len(self.adjudication.disagreements), len(self.adjudication.unsettled())
        return f"{total - left} of {total} settled, {left} left"

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        one = self.disagreement
        if one is None:
            self.panel.show(Text("Nothing to settle."))
            return
        # Below the article the answers stand side by side.
        room = self.size.width // (len(one.answers) + 1) - 3 if self.panel.has_class("below") else ROOM
        place = f"{list(self._order).index(self._at) + 1} of {len(self._order)}"
        facts = head(self.adjudication, one, place, self._slot is not None, self.mode, room)
        answers = Answers(
            one, self.adjudication.called(one), self.adjudication.merge.mentions, self.session, self.mode, room
        )
        shown = answers.numbered() if self._slot is None else answers.slots(self._slot, self._ruling_on_slot)
        self.panel.show(facts, *shown, about=(one.id, self._slot))

    def _ruling_on_slot(self, slot: Slot) -> Rule | None:
        one = self.disagreement
        assert one is not None
        return self.adjudication.ruling_on(one, slot) or self.adjudication.ruling_on(one)

    def show_change(self, decision: Decision) -> None:
        """Go to the disagreement on which a decision ruled."""
        super().show_change(decision)
        rules = [change for change in decision.changes if isinstance(change, Rule) and not change.follows]
        ruled = {item_of(rule.item) for rule in rules}
        for at, one in enumerate(self.adjudication.disagreements):
            if one.id in ruled:
                self._go(at)

    # Settling

    def action_pick(self, number: int) -> None:
        """Settle by an answer, or a slot by what it is filled with, and go on."""
        one = self.disagreement
        if one is None:
            self.say("There is no such answer here.")
        elif self._slot is not None:
            self._pick_slot(one, one.slots[self._slot], number)
        elif number > len(one.answers):
            self.say("There is no such answer here.")
        elif self.attempt(lambda: self.adjudication.pick(one, one.answers[number - 1])):
            self.action_next()

    def _pick_slot(self, one: Disagreement, slot: Slot, number: int) -> None:
        if number > len(slot.answers):
            self.say("There is no such answer here.")
        elif self.attempt(lambda: self.adjudication.pick_slot(one, slot, slot.answers[number - 1])):
            self._slot = self._next_slot(one)
            if self._slot is None:
                self.action_next()
            self.after_change()

    def _next_slot(self, one: Disagreement) -> int | None:
        """Give the index of the first slot that is open, or None."""
        open_ones = (at for at, slot in enumerate(one.slots) if self.adjudication.ruling_on(one, slot) is None)
        return next(open_ones, None)

    def action_slots(self) -> None:
        """Settle an event slot by slot, or by whole answers again."""
        one = self.disagreement
        if one is None or not one.slots:
            self.say("There are no slots to settle one by one here.")
            return
        self._slot = (self._next_slot(one) or 0) if self._slot is None else None
        self.after_change()

    def action_none(self) -> None:
        """Settle by none of the answers, ask why if nobody said so, and go on."""
        one = self.disagreement
        if one is None:
            self.say(_NOTHING_ASKED)
        elif self.attempt(lambda: self.adjudication.none(one)):
            self._ask_why_if_all_are_wrong(one, self.action_next)

    def action_edit(self) -> None:
        """Settle by an answer of one's own, on the labelling screen; where nothing is asked, open it as `mend` does."""
        one = self.disagreement
        if one is None:
            self.action_mend()
        elif self.attempt(lambda: self.adjudication.edit(one)):
            self.open_editor(one.span.start, ruled=True)

    def action_take_rest(self) -> None:
        """Settle all that is left as one of the annotators has it: ask which, and ask again."""
        one = self.disagreement
        if one is None:
            self.panel.tell(_NOTHING_ASKED)
            return
        if not self.may_change():
            return
        called = self.adjudication.called(one)
        options = [
            Option(person, f"{letter}, who gives answer {number} here", chr(ord("a") + at))
            for at, (letter, person, number) in enumerate(
                sorted(
                    (called[person], person, number)
                    for number, answer in enumerate(one.answers, 1)
                    for person in answer.people
                )
            )
        ]
        self.panel.choose("Settle all that is left by what one says:", options, self._ask_again)

    def _ask_again(self, person: str) -> None:
        left = counted(len(self.adjudication.unsettled()), "disagreement")
        sure = (Option("yes", f"yes, settle {left} unseen", "y"), Option("no", "no", "n"))
        self.panel.choose(
            "Really? u takes it back.", sure, lambda said: self._take_rest(person) if said == "yes" else None
        )

    def _take_rest(self, person: str) -> None:
        taken: list[int] = []
        if self.attempt(lambda: taken.append(self.adjudication.take_rest(person))):
            self.action_next()
            self.say(f"{counted(taken[0], 'disagreement')} settled at once. u takes all of it back.")

    # Challenges

    def action_challenge(self) -> None:
        """Show the first challenge that waits, and ask what comes of it."""
        waiting = self.adjudication.challenges()
        if not waiting:
            self.panel.tell("Nobody has challenged the gold of this article, or all of it is answered.")
            return
        one = waiting[0]
        self.jump_to(one.start)
        self.say(f"Against {quote(one.quote, self.mode)} in gold {one.gold}: {one_line(one.reason, self.mode)}")
        self.panel.choose(
            f"What comes of it ({counted(len(waiting), 'challenge')} to answer)?",
            _OUTCOMES,
            lambda outcome: self._ask_answer(one, "accepted" if outcome == "accepted" else "declined"),
        )

    def _ask_answer(self, one: Challenge, outcome: Outcome) -> None:
        self.panel.type_in(
            f"{outcome.capitalize()}. Why? It stands in the next version's changelog.",
            "",
            lambda written: "Enter keeps it." if written.strip() else "Write a few words.",
            lambda written: self._answer_challenge(one, outcome, written.strip()),
        )

    def _answer_challenge(self, one: Challenge, outcome: Outcome, why: str) -> None:
        if not why:
            self.say("Nothing was written, so the challenge waits.")
        elif self.attempt(lambda: self.adjudication.answer(one, outcome, why)):
            if outcome == "accepted":
                self.open_editor(one.start, ruled=True)
            else:
                self.say("Declined; the gold stays as it is. c shows the next challenge.")

    # Why, and who

    def _ask_why_if_all_are_wrong(self, one: Disagreement, then: Callable[[], None]) -> None:
        if self.adjudication.overrules_all(one) and self.adjudication.reason_of(one) is None:
            self._ask_why(one, then)
        else:
            then()

    def action_why(self) -> None:
        """Say why a disagreement is settled as it is, and how sure that is."""
        one = self.disagreement
        if one is None:
            self.panel.tell(_NOTHING_ASKED)
        elif self.may_change():
            self._ask_why(one, self.after_change)

    def _ask_why(self, one: Disagreement, then: Callable[[], None]) -> None:
        whys = [Option(why, said, _WHY_KEYS[why]) for why, said in WHY.items()]
        sure = [Option(str(level), said, str(level)) for level, said in CONFIDENCE.items()]
        write = Option("write", "say it in a sentence first", "w")

        def ask_confidence(why: str, sentence: str | None = None) -> None:
            self.panel.choose(
                f"How sure are you? {one_line(sentence or '', self.mode)}".rstrip(),
                [*sure, *([write] if sentence is None else [])],
                lambda said: ask_sentence(why) if said == write.value else explain(why, int(said), sentence),
            )

        def ask_sentence(why: str) -> None:
            hint = "Enter keeps it; whoever revises the guidelines reads it."
            self.panel.type_in(
                f"{WHY[_why(why)].capitalize()}:", "", lambda _: hint, lambda said: ask_confidence(why, said.strip())
            )

        def explain(why: str, confidence: int, sentence: str | None) -> None:
            if self.attempt(lambda: self.adjudication.explain(one, _why(why), confidence, sentence or None)):
                then()

        self.panel.choose(self._asked_why(one), whys, ask_confidence)

    def _asked_why(self, one: Disagreement) -> str:
        if self.adjudication.overrules_all(one):
            return "No annotator said this. Why?"
        return "All say the same. What could lead one astray here?" if len(one.answers) == 1 else "Why do they differ?"

    def action_reveal_names(self) -> None:
        """Show who gave which answer; that it was asked is on the record."""
        one = self.disagreement
        if one is None:
            self.say(_NOTHING_ASKED)
        elif self.attempt(lambda: self.adjudication.reveal(one)):
            self.say("You asked who said what here. That is on the record.")

    # Going on

    def action_next(self) -> None:
        """Go to the next disagreement that is open."""
        order = list(self._order)
        here = order.index(self._at) if order else 0
        for at in (*order[here + 1 :], *order[: here + 1]):
            if self._is_open(at):
                self._go(at)
                return
        self._go(self._at)
        if not self.session.annotation.finished:
            self.say("Everything is settled. D marks the article adjudicated.")

    def action_step(self, step: int) -> None:
        """Go to the next or previous disagreement."""
        if order := list(self._order):
            self._go(order[(order.index(self._at) + step) % len(order)])

    def action_order(self) -> None:
        """Walk through the disagreements worst first, beginning with the worst that is open, or in reading order."""
        found = self.adjudication.disagreements
        reading = range(len(found))
        if self._order == reading:
            # Events come behind all mentions: what they are made of must be settled before them.
            self._order = sorted(reading, key=lambda at: (found[at].what == "mention", found[at].weight), reverse=True)
            self._go(next(filter(self._is_open, self._order), self._at))
            self.say("Worst first.")
        else:
            self._order = reading
            self.after_change()
            self.say("In reading order.")

    def action_done(self) -> None:
        """Mark the article adjudicated, or open it again."""
        if self.session.annotation.finished:
            self.attempt(self.session.reopen)
        elif self.attempt(self.adjudication.finish):
            waiting = len(self.adjudication.challenges())
            left = f" {counted(waiting, 'challenge')} to its gold still to answer: c." if waiting else ""
            self.say(f"The article is adjudicated. `annotator release` puts it into the next gold version.{left}")


def _why(chosen: str) -> WhyWrong:
    return next(known for known in WHY if known == chosen)
