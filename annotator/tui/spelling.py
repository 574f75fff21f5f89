"""A name that is typed out where its first letter is an answer already: its other letters are no commands.

Owns when that is so, from the letters alone: the first two may be an answer and a command, so the second waits a
moment; with the third it is a name. Does nothing with keys itself.
"""

from collections.abc import Collection

from annotator.text.folding import fold

_SURE = 3
"""Letters in a row that make a name."""


class Spelling:
    """What was typed since one letter answered, as long as it may be a name."""

    def __init__(self, names: Collection[str], letter: str) -> None:
        """Begin with the letter that answered; `names` are those that could have been typed."""
        self._names = [fold(name).text for name in names]
        self._typed = letter

    def goes_on(self, letter: str) -> bool:
        """Take a letter if a name goes on with it; tell whether one does."""
        longer = fold(self._typed + letter).text
        if not any(name.startswith(longer) for name in self._names):
            return False
        self._typed += letter
        return True

    @property
    def is_name(self) -> bool:
        """Whether this is no accident."""
        return len(self._typed) >= _SURE
