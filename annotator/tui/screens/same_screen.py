"""All the same, on the labelling screen: where else a string stands, and one decision for all its places, shown first.

What is the same, and what would become of each place, is said in `workflow/same_strings.py`.
"""

import re
from collections.abc import Callable

from rich.text import Text

from annotator.model.decision import SettleMention
from annotator.text.clusters import word_at
from annotator.text.counted import counted
from annotator.text.display import display
from annotator.text.span import Span
from annotator.tui.facts import meaning, quote
from annotator.tui.layout import beginning, one_line
from annotator.tui.screens.correction_screen import CorrectionScreen
from annotator.tui.widgets.listing import Lines, chosen
from annotator.workflow import same_strings
from annotator.workflow.same_strings import Place
from annotator.workflow.session import Item

_CONTEXT = 40
"""Code points that a line shows on each side of a place, if there is room."""

_LEAST_CONTEXT = 4


class SameScreen(CorrectionScreen):
    """An article in which what is decided once can be decided wherever the same stands."""

    # Doing the same

    def action_same(self) -> None:
        """Show what doing the same to all places of this string would do, and do it where it is ticked."""
        item = self._decided_last() or self.item
        if item is None:
            self.may_ask()
            return
        found: list[Place] = []
        if not self.may_ask_after(lambda: found.extend(self._places(item))):
            return
        if not found:
            words = quote(item.mention.quote, self.mode)
            self.panel.tell(f"Wherever else {words} stands, the same was decided already.")
            return
        ticked = {number for number, place in enumerate(found) if place.fate in same_strings.UNASKED}
        self._go_through(
            self._same_title(item, len(found), len(ticked)),
            [place.span for place in found],
            lambda number: self._fate(item, found[number]),
            lambda answer: self._make_same(item, [found[number] for number in chosen(answer)]),
            ticked,
        )

    def _decided_last(self) -> Item | None:
        """Give the mention at the cursor if it is decided on, else the one decided on last: deciding goes on."""
        if self.item is not None and self.item.disposition is not None:
            return self.item
        last = self.session.history.effective[-1:]
        settled = [one.mention.id for made in last for one in made.changes if isinstance(one, SettleMention)]
        return self.session.items[settled[0]] if settled and settled[0] in self.session.items else None

    def _places(self, item: Item) -> list[Place]:
        self.session.refuse_if_done()
        return same_strings.places(self.session, item, self.finder)

    def _same_title(self, item: Item, count: int, ticked: int) -> Text:
        title = Text(f"{quote(item.mention.quote, self.mode)}\n", style="bold")
        title.append(f"{_settled(item)}: {self._means(item)}\n", style="not bold")
        title.append(f"{counted(count, 'place')} elsewhere, {ticked} ticked", style="not bold")
        return title.append("\nSpace ticks, Enter does, Esc leaves", style="dim not bold")

    def _fate(self, item: Item, place: Place) -> str:
        if place.fate == "add":
            return f"add {item.mention.kind}"
        if place.fate == "settle" or place.item is None:
            return "settle"
        if place.fate == "overlap":
            return f"add over {place.item.mention.kind} {quote(place.item.mention.quote, self.mode)}"
        return f"≠ {_settled(place.item)}: {self._means(place.item)}"

    def _make_same(self, item: Item, places: list[Place]) -> None:
        if self.attempt(lambda: same_strings.make_same(self.session, item, places)):
            self.say(f"Done at {counted(len(places), 'more place')}; u takes all of it back.")

    # Listing the same

    def action_same_list(self) -> None:
        """List the places of the string at the cursor with what was decided of each, and go to the one chosen."""
        text, item = self.session.article.text, self.item
        of = item.mention.span if item else (self.view.selection or word_at(text, self.view.caret))
        spans = same_strings.same_strings(text, of, self.finder)
        if not spans:
            self.panel.tell("There is no word at the cursor.")
            return
        at = next((number for number, one in enumerate(spans) if one == of), 0)
        title = Text(f"{quote(of.of(text), self.mode)}: {counted(len(spans), 'place')}", style="bold")
        self._go_through(
            title.append("\nEnter goes there, Esc leaves. ≠ differs", style="dim not bold"),
            spans,
            lambda number: self._decided(item, spans[number]),
            lambda answer: self._jump_to_place(spans[chosen(answer)[0]]),
            at=at,
        )

    def _decided(self, item: Item | None, where: Span) -> str:
        """Give what was decided on the mentions at a place; a sign where that differs from what holds here."""
        there = same_strings.mentions_at(self.session, where)
        if not there:
            return "no mention"
        differs = item is not None and any(not same_strings.decided_alike(self.session, item, one) for one in there)
        said = [f"{_settled(one)} {one.mention.kind}: {self._means(one)}" for one in there]
        return ("≠ " if differs else "") + " + ".join(said)

    def _jump_to_place(self, where: Span) -> None:
        self.jump_to(where.start)

    # Both

    def _means(self, item: Item) -> str:
        guidelines = self.session.project.guidelines
        return one_line(meaning(item.mention, guidelines.schema, guidelines.registry), self.mode)

    def _go_through(
        self,
        title: Text,
        spans: list[Span],
        says: Callable[[int], str],
        answer: Callable[[str], None],
        ticked: set[int] | None = None,
        at: int = 0,
    ) -> None:
        """Show places in the panel; the article shows the one at the cursor, and comes back when that is over."""
        before = self.place

        def answered(given: str) -> None:
            self.return_to(before)
            answer(given)

        def draw(number: int, width: int) -> Text:
            said = Text(says(number), style="bold")
            said.truncate(width * 2 // 3, overflow="ellipsis")
            context = self.in_context(spans[number], width - said.cell_len - 2)
            return Text().append_text(said).append(f"  {context}")

        lines = Lines(title, len(spans), draw, lambda number: self.view.select(spans[number]), at, ticked)
        self.panel.go_through(lines, answered, lambda: self.return_to(before))

    def in_context(self, where: Span, width: int) -> str:
        """Give a place with a few words around it in `width` cells, as one line in the order of the screen."""
        text, held = self.session.article.text, " ".join(where.of(self.session.article.text).split())
        beside = max(_LEAST_CONTEXT, min(_CONTEXT, (width - len(held) - 2) // 2))
        before, behind = text[max(0, where.start - beside) : where.start], text[where.end : where.end + beside]
        return beginning(f"{_blanks(before)}[{held}]{_blanks(behind)}", max(1, width), self.mode)


def _settled(item: Item) -> str:
    """Give what was said of a mention, in front of more: a reason in brackets."""
    return f"{item.disposition or 'untouched'}{f' ({display(item.reason)})' if item.reason else ''}"


def _blanks(text: str) -> str:
    """Give `text` on one line, with one blank for each run of blanks, those at its edges included."""
    return re.sub(r"\s+", " ", text)
