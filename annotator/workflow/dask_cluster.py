"""Work done by the workers of a Dask scheduler, on any number of machines, in the order in which the things come.

Owns the connection, what travels together, and what becomes of workers that vanish, lack this program or run another.
A worker needs nothing but the program: what is done comes with the task. Dask is loaded when work is sent, not before.
"""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from annotator.errors import Refusal
from annotator.workflow.processes import AHEAD, Lost
from annotator.workflow.this_program import Program, this_program

if TYPE_CHECKING:
    from distributed import Client, Future

Thing = TypeVar("Thing")
Done = TypeVar("Done")

TOGETHER = 32
"""Things that travel as one task at most: a task by itself costs the scheduler a millisecond or two."""

HEAVY = 1_000_000
"""The weight at which they travel sooner."""

_PATIENCE = 20.0
"""Seconds for which a scheduler may be silent, or have no worker, before it is said."""

_ADDRESS = re.compile(r"(tcp|tls)://([\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")


class Scheduler(NamedTuple):
    """Where a Dask scheduler listens."""

    address: str


Jobs = int | Scheduler
"""Who does the work: so many processes of this machine (0: one a core), or the workers of a scheduler."""


def scheduler_at(address: str) -> Scheduler:
    """Give the scheduler of an address as Dask writes it, `tcp://HOST:PORT`. Raises `Refusal` `usage` for another."""
    if not _ADDRESS.fullmatch(address):
        do = "It is written tcp://HOST:PORT, or tls://HOST:PORT; `dask scheduler` says it when it starts."
        raise Refusal("usage", f"{address!r} is no address of a Dask scheduler.", do)
    return Scheduler(address)


class _Shard(NamedTuple, Generic[Thing, Done]):
    """Things that travel together, each with what is known of it already, and the task of those that are not."""

    things: list[tuple[Thing, Done | None]]
    task: "Future[Any] | None"


class Cluster(Generic[Thing, Done]):
    """The workers of a scheduler at one kind of work: asked for when there is some, and let go with the `with`."""

    def __init__(self, work: Callable[[Thing], Done], scheduler: Scheduler, weigh: Callable[[Thing], int]) -> None:
        """Take what is done with each thing, which must not raise; it, things and what is done go through pickle."""
        self._work, self._address, self._weigh = work, scheduler.address, weigh
        self._client: Client | None = None
        self._workers = 1
        self._travelling: Any = None

    def __enter__(self) -> "Cluster[Thing, Done]":
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            # Tasks of a client that is gone are dropped by the scheduler; what a worker has begun it ends.
            with suppress(OSError, CancelledError):
                self._client.close(timeout=_PATIENCE)

    def in_order(self, asked: Iterable[tuple[Thing, Done | None]]) -> Iterator[tuple[Thing, Done | Lost]]:
        """Give things in their order, with what came of them, taking no more ahead than keeps the workers at work.

        Where that is known already it is passed on. Raises `Refusal`: `extra.missing` without Dask, `dask.unreachable`
        for a scheduler that does not answer or has no workers, `dask.other` for one or a worker with another program.
        """
        coming, sent = self._together(asked), deque[_Shard[Thing, Done]]()
        while True:
            while len(sent) < AHEAD * self._workers and (things := next(coming, None)) is not None:
                sent.append(self._send(things))
            if not sent:
                return
            yield from self._received(sent.popleft())

    def _together(self, asked: Iterable[tuple[Thing, Done | None]]) -> Iterator[list[tuple[Thing, Done | None]]]:
        things, weight = list[tuple[Thing, Done | None]](), 0
        for thing, known in asked:
            things.append((thing, known))
            weight += self._weigh(thing)
            if len(things) == TOGETHER or weight >= HEAVY:
                yield things
                things, weight = [], 0
        if things:
            yield things

    def _send(self, things: list[tuple[Thing, Done | None]]) -> _Shard[Thing, Done]:
        unknown = [thing for thing, known in things if known is None]
        return _Shard(things, self._task(unknown) if unknown else None)

    def _task(self, things: Sequence[Thing]) -> "Future[Any]":
        client = self._connected()
        return client.submit(_do, self._travelling, things, this_program(), pure=False)

    def _received(self, shard: _Shard[Thing, Done]) -> Iterator[tuple[Thing, Done | Lost]]:
        """Give what came of a shard. One that ends its workers again and again is done anew, thing by thing."""
        if shard.task is None:
            done: Iterator[Done | Lost] = iter(())
        elif (found := self._result(shard.task)) is not None:
            done = iter(found)
        else:
            unknown = [thing for thing, known in shard.things if known is None]
            done = (self._alone(thing) for thing in unknown)
        for thing, known in shard.things:
            yield thing, known if known is not None else next(done)

    def _alone(self, thing: Thing) -> Done | Lost:
        found = self._result(self._task([thing]))
        return Lost(by_itself=False) if found is None else found[0]

    def _result(self, task: "Future[Any]") -> list[Done] | None:
        """Give what a task found; None when it ended each worker that it was given to."""
        from distributed import KilledWorker

        assert self._client is not None
        try:
            self._wait_for(task)
            self._workers = len(self._client.nthreads()) or 1
            found = task.result()
        except KilledWorker:
            self._workers = _hold_to_this_program(self._client, self._address)
            return None
        except (CancelledError, OSError):
            raise _unreachable(f"The Dask scheduler at {self._address} went away.") from None
        except ImportError as error:
            raise _lacking(f"A worker of {self._address}", error) from None
        finally:
            task.release()
        if isinstance(found, Program):
            raise _other(f"A worker of {self._address}", found)
        assert isinstance(found, list)
        return found

    def _wait_for(self, task: "Future[Any]") -> None:
        """Wait until a task is done, as long as there is anybody to do it."""
        from distributed import wait

        assert self._client is not None
        while True:
            try:
                with self._client.as_current():
                    wait(task, timeout=_PATIENCE)
                return
            except TimeoutError:
                if not self._client.nthreads():
                    raise _unreachable(f"The Dask scheduler at {self._address} has no worker any more.") from None

    def _connected(self) -> "Client":
        if self._client is not None:
            return self._client
        client = self._client = _connect(self._address)
        self._workers = _hold_to_this_program(client, self._address)
        # As a task, and not as data that is spread: what a worker was told is told again when that worker is gone.
        self._travelling = client.submit(_told, self._work, pure=False)
        return client


