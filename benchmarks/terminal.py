"""A program in a real pseudo-terminal: keys written to it, and every frame that it sends back timed at its last byte.

The terminal answers what terminals answer (device attributes, synchronised output), so that frames have edges.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLUMNS, ROWS = 120, 36
FRAME_BEGINS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
QUIET = 0.03
"""Seconds without a byte after which a key's frames are over."""

_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[>q": b"\x1bP>|XTerm(390)\x1b\\",
    b"\x1b[8$p": b"\x1b[8;0$y",
    b"\x1b[>c": b"\x1b[>41;390;0c",
}
_QUESTION = re.compile(b"|".join(map(re.escape, _ANSWERS)))
"""In the order in which they are asked: what is asked last is the fence behind which nothing more is waited for."""

_CONTROL = re.compile(rb"\x1b\[[0-9;?>=$]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>]")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a key brought onto the screen."""

    milliseconds: float | None
    """From the key's byte to the last byte of the first frame; None when it brought none."""
    frames: int
    size: int
    """Bytes of all frames."""
    acknowledged: float | None
    """Milliseconds until the screen said "saved" again, where it said "saving" first."""


class Terminal:
    """One running program on a screen of 120 by 36."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Start it."""
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            surroundings = {name: value for name, value in os.environ.items() if not name.startswith("ANNOTATOR")}
            surroundings |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            # The program may not draw before it knows how large its terminal is.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), surroundings)
        self.seen = bytearray()
        """What was sent since the start, or since it was cleared."""

    def _read(self, timeout: float) -> bytes:
        if not select.select([self.fd], [], [], timeout)[0]:
            return b""
        try:
            received = os.read(self.fd, 1 << 16)
        except OSError:  # how Linux says that the other end is closed
            return b""
        for question in _QUESTION.findall(received):
            os.write(self.fd, _ANSWERS[question])
        return received

    def until(self, shows: Callable[[bytes], bool], timeout: float = 60.0) -> float:
        """Wait until what was sent, without control sequences, shows something; give the seconds since the start."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            received = self._read(0.05)
            if received:
                at = time.perf_counter()
                self.seen += received
                if shows(_CONTROL.sub(b"", bytes(self.seen))):
                    return at - self.begun
        raise AssertionError(f"it was never shown: {bytes(self.seen)[-2000:]!r}")

    def clock(self, key: bytes, shows: Callable[[bytes], bool]) -> float:
        """Press a key and wait as `until` does; give the seconds from the one to the other."""
        self.settle()
        self.seen.clear()
        pressed = time.perf_counter()
        os.write(self.fd, key)
        return self.begun + self.until(shows) - pressed

    def settle(self, quiet: float = 0.3) -> None:
        """Wait until nothing comes any more."""
        while received := self._read(quiet):
            self.seen += received

    def press(self, key: bytes, *, saves: bool = False, patience: float = 1.0) -> Shown:
        """Press a key; give when its frame was there, and all that came of it. With `saves` wait for "saved"."""
        got = bytearray()
        first = acknowledged = None
        sent = time.perf_counter()
        os.write(self.fd, key)
        while received := self._read(patience if first is None or (saves and acknowledged is None) else QUIET):
            now = time.perf_counter() - sent
            got += received
            if first is None and FRAME_ENDS in got:
                first = now
            if saves and acknowledged is None and b"saved" in got:
                acknowledged = now
        self.seen += got
        if first is None:
            return Shown(None, 0, len(got), None)
        return Shown(
            1000 * first, got.count(FRAME_ENDS), len(got), None if acknowledged is None else 1000 * acknowledged
        )

    def memory(self) -> tuple[int, int]:
        """Give resident memory now and at its highest, in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        now, highest = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) * 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[index]
        return now, highest

    def close(self) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        deadline = time.perf_counter() + 15
        while time.perf_counter() < deadline:
            self._read(0.05)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
