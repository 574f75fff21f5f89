"""What the side panel says of a disagreement: the answers side by side, or one slot of an event after the other.

Reads; changes nothing. Who gave an answer is a letter unless the adjudicator asked for the names. Article text passes
`quote` or `in_lines`, as in `facts`.
"""

from collections.abc import Callable, Mapping, Sequence

from rich.text import Text

from annotator.adjudication.disagreement import Answer, Disagreement, Filling, Slot
from annotator.matching.hubs import place_of
from annotator.model.decision import Reason, Rule
from annotator.model.event import Argument, Event
from annotator.model.mention import Mention
from annotator.tui.facts import frame, meaning, quote, slots
from annotator.tui.layout import NARROWEST, BidiMode, in_lines, one_line
from annotator.tui.palette import kind_style
from annotator.workflow.adjudicating import CONFIDENCE, Adjudication, State
from annotator.workflow.session import Session

_EDGE_LINES = 3
"""Lines that a mention takes at most where annotators differ about its edges."""

_BLANK = "\u2423"

STATES: Mapping[State, str] = {
    "agreed": "all say the same",
    "incomplete": "open: somebody has nothing here",
    "disagreed": "open",
    "settled": "settled",
    "everyone_wrong": "settled against all",
}


def head(
    adjudication: Adjudication, one: Disagreement, place: str, slot_by_slot: bool, mode: BidiMode, room: int
) -> Text:
    """Give which disagreement this is, in what the answers differ, how it was settled, and what can be pressed.

    `place` says which of how many it is.
    """
    called = adjudication.called(one)
    facts = Text(f"{one.what.upper()} {place}", style="bold")
    facts.append(f"{'  new' if one.id in adjudication.new else ''}\n", style="bold italic")
    facts.append(f"{', '.join(one.differences)}\n", style="not bold")
    facts.append(f"{_ruling(adjudication, one, called)}\n", style="not bold italic")
    facts.append(in_its_words(adjudication.reason_of(one), mode, room), style="not bold italic")
    can = [("0", "none of these"), ("e", "edit")]
    if one.slots:
        can.append(("s", "whole answers" if slot_by_slot else "slot by slot"))
    for key, meant in can:
        facts.append(f" {key} ", style="reverse")
        facts.append(f" {meant}\n", style="not bold")
    for who, note in adjudication.notes_on(one):
        said = in_lines(f"{called.get(who, who)}, {note.kind}: {note.text}", room, mode)
        facts.append(f"{said}\n", style="not bold italic")
    return facts


def because(reason: Reason | None) -> str:
    """Give why something was settled so, and how sure that was, in brackets; nothing where nobody said."""
    return f" ({reason.why.replace('_', ' ')}, {CONFIDENCE[reason.confidence]})" if reason else ""


def in_its_words(reason: Reason | None, mode: BidiMode, room: int) -> str:
    """Give the sentence that stands with a reason, in lines of `room` cells; nothing where there is none."""
    return f"{in_lines(reason.note, room, mode)}\n" if reason and reason.note else ""


def _ruling(adjudication: Adjudication, one: Disagreement, called: Mapping[str, str]) -> str:
    state, rule, reason = adjudication.state(one), adjudication.ruling_on(one), adjudication.reason_of(one)
    how = {"pick": "", "none": ": none", "edited": ": edited"}[rule.choice] if rule else ""
    if rule and rule.choice == "pick" and rule.annotator:
        how = f": as {called.get(rule.annotator, rule.annotator)}"
    if rule and rule.follows:
        how = " with its mentions: nothing differs any more" if state == "settled" else ": its mentions changed"
    missing = ". Why? X" if state == "everyone_wrong" and reason is None else ""
    return f"{STATES[state]}{how}{because(reason)}{missing}"


