"""Settling what annotators disagree on. A ruling carries its outcome: the log reads without comparing again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Literal, NamedTuple

from annotator.adjudication.disagreement import Answer, Disagreement, Slot, SlotAnswer, filled
from annotator.adjudication.merge import Merge
from annotator.adjudication.ruled import slot_item
from annotator.errors import Refusal
from annotator.model.annotation import Annotation, reading_order
from annotator.model.canonical import sha256
from annotator.model.challenge import Challenge, Outcome
from annotator.model.decision import (
    AnswerChallenge,
    Change,
    Reason,
    Reveal,
    Rule,
    SetEvent,
    WhyWrong,
)
from annotator.model.event import Event
from annotator.model.mention import Mention
from annotator.model.note import Note
from annotator.model.suggestions import Candidates
from annotator.store.articles import get_article
from annotator.store.log import standings
from annotator.store.people import pseudonym_of
from annotator.text.counted import counted
from annotator.workflow.challenging import answer, waiting_for
from annotator.workflow.comparing import annotations_of, is_adjudicator, merged, new_since, rulings_of
from annotator.workflow.following import following, is_settled, outcome
from annotator.workflow.overlap import overlap_of
from annotator.workflow.project import Project
from annotator.workflow.session import Session
from annotator.workflow.suggesting import suggestions_for

CONFIDENCE: Mapping[int, str] = {1: "a guess", 2: "fairly sure", 3: "certain"}
"""How sure an adjudicator can be, in words."""

State = Literal["agreed", "incomplete", "disagreed", "settled", "everyone_wrong"]
"""All say the same; those who have it do, but somebody has nothing; they differ; it is settled by what annotators said;
it is settled by what none of them said."""


class Holding(NamedTuple):
    """What holds where annotators disagree, and by which ruling."""

    content: Mention | Event | None
    rule: Rule | None


@dataclass(frozen=True)
class Adjudication:
    """An adjudicator's work on one article."""

    session: Session
    merge: Merge
    notes: tuple[tuple[str, Note], ...]
    """What annotators wrote in the margin, in reading order, each behind the pseudonym of who wrote it."""
    regions_differ: bool
    """Whether they see the regions of the article differently: then those of the finders hold."""
    new: frozenset[str] = frozenset()
    """Ids of the disagreements that came up or changed after the adjudicator last decided something here."""

    def notes_on(self, disagreement: Disagreement) -> list[tuple[str, Note]]:
        """Give the notes that are about the place of a disagreement."""
        place = disagreement.span
        return [(who, note) for who, note in self.notes if note.span.overlaps(place)]

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the annotators differ, in reading order."""
        return self.merge.disagreements

    # How far it is

    def ruling_on(self, disagreement: Disagreement, slot: Slot | None = None) -> Rule | None:
        """Give how a disagreement, or a slot of it, was settled by itself; None while it was not."""
        item = disagreement.id if slot is None else slot_item(disagreement, slot)
        return self.session.annotation.rulings.get(item)

    def is_settled(self, disagreement: Disagreement) -> bool:
        """Tell whether a disagreement is settled."""
        return is_settled(disagreement, self._asked, self.session.annotation)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(one.id for one in self.disagreements)

    def unsettled(self) -> list[Disagreement]:
        """Give the disagreements that are not settled yet."""
        return [one for one in self.disagreements if not self.is_settled(one)]

    def state(self, disagreement: Disagreement) -> State:
        """Give the state of a disagreement."""
        if self.is_settled(disagreement):
            return "everyone_wrong" if self.overrules_all(disagreement) else "settled"
        match disagreement.differences:
            case ("agreed",):
                return "agreed"
            case ("missing",):
                return "incomplete"
            case _:
                return "disagreed"

    def overrules_all(self, disagreement: Disagreement) -> bool:
        """Tell whether a disagreement is settled by what no annotator said."""
        rule = self.ruling_on(disagreement)
        if rule is None or rule.choice == "pick":
            return False
        return self.outcome_of(disagreement) not in [answer.content for answer in disagreement.answers]

    def outcome_of(self, disagreement: Disagreement) -> Mention | Event | None:
        """Give what holds now where annotators disagree."""
        if disagreement.what == "mention":
            return self.session.annotation.live_mention(disagreement.id)
        return self.session.annotation.events.get(disagreement.id)

    def without_reason(self) -> list[str]:
        """Give the ids of what all rejected for different reasons, while nobody says which holds; in reading order."""
        settled = self.session.annotation.settled
        left = [settled[one] for one in self.merge.reasons_differ if one in settled]
        doubtful = [one.mention for one in left if one.disposition == "rejected" and one.reason is None]
        return [one.id for one in sorted(doubtful, key=reading_order)]

    # Settling

    def pick(self, disagreement: Disagreement, answer: Answer, *, wholesale: bool = False) -> None:
        """Settle a disagreement by one of its answers."""
        self._rule(*self._picked(disagreement, answer, wholesale))

    def none(self, disagreement: Disagreement) -> None:
        """Settle a disagreement by none of its answers: there is no such mention or event."""
        nothing = next((answer for answer in disagreement.answers if answer.content is None), None)
        if nothing is not None:
            self.pick(disagreement, nothing)
            return
        rule = Rule(item=disagreement.id, choice="none", about=disagreement.about)
        self._rule(rule, outcome(disagreement, None))

    def edit(self, disagreement: Disagreement) -> None:
        """Settle a disagreement by an answer of the own, begun from what holds, else from the answer of most."""
        content = self.outcome_of(disagreement) or disagreement.contents[0]
        rule = Rule(item=disagreement.id, choice="edited", about=disagreement.about)
        self.session.decide(rule, outcome(disagreement, content))

    def holding(self) -> dict[str, Holding]:
        """Give by its id what holds in each disagreement."""
        return {one.id: Holding(self.outcome_of(one), self.ruling_on(one)) for one in self.disagreements}

    def rule_by_hand(self, before: Mapping[str, Holding]) -> None:
        """Record that what holds otherwise than `before`, and by no other ruling, is the adjudicator's own answer."""
        now = self.holding()
        own = [
            Rule(item=one.id, choice="edited", about=one.about)
            for one in self.disagreements
            if now[one.id].content != before[one.id].content and now[one.id].rule == before[one.id].rule
        ]
        if own:
            self._rule(*own)

    def pick_slot(self, disagreement: Disagreement, slot: Slot, answer: SlotAnswer) -> None:
        """Settle one slot of an event; the others stay as they are, or as most have them."""
        like = disagreement.answer_of(answer.people[0]).content
        standing = self.outcome_of(disagreement) or disagreement.contents[0]
        assert isinstance(like, Event) and isinstance(standing, Event)
        rule = Rule(
            item=slot_item(disagreement, slot), choice="pick", annotator=answer.people[0], about=disagreement.about
        )
        self.session.decide(rule, SetEvent(event=filled(standing, slot.name, like)))

    def take_rest(self, person: str) -> int:
        """Settle all that is left by what one annotator says, as one decision; give how many that were."""
        left = self.unsettled()
        changes = [
            change
            for disagreement in left
            for change in self._picked(disagreement, disagreement.answer_of(person), wholesale=True)
        ]
        if changes:
            self.session.decide(*changes)
        return len(left)

    def _rule(self, *changes: Change) -> None:
        """Record a ruling, and with it what then leaves nothing to ask, where nobody is asked what all say alike."""
        followed: Iterable[Change] = ()
        if self.session.project.workspace.settings.adjudication.unanimous:
            followed = following(self.disagreements, self.session.annotation.after(changes))
        self.session.decide(*changes, *followed)

    def _picked(self, disagreement: Disagreement, answer: Answer, wholesale: bool) -> Sequence[Change]:
        rule = Rule(
            item=disagreement.id,
            choice="pick",
            annotator=answer.people[0],
            about=disagreement.about,
            wholesale=wholesale,
        )
        return rule, outcome(disagreement, answer.content)

    # What is said of it

    def explain(self, disagreement: Disagreement, why: WhyWrong, confidence: int, note: str | None = None) -> None:
        """Say why a disagreement was settled as it was, and how sure that is, from 1 to 3."""
        self.session.decide(Reason(item=disagreement.id, why=why, confidence=confidence, note=note))

    def reason_of(self, disagreement: Disagreement) -> Reason | None:
        """Give why a disagreement was settled as it was, or None."""
        return self.session.annotation.reasons.get(disagreement.id)

    def unexplained(self) -> list[Disagreement]:
        """Give the disagreements in which all annotators were overruled and nothing says why."""
        return [one for one in self.disagreements if self.overrules_all(one) and self.reason_of(one) is None]

    def reveal(self, disagreement: Disagreement) -> None:
        """Ask who gave which answer; that it was asked is on the record."""
        if not self.is_revealed(disagreement):
            self.session.decide(Reveal(item=disagreement.id))

    def is_revealed(self, disagreement: Disagreement) -> bool:
        """Tell whether it was asked who gave which answer."""
        return disagreement.id in self.session.annotation.revealed

    def called(self, disagreement: Disagreement) -> dict[str, str]:
        """Give what each annotator is called here: a letter, dealt anew for each disagreement, or the pseudonym."""
        people = [person for answer in disagreement.answers for person in answer.people]
        if self.is_revealed(disagreement):
            return {person: person for person in people}
        dealt = sorted(people, key=lambda person: sha256(f"{disagreement.id} {self.session.person} {person}".encode()))
        return {person: _letter(number) for number, person in enumerate(dealt)}

    def finish(self) -> None:
        """Mark the article as adjudicated. Raises `Refusal` while something is open, or all overruled without a why."""
        for left, what, do in (
            (self.unsettled(), "Not settled yet", "n goes to the next one."),
            (self.unexplained(), "Settled against all annotators and not said why", "n goes to the next one."),
        ):
            if left:
                raise Refusal("label.not-possible", f"{what}: {counted(len(left), 'disagreement')}.", do)
        self.session.finish(read_to_end=None)

    # Challenges

    def challenges(self) -> list[Challenge]:
        """Give what was said against released gold of this article and nobody answered yet, in reading order."""
        return waiting_for(self.session)

    def answer(self, challenge: Challenge, outcome: Outcome, why: str) -> None:
        """Answer a challenge. An accepted one opens the article again, so that it can be mended."""
        answer(self.session, challenge, outcome, why)


