"""The event frames of the labelling screen: making and describing them, and going from one to another.

Linking them is in `linking_screen`, filling their roles in `filling_screen`. What it asks, it asks in the side panel;
what it changes, it changes through `event_edits`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from textwrap import shorten
from typing import TypeVar

from rich.text import Text

from annotator.model.annotation import History
from annotator.model.decision import Decision, SetEvent
from annotator.model.event import Event
from annotator.model.migrating import Question
from annotator.tui.event_facts import SHORT, event_facts, event_line, numbers_of, part_in
from annotator.tui.facts import meaning, mention_facts, quote, slots
from annotator.tui.layout import BidiMode
from annotator.tui.screens.same_screen import SameScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow import event_edits, linking
from annotator.workflow.notes import in_reading_order
from annotator.workflow.number_names import number_name, with_names
from annotator.workflow.repeats import which_of
from annotator.workflow.session import Item, Session
from annotator.workflow.sums import sums_with

_NOTED = 70
"""Code points of a note that stand with its mention; Q shows all of it."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

Word = TypeVar("Word", bound=str)
"""One of the words that an attribute can be."""


class EventScreen(SameScreen):
    """An article whose mentions can be settled and put into events."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode, at)
        self.told_in: dict[str, list[str]] = {}
        """The other articles in which hubs are told that begin in this one, as far as they were read."""
        self._current: dict[str, str] = {}
        self._events: tuple[Event, ...] = ()
        self._events_after: History | None = None
        """The decisions after which the events are those."""

    def remember_in(self, current: dict[str, str]) -> None:
        """Keep the current event in `current`, by the article's id: it is the same one when somebody comes back."""
        self._current = current

    # Events

    @property
    def _event(self) -> str | None:
        """The event last gone to, which may stand no longer."""
        return self._current.get(self.session.article.article_id)

    @_event.setter
    def _event(self, event_id: str | None) -> None:
        if event_id is not None:
            self._current[self.session.article.article_id] = event_id

    @property
    def events(self) -> list[Event]:
        """The event frames that stand, in the order of their triggers."""
        if self._events_after is not self.session.history:  # a key asks for them more often than they change
            self._events = tuple(self.session.annotation.live_events().values())
            self._events_after = self.session.history
        return list(self._events)

    @property
    def event(self) -> Event | None:
        """The current event: the one last gone to, else the last one in the text."""
        found = self.events
        return next((event for event in found if event.id == self._event), found[-1] if found else None)

    def begin(self) -> None:
        """Go on where the work was left: with the event that was current in this sitting, else that of the trigger."""
        super().begin()
        if self._event not in [event.id for event in self.events] and self._go_to_event_of(self.item):
            self.after_change()

    def _go_to_event_of(self, item: Item | None) -> bool:
        """Make an event of the trigger `item` the current one; tell whether that changed anything.

        Never done by moving alone: on the way to an argument one passes other triggers.
        """
        own = [event.id for event in self.events if item is not None and item.mention.id in event.triggers]
        if not own or self._event in own:
            return False
        self._event = own[0]
        return True

    def with_event(self, step: Callable[[Event], None]) -> None:
        event = self.event
        if event is None:
            self.say("There is no event yet: go to its trigger and press e.")
        else:
            self.attempt(lambda: step(event))

    def show_change(self, decision: Decision) -> None:
        """Go to the mention that a decision settled, or to the event that it changed."""
        super().show_change(decision)
        for change in decision.changes:
            if isinstance(change, SetEvent):
                self._event = change.event.id

    # What is shown

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        guidelines = self.session.project.guidelines
        facts = []
        if self.item is not None:
            facts.append(self._item_facts(self.item))
        events, event = self.events, self.event
        if event is not None:
            place = f"{events.index(event) + 1} of {len(events)}"
            linked = numbers_of(events, linking.same_happening(self.session, event))
            elsewhere = self._elsewhere_too(event)
            items = (self.session.items[slot[1]] for slot in slots(event))
            mentions = {one.mention.id: with_names(self.session, one.mention) for one in items}
            facts.append(
                event_facts(
                    event, place, mentions, guidelines.schema, self.mode, linked, elsewhere, self.which(mentions)
                )
            )
        elif not self.session.annotation.finished:
            facts.append(Text("No event yet. On a trigger, e makes one.", style="dim"))
        about = (self.item.mention.id if self.item else None, event.id if event else None)
        self.panel.show(*facts, pinned=self.proposed_facts(), rest=self.role_facts(), about=about)

    def which(self, mention_ids: Iterable[str]) -> dict[str, str]:
        """Give, for the mentions whose words stand more than once in their line, which of them each is, by id."""
        found = {one: which_of(self.session, self.session.items[one].mention) for one in mention_ids}
        return {one: f" ({place[0]} of {place[1]})" for one, place in found.items() if place}

    def proposed_facts(self) -> Text | None:
        """Give what is proposed for the current event."""
        return None

    def role_facts(self) -> Text | None:
        """Give the roles that could still be filled."""
        return None

    def _item_facts(self, item: Item) -> Text:
        guidelines, number = self.session.project.guidelines, item.mention.kind == "number"
        return mention_facts(
            item,
            guidelines.schema,
            guidelines.registry,
            self.mode,
            name=number_name(self.session, item) if number else "",
            means=meaning(with_names(self.session, item.mention), guidelines.schema, guidelines.registry),
            remarks=[
                *(
                    f"{place.strip(' ()')} with these words in its line"
                    for place in self.which([item.mention.id]).values()
                ),
                *part_in(item.mention.id, self.events),
                *(found.said() for found in (sums_with(self.session, item) if number else ())),
                *self._beside(item),
            ],
        )

    def _beside(self, item: Item) -> Iterator[str]:
        """Say what else is marked over the same words, which only one mention can show, and what was noted of it."""
        for other in self.session.items.over(item.mention.span):
            same_words = other.mention.span == item.mention.span and other.mention.id != item.mention.id
            if same_words and other.disposition != "rejected":
                yield f"also here: {other.mention.kind}, {other.disposition or 'untouched'}"
        for note in in_reading_order(self.session.annotation.notes.values()):
            if note.mention == item.mention.id:
                yield f"{note.kind}: {shorten(note.text, _NOTED, placeholder='…')}"

    # Events

    def action_make_event(self) -> None:
        """Make an event of the trigger at the cursor, or go to the one that it has; once there, make another."""

        def make(item: Item) -> None:
            if not self._go_to_event_of(item):
                self._event = event_edits.make_event(self.session, item)

        self.with_item(make)

    def action_add_trigger(self) -> None:
        """Make the trigger at the cursor one more of the current event."""
        self.with_item(lambda item: self.with_event(lambda event: self._add_trigger(item, event)))

    def _add_trigger(self, item: Item, event: Event) -> None:
        event_edits.add_trigger(self.session, event, item)
        if (before := item.mention.label) not in (None, event.type):
            self.say(f"It was {before}, and is {event.type} now, as its event is. u takes it back.")

    def action_next_event(self) -> None:
        """Make the next event the current one."""
        self._step_event(1)

    def action_previous_event(self) -> None:
        """Make the previous event the current one."""
        self._step_event(-1)

    def _step_event(self, step: int) -> None:
        found, now = self.events, self.event
        if now is not None:
            event = found[(found.index(now) + step) % len(found)]
            self._event = event.id
            self.view.bring_into_view(self.session.items[event.triggers[0]].mention.start)
        self.after_change()

    def action_list_events(self) -> None:
        """List the events and the triggers that have none yet, and go to one."""
        events = self.events
        lines = [
            (event.triggers[0], event.id, self._line(number, event, events)) for number, event in enumerate(events, 1)
        ]
        for item in self.bare_triggers(events):
            words = quote(item.mention.quote, self.mode, SHORT)
            lines.append((item.mention.id, "", f"· {words} ({item.mention.label}): no event yet"))
        if not lines:
            self.panel.tell("There is no event and no confirmed trigger yet. On a trigger, e makes an event.")
            return
        current = next((str(at) for at, line in enumerate(lines) if self.event and line[1] == self.event.id), None)

        def go(at: str) -> None:
            trigger, event_id, _ = lines[int(at)]
            self._event = event_id or self._event
            self.jump_to_mention(trigger)

        options = lettered([(str(at), line[2]) for at, line in enumerate(lines)])
        self.panel.choose("Go to:", options, go, current)

    def _line(self, number: int, event: Event, events: list[Event]) -> str:
        linked = numbers_of(events, linking.same_happening(self.session, event))
        elsewhere = self._elsewhere_too(event)
        return event_line(number, event, self.session.items, self.session.schema, linked, elsewhere, self.mode)

    def _elsewhere_too(self, event: Event) -> str | None:
        """Give in which other article an event is told, also where it is told again in this one; None for none."""
        first = linking.first_told_in(self.session, event)
        if first is not None or event.hub is None:
            return first
        if event.hub not in self.told_in:
            self.told_in[event.hub] = linking.other_articles(self.session, event)
        return ", ".join(self.told_in[event.hub]) or None

    def bare_triggers(self, events: list[Event]) -> list[Item]:
        """Give the triggers that stand without an event, in reading order."""
        used = {trigger for event in events for trigger in event.triggers}
        standing = self.session.annotation.live_mentions().values()
        return [self.session.items[one.id] for one in standing if one.kind == "trigger" and one.id not in used]

    def look_at(self, question: Question) -> None:
        """Show what a new schema asks about, and make its event the current one."""
        self._event = question.event or self._event
        self.jump_to_mention(question.mention)

    def jump_to_mention(self, mention_id: str) -> None:
        """Put the cursor on a mention; backspace goes back to where it was."""
        item = self.session.items[mention_id]
        self.jump_to(item.mention.start)
        self.go(item)
        self.after_change()

    def action_realis(self) -> None:
        """Ask whether what the current event tells did happen."""
        self._ask_attribute("realis", self.session.schema.realis, event_edits.set_realis)

    def action_certainty(self) -> None:
        """Ask in whose voice the current event is told, and how surely."""
        self._ask_attribute("certainty", self.session.schema.certainty, event_edits.set_certainty)

    def _ask_attribute(
        self, attribute: str, words: Sequence[Word], say: Callable[[Session, Event, Word], None]
    ) -> None:
        event = self.event
        if event is None:
            self.panel.tell("There is no event yet: go to its trigger and press e.")
        elif self.may_change():
            known: dict[str, Word] = {word: word for word in words}
            self.panel.choose(
                f"{attribute.capitalize()} of EVENT {self.events.index(event) + 1}:",
                by_letter(words),
                lambda word: self.with_event(lambda held: say(self.session, held, known[word])),
                getattr(event, attribute),
            )

    def action_background(self) -> None:
        """Say whether the current event is retold background."""
        self.with_event(lambda event: event_edits.toggle_background(self.session, event))


def lettered(choices: list[tuple[str, str]]) -> list[Option]:
    """Give options, as value and label, with a letter each as long as there are letters."""
    keys = [*_LETTERS, *[""] * len(choices)]
    return [Option(value, label, key) for (value, label), key in zip(choices, keys, strict=False)]


def by_letter(words: Sequence[str]) -> list[Option]:
    """Give words as options, each under its first letter that no word before it has."""
    keys: dict[str, str] = {}
    for word in words:
        keys[next((letter for letter in (*word, *_LETTERS) if letter in _LETTERS and letter not in keys), "")] = word
    return [Option(word, word, key) for key, word in keys.items()]
