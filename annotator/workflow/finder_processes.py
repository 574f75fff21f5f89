"""Finders at work in processes of their own, article after article, in the order in which the articles come.

Owns starting, feeding and ending the processes: one article at a time each, so that two never wait for each other with
full pipes, and a pipe that closes ends its process, whatever happened to ours. Stores nothing: who asks does that.
"""

import os
import signal
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from annotator.errors import Refusal
from annotator.finders.suggest import suggest
from annotator.model.article import Article, Region
from annotator.model.guidelines import Guidelines
from annotator.model.suggestions import Candidates, Packed, Suggestions

Asked = tuple[Article, Suggestions | None]
"""An article, and what is known of it already."""

Answer = tuple[Article, Suggestions | Refusal]
"""An article, and what the finders say of it or why they say nothing."""

_AHEAD = 4
"""Articles for each process that are taken ahead of the one whose turn it is."""

_PATIENCE = 5.0
"""Seconds for which a process may take its leave before it is ended."""


def usable_cores() -> int:
    """Give how many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answers(asked: Iterable[Asked], guidelines: Guidelines, jobs: int = 1) -> Iterator[Answer]:
    """Give what the finders say of each article in order, `jobs` of them at work at a time (0: one a core).

    What is known already is passed on. An article that the finders fail on gets a `Refusal` with the traceback as its
    note, for a bug must be seen, and no other article is lost by it. No process is started for less than two jobs, nor
    before an article needs one.
    """
    number = jobs or usable_cores()
    if number < 2:
        for article, known in asked:
            yield article, known if known is not None else _attempt(article, guidelines)
        return
    with _Processes(guidelines, number) as processes:
        yield from processes.in_order(asked)


def _attempt(article: Article, guidelines: Guidelines) -> Suggestions | Refusal:
    try:
        return suggest(article, guidelines)
    except Exception as bug:  # noqa: BLE001 - no article takes others along; the traceback is told
        return _failed(article, f"{type(bug).__name__}: {bug}", "".join(traceback.format_exception(bug)))


def _failed(article: Article, why: str, trace: str = "") -> Refusal:
    refusal = Refusal(
        "finders.failed",
        f"The finders failed on the article {article.article_id} ({' '.join(why.split())}).",
        "Please report this with the article; all others are done.",
    )
    if trace:
        refusal.add_note(trace)
    return refusal


class _Failure(NamedTuple):
    """Why a process says nothing of an article: the refusal's parts, which travel where a note would not."""

    what: str
    do: str
    notes: list[str]


_Wire = tuple[str, tuple[Region, ...], Packed] | _Failure
"""What a process sends: suggestions without the text, which both sides have, or why there are none."""


def _serve(pipe: Connection, guidelines: Guidelines) -> None:
    """Be such a process: answer until the pipe is closed. Ctrl-C is for the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            article: Article = pipe.recv()
        except EOFError:
            return
        found = _attempt(article, guidelines)
        try:
            pipe.send(_packed(found))
        except BrokenPipeError:
            return


def _packed(found: Suggestions | Refusal) -> _Wire:
    if isinstance(found, Refusal):
        return _Failure(found.what, found.do, getattr(found, "__notes__", []))
    return found.finders, found.regions, found.candidates.packed()


def _unpacked(article: Article, sent: _Wire) -> Suggestions | Refusal:
    if isinstance(sent, _Failure):
        refusal = Refusal("finders.failed", sent.what, sent.do)
        for note in sent.notes:
            refusal.add_note(note)
        return refusal
    finders, regions, packed = sent
    return Suggestions(finders=finders, regions=regions, candidates=Candidates(article.text, packed))


class _Processes:
    """Up to so many processes, started when they are needed."""

    def __init__(self, guidelines: Guidelines, most: int) -> None:
        self._guidelines, self._most = guidelines, most
        self._context = get_context("spawn")
        self._of: dict[Connection, BaseProcess] = {}
        self._idle: list[Connection] = []
        self._busy: dict[Connection, tuple[int, Article]] = {}

    def __enter__(self) -> "_Processes":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for pipe in self._of:
            pipe.close()
        for process in self._of.values():
            if kind is None:
                process.join(_PATIENCE)
            process.terminate()
            process.join()

    def in_order(self, asked: Iterable[Asked]) -> Iterator[Answer]:
        """Give the answers in the order of the articles, taking no more ahead than keeps the processes at work."""
        coming, done = enumerate(asked), dict[int, Answer]()
        turn = taken = 0
        while True:
            room = min(self._most - len(self._busy), turn + _AHEAD * self._most - taken)
            for number, (article, known) in islice(coming, max(0, room)):
                taken = number + 1
                if known is None:
                    self._send(number, article, done)
                else:
                    done[number] = article, known
            if turn in done:
                yield done.pop(turn)
                turn += 1
            elif self._busy:
                self._receive(done)
            elif turn == taken:
                return

    def _send(self, number: int, article: Article, done: dict[int, Answer]) -> None:
        pipe = self._idle.pop() if self._idle else self._start()
        self._busy[pipe] = number, article
        try:
            pipe.send(article)
        except OSError:
            self._lose(pipe, done)

    def _receive(self, done: dict[int, Answer]) -> None:
        for pipe in wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            try:
                sent: _Wire = pipe.recv()
            except (EOFError, OSError):
                self._lose(pipe, done)
                continue
            number, article = self._busy.pop(pipe)
            self._idle.append(pipe)
            done[number] = article, _unpacked(article, sent)

    def _lose(self, pipe: Connection, done: dict[int, Answer]) -> None:
        """Settle the article of a process that is gone, and forget the process: another takes its place."""
        number, article = self._busy.pop(pipe)
        pipe.close()
        self._of.pop(pipe).join()
        done[number] = article, _failed(article, "their process was ended, perhaps for want of memory")

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._guidelines), name="finders", daemon=True)
        # What Python starts beside the first process lets Ctrl-C through again while it does so.
        resource_tracker.ensure_running()
        with _deaf_to_interrupts():
            process.start()
        theirs.close()
        self._of[ours] = process
        return ours


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
