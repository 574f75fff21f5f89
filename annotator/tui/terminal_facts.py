"""What can be found out about the terminal: its variables, its answers to a few questions, and tmux's knowledge of it.

Asking is bounded in time, leaves the terminal's settings as they were, and takes nothing from the person: keys that
arrive among the answers are put back. Never decides anything, and never touches a terminal from the background.
"""

import fcntl
import os
import re
import select
import signal
import subprocess
import termios
import time
import tty
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

NEAR, FAR = 0.15, 1.0
"""Seconds for all answers together, on this machine and over ssh. Real terminals answer within 15 ms and the line's
delay; an answer that comes after we have gone would be taken for keys, which is why a slow line is waited for."""
_TMUX_SECONDS = 0.5
_TERMINAL = "/dev/tty"

_ARE_YOU_THERE = b"\x1b[c"
"""DA1, primary device attributes: terminals answer it whatever else they know, and answer in order. It is sent alone
first, and after the other questions as a fence behind which no answer is left."""
_WHO_ARE_YOU = b"\x1b[8$p" + b"\x1b[>q" + b"\x1b[>c"
"""DECRQM of BDSM (ECMA-48 mode 8: does it reorder?), XTVERSION (its name), DA2 (its device number)."""

_THERE = re.compile(rb"\x1b\[\?[\d;]*c")
_BDSM = re.compile(rb"\x1b\[8;(\d+)\$y")
_VERSION = re.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_DEVICE = re.compile(rb"\x1b\[>([\d;]*)c")
_CUT_OFF = re.compile(rb"\x1b(\[[?>][\d;]*|\[8;\d*\$?|P>(\|[^\x1b]*\x1b?)?)\Z")
"""An answer of which the rest has not come."""


class Answers(NamedTuple):
    """What a terminal said of itself; empty where it said nothing."""

    version: str = ""
    """Its name and version, as in `XTerm(379)`."""
    bdsm: str = ""
    """1 where it reorders, 2 where it could, 0 where it does not know the mode."""
    device: str = ""
    """Its device number, as in `0;115;0`."""
    typed: bytes = b""
    """What was no answer: keys that the person pressed meanwhile."""


class Facts(NamedTuple):
    """All that is known about the terminal."""

    environment: Mapping[str, str]
    answers: Answers = Answers()
    tmux_client: tuple[str, str] | None = None
    """Inside a tmux that could be asked: what the terminal around it calls itself, and its TERM."""

    @property
    def typed(self) -> str:
        """The keys that were pressed meanwhile and could not be put back."""
        return self.answers.typed.decode(errors="replace")

    def clues(self) -> Mapping[str, str]:
        """Give every fact under its name: the variables, and `version`, `bdsm` and `device`."""
        said = {"version": self.answers.version, "bdsm": self.answers.bdsm, "device": self.answers.device}
        return {**self.environment, **said}

    def behind_tmux(self) -> Mapping[str, str]:
        """Give the facts about the terminal around tmux; the variables in tmux may be those of another."""
        version, term = self.tmux_client or ("", "")
        return {"version": version, "TERM": term}


def gather(environment: Mapping[str, str]) -> Facts:
    """Find out what can be found out, within `NEAR` or `FAR` seconds, and half a second more inside tmux."""
    far = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    answers = ask_terminal(FAR if far else NEAR)
    inside = is_tmux(answers, environment)
    return Facts(environment, answers, ask_tmux(environment) if inside else None)


def is_tmux(answers: Answers, environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal is a tmux that can be asked: by its name or number, by its variable when it is mute."""
    if "TMUX" not in environment:
        return False
    # A terminal that is started from within tmux inherits the variable, but speaks for itself.
    mute = not (answers.version or answers.device)
    return mute or answers.version.startswith("tmux") or answers.device.startswith("84;")


def ask_tmux(environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the name and TERM of the terminal around tmux, empty where unknown; None when tmux does not answer."""
    command = ["tmux", "display", "-p", "#{client_termtype}|#{client_termname}"]
    try:
        done = subprocess.run(
            command, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, timeout=_TMUX_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    version, _, term = done.stdout.decode(errors="replace").strip().rpartition("|")
    return version, term


def ask_terminal(patience: float) -> Answers:
    """Ask the terminal who it is and wait `patience` seconds at most; no answers when there is no terminal to ask.

    Keys that arrive meanwhile are put back into the terminal's input; where the system forbids that, `typed` has them.
    """
    try:
        # Not blocking: output may have been stopped by Ctrl-S.
        terminal = os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return Answers()
    try:
        # A background process that touches the settings is stopped.
        if os.tcgetpgrp(terminal) != os.getpgrp():
            return Answers()
        with _unechoed(terminal):
            answers = sort_out(_converse(terminal, time.monotonic() + patience))
            return answers._replace(typed=_put_back(terminal, answers.typed))
    except (OSError, termios.error):
        return Answers()
    finally:
        os.close(terminal)


@contextmanager
def _unechoed(terminal: int) -> Iterator[None]:
    """Let input come key by key and unseen, and hold back what would end or stop us before all is as it was."""
    held = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP}
    )
    try:
        before = termios.tcgetattr(terminal)
        try:
            tty.setcbreak(terminal, termios.TCSANOW)  # the default would throw typed keys away
            yield
        finally:
            termios.tcsetattr(terminal, termios.TCSANOW, before)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _converse(terminal: int, deadline: float) -> bytes:
    """Give all that came in while asking. Who does not answer the first question is asked no other."""
    heard = b""
    for fences, question in enumerate((_ARE_YOU_THERE, _WHO_ARE_YOU + _ARE_YOU_THERE), start=1):
        try:
            os.write(terminal, question)
            while len(_THERE.findall(heard)) < fences:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([terminal], [], [], left)[0]:
                    return heard
                came = os.read(terminal, 4096)
                if not came:
                    return heard
                heard += came
        except OSError:  # hung up, or stopped: what was heard so far still counts
            return heard
    return heard


def sort_out(heard: bytes) -> Answers:
    """Tell the answers from the keys among them; an answer that is cut off at the end is neither."""
    found: dict[str, str] = {}
    for name, pattern in (("version", _VERSION), ("bdsm", _BDSM), ("device", _DEVICE)):
        if answer := pattern.search(heard):
            found[name] = answer[1].decode(errors="replace")
        heard = pattern.sub(b"", heard)
    return Answers(**found, typed=_CUT_OFF.sub(b"", _THERE.sub(b"", heard)))


def _put_back(terminal: int, typed: bytes) -> bytes:
    """Put keys back as if they were pressed now; give those that the system does not let us put back."""
    for place in range(len(typed)):
        try:
            fcntl.ioctl(terminal, termios.TIOCSTI, typed[place : place + 1])
        except OSError:
            return typed[place:]
    return b""
