"""The mentions of the labelling screen: moving among them, settling them and moving their edges, by one key each.

What it asks, it asks in the side panel; what it changes, it changes through `mention_edits`.
"""

from collections.abc import Callable

from annotator.model.decision import Decision, SettleMention
from annotator.model.mention import Mention
from annotator.text import word_edges
from annotator.text.clusters import next_cluster, next_word, previous_cluster, previous_word
from annotator.text.span import Span, span
from annotator.tui.layout import BidiMode
from annotator.tui.screens.split_screen import SplitScreen
from annotator.tui.widgets.article_view import ArticleView
from annotator.tui.widgets.picker import Option
from annotator.workflow import mention_edits
from annotator.workflow.session import Item, Session

_NO_MENTION = "There is no mention at the cursor: n goes to the next candidate, 1 to 5 mark a new one."


class MentionScreen(SplitScreen):
    """An article whose mentions can be settled."""

    def __init__(self, session: Session, mode: BidiMode, at: int | None = None) -> None:
        """Label the article of `session`, beginning at `at` (a code point) or where it was left."""
        super().__init__(session, mode)
        self._at = session.cursor if at is None else at

    def begin(self) -> None:
        """Go on where the work was left."""
        here = self._item_at(self._at)
        if here is None and not self._at:
            here = self.session.items.next_untouched(-1, 1)
        self.go(here) if here else self.view.move_to(self._at)
        self.after_change()

    # Where the reader is

    @property
    def item(self) -> Item | None:
        """The mention at the cursor."""
        return self.session.items.get(self.view.current or "")

    def mention_here(self) -> Mention | None:
        """Give the mention at the cursor."""
        return self.item.mention if self.item else None

    def _item_at(self, offset: int) -> Item | None:
        over = self.session.items.over(span(offset, offset + 1))
        return min(over, key=lambda item: (item.mention.end - item.mention.start, item.order), default=None)

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
        super().show_change(decision)
        settled = [change.mention.id for change in decision.changes if isinstance(change, SettleMention)]
        self.go(next((self.session.items[one] for one in settled if one in self.session.items), None))

    def with_item(self, step: Callable[[Item], None], *, go_on: bool = False) -> None:
        item = self.item
        if item is None:
            self.say(_NO_MENTION)
            return
        if go_on:
            self.settle_and_go_on(lambda: step(item))
        else:
            self.attempt(lambda: step(item))

    def settle_and_go_on(self, step: Callable[[], object]) -> None:
        """Take a step that settles the mention here and go to the next untouched one, which is the place saved with it:
        whoever comes back after a crash begins there.
        """
        coming = self.session.items.next_untouched(self._here(1), 1)
        self.session.cursor = coming.mention.start if coming else self.view.caret
        if self.attempt(step):
            self.action_next_untouched()
        else:
            self.session.cursor = self.view.caret

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
        self.ask_about_item(
            "Rejected because:",
            options,
            lambda item, reason: mention_edits.reject(self.session, item, reason),
            go_on=True,
        )

    def action_maybe(self) -> None:
        """Leave the mention unsure."""
        self.with_item(lambda item: mention_edits.unsure(self.session, item), go_on=True)

    def may_ask(self, *, typed: bool = False) -> bool:
        """Tell whether there is a mention at the cursor and an answer about it could be carried out.

        If not, that is told in the place of the question, one that would be `typed` into or takes a key.
        """
        if self.item is None:
            self.panel.tell(_NO_MENTION, typed=typed)
            return False
        return self.may_change(typed=typed)

    def ask_about_item(
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

        if self.may_ask():
            self.panel.choose(title, options, answered, current)

    # Its boundaries

    def action_grow_start(self) -> None:
        """Move the start outwards."""
        self._move_edges(lambda text, one: Span(previous_cluster(text, one.start), one.end))

    def action_grow_end(self) -> None:
        """Move the end outwards."""
        self._move_edges(lambda text, one: Span(one.start, next_cluster(text, one.end)))

    def action_shrink_start(self) -> None:
        """Move the start inwards."""
        self._move_edges(lambda text, one: Span(next_cluster(text, one.start), one.end))

    def action_shrink_end(self) -> None:
        """Move the end inwards."""
        self._move_edges(lambda text, one: Span(one.start, previous_cluster(text, one.end)))

    def action_grow_start_by_word(self) -> None:
        """Move the start outwards by a word."""
        self._move_edges(word_edges.grown_start)

    def action_grow_end_by_word(self) -> None:
        """Move the end outwards by a word."""
        self._move_edges(word_edges.grown_end)

    def action_shrink_start_by_word(self) -> None:
        """Move the start inwards by a word."""
        self._move_edges(word_edges.shrunk_start)

    def action_shrink_end_by_word(self) -> None:
        """Move the end inwards by a word."""
        self._move_edges(word_edges.shrunk_end)

    def _move_edges(self, moved: Callable[[str, Span], Span]) -> None:
        text = self.session.article.text
        self.with_item(lambda item: mention_edits.move_edges(self.session, item, *moved(text, item.mention.span)))

    # Moving

    def action_next_untouched(self) -> None:
        """Go to the next untouched candidate."""
        self._go_to_untouched(1)

    def action_previous_untouched(self) -> None:
        """Go to the previous untouched candidate."""
        self._go_to_untouched(-1)

    def _go_to_untouched(self, step: int) -> None:
        found = self.session.items.next_untouched(self._here(step), step)
        self._go_on_to(found, step)
        if found is None and not self.session.annotation.finished:
            self.say("No candidate is untouched. Read on, add what is missing, then D marks the article done.")

    def _go_on_to(self, found: Item | None, step: int) -> None:
        """Go to what comes next, and say so where it lies behind: what follows is not done to it unawares."""
        wrapped = found is not None and (self.session.position_of(found) - self._here(step)) * step <= 0
        self.say("" if not wrapped else "On from the beginning." if step > 0 else "Back from the end.")
        self.go(found)
        self.after_change()

    def action_next_trigger(self) -> None:
        """Go to the next trigger."""
        self._go_on_to(self.session.items.next_standing(self._here(1), 1, "trigger"), 1)

    def action_next_mention(self) -> None:
        """Go to the next mention of any kind."""
        self._go_on_to(self.session.items.next_standing(self._here(1), 1), 1)

    def action_previous_mention(self) -> None:
        """Go to the previous mention of any kind."""
        self._go_on_to(self.session.items.next_standing(self._here(-1), -1), -1)

    def action_caret(self, columns: int, rows: int) -> None:
        """Move the cursor as seen on the screen."""
        self.say("")
        self.view.step(columns, rows)
        self.caret_moved()

    def action_select(self, columns: int, rows: int) -> None:
        """Move the cursor and select on the way."""
        self.view.step(columns, rows, select=True)
        self.caret_moved()

    def action_word(self, step: int, select: bool = False) -> None:
        """Go a word to the right or left, as seen: in a right-to-left line the next word is on the left."""
        find = next_word if (step > 0) != self.view.reads_leftwards() else previous_word
        self.view.move_to(find(self.session.article.text, self.view.caret), select=select)
        self.caret_moved()