class Answers:
    """The answers to one disagreement, to be shown in lines of `room` cells."""

    def __init__(
        self,
        one: Disagreement,
        called: Mapping[str, str],
        mentions: Mapping[str, Mention],
        session: Session,
        mode: BidiMode,
        room: int,
    ) -> None:
        """Show the answers to `one`; `called` is what each person is called, `mentions` what events are made of."""
        self._one, self._called, self._mentions = one, called, mentions
        self._session, self._mode, self._room = session, mode, room

    def numbered(self) -> list[Text]:
        """Give the answers, each under the number that picks it."""
        return [self.of(answer, f" {number} ") for number, answer in enumerate(self._one.answers, 1)]

    def slots(self, at: int, ruling: Callable[[Slot], Rule | None]) -> list[Text]:
        """Give the slots of the event, the one that is asked about with its answers under their numbers."""
        shown = []
        for index, slot in enumerate(self._one.slots):
            said = Text()
            said.append(f"{_slot_name(slot)}  ", style="bold")
            said.append(f"{self._slot_ruling(ruling(slot))}\n", style="italic")
            if index == at:
                for number, answer in enumerate(slot.answers, 1):
                    said.append(f" {number} ", style="bold reverse")
                    said.append(f" {self._people(answer.people)}  ", style="bold")
                    filling = self._hub(answer.filling) if slot.name == "hub" else self._filling(answer.filling)
                    said.append(f"{filling}\n")
            shown.append(said)
        return shown

    def _people(self, people: Sequence[str]) -> str:
        return ", ".join(sorted(self._called[person] for person in people))

    def of(self, answer: Answer, key: str = "") -> Text:
        """Give one answer, behind the key that picks it."""
        guidelines = self._session.project.guidelines
        said = Text()
        said.append(key, style="bold reverse")
        said.append(f" {self._people(answer.people)}{' (unsure)' if answer.unsure else ''}\n", style="bold")
        match answer.content:
            case Mention() as mention:
                said.append(mention.kind, style=kind_style(mention.kind))
                said.append(f"{self._words(mention)}\n", style=self._marked("boundary"))
                means = meaning(mention, guidelines.schema, guidelines.registry)
                said.append(f"{in_lines(means, self._room, self._mode)}\n", style=self._marked("label", "value"))
            case Event() as event:
                said.append(self._event(event))
            case None:
                why = f" ({', '.join(answer.reasons)})" if answer.reasons else ""
                said.append(
                    f"{in_lines(f'nothing here{why}', self._room, self._mode)}\n", style=self._marked("missing")
                )
        return said

    def _words(self, mention: Mention) -> str:
        """Give the words of a mention behind its kind; where edges differ, with both of its ends, blanks and all."""
        room = self._room - len(mention.kind) - 1
        if "boundary" not in self._one.differences:
            return f" {quote(mention.quote, self._mode, room)}"
        whole = both_ends(mention.quote, _EDGE_LINES * self._room)
        lines = in_lines(whole, max(room, NARROWEST), self._mode)
        return f" {lines}" if "\n" not in lines else f"\n{in_lines(whole, self._room, self._mode)}"

    def _marked(self, *differences: str) -> str:
        """Give the style of a part in which the answers differ."""
        return "bold" if set(differences) & set(self._one.differences) else ""

    def _event(self, event: Event) -> Text:
        """Give an event as an answer: what the other answers do not have is marked, what is no mention struck out."""
        session = self._session
        others = [slots(content) for content in self._one.contents if isinstance(content, Event)]
        said = Text()
        said.append(f"{event.type}\n", style="bold" if "type" in self._one.differences else "")
        hubs = {content.hub for content in self._one.contents if isinstance(content, Event)}
        if hubs != {None}:
            said.append(f"same as {self._hub(event.hub)}\n", style="bold" if len(hubs) > 1 else "")
        return said.append(
            frame(
                event,
                self._mentions,
                session.schema,
                self._mode,
                shared=frozenset.intersection(*others) if len(others) > 1 else None,
                dropped={slot[1] for slot in slots(event) if session.annotation.live_mention(slot[1]) is None},
                room=self._room,
            )
        )

    def _hub(self, hub: Filling) -> str:
        """Give which telling an event is linked to: the words of the one that the hub is called after."""
        place = place_of(hub) if isinstance(hub, str) else None
        if hub is None:
            return "no other event"
        if place is None:
            return "another event"
        article, room = self._session.article, self._room - len("same as ")
        if place.article_id != article.article_id:
            return one_line(f"one in {place.article_id}", self._mode)
        begins = f"  at {place.span.start}"
        return quote(place.span.of(article.text), self._mode, room - len(begins)) + begins

    def _filling(self, filling: Filling) -> str:
        match filling:
            case None | ():
                return "nothing"
            case bool() as held:
                return "yes" if held else "no"
            case str() as said:
                return said
            case tuple() as several:
                return ", ".join(self._filler(one) for one in several)

    def _filler(self, filler: str | Argument) -> str:
        mention_id, of = (filler, None) if isinstance(filler, str) else (filler.mention, filler.of)
        mention = self._mentions.get(mention_id)
        words = quote(mention.quote, self._mode, self._room - 8) if mention else mention_id
        return f"{words} of {of}" if of else words

    def _slot_ruling(self, rule: Rule | None) -> str:
        if rule is None:
            return "open"
        return f"as {self._called[rule.annotator]}" if rule.annotator else "settled"


def both_ends(words: str, most: int) -> str:
    """Give words with their edges to be seen: blanks there as pictures, and of more than `most` the middle left out."""
    bare = words.strip(" ")
    lead = len(words) - len(words.lstrip(" "))
    seen = _BLANK * lead + bare + _BLANK * (len(words) - len(bare) - lead)
    half = most // 2 - 1
    return seen if len(seen) <= most else f"{seen[:half]}…{seen[-half:]}"


def _slot_name(slot: Slot) -> str:
    return "same as" if slot.name == "hub" else slot.name.removeprefix("role:")
