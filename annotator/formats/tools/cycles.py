"""Whether events are arguments of themselves, by way of others: tools let people draw that, and no text means it."""

from collections.abc import Iterable

from annotator.formats.tools.document import Frame


def cycle_among(frames: Iterable[Frame]) -> str | None:
    """Give the id of a frame that is on a cycle, the first such, or None where there is none."""
    below = {frame.id: [argument.target for argument in frame.arguments] for frame in frames}
    done: set[str] = set()
    for first in below:
        path = [(first, iter(below[first]))]
        open_ones = {first}
        while path:
            name, rest = path[-1]
            target = next((one for one in rest if one in below and one not in done), None)
            if target is None:
                done.add(name)
                open_ones.discard(name)
                path.pop()
            elif target in open_ones:
                return target
            else:
                open_ones.add(target)
                path.append((target, iter(below[target])))
    return None
