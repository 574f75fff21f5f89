"""One line of text being typed: its characters, the cursor in it, and what each key does to them. No widget."""

from dataclasses import dataclass

from annotator.text.clusters import next_cluster, previous_cluster


@dataclass(slots=True)
class LineEdit:
    """A line and a cursor, in code points of the line."""

    text: str = ""
    caret: int = 0
    fresh: bool = True
    """While nothing was typed yet: the first character replaces the whole line, a movement keeps it."""

    @classmethod
    def of(cls, text: str) -> "LineEdit":
        """Begin with `text`, to be kept, edited or typed over."""
        return cls(text, len(text), bool(text))

    def insert(self, written: str) -> None:
        """Type or paste at the cursor; line ends become blanks."""
        written = " ".join(written.splitlines())
        if self.fresh:
            self.text, self.caret = "", 0
        self.text = self.text[: self.caret] + written + self.text[self.caret :]
        self.caret += len(written)
        self.fresh = False

    def take(self, key: str, character: str | None) -> None:
        """Do what a key does: move, delete, or type its character; other keys do nothing."""
        match key:
            case "left":
                self.caret = previous_cluster(self.text, self.caret)
            case "right":
                self.caret = next_cluster(self.text, self.caret)
            case "home" | "ctrl+a":
                self.caret = 0
            case "end" | "ctrl+e":
                self.caret = len(self.text)
            case "backspace":
                self._delete(0 if self.fresh else previous_cluster(self.text, self.caret), self.caret)
            case "delete":
                self._delete(self.caret, next_cluster(self.text, self.caret))
            case "ctrl+u":
                self._delete(0, self.caret)
            case "ctrl+k":
                self._delete(self.caret, len(self.text))
            case _:
                if character is not None and character.isprintable():
                    self.insert(character)
                return
        self.fresh = False

    def _delete(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.caret = start
