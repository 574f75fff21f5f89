"""The mentions of the labelling screen: moving among them, settling, correcting and adding, by one key each.

What it asks, it asks in the side panel; what it changes, it changes through `mention_edits`.
"""

from collections.abc import Callable

from annotator.errors import Refusal
from annotator.model.decision import Decision, SettleMention
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
from annotator.text.span import Span, span
from annotator.tui.facts import quote
from annotator.tui.layout import BidiMode
from annotator.tui.screens.margin_screen import MarginScreen
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.picker import Option
from annotator.workflow import mention_edits
from annotator.workflow.session import Item, Session

_KIND_KEYS: dict[str, Kind] = dict(zip("12345", KINDS, strict=True))


class MentionScreen(MarginScreen):
    """An article whose mentions can be settled."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode)
        self._at = session.cursor if at is None else at

    def begin(self) -> None:
        """Go on where the work was left."""
        here = self._item_at(self._at)
        if here is None and not self._at:
            here = self._next(lambda item: item.disposition is None, 1, -1)
        self.go(here) if here else self.view.move_to(self._at)
        self.after_change()

    # Where the reader is

    @property
    def item(self) -> Item | None:
        """The mention at the cursor."""
        return self.session.items.get(self.view.current or "")

    def _item_at(self, offset: int) -> Item | None:
        over = self.session.items.over(span(offset, offset + 1))
        return min(over, key=lambda item: (item.mention.end - item.mention.start, item.order), default=None)

    def _next(self, wanted: Callable[[Item], bool], step: int, start: int | None = None) -> Item | None:
        start = self._here(step) if start is None else start
        return next(filter(wanted, self.session.around(start, step)), None)

    def _here(self, step: int) -> int:
        return self.session.position_of(self.item) if self.item else self._position_of_caret(step)

    def _position_of_caret(self, step: int) -> int:
        before = self.session.position_at(self.view.caret)
        return before - 1 if step > 0 else before

    def go(self, item: Item | None) -> None:
        """Put the cursor on a mention."""
        if item is not None:
            self.view.make_current(item.mention.id)
            self.view.move_to(item.mention.start)
            self.session.cursor = self.view.caret

    def on_article_view_moved(self, _event: ArticleView.Moved) -> None:
        """Follow the mouse; a question about the mention that was left is taken back."""
        self.panel.take_back()
        self.caret_moved()

    def caret_moved(self) -> None:
        """Make the innermost mention under the cursor the current one."""
        self.session.cursor = self.view.caret
        item = self._item_at(self.view.caret)
        self.view.make_current(item.mention.id if item else None)
        self.after_change()

    def about(self) -> tuple[Span, str | None]:
        """Give what a note would be about: the mention at the cursor, unless something else is selected."""
        item = None if self.view.selection else self.item
        return (item.mention.span, item.mention.id) if item else super().about()

    def show_change(self, decision: Decision) -> None:
        """Go to the mention that a decision settled, where it still stands."""
        settled = [change.mention.id for change in decision.changes if isinstance(change, SettleMention)]
        self.go(next((self.session.items[one] for one in settled if one in self.session.items), None))

    def with_item(self, step: Callable[[Item], None], *, go_on: bool = False) -> None:
        item = self.item
        if item is None:
            self.say("There is no mention at the cursor: n goes to the next candidate, 1 to 5 mark a new one.")
            return
        if self.attempt(lambda: step(item)) and go_on:
            self.action_next_untouched()

    # Actions on the mention at the cursor

    def action_confirm(self) -> None:
        """Say that the mention is right."""
        self.with_item(lambda item: mention_edits.confirm(self.session, item), go_on=True)

    def action_reject(self) -> None:
        """Say that there is no such mention."""
        self.with_item(lambda item: mention_edits.reject(self.session, item), go_on=True)

    def action_reject_because(self) -> None:
        """Say that there is no such mention, and why."""
        reasons = self.session.schema.rejection_reasons
        options = [Option(reason, reason, key) for key, reason in reasons.items()]
        self._ask_about_item(
            "Rejected because:",
            options,
            lambda item, reason: mention_edits.reject(self.session, item, reason),
            go_on=True,
        )

    def action_maybe(self) -> None:
        """Leave the mention unsure."""
        self.with_item(lambda item: mention_edits.unsure(self.session, item), go_on=True)

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
            self.with_item(lambda _: None)
        elif item.mention.kind == "trigger":
            types = self.session.schema.types
            options = [Option(name, f"{name}  {one.title}", one.key) for name, one in types.items()]
            self._ask_about_item(
                "Event type:",
                options,
                lambda at, name: mention_edits.relabel(self.session, at, name),
                current=item.mention.label,
            )
        elif item.mention.kind in ("actor", "place"):
            options = [Option("", "not in the registry"), *self._entries(item.mention.kind)]
            self._ask_about_item(
                f"{quote(item.mention.quote, self.mode)} is (type to search):",
                options,
                lambda at, ref: mention_edits.refer(self.session, at, ref or None),
                current=item.mention.ref,
            )
        else:
            self._ask_value(item)

    def _ask_about_item(
        self,
        title: str,
        options: list[Option],
        then: Callable[[Item, str], None],
        *,
        go_on: bool = False,
        current: str | None = None,
    ) -> None:
        def answered(value: str) -> None:
            self.with_item(lambda item: then(item, value), go_on=go_on)

        if self.item is None:
            self.with_item(lambda _: None)
        else:
            self.panel.choose(title, options, answered, current)

    def _entries(self, kind: Kind) -> list[Option]:
        registry = self.session.project.guidelines.registry
        entries: dict[str, Actor] | dict[str, Place] = registry.actors if kind == "actor" else registry.places
        return [
            Option(ref, display(f"{ref}  {registry.name_of(ref)}"), names=(*entry.en, *entry.ar))
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
        self.with_item(lambda item: mention_edits.revalue(self.session, item, value))

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
        self.with_item(
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
        found = self.session.items.next_untouched(self._here(step), step)
        if found is None and not self.session.annotation.finished:
            self.say("No candidate is untouched. Read on, add what is missing, then D marks the article done.")
        self.go(found)
        self.after_change()

    def action_next_mention(self) -> None:
        """Go to the next mention of any kind."""
        self.go(self._next(_not_rejected, 1))
        self.after_change()

    def action_previous_mention(self) -> None:
        """Go to the previous mention of any kind."""
        self.go(self._next(_not_rejected, -1))
        self.after_change()

    def action_caret(self, columns: int, rows: int) -> None:
        """Move the cursor as seen on the screen."""
        self.view.step(columns, rows)
        self.caret_moved()

    def action_select(self, columns: int, rows: int) -> None:
        """Move the cursor and select on the way."""
        self.view.step(columns, rows, select=True)
        self.caret_moved()

    def action_word(self, step: int) -> None:
        """Go a word to the right or left, as seen: in a right-to-left line the next word is on the left."""
        find = next_word if (step > 0) != self.view.reads_leftwards() else previous_word
        self.view.move_to(find(self.session.article.text, self.view.caret))
        self.caret_moved()

    def action_edge(self, end: int) -> None:
        """Go to the beginning or the end."""
        self.view.move_to(len(self.session.article.text) if end else 0)
        self.caret_moved()

    # Adding

    def action_add(self, kind: str) -> None:
        """Mark the selection, or the word at the cursor, as a mention of a kind."""
        text = self.session.article.text
        where = (self.view.selection or word_at(text, self.view.caret)).trimmed(text)
        made: list[str] = []
        chosen = next(one for one in KINDS if one == kind)

        def add() -> None:
            if where.start == where.end:
                raise Refusal("label.not-possible", "There is no word at the cursor.", "Select one with Shift+arrows.")
            made.append(mention_edits.add(self.session, chosen, where.start, where.end))

        if self.attempt(add):
            self.go(self.session.items[made[0]])
            self.after_change()
            if chosen in ("trigger", "number"):
                self.action_correct()


def _not_rejected(item: Item) -> bool:
    return item.disposition != "rejected"
