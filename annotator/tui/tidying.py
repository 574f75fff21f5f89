"""Collecting garbage when nobody waits: a little after each frame, all of it while no key is pressed.

Left to itself, Python looks over everything that lives every hundred keys or so, and one of them waits for it, for 40
to 180 ms. Textual leaves a hundred objects in cycles at each key, so collecting must go on, but not in the way.
"""

import gc

_FRAMES = 8
"""Frames after which what outlived one is looked over again."""

REST = 5.0
"""Seconds without a frame after which there is time to look over everything."""


class Tidying:
    """Counts the frames of one application."""

    def __init__(self) -> None:
        """Begin with nothing to collect."""
        self._frames = 0
        self._seen = 0
        self._collected = 0

    def after_frame(self) -> None:
        """Collect what the last frame left: under a millisecond."""
        self._frames += 1
        gc.collect(0 if self._frames % _FRAMES else 1)

    def at_rest(self) -> None:
        """To be called every `REST` seconds: collect everything once after frames have stopped coming."""
        if self._seen == self._frames != self._collected:
            gc.collect()
            self._collected = self._frames
        self._seen = self._frames


def begin() -> None:
    """Leave what was imported out of all collecting, and collecting to `Tidying`."""
    gc.freeze()
    gc.disable()


def end() -> None:
    """Leave collecting to Python again."""
    gc.enable()
    gc.unfreeze()