def adjudicate(project: Project, article_id: str, name: str) -> Adjudication:
    """Open an article for adjudication by the person called `name`.

    Raises `Refusal` when fewer people finished it than it wants, or when another adjudicator began it.
    """
    article = get_article(project.engine, article_id)
    annotations = annotations_of(project, article)
    wanted = overlap_of(project, article_id).wanted
    if len(annotations) < wanted:
        raise Refusal(
            "adjudicate.not-ready",
            f"{article_id} was finished by {len(annotations)} of the {wanted} annotators that it needs.",
            "`annotator status` shows who is how far.",
        )
    person = pseudonym_of(project.engine, name, "adjudicate")
    for standing in standings(project.engine, article_id):
        on_this_text = standing.decisions and standing.text_sha256 == article.text_sha256
        if on_this_text and is_adjudicator(standing.person) and standing.person != person:
            raise Refusal("adjudicate.not-ready", f"{article_id} is adjudicated by {standing.person} already.")
    found = merged(project, article, annotations, rulings_of(project, article, person))
    suggestions = suggestions_for(project, article).model_copy(update={"candidates": Candidates.of(article.text)})
    session = Session(project, article, suggestions, person, "adjudicate", found.agreed)
    _drop_empty_edit(session)
    regions_differ = len({annotation.regions for annotation in annotations.values()}) > 1
    new = new_since(project, article, person, found)
    return Adjudication(session, found, tuple(_notes_of(annotations)), regions_differ, new)


def _letter(number: int) -> str:
    """Give A, B, … Z, A2, B2, …"""
    again, letter = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(again + 1) if again else "")


def _drop_empty_edit(session: Session) -> None:
    """Take back what the editor was opened for and nothing changed there: the program was ended in it."""
    if session.history.effective and not session.annotation.finished:
        changes = session.history.effective[-1].changes
        match changes[0], changes[-1]:
            case (Rule(choice="edited"), _) | (_, AnswerChallenge(outcome="accepted")):
                session.undo()


def _notes_of(annotations: Mapping[str, Annotation]) -> list[tuple[str, Note]]:
    found = [(who, note) for who, said in annotations.items() for note in said.notes.values()]
    return sorted(found, key=lambda one: (one[1].start, one[1].kind == "note", one[0], one[1].id))
