"""The event frames of the labelling screen: making and filling them, and going between them and the text.

What it asks, it asks in the side panel; what it changes, it changes through `event_edits`.
"""

from collections.abc import Callable

from rich.text import Text

from annotator.model.decision import Decision, SetEvent
from annotator.model.event import Event
from annotator.tui.facts import event_facts, mention_facts, quote
from annotator.tui.layout import BidiMode
from annotator.tui.screens.mention_screen import MentionScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow import event_edits
from annotator.workflow.session import Item, Session

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class EventScreen(MentionScreen):
    """An article whose mentions can be settled and put into events."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode, at)
        self._event: str | None = None

    # Events

    @property
    def events(self) -> list[Event]:
        """The event frames that stand, in the order of their triggers."""
        return list(self.session.annotation.live_events().values())

    @property
    def event(self) -> Event | None:
        """The current event: the one last gone to, else the last one in the text."""
        found = self.events
        return next((event for event in found if event.id == self._event), found[-1] if found else None)

    def begin(self) -> None:
        """Go on where the work was left, with the event whose trigger is there."""
        super().begin()
        if self._go_to_event_of(self.item):
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

    def _with_event(self, step: Callable[[Event], None]) -> None:
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
            facts.append(mention_facts(self.item, guidelines.schema, guidelines.registry, self.mode))
        events, event = self.events, self.event
        if event is not None:
            place = f"{events.index(event) + 1} of {len(events)}"
            facts.append(event_facts(event, place, self.session.annotation, guidelines.schema, self.mode))
        elif not self.session.annotation.finished:
            facts.append(Text("No event yet. On a trigger, e makes one.", style="dim"))
        self.panel.show(*facts)

    # Events

    def action_make_event(self) -> None:
        """Make an event of the trigger at the cursor, or go to the one that it has; once there, make another."""

        def make(item: Item) -> None:
            if not self._go_to_event_of(item):
                self._event = event_edits.make_event(self.session, item)

        self.with_item(make)

    def action_add_trigger(self) -> None:
        """Make the trigger at the cursor one more of the current event."""
        self.with_item(lambda item: self._with_event(lambda event: event_edits.add_trigger(self.session, event, item)))

    def action_attach(self) -> None:
        """Ask in which role the mention takes part in the current event."""
        item, event = self.item, self.event
        if item is None or event is None:
            self._with_event(lambda _: self.with_item(lambda _: None))
            return
        if item.disposition == "rejected":
            self.say("This mention was rejected: a confirms it after all.")
            return
        roles = event_edits.roles_for(self.session, event, item)
        if not roles:
            self.say(f"{event.type} has no role for a {item.mention.kind}.")
            return
        self.panel.choose(
            f"{quote(item.mention.quote, self.mode)} in {event.type} is:",
            _lettered(roles),
            lambda role: self._fill(role, item),
        )

    def _fill(self, role: str, item: Item) -> None:
        """Put the mention into the role; one that nothing was said of yet is settled by it, and the work goes on."""
        event = self.event
        if event is None or not self.attempt(lambda: event_edits.attach(self.session, event, role, item)):
            return
        if item.disposition is None:
            self.action_next_untouched()

    def action_detach(self) -> None:
        """Take the mention at the cursor out of the current event."""
        self.with_item(
            lambda item: self._with_event(lambda event: event_edits.detach(self.session, event, item.mention.id))
        )

    def action_count_of(self) -> None:
        """Ask whose losses the number at the cursor counts in the current event."""
        item = self.item
        if item is None or item.mention.kind != "number":
            self.say("Only a number counts losses: go to one that is in the current event.")
            return
        if self.event is None or item.mention.id not in [argument.mention for argument in self.event.arguments]:
            self.say("This number is not in the current event: f attaches it.")
            return
        self.panel.choose(
            f"{quote(item.mention.quote, self.mode)} counts the losses of (type to search):",
            [Option("", "nobody in particular"), *self._entries("actor")],
            lambda ref: self._with_event(
                lambda event: event_edits.set_of(self.session, event, item.mention.id, ref or None)
            ),
            next((held.of for held in self.event.arguments if held.mention == item.mention.id), None),
        )

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

    def action_realis(self) -> None:
        """Step the current event's realis."""
        self._with_event(lambda event: event_edits.next_realis(self.session, event))

    def action_certainty(self) -> None:
        """Step the current event's certainty."""
        self._with_event(lambda event: event_edits.next_certainty(self.session, event))

    def action_background(self) -> None:
        """Say whether the current event is retold background."""
        self._with_event(lambda event: event_edits.toggle_background(self.session, event))

    def action_remove_event(self) -> None:
        """Take the current event away."""
        self._with_event(lambda event: event_edits.remove_event(self.session, event))


def _lettered(names: list[str]) -> list[Option]:
    """Give options with a letter each: its first letter that is free, else any letter that is."""
    options, taken = [], set[str]()
    for name in names:
        key = next((letter for letter in (*name, *_LETTERS) if letter in _LETTERS and letter not in taken), "")
        taken.add(key)
        options.append(Option(name, name, key))
    return options
