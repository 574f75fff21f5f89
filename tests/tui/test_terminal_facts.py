"""What is found out about the terminal: from a terminal that the test plays, from tmux, and from real ones under X."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tui.terminal_facts import Answers, ask_tmux, is_tmux, sort_out

THERE = b"\x1b[?62;c"
WHO = b"\x1b[8$p\x1b[>q\x1b[>c\x1b[c"
KITTY = b"\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c" + THERE
LONG = 60.0
"""Seconds that a test allows where the terminal does answer, or the program does end."""

# Asks on the terminal it is started on, then reads what is left there to be read, and writes down both.
ASKER = """
import fcntl, json, os, select, sys, termios, tty
from pathlib import Path
out, patience, forbid = sys.argv[1], float(sys.argv[2]), sys.argv[3] == "forbid"

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from annotator.tui import terminal_facts
if forbid:
    def ioctl(*_): raise OSError("not permitted")
    terminal_facts.fcntl.ioctl = ioctl
before = termios.tcgetattr(0)
answers = terminal_facts.ask_terminal(patience)
after = termios.tcgetattr(0)
tty.setcbreak(0, termios.TCSANOW)
left = b""
while len(left) < 10000 and select.select([0], [], [], 0)[0]:
    left += os.read(0, 4096)
Path(out).write_text(json.dumps({
    "answers": [answers.version, answers.bdsm, answers.device], "typed": answers.typed.decode(),
    "left": left.decode(), "same": before == after}))
"""

# What the product itself would find here.
GATHERER = """
import json, os, sys
from pathlib import Path
from annotator.tui import terminal_facts
from annotator.tui.terminal import detected
terminal_facts.NEAR = terminal_facts.FAR = terminal_facts._TMUX_SECONDS = 60.0
facts = terminal_facts.gather(os.environ)
made = Path(sys.argv[1] + ".new")
made.write_text(json.dumps({"answers": facts.answers._replace(typed=facts.typed), "client": facts.tmux_client,
    "way": detected(facts)}))
