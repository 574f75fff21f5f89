"""Lines cut to the room that there is, with a mark where there are more. Owns no widget."""

from collections.abc import Sequence

from rich.text import Text

_MORE = "▼ ctrl+↓"
_BACK = "▲"


def cut(body: Sequence[Text], pinned: Sequence[Text], rest: Sequence[Text], room: int, top: int) -> list[Text]:
    """Give at most `room` lines: `body`, `pinned` and `rest`, the `top` first lines scrolled away.

    What is pinned stays in sight: behind the body while that fits, else at the bottom. `rest` comes as far as there is
    room.
    """
    everything = [*body, *pinned, *rest]
    if len(everything) <= room:
        return everything
    if top == 0 and len(body) + len(pinned) < room:
        return _marked(everything, 0, room)
    return [*_marked([*body, *rest], top, max(1, room - len(pinned))), *pinned][:room]


def last_top(body: int, pinned: int, rest: int, room: int) -> int:
    """Give how many lines can be scrolled away: from there on the last line is in sight."""
    total = body + pinned + rest
    return 0 if total <= room else max(0, body + rest - max(1, room - pinned))


def _marked(lines: Sequence[Text], top: int, room: int) -> list[Text]:
    """Give `room` lines from `top` on, the first and the last marked when there are more beyond them."""
    shown = [line.copy() for line in lines[top : top + room]]
    if top > 0:
        shown[0] = Text(_BACK, style="bold")
    if top + room < len(lines):
        shown[-1] = Text(_MORE, style="bold dim")
    return shown
