"""The labelling screen: settle every candidate, add what is missing, fill event frames, by one key each."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from annotator.errors import Refusal
from annotator.model.event import Event
from annotator.model.mention import KINDS, Kind
from annotator.model.notation import (
    EXAMPLES,
    TIME_EXAMPLES,
    notation,
    parse_number,
    parse_time,
    sentence,
    time_notation,
)
from annotator.model.registry import Actor, Place
from annotator.model.value import NumberValue, TimeValue
from annotator.text.clusters import next_cluster, next_word, previous_cluster, previous_word, word_at
from annotator.text.display import display
from annotator.tui.actions import ScreenName, bindings
from annotator.tui.facts import event_facts, mention_facts, quote
from annotator.tui.layout import BidiMode, one_line
from annotator.tui.screens.article_screen import ArticleScreen
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.picker import Option
from annotator.workflow import event_edits, mention_edits
from annotator.workflow.session import Item, Session

_KIND_KEYS: dict[str, Kind] = dict(zip("12345", KINDS, strict=True))
_KEYS = "abcdefghijklmnopqrstuvwxyz"


class LabelScreen(ArticleScreen):
    """One person labels one article."""

    name_of_screen: ClassVar[ScreenName] = "label"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("label")]

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode)
        self._at = session.cursor if at is None else at
        self._event: str | None = None

    def on_mount(self) -> None:
        """Go on where the work was left."""
        super().on_mount()
        here = self._item_at(self._at)
        if here is None and not self._at:
            here = self._next(lambda item: item.disposition is None, 1, -1)
        self._go(here) if here else self.view.move_to(self._at)
        self.after_change()

    # Where the reader is

    @property
    def item(self) -> Item | None:
        """The mention at the cursor."""
        return self.session.items.get(self.view.current or "")

    def _item_at(self, offset: int) -> Item | None:
        over = [item for item in self.session.in_order() if item.mention.start <= offset < item.mention.end]
        return min(over, key=lambda item: item.mention.end - item.mention.start, default=None)

    def _next(self, wanted: Callable[[Item], bool], step: int, start: int | None = None) -> Item | None:
        items = self.session.in_order()
        if start is None:
            start = self.session.position_of(self.item) if self.item else self._position_of_caret(step)
        for distance in range(1, len(items) + 1):
            item = items[(start + step * distance) % len(items)]
            if wanted(item):
                return item
        return None

    def _position_of_caret(self, step: int) -> int:
        before = sum(1 for item in self.session.in_order() if item.mention.start < self.view.caret)
        return before - 1 if step > 0 else before

    def _go(self, item: Item | None) -> None:
        if item is not None:
            self.view.make_current(item.mention.id)
            self.view.move_to(item.mention.start)
        self._follow_event()

    def on_article_view_moved(self, _event: ArticleView.Moved) -> None:
        """Make the innermost mention under the cursor the current one."""
        item = self._item_at(self.view.caret)
        self.view.make_current(item.mention.id if item else None)
        self._follow_event()
        self.after_change()

    # Events

    @property
    def events(self) -> list[Event]:
        """The event frames that stand, in the order of their triggers."""
        return list(self.session.annotation.live_events().values())

    @property
    def event(self) -> Event | None:
        """The current event."""
        return next((event for event in self.events if event.id == self._event), None)

    def _follow_event(self) -> None:
        """A cursor on a trigger makes its event the current one; elsewhere the last one stays."""
        item = self.item
        if item is not None:
            own = [event for event in self.events if item.mention.id in event.triggers]
            if own and self._event not in [event.id for event in own]:
                self._event = own[0].id

    def _with_event(self, step: Callable[[Event], None]) -> None:
        event = self.event
        if event is None:
            self.say("There is no event yet: go to its trigger and press e.")
        else:
            self.attempt(lambda: step(event))

    def _with_item(self, step: Callable[[Item], None], *, go_on: bool = False) -> None:
        item = self.item
        if item is None:
            self.say("There is no mention at the cursor: n goes to the next candidate, 1 to 5 mark a new one.")
            return
        if self.attempt(lambda: step(item)) and go_on:
            self.action_next_untouched()

    # What is shown

    def head_line(self) -> str:
        """Give article, person, progress and the truth about saving."""
        article, total = self.session.article, len(self.session.suggestions.candidates)
        left = self.session.untouched
        done = "done" if self.session.annotation.finished else f"{total - left} of {total} settled, {left} left"
        return f"{article.article_id}  {article.language}  {self.session.person}  {done}  {self.saving()}"

    def after_change(self) -> None:
        """Bring head and panel up to date."""
        self.show_head()
        guidelines = self.session.project.guidelines
        facts = Text()
        if self.item is not None:
            facts.append(mention_facts(self.item, guidelines.schema, guidelines.registry, self.mode))
        event = self.event
        if event is not None:
            place = f"{[one.id for one in self.events].index(event.id) + 1} of {len(self.events)}"
            facts.append("\n")
            facts.append(event_facts(event, place, self.session.annotation, guidelines.schema, self.mode))
        elif not self.session.annotation.finished:
            facts.append("\nNo event yet. On a trigger, e makes one.", style="dim")
        self.panel.show(facts)

    # Actions on the mention at the cursor

    def action_confirm(self) -> None:
        """Say that the mention is right."""
        self._with_item(lambda item: mention_edits.confirm(self.session, item), go_on=True)

    def action_reject(self) -> None:
        """Say that there is no such mention."""
        self._with_item(lambda item: mention_edits.reject(self.session, item), go_on=True)

    def action_reject_because(self) -> None:
        """Say that there is no such mention, and why."""
        reasons = self.session.schema.rejection_reasons
        options = [Option(reason, reason, key) for key, reason in reasons.items()]
        self._ask_about_item(
            "Rejected because:", options, lambda item, reason: mention_edits.reject(self.session, item, reason), True
        )

    def action_maybe(self) -> None:
        """Leave the mention unsure."""
        self._with_item(lambda item: mention_edits.unsure(self.session, item), go_on=True)

    def action_rekind(self) -> None:
        """Ask of which kind the mention is."""
        options = [Option(kind, kind, key) for key, kind in _KIND_KEYS.items()]
        self._ask_about_item("It is:", options, lambda item, kind: self._rekind(item, kind))

    def _rekind(self, item: Item, kind: str) -> None:
        mention_edits.rekind(self.session, item, next(one for one in KINDS if one == kind))

    def action_correct(self) -> None:
        """Ask for the event type, registry entry or value, whichever the mention has."""
        item = self.item
        if item is None:
            self._with_item(lambda _: None)
        elif item.mention.kind == "trigger":
            types = self.session.schema.types
            options = [Option(name, f"{name}  {one.title}", one.key) for name, one in types.items()]
            self._ask_about_item("Event type:", options, lambda at, name: mention_edits.relabel(self.session, at, name))
        elif item.mention.kind in ("actor", "place"):
            options = [Option("", "not in the registry"), *self._entries(item.mention.kind)]
            self._ask_about_item(
                f"{quote(item.mention.quote, self.mode)} is (type to search):",
                options,
                lambda at, ref: mention_edits.refer(self.session, at, ref or None),
            )
        else:
            self._ask_value(item)

    def _ask_about_item(
        self, title: str, options: list[Option], then: Callable[[Item, str], None], go_on: bool = False
    ) -> None:
        if self.item is None:
            self._with_item(lambda _: None)
        else:
            self.panel.choose(
                title, options, lambda value: self._with_item(lambda item: then(item, value), go_on=go_on)
            )

    def _entries(self, kind: Kind) -> list[Option]:
        registry = self.session.project.guidelines.registry
        entries: dict[str, Actor] | dict[str, Place] = registry.actors if kind == "actor" else registry.places
        return [
            Option(ref, display(f"{ref}  {registry.name_of(ref)}"), search=" ".join((*entry.en, *entry.ar)))
            for ref, entry in entries.items()
        ]

    def _ask_value(self, item: Item) -> None:
        units = self.session.schema.units
        if item.mention.kind == "number":
            self.panel.type_in(
                f"Value, as in {EXAMPLES}",
                notation(item.mention.value),
                lambda written: sentence(parse_number(written, units)),
                lambda written: self._revalue(parse_number(written, units)),
            )
        else:
            self.panel.type_in(
                f"Time, as in {TIME_EXAMPLES}",
                notation(item.mention.value).replace("?", ""),
                lambda written: time_notation(parse_time(written)),
                lambda written: self._revalue(parse_time(written)),
            )

    def _revalue(self, value: NumberValue | TimeValue) -> None:
        self._with_item(lambda item: mention_edits.revalue(self.session, item, value))

    def action_grow_start(self) -> None:
        """Move the start outwards."""
        self._move_edges(lambda text, start, end: (previous_cluster(text, start), end))

    def action_grow_end(self) -> None:
        """Move the end outwards."""
        self._move_edges(lambda text, start, end: (start, next_cluster(text, end)))

    def action_shrink_start(self) -> None:
        """Move the start inwards."""
        self._move_edges(lambda text, start, end: (next_cluster(text, start), end))

    def action_shrink_end(self) -> None:
        """Move the end inwards."""
        self._move_edges(lambda text, start, end: (start, previous_cluster(text, end)))

    def _move_edges(self, moved: Callable[[str, int, int], tuple[int, int]]) -> None:
        text = self.session.article.text
        self._with_item(
            lambda item: mention_edits.move_edges(
                self.session, item, *moved(text, item.mention.start, item.mention.end)
            )
        )

    # Moving

    def action_next_untouched(self) -> None:
        """Go to the next untouched candidate."""
        self._go_to_untouched(1)

    def action_previous_untouched(self) -> None:
        """Go to the previous untouched candidate."""
        self._go_to_untouched(-1)

    def _go_to_untouched(self, step: int) -> None:
        found = self._next(lambda item: item.disposition is None, step)
        if found is None and not self.session.annotation.finished:
            self.say("No candidate is untouched. Read on, add what is missing, then D marks the article done.")
        self._go(found)
        self.after_change()

    def action_next_mention(self) -> None:
        """Go to the next mention of any kind."""
        self._go(self._next(lambda _: True, 1))
        self.after_change()

    def action_previous_mention(self) -> None:
        """Go to the previous mention of any kind."""
        self._go(self._next(lambda _: True, -1))
        self.after_change()

    def action_caret(self, columns: int, rows: int) -> None:
        """Move the cursor as seen on the screen."""
        self.view.step(columns, rows)

    def action_select(self, columns: int, rows: int) -> None:
        """Move the cursor and select on the way."""
        self.view.step(columns, rows, select=True)

    def action_word(self, step: int) -> None:
        """Go to the next or previous word, in reading order."""
        find = next_word if step > 0 else previous_word
        self.view.move_to(find(self.session.article.text, self.view.caret))
        self.view.post_message(ArticleView.Moved())

    def action_edge(self, end: int) -> None:
        """Go to the beginning or the end."""
        self.view.move_to(len(self.session.article.text) if end else 0)
        self.view.post_message(ArticleView.Moved())

    # Adding

    def action_add(self, kind: str) -> None:
        """Mark the selection, or the word at the cursor, as a mention of a kind."""
        where = self.view.selection or word_at(self.session.article.text, self.view.caret)
        made: list[str] = []
        chosen = next(one for one in KINDS if one == kind)

        def add() -> None:
            if not where.of(self.session.article.text).strip():
                raise Refusal("label.not-possible", "There is no word at the cursor.", "Select one with Shift+arrows.")
            made.append(mention_edits.add(self.session, chosen, where.start, where.end))

        if self.attempt(add):
            self._go(self.session.items[made[0]])
            self.after_change()
            if chosen in ("trigger", "number"):
                self.action_correct()

    # Events

    def action_make_event(self) -> None:
        """Make an event of the trigger at the cursor."""

        def make(item: Item) -> None:
            self._event = event_edits.make_event(self.session, item)

        self._with_item(make)

    def action_add_trigger(self) -> None:
        """Make the trigger at the cursor one more of the current event."""
        self._with_item(lambda item: self._with_event(lambda event: event_edits.add_trigger(self.session, event, item)))

    def action_attach(self) -> None:
        """Ask in which role the mention takes part in the current event."""
        item, event = self.item, self.event
        if item is None or event is None:
            self._with_event(lambda _: self._with_item(lambda _: None))
            return
        roles = event_edits.roles_for(self.session, event, item)
        if not roles:
            self.say(f"{event.type} has no role for a {item.mention.kind}.")
            return
        self.panel.choose(
            f"{quote(item.mention.quote, self.mode)} in {event.type} is:",
            _lettered(roles),
            lambda role: self._with_event(lambda at: event_edits.attach(self.session, at, role, item)),
        )

    def action_detach(self) -> None:
        """Take the mention at the cursor out of the current event."""
        self._with_item(
            lambda item: self._with_event(lambda event: event_edits.detach(self.session, event, item.mention.id))
        )

    def action_count_of(self) -> None:
        """Ask whose losses the number at the cursor counts in the current event."""
        item = self.item
        if item is None or item.mention.kind != "number":
            self.say("Only a number counts losses: go to one that is in the current event.")
            return
        self.panel.choose(
            f"{quote(item.mention.quote, self.mode)} counts the losses of (type to search):",
            [Option("", "nobody in particular"), *self._entries("actor")],
            lambda ref: self._with_event(
                lambda event: event_edits.set_of(self.session, event, item.mention.id, ref or None)
            ),
        )

    def action_next_event(self) -> None:
        """Make the next event the current one."""
        self._step_event(1)

    def action_previous_event(self) -> None:
        """Make the previous event the current one."""
        self._step_event(-1)

    def _step_event(self, step: int) -> None:
        ids = [event.id for event in self.events]
        if ids:
            at = ids.index(self._event) + step if self._event in ids else 0
            self._event = ids[at % len(ids)]
            event = self.event
            if event is not None:
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

    # The article

    def action_done(self) -> None:
        """Mark the article done, or open it again."""
        if self.session.annotation.finished:
            self.attempt(self.session.reopen)
        elif self.attempt(self.session.finish):
            self.say(f"{one_line(self.session.article.article_id)} is done. q goes back to the queue.")


def _lettered(names: list[str]) -> list[Option]:
    """Give options with a letter each: its first letter that is free, else any letter that is."""
    options, taken = [], set[str]()
    for name in names:
        key = next((letter for letter in (*name, *_KEYS) if letter in _KEYS and letter not in taken), "")
        taken.add(key)
        options.append(Option(name, name, key))
    return options