made.rename(sys.argv[1])
"""


class Played:
    """A terminal that the test plays, and a program on it that asks it who it is."""

    def __init__(self, folder: Path, patience: float, forbid: bool = False, typed: bytes = b"") -> None:
        self.master, slave = pty.openpty()
        self.say(typed)
        self.out = folder / "heard.json"
        self.asked = b""
        command = [sys.executable, "-c", ASKER, str(self.out), str(patience), "forbid" if forbid else ""]
        self.program = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=subprocess.PIPE, start_new_session=True
        )
        os.close(slave)

    def hear(self, question: bytes) -> None:
        """Wait until the program has asked this."""
        while not self.asked.endswith(question):
            assert select.select([self.master], [], [], LONG)[0], self.asked
            self.asked += os.read(self.master, 4096)

    def say(self, *parts: bytes) -> None:
        for part in parts:
            os.write(self.master, part)

    def heard(self) -> dict[str, Any]:
        """Give what the program heard, once it has ended."""
        _, complaint = self.program.communicate(timeout=LONG)
        assert self.program.returncode == 0, complaint.decode()
        return dict(json.loads(self.out.read_text()))


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[..., Played]]:
    played: list[Played] = []

    def start(patience: float = LONG, **more: Any) -> Played:
        played.append(Played(tmp_path, patience, **more))
        return played[-1]

    yield start
    for each in played:
        each.program.kill()
        each.program.communicate()
        os.close(each.master)


# A terminal that the test plays


def test_a_terminal_that_answers_is_known_and_nothing_is_left_behind(play: Callable[..., Played]) -> None:
    terminal = play()
    terminal.hear(b"\x1b[c")
    terminal.say(THERE)
    terminal.hear(WHO)
    terminal.say(KITTY)
    assert terminal.heard() == {
        "answers": ["kitty(0.26.5)", "0", "1;4000;26"],
        "typed": "",
        "left": "",
        "same": True,
    }


def test_answers_may_come_a_byte_at_a_time(play: Callable[..., Played]) -> None:
    terminal = play()
    terminal.hear(b"\x1b[c")
    terminal.say(*(THERE[k : k + 1] for k in range(len(THERE))))
    terminal.hear(WHO)
    terminal.say(*(KITTY[k : k + 1] for k in range(len(KITTY))))
    heard = terminal.heard()
    assert (heard["answers"], heard["left"]) == (["kitty(0.26.5)", "0", "1;4000;26"], "")


def test_a_terminal_may_know_none_of_the_questions_but_the_first(play: Callable[..., Played]) -> None:
    terminal = play()
    terminal.hear(b"\x1b[c")
    terminal.say(THERE)
    terminal.hear(WHO)
    terminal.say(THERE)
    assert terminal.heard() == {"answers": ["", "", ""], "typed": "", "left": "", "same": True}


def test_a_mute_terminal_is_left_alone_after_one_question(play: Callable[..., Played]) -> None:
    terminal = play(0.05)
    assert terminal.heard() == {"answers": ["", "", ""], "typed": "", "left": "", "same": True}
    terminal.hear(b"\x1b[c")
    assert terminal.asked == b"\x1b[c"


def test_an_answer_that_is_cut_off_is_no_key(play: Callable[..., Played]) -> None:
    terminal = play(2.0)
    terminal.hear(b"\x1b[c")
    terminal.say(THERE)
    terminal.hear(WHO)
    terminal.say(b"j\x1b[8;1$y\x1bP>|XTe")
    assert terminal.heard() == {"answers": ["", "1", ""], "typed": "", "left": "j", "same": True}


def test_a_terminal_that_never_stops_talking_does_not_keep_us(play: Callable[..., Played]) -> None:
    terminal = play(0.2)
    terminal.hear(b"\x1b[c")
    os.set_blocking(terminal.master, False)
    give_up = time.monotonic() + LONG
    while terminal.program.poll() is None:
        assert time.monotonic() < give_up, "it listens for ever"
        if select.select([terminal.master], [terminal.master], [], 0.001)[1]:
            try:
                terminal.say(b"x" * 4096)
            except BlockingIOError:
                continue
    assert terminal.program.wait(LONG) == 0


def test_keys_pressed_meanwhile_are_put_back(play: Callable[..., Played]) -> None:
    terminal = play()
    terminal.hear(b"\x1b[c")
    terminal.say("jى".encode(), THERE, b"\x1b[A")
    terminal.hear(WHO)
    terminal.say(b"c", KITTY)
    heard = terminal.heard()
    if heard["typed"]:
        pytest.skip("this system lets no program put keys back")
    assert (heard["answers"][0], heard["left"], heard["same"]) == ("kitty(0.26.5)", "jى\x1b[Ac", True)


def test_keys_pressed_before_are_put_back(play: Callable[..., Played]) -> None:
    terminal = play(typed=b"jj")
    terminal.hear(b"\x1b[c")
    terminal.say(THERE)
    terminal.hear(WHO)
    terminal.say(KITTY)
    heard = terminal.heard()
    assert (heard["answers"][0], heard["typed"] + heard["left"]) == ("kitty(0.26.5)", "jj")


def test_keys_that_may_not_be_put_back_are_handed_on(play: Callable[..., Played]) -> None:
    terminal = play(forbid=True)
    terminal.hear(b"\x1b[c")
    terminal.say("jى".encode(), THERE)
    terminal.hear(WHO)
    terminal.say(KITTY)
    heard = terminal.heard()
    assert (heard["typed"], heard["left"]) == ("jى", "")


def test_who_ends_the_program_while_it_asks_finds_the_terminal_as_it_was(play: Callable[..., Played]) -> None:
    terminal = play()
    before = termios.tcgetattr(terminal.master)
    terminal.hear(b"\x1b[c")
    assert termios.tcgetattr(terminal.master) != before
    terminal.program.send_signal(signal.SIGTERM)
    terminal.say(THERE)
    terminal.hear(WHO)
    terminal.say(KITTY)
    assert terminal.program.wait(LONG) == -signal.SIGTERM
    assert termios.tcgetattr(terminal.master) == before


def test_a_terminal_that_hangs_up_has_said_nothing(play: Callable[..., Played]) -> None:
    terminal = play()
    terminal.hear(b"\x1b[c")
    os.close(terminal.master)
    terminal.master = os.open(os.devnull, os.O_RDONLY)
    assert terminal.program.wait(LONG) != 0  # by SIGHUP, or because there is nothing left to look at


def test_without_a_terminal_nobody_is_asked(tmp_path: Path) -> None:
    script = "from annotator.tui.terminal_facts import *; assert ask_terminal(60) == Answers()"
    done = subprocess.run(
        [sys.executable, "-c", script], start_new_session=True, stdin=subprocess.DEVNULL, timeout=LONG
    )
    assert done.returncode == 0


# What is an answer


ANSWERS = [THERE, b"\x1b[8;1$y", b"\x1bP>|XTerm(379)\x1b\\", b"\x1b[>41;379;0c"]
KEYS = [b"j", b" ", b"\r", b"8", b"c", b"q", b"\x1b[A", b"\x1bOP", b"\x1b[1;5C", "ى".encode(), b"\x1b[8~"]


@given(st.lists(st.sampled_from(ANSWERS + KEYS)))
def test_keys_among_answers_are_all_kept_in_order(said: list[bytes]) -> None:
    keys = b"".join(part for part in said if part in KEYS)
    answers = sort_out(b"".join(said))
    assert answers.typed == keys
    assert answers.version == ("XTerm(379)" if b"\x1bP>|XTerm(379)\x1b\\" in said else "")
    assert answers.bdsm == ("1" if b"\x1b[8;1$y" in said else "")


@given(st.binary())
def test_garbage_breaks_nothing(said: bytes) -> None:
    assert len(sort_out(said).typed) <= len(said)


# tmux


def test_tmux_is_known_by_its_own_word_before_the_variable() -> None:
    tmux, xterm = Answers("tmux 3.3a", "", "84;0;0"), Answers("XTerm(379)", "0", "41;379;0")
    inside = {"TMUX": "/run/tmux,1,0"}
    assert is_tmux(tmux, inside)
    assert is_tmux(Answers("", "", "84;0;0"), inside)
    assert is_tmux(Answers(), inside)
    assert not is_tmux(xterm, inside)
    assert not is_tmux(tmux, {})


def test_a_tmux_that_is_gone_or_not_installed_says_nothing(tmp_path: Path) -> None:
    assert ask_tmux({"PATH": str(tmp_path), "TMUX": f"{tmp_path}/gone,1,0"}) is None
    assert ask_tmux({**os.environ, "TMUX": f"{tmp_path}/gone,1,0"}) is None


class Tmux:
    """A tmux server of the test's own, and what is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TMUX")}
        self.environment["TERM"] = "xterm-256color"
        # Where the server was started says nothing about where it is looked at from.
        self.environment["KITTY_WINDOW_ID"] = "1"
        self.call("new-session", "-d", "-x", "80", "-y", "24", "sleep 600")

    def call(self, *words: str) -> str:
        command = ["tmux", "-S", str(self.socket), "-f", os.devnull, *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=LONG, check=True)
        return done.stdout.decode().strip()

    def gathered(self) -> dict[str, Any]:
        out = self.folder / "gathered.json"
        self.call("new-window", sys.executable, "-c", GATHERER, str(out))
        return written(out)


