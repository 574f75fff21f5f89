"""One thread that makes decisions durable, in order, off the path of the keys.

The screen may say "saved" only when this says so, after the commit. What cannot be saved is kept and tried again
until it can; nothing is dropped. It knows neither screen nor meaning of what it writes.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Engine

from annotator.errors import Refusal
from annotator.model.decision import Decision
from annotator.store.log import Fork, Standing, Within, append, nothing_else
from annotator.store.outbox import Outbox

_FIRST_RETRY, _LAST_RETRY = 0.2, 5.0
"""Seconds between tries while the store refuses; doubled each time up to the last."""

_BRIEFLY = 0.5
"""Seconds for which closing waits for a store that refuses, where nothing is lost by not waiting."""

_HEAD_START = 0.004
"""Seconds that the screen has to show a decision before saving it takes its share of the processor."""

_MOST_AT_ONCE = 200
"""Decisions that share one transaction when keys come faster than the disk."""

_FAULT = Refusal("store.not-written", "Saving stopped: a fault in the program.", "Quit and open the article again.")

State = Literal["saved", "saving", "failing", "forked"]


@dataclass(frozen=True, slots=True)
class SaveState:
    """What is true about saving right now."""

    state: State
    pending: int
    """Decisions that the store does not have yet."""
    refusal: Refusal | None = None
    """Why the last try failed, while `failing` or `forked`."""
    kept: int = 0
    """How many of the pending ones are on this machine's disk, to be sent when the store answers again."""

    @property
    def all_kept(self) -> bool:
        """Whether nothing is lost when the program ends now."""
        return 0 < self.pending <= self.kept


class Writer:
    """Makes the decisions of one person on one text durable, in the order in which they come."""

    def __init__(
        self,
        engine: Engine,
        seen: int,
        on_change: Callable[[SaveState], None],
        outbox: Outbox | None = None,
        within: Within = nothing_else,
    ) -> None:
        """Start the thread. `seen` is how many of the person's decisions on the text were read from the log.

        With an `outbox` each decision stands there before it is sent. `within` is done in each of the transactions.
        """
        self._engine = engine
        self._seen = seen
        self._tell = on_change
        self._outbox = outbox
        self._within = within
        self._kept = 0
        """How many at the head of the queue stand in the outbox."""
        self._queue: list[tuple[Decision, Standing]] = []
        self._changed = threading.Condition()
        self._closing = False
        self._state = SaveState("saved", 0)
        self._thread = threading.Thread(target=self._run, name="decision-writer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> SaveState:
        """The last state that was told."""
        return self._state

    def submit(self, decision: Decision, standing: Standing) -> None:
        """Queue a decision with the standing after it; returns at once."""
        with self._changed:
            self._queue.append((decision, standing))
            refusal = self._state.refusal
            state = self._state.state if refusal else "saving"
            self._set(SaveState(state, len(self._queue), refusal, self._kept if refusal else 0))
            self._changed.notify_all()

    def unsaved(self) -> list[Decision]:
        """Give the decisions that are not on the disk yet, in order."""
        with self._changed:
            return [decision for decision, _ in self._queue]

    def drain(self, timeout: float) -> bool:
        """Wait until all is saved, `timeout` seconds at most; tell whether it is."""
        with self._changed:
            return (
                self._changed.wait_for(lambda: not self._queue or self._state.state == "forked", timeout)
                and not self._queue
            )

    def close(self, timeout: float) -> bool:
        """Drain, then stop the thread; tell whether all was saved.

        What is all kept on this machine while the store refuses is waited for only briefly.
        """
        if self._state.all_kept:
            timeout = min(timeout, _BRIEFLY)
        self.drain(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self.unsaved()

    def _run(self) -> None:
        try:
            self._save_until_closed()
        finally:
            with self._changed:
                if not self._closing and self._state.state != "forked":
                    self._set(SaveState("failing", len(self._queue), _FAULT))
                    self._changed.notify_all()

    def _save_until_closed(self) -> None:
        pause = _FIRST_RETRY
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closing)
                if self._changed.wait_for(lambda: self._closing, _HEAD_START):
                    return
                batch = self._queue[:_MOST_AT_ONCE]
            self._put_by()
            try:
                append(self._engine, [decision for decision, _ in batch], self._seen, batch[-1][1], self._within)
            except Refusal as refusal:
                if self._gave_up(refusal, pause):
                    return
                pause = min(2 * pause, _LAST_RETRY)
                continue
            pause = _FIRST_RETRY
            self._acknowledge(batch)

    def _put_by(self) -> None:
        """Write what is queued to the outbox. Where this machine's disk refuses, the server may still take it."""
        with self._changed:
            new = [decision for decision, _ in self._queue[self._kept :]]
        if self._outbox is not None and new:
            with suppress(Refusal):
                self._outbox.put(new)
                self._kept += len(new)

    def _acknowledge(self, batch: list[tuple[Decision, Standing]]) -> None:
        with self._changed:
            self._seen += len(batch)
            del self._queue[: len(batch)]
            self._kept = max(0, self._kept - len(batch))
            # When this is closed, another writer may have put some in. What stays is sent again, and counts once.
            if self._outbox is not None and not self._queue and not self._closing:
                with suppress(Refusal):
                    self._outbox.clear()
            self._set(SaveState("saving" if self._queue else "saved", len(self._queue)))
            self._changed.notify_all()

    def _gave_up(self, refusal: Refusal, pause: float) -> bool:
        """Say what is refused and wait; tell whether trying again is useless (a fork) or no longer wanted."""
        forked = isinstance(refusal, Fork)
        with self._changed:
            if isinstance(refusal, Fork):
                self._queue = [queued for queued in self._queue if queued[0].id not in refusal.saved]
                self._kept = 0
            self._set(SaveState("forked" if forked else "failing", len(self._queue), refusal, self._kept))
            self._changed.notify_all()
        return forked or self._closes_within(pause)

    def _closes_within(self, seconds: float) -> bool:
        """Wait, and tell whether this was closed meanwhile; what is decided in that time is put by at once."""
        until = time.monotonic() + seconds
        put_by = self._state.pending
        while True:
            with self._changed:
                if len(self._queue) == put_by and not self._closing:
                    self._changed.wait(max(0.0, until - time.monotonic()))
                if self._closing or time.monotonic() >= until:
                    return self._closing
                put_by = len(self._queue)
            self._put_by()
            with self._changed:
                self._set(SaveState("failing", len(self._queue), self._state.refusal, self._kept))

    def _set(self, state: SaveState) -> None:
        self._state = state
        self._tell(state)
