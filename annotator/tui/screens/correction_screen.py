"""What a mention is, on the labelling screen: its kind, event type, registry entry or value, asked for and set; adding.

What it asks, it asks in the side panel, and only what can be carried out; what it changes, it changes through
`mention_edits`.
"""

from collections.abc import Mapping

from annotator.errors import Refusal
from annotator.model.mention import KINDS, Kind
from annotator.model.notation import (
    EXAMPLES,
    TIME_EXAMPLES,
    notation,
    parse_number,
    parse_time,
    reworded,
    sentence,
    time_notation,
)
from annotator.model.registry import Actor, Place
from annotator.model.value import NumberValue, TimeValue
from annotator.text.clusters import word_at
from annotator.tui.facts import quote
from annotator.tui.layout import one_line
from annotator.tui.screens.mention_screen import MentionScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow import mention_edits
from annotator.workflow.number_names import named, unnamed
from annotator.workflow.session import Item

_KIND_KEYS: Mapping[str, Kind] = dict(zip("12345", KINDS, strict=True))

_ASKED_ABOUT: frozenset[Kind] = frozenset({"trigger", "number"})
"""Kinds that say nothing until they have a type or a value: it is asked for as soon as there is one."""


class CorrectionScreen(MentionScreen):
    """An article whose mentions can be corrected and added to."""

    def action_rekind(self) -> None:
        """Ask of which kind the mention is."""
        options = [Option(kind, kind, key) for key, kind in _KIND_KEYS.items()]
        self.ask_about_item("It is:", options, self._rekind, current=self.item.mention.kind if self.item else None)

    def _rekind(self, item: Item, kind: str) -> None:
        chosen = next(one for one in KINDS if one == kind)
        self.go(self.session.items[mention_edits.rekind(self.session, item, chosen)])
        if chosen != item.mention.kind and chosen in _ASKED_ABOUT:
            self.action_correct()

    def action_correct(self) -> None:
        """Ask for the event type, registry entry or value, whichever the mention has."""
        item = self.item
        if not self.may_ask(typed=item is None or item.mention.kind != "trigger") or item is None:
            return
        if item.mention.kind == "trigger":
            types = self.session.schema.types
            self.ask_about_item(
                "Event type:",
                [Option(name, f"{name}  {one.title}", one.key) for name, one in types.items()],
                lambda at, name: mention_edits.relabel(self.session, at, name),
                current=item.mention.label,
            )
        elif item.mention.kind in ("actor", "place"):
            self.ask_about_item(
                f"{quote(item.mention.quote, self.mode)} is (type to search):",
                [Option("", "not in the registry"), *self.entries(item.mention.kind)],
                lambda at, ref: mention_edits.refer(self.session, at, ref or None),
                current=item.mention.ref,
            )
        else:
            self._ask_value(item)

    def entries(self, kind: Kind) -> list[Option]:
        """Give the actors or places of the registry, found by all their names."""
        registry = self.session.project.guidelines.registry
        known: dict[str, Actor] | dict[str, Place] = registry.actors if kind == "actor" else registry.places
        return [
            Option(ref, one_line(f"{ref}  {registry.name_of(ref)}", self.mode), names=(*entry.en, *entry.ar))
            for ref, entry in known.items()
        ]

    def _ask_value(self, item: Item) -> None:
        value = item.mention.value
        if item.mention.kind == "number":
            self.panel.type_in(
                f"Value, as in {EXAMPLES}",
                notation(named(self.session, value) if isinstance(value, NumberValue) else value),
                lambda written: sentence(named(self.session, self._read_number(item, written))),
                lambda written: self._revalue(self._read_number(item, written)),
            )
        else:
            self.panel.type_in(
                f"Time, as in {TIME_EXAMPLES}",
                notation(value).replace("?", ""),
                lambda written: time_notation(parse_time(written)),
                lambda written: self._revalue(parse_time(written)),
            )

    def _read_number(self, item: Item, written: str) -> NumberValue:
        """Give what was typed, of the unit that the number has, unless another one was typed.

        A unit or scope that is typed alone leaves the rest of the value as it is.
        """
        units, held = self.session.schema.units, item.mention.value
        kept = reworded(held, written, units) if isinstance(held, NumberValue) else None
        if kept is not None:
            return kept
        value = parse_number(written, units)
        if value.unit is None and isinstance(held, NumberValue):
            value = value.model_copy(update={"unit": held.unit})
        return unnamed(self.session, item, value)

    def _revalue(self, value: NumberValue | TimeValue) -> None:
        self.with_item(lambda item: mention_edits.revalue(self.session, item, value))

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

        asks = chosen in _ASKED_ABOUT
        if self.may_ask_after(add, typed=chosen != "trigger") if asks else self.attempt(add):
            self.go(self.session.items[made[0]])
            self.after_change()
            if asks:
                self.action_correct()
