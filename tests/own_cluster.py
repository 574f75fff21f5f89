"""A Dask scheduler of one's own and its workers, each a process of its own on this machine, to be killed one by one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

_PATIENCE = 120.0
"""Seconds that a process may take to start before something is wrong."""

_MAIN = "from distributed.cli.{what} import main\nimport sys\nif __name__ == '__main__':\n    main(sys.argv[1:])\n"


class Started:
    """A running process that writes down what it says."""

    def __init__(self, command: list[str], folder: Path, log: Path, settings: Mapping[str, str] | None = None) -> None:
        self.log = log
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "DASK_"))}
        with log.open("wb") as said:
            self.process = subprocess.Popen(
                command, cwd=folder, stdout=said, stderr=said, env=clean | dict(settings or {}), start_new_session=True
            )

    def said(self, words: str) -> list[str]:
        """Give the lines that say these words."""
        return [one for one in self.log.read_text(errors="replace").splitlines() if words in one]

    def wait_for(self, words: str, times: int = 1) -> str:
        """Give the line that says these words, once they are said so often."""
        until = time.monotonic() + _PATIENCE
        while True:
            ended = self.process.poll()
            if len(lines := self.said(words)) >= times:
                return lines[-1]
            assert ended is None and time.monotonic() < until, self.log.read_text(errors="replace")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and what it started, as no program can expect."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(_PATIENCE)


class OwnCluster:
    """A scheduler and its workers, which work in an empty folder."""

    def __init__(
        self, folder: Path, scheme: str = "tcp", settings: Mapping[str, str] | None = None, *, before: str = ""
    ) -> None:
        """Start the scheduler; `settings` are variables of the environment, `before` is Python that it runs first."""
        self._folder, self._settings = folder / "nothing-here", {"ANNOTATOR_STORE": "no-store://", **(settings or {})}
        self._folder.mkdir(parents=True)
        self._logs = list[Path]()
        options = ["--host", f"{scheme}://127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter"]
        self.scheduler = self._start("dask_scheduler", *options, before=before)
        self.address = self.scheduler.wait_for("Scheduler at:").split()[-1]
        self.workers: list[Started] = []

    def start_worker(self, *, before: str = "", nanny: bool = False) -> Started:
        """Start a worker, and wait until the scheduler knows it; `before` is Python that it runs first."""
        options = ["--nthreads", "1", "--no-dashboard", "--nanny" if nanny else "--no-nanny"]
        worker = self._start("dask_worker", self.address, *options, before=before)
        self.workers.append(worker)
        worker.wait_for("Registered to:")
        return worker

    def _start(self, what: str, *arguments: str, before: str = "") -> Started:
        script = self._folder.parent / f"{what}-{len(self._logs)}.py"
        self._logs.append(script.with_suffix(".log"))
        script.write_text(before + _MAIN.format(what=what))
        command = [sys.executable, str(script), *arguments]
        return Started(command, self._folder, self._logs[-1], self._settings)

    def close(self) -> None:
        """End all of it."""
        for one in (*self.workers, self.scheduler):
            one.kill()
