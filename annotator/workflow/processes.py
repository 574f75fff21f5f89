"""Work done in processes of their own, one thing after the other, in the order in which the things come.

Owns starting, feeding and ending the processes: one thing at a time each, so that two never wait for each other with
full pipes, and a pipe that closes ends its process, whatever happened to ours. Knows nothing of what is done.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
Done = TypeVar("Done")

AHEAD = 4
"""Things for each process that are taken ahead of the one whose turn it is."""

_PATIENCE = 5.0
"""Seconds for which a process may take its leave before it is ended."""


@dataclass(frozen=True, slots=True)
class Lost:
    """What comes of a thing whose process is gone before it was done."""

    by_itself: bool
    """Whether the process left with an error, which it told itself, as one that cannot begin does; else somebody ended
    it, perhaps for want of memory."""


def usable_cores() -> int:
    """Give how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes(Generic[Thing, Done]):
    """Up to so many processes that do one kind of work, started when they are needed; they end with the `with`."""

    def __init__(self, work: Callable[[Thing], Done], most: int, name: str) -> None:
        """Take what is done with each thing, which must not raise; it, things and what is done go through pickle."""
        self._work, self._most, self._name = work, most, name
        self._context = get_context("spawn")
        self._of: dict[Connection, BaseProcess] = {}
        self._idle: list[Connection] = []
        self._busy: dict[Connection, tuple[int, Thing]] = {}

    def __enter__(self) -> "Processes[Thing, Done]":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for pipe in self._of:
            pipe.close()
        for process in self._of.values():
            if kind is None:
                process.join(_PATIENCE)
            process.terminate()
            process.join()

    def in_order(self, asked: Iterable[tuple[Thing, Done | None]]) -> Iterator[tuple[Thing, Done | Lost]]:
        """Give things in their order, with what came of them, taking no more ahead than keeps the processes at work.

        Where that is known already it is passed on.
        """
        coming, done = enumerate(asked), dict[int, tuple[Thing, Done | Lost]]()
        turn = taken = 0
        while True:
            room = min(self._most - len(self._busy), turn + AHEAD * self._most - taken)
            for number, (thing, known) in islice(coming, max(0, room)):
                taken = number + 1
                if known is None:
                    self._send(number, thing, done)
                else:
                    done[number] = thing, known
            if turn in done:
                yield done.pop(turn)
                turn += 1
            elif self._busy:
                self._receive(done)
            elif turn == taken:
                return

    def _send(self, number: int, thing: Thing, done: dict[int, tuple[Thing, Done | Lost]]) -> None:
        pipe = self._idle.pop() if self._idle else self._start()
        self._busy[pipe] = number, thing
        try:
            pipe.send(thing)
        except OSError:
            self._lose(pipe, done)

    def _receive(self, done: dict[int, tuple[Thing, Done | Lost]]) -> None:
        for pipe in wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            try:
                sent: Done = pipe.recv()
            except (EOFError, OSError):
                self._lose(pipe, done)
                continue
            number, thing = self._busy.pop(pipe)
            self._idle.append(pipe)
            done[number] = thing, sent

    def _lose(self, pipe: Connection, done: dict[int, tuple[Thing, Done | Lost]]) -> None:
        """Settle the thing of a process that is gone, and forget the process: another takes its place."""
        number, thing = self._busy.pop(pipe)
        pipe.close()
        process = self._of.pop(pipe)
        process.join()
        done[number] = thing, Lost(by_itself=(process.exitcode or 0) > 0)

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), name=self._name, daemon=True)
        # What Python starts beside the first process lets Ctrl-C through again while it does so.
        resource_tracker.ensure_running()
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        self._of[ours] = process
        return ours


def _serve(pipe: Connection, work: Callable[[Any], object]) -> None:
    """Be such a process: work until the pipe is closed. Ctrl-C is for the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            thing = pipe.recv()
        except EOFError:
            return
        found = work(thing)
        try:
            pipe.send(found)
        except BrokenPipeError:
            return


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back meanwhile: a process that is started so never hears it, not even before it can say so."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
