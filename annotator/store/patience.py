"""How long a server may say nothing: a connection that gives it up, and for a while keeps others from waiting for it.

A statement may take as long as it takes while the server lives, which is asked by a second connection. A server that
does not answer that either, as its machine hangs or the network swallows everything, is given up. Knows no statement.
"""

import threading
import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen

Given = TypeVar("Given")

PATIENCE, CONNECTING = 3, 5
"""Seconds without an answer to a statement until it is asked whether the server lives, and for connecting."""

_REST = 5.0
"""Seconds for which a server that did not answer is not waited for again: who asks meanwhile is told at once."""


class Patience:
    """What is known of one server: whether somebody found that it does not answer."""

    def __init__(self) -> None:
        """Begin by expecting an answer."""
        self._lock = threading.Lock()
        self._silent_until = 0.0
        self._is_silent = False
        self._asks = False
        """Whether somebody is finding out whether a silent server answers again: all others need not wait for that."""

    def connect(self, *given: Any, **parameters: Any) -> "psycopg.Connection[Any]":
        """Give a connection that is given up when the server stops answering. Raises psycopg's errors."""
        self._refuse_while_silent()
        try:
            made = _Patient.connect(*given, **parameters)
        except psycopg.errors.ConnectionTimeout:
            self._silent()
            raise
        finally:
            self._asks = False
        self._is_silent = False
        made.lives = lambda: self._lives(*given, **parameters)
        return made

    def _refuse_while_silent(self) -> None:
        with self._lock:
            if self._is_silent and (self._asks or time.monotonic() < self._silent_until):
                raise psycopg.errors.ConnectionTimeout("it said nothing when it was asked last")
            self._asks = self._is_silent

    def _silent(self) -> None:
        self._is_silent, self._silent_until = True, time.monotonic() + _REST

    def _lives(self, *given: Any, **parameters: Any) -> bool:
        """Tell whether the server answers anything to a new connection, if only that there are too many."""
        try:
            psycopg.Connection.connect(*given, **parameters).close()
        except psycopg.errors.ConnectionTimeout:
            self._silent()
            return False
        except psycopg.OperationalError:
            return True  # what is wrong with it, the connection that waits is told
        return True


class _Patient(psycopg.Connection[Any]):
    """A connection that asks whether the server lives when it is kept waiting."""

    lives: Callable[[], bool]
    """Tells whether the server lives."""

    def wait(self, gen: PQGen[Given], *given: Any, **named: Any) -> Given:
        """Wait for what `gen` gives. Raises `psycopg.OperationalError` when the server does not answer any more."""
        return super().wait(self._while_it_lives(gen), *given, **named)

    def _while_it_lives(self, gen: PQGen[Given]) -> Generator[Any, Any, Given]:
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > PATIENCE:
                    self._give_up_unless_it_lives()
                    heard = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as done:
            given: Given = done.value
            return given
        finally:
            gen.close()

    def _give_up_unless_it_lives(self) -> None:
        if not self.lives():
            self.close()
            raise psycopg.OperationalError(f"no answer for {PATIENCE + CONNECTING} seconds")