def written(out: Path) -> dict[str, Any]:
    """Wait for what a program in a terminal writes down."""
    give_up = time.monotonic() + LONG
    while not out.exists():
        assert time.monotonic() < give_up, "nothing was written"
        time.sleep(0.02)
    return dict(json.loads(out.read_text()))


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    server = Tmux(tmp_path)
    yield server
    server.call("kill-server")


def test_in_a_tmux_that_nobody_looks_at_the_guard_is_kept(tmux: Tmux) -> None:
    found = tmux.gathered()
    assert found["client"] == ["", ""]
    assert found["way"][:2] == ["guard", "The terminal cannot be told through tmux, and the guard suits most."]
    assert found["answers"][3] == ""


@pytest.mark.parametrize(("name", "mode"), [("kitty(0.26.5)", "words"), ("XTerm(379)", "guard"), ("", "guard")])
def test_in_tmux_the_terminal_that_looks_at_it_is_found(tmux: Tmux, name: str, mode: str) -> None:
    master, slave = pty.openpty()
    looker = subprocess.Popen(
        ["tmux", "-S", str(tmux.socket), "attach"],
        env=tmux.environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        shown = b""
        while b"\x1b[>q" not in shown:
            assert select.select([master], [], [], LONG)[0], shown
            shown += os.read(master, 4096)
        os.write(master, b"\x1b[?62;c\x1b[>1;4000;26c" + (b"\x1bP>|%s\x1b\\" % name.encode() if name else b""))
        while tmux.call("list-clients", "-F", "#{client_termtype}|#{client_termname}") != f"{name}|xterm-256color":
            time.sleep(0.02)
        found = tmux.gathered()
        assert (found["client"], found["way"][0]) == ([name, "xterm-256color"], mode)
    finally:
        looker.kill()
        looker.wait()
        os.close(master)


# Real terminals


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    listen, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    with os.fdopen(listen) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


REAL = {
    "xterm": (["xterm", "-e"], "guard", "xterm shows"),
    "urxvt": (["urxvt", "-e"], "guard", "urxvt shows"),
    "mlterm": (["mlterm", "-e"], "visual", "mlterm reorders"),
    "kitty": (["kitty"], "words", "kitty reverses"),
    "konsole": (["dbus-run-session", "konsole", "-e"], "guard", "Konsole reorders"),
    "qterminal": (["dbus-run-session", "qterminal", "-e"], "logical", "QTerminal reorders"),
    "xfce4-terminal": (["dbus-run-session", "xfce4-terminal", "--disable-server", "-x"], "guard", "VTE reorders"),
}


@pytest.mark.terminal
@pytest.mark.parametrize("terminal", REAL)
def test_a_real_terminal_is_told_by_its_answers(terminal: str, display: str, tmp_path: Path) -> None:
    command, mode, reason = REAL[terminal]
    if missing := [name for name in (command[0], terminal) if shutil.which(name) is None]:
        pytest.skip(f"{missing[0]} is not installed")
    script, out = tmp_path / "gather.py", tmp_path / "gathered.json"
    script.write_text(GATHERER)
    program = [sys.executable, str(script), str(out)]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "DISPLAY": display,
        "LC_ALL": "C.UTF-8",
        "LIBGL_ALWAYS_SOFTWARE": "1",
    }
    emulator = subprocess.Popen(
        [*command, " ".join(program)] if terminal == "qterminal" else [*command, *program],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        found = written(out)
    finally:
        os.killpg(emulator.pid, signal.SIGTERM)
        emulator.wait()
    assert found["way"][0] == mode
    assert found["way"][1].startswith(reason)
    assert found["answers"][3] == ""
