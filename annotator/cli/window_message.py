"""What a window of the page tells its program, read from the JSON that comes over its websocket. Does nothing."""

from typing import Any, NamedTuple

import orjson


class WindowMessage(NamedTuple):
    """One message, known to be of its kind's shape."""

    kind: str
    """`stdin`, `resize`, `ping`, `focus`, `blur`, or one that means nothing here."""
    content: Any
    """Of `stdin` text, of `resize` columns and rows, of `ping` text; of others nothing."""


def read_message(told: str) -> WindowMessage | None:
    """Give the message; None for what the page's own script never sends, whoever sent it."""
    try:
        match orjson.loads(told):
            case [("stdin" | "ping") as kind, str(text)]:
                return WindowMessage(kind, text)
            case ["resize", {"width": width, "height": height}] if type(width) is type(height) is int:
                return WindowMessage("resize", (width, height))
            case [str("stdin" | "ping" | "resize"), *_]:
                return None
            case [str(kind), *_]:
                return WindowMessage(kind, None)
            case _:
                return None
    except orjson.JSONDecodeError:
        return None
