"""Fenced blocks of a Markdown page: which lines stand in them, and which do not. Owns no more of Markdown."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" *(?P<fence>`{3,}|~{3,}) *(?P<info>[^`\s]*)")


def outside_fences(page: str) -> Iterator[tuple[int, str]]:
    """Give the lines of a Markdown page that stand in no fenced block, numbered from 1."""
    lines = page.split("\n")
    inside = {number for start, end, _, _ in fenced(lines) for number in range(start - 1, end + 1)}
    return ((number + 1, line) for number, line in enumerate(lines) if number not in inside)


def fenced(lines: list[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Give for every fenced block its lines, half-open and counted from 0, its first word, and whether it is closed."""
    start, opened = 0, None
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if opened is None:
            if found:
                start, opened = number + 1, found
        elif found and found["fence"].startswith(opened["fence"]) and not line.strip().strip(opened["fence"][0]):
            yield start, number, opened["info"], True
            opened = None
    if opened is not None:
        yield start, len(lines), opened["info"], False