_one_at_a_time = threading.Lock()
"""Finders are no work for two threads: they keep Python from other work, and switch its search for garbage off."""


def _told(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return work


def _do(work: Callable[[Thing], Done], things: Sequence[Thing], asking: Program) -> list[Done] | Program:
    """Be such a task: a pure function of the things. A worker that came late with another program says so instead."""
    here = this_program()
    if here != asking:
        return here
    with _one_at_a_time:
        return [work(thing) for thing in things]


def _connect(address: str) -> "Client":
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        raise Refusal(
            "extra.missing",
            f"--dask needs {error.name}, which is not installed.",
            "Install it: pip install 'annotator[dask]'",
        ) from None
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"})  # a long article is no mistake
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said here, in a sentence
    try:
        _refuse_tls_without_certificates(address, distributed.Security())
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False, direct_to_workers=False)
    except (OSError, TimeoutError) as error:
        raise _unreachable(f"No Dask scheduler answers at {address} ({_first_line(error)}).") from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        do = f"Start some: dask worker {address} --nthreads 1"
        raise Refusal("dask.unreachable", f"The Dask scheduler at {address} has no workers.", do) from None
    return client


def _refuse_tls_without_certificates(address: str, security: Any) -> None:
    if address.startswith("tls://") and security.get_connection_args("client").get("ssl_context") is None:
        raise Refusal(
            "dask.unreachable",
            "tls:// takes certificates, and Dask's configuration names none.",
            "Set distributed.comm.tls: ca-file, client.cert and client.key.",
        )


def _hold_to_this_program(client: "Client", address: str) -> int:
    """Refuse a scheduler or a worker without this program or with another, and give how many workers there are."""
    try:
        _hold(f"The scheduler at {address}", _asked(client))
        found = client.run(this_program, on_error="return")
    except (CancelledError, OSError):
        raise _unreachable(f"The Dask scheduler at {address} went away.") from None
    for worker, program in sorted(found.items()):
        _hold(f"The worker at {worker}", program)
    return len(found) or 1


def _asked(client: "Client") -> Program | Exception:
    """Give what program the scheduler has: it unpacks what passes through it."""
    try:
        told: Program = client.run_on_scheduler(this_program)
    except (CancelledError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - what it cannot unpack it tells as a bare Exception
        return error
    return told


def _hold(who: str, program: Program | Exception) -> None:
    if isinstance(program, OSError):
        return  # gone meanwhile: others do its work
    if isinstance(program, Exception):
        raise _lacking(who, program)
    if program != this_program():
        raise _other(who, program)


def _unreachable(what: str) -> Refusal:
    return Refusal("dask.unreachable", what, "What was found is kept: look at the scheduler and ask again.")


def _lacking(who: str, error: Exception) -> Refusal:
    do = "Install the same annotator there: pip install 'annotator[dask]'"
    return Refusal("dask.other", f"{who} cannot do this work ({_first_line(error)}).", do)


def _other(who: str, program: Program) -> Refusal:
    return Refusal("dask.other", f"{who} has {program}, here is {this_program()}.", "Install the same on both.")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
