"""What stands in the margin of an article on both screens: what region a paragraph is, notes, questions.

What it asks, it asks in the side panel; what it changes, it changes through `workflow.regions` and `workflow.notes`.
"""

from collections.abc import Mapping, Sequence

from annotator.model.article import READ_REGIONS, RegionKind
from annotator.model.decision import Decision, RemoveNote, SetNote, SetRegions
from annotator.model.note import Note, NoteKind
from annotator.text.clusters import word_at
from annotator.text.counted import counted
from annotator.text.span import Span
from annotator.tui.facts import ROOM, quote
from annotator.tui.layout import in_lines, one_line
from annotator.tui.screens.search_screen import SearchScreen
from annotator.tui.widgets.picker import Option
from annotator.workflow.notes import in_reading_order, note_on, write_note
from annotator.workflow.regions import paragraph_at, region_at, set_region

_REGION_KEYS: Mapping[str, RegionKind] = {
    "t": "title",
    "b": "byline",
    "d": "dateline",
    "y": "body",
    "p": "caption",
    "m": "masthead",
    "c": "cookie_banner",
    "f": "comment_form",
    "r": "related_links",
    "n": "navigation",
}

_LISTED = ROOM - len("▸ ")
"""Cells of a line in a list; what is at the cursor is shown whole above it."""


class MarginScreen(SearchScreen):
    """An article with its margin."""

    def about(self) -> tuple[Span, str | None]:
        """Give what a note would be about: a stretch, in code points, and the id of a mention if it is one."""
        return self.view.selection or word_at(self.session.article.text, self.view.caret), None

    def notes(self) -> Sequence[tuple[str, Note]]:
        """Give the notes that can be seen here, in reading order, each behind who wrote it (nothing for oneself)."""
        return [("", note) for note in in_reading_order(self.session.annotation.notes.values())]

    def may_change(self, *, typed: bool = False) -> bool:
        """Tell whether the article's labels can be changed; if not, tell it in the place of a question."""
        return self.may_ask_after(self.session.refuse_if_done, typed=typed)

    def show_change(self, decision: Decision) -> None:
        """Say what became of a note or of the regions: on the text itself it may not be seen."""
        super().show_change(decision)
        for change in decision.changes:
            if isinstance(change, SetNote | RemoveNote):
                self._show_note(change)
            elif isinstance(change, SetRegions):
                self.say("The regions changed; what is dim is boilerplate.")

    def _show_note(self, change: SetNote | RemoveNote) -> None:
        note = self.session.annotation.notes.get(change.note.id if isinstance(change, SetNote) else change.note)
        if note is None:
            self.say("What was written there is gone.")
            return
        self.view.move_to(note.start)
        self.caret_moved()
        self.say(f"{note.kind}: {one_line(note.text, self.mode)}")

    # Regions

    def action_boilerplate(self) -> None:
        """Show of which region the selection or paragraph is, and ask whether it is another."""
        text = self.session.article.text
        where = self.view.selection or paragraph_at(text, self.view.caret)
        if where.start == where.end:
            self.panel.tell("This line is empty.")
            return
        if not self.may_change():
            return
        region = region_at(self.session.regions, where.start)
        options = [Option(kind, _described(kind), key) for key, kind in _REGION_KEYS.items()]
        self.panel.choose(
            "The selection is:" if self.view.selection else "This paragraph is:",
            options,
            lambda chosen: self._set_region(chosen, where),
            region.kind if region else None,
        )

    def _set_region(self, chosen: str, where: Span) -> None:
        kind = next(one for one in _REGION_KEYS.values() if one == chosen)
        fallen: list[int] = []
        if self.attempt(lambda: fallen.append(set_region(self.session, kind, where))):
            rejected = f"; {counted(fallen[0], 'untouched candidate')} in it rejected" if fallen[0] else ""
            self.say(f"{_described(kind)}{rejected}. u undoes it.")

    # Notes

    def action_note(self, kind: NoteKind) -> None:
        """Write a note or a question about the mention at the cursor, the selection or the word."""
        where, mention = self.about()
        if not where.of(self.session.article.text).strip():
            self.panel.tell("There is nothing here to write about: go to a word, or select some.", typed=True)
            return
        before = note_on(self.session.annotation.notes.values(), kind, where, mention)
        words = quote(where.of(self.session.article.text), self.mode)
        self.panel.type_in(
            f"{'Question to the adjudicator' if kind == 'question' else 'Note'} about\n{words}:",
            before.text if before else "",
            lambda written: "Enter keeps it." if written.strip() else "Nothing written: Enter takes it away.",
            lambda written: self._write(kind, where, mention, written),
        )

    def _write(self, kind: NoteKind, where: Span, mention: str | None, written: str) -> None:
        self.attempt(lambda: write_note(self.session, kind, where, mention, written))

    def action_notes(self) -> None:
        """List the notes and questions, and go to the chosen one."""
        found = dict(enumerate(self.notes()))
        if not found:
            self.panel.tell("There are no notes and no questions.")
            return
        options = [
            Option(
                str(number),
                f"{(said := f'{who}{note.kind}: ')}{quote(note.text, self.mode, _LISTED - len(said))}",
                names=(note.text,),
                detail=tuple(in_lines(note.text, ROOM, self.mode).split("\n")),
            )
            for number, (who, note) in found.items()
        ]
        self.panel.choose("Notes and questions:", options, lambda chosen: self.jump_to(found[int(chosen)][1].start))


def _described(kind: RegionKind) -> str:
    return kind if kind in READ_REGIONS else f"{kind} (boilerplate)"
