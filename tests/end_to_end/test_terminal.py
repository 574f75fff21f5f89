"""The installed command in a real pseudo-terminal: keys in, a screen out, and whatever kills it loses nothing."""

import codecs
import signal
import sys
from functools import partial
from pathlib import Path

import pexpect
import pyte
import pytest

from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project

pytestmark = pytest.mark.terminal

PATIENCE = 30
"""Seconds until a screen must show what is waited for; reached only when something is wrong."""


class Terminal:
    """A terminal of 100 columns in which the command runs. The guard is taken out: pyte drops what follows it."""

    def __init__(self, workspace: Path, *arguments: str) -> None:
        command = str(Path(sys.executable).parent / "annotator")
        env = {"PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(workspace.parent)}
        self.process = pexpect.spawn(
            command,
            list(arguments),
            cwd=workspace,
            env=env,
            dimensions=(30, 100),
            # Tests that a shell runs in the background ignore SIGINT, and what they start would too.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.Stream(self._screen)

    @property
    def shown(self) -> str:
        return "\n".join(self._screen.display)

    def _read(self) -> bool:
        try:
            raw = self.process.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self._stream.feed(self._decoder.decode(raw).replace("\u200e", ""))
        return True

    def shows(self, *wanted: str) -> bool:
        """Tell whether all of it is on the screen; a sentence may go on in the next line."""
        lines = " ".join(self.shown.split())
        return all(text in self.shown or text in lines for text in wanted)

    def wait(self, *wanted: str) -> None:
        for _ in range(PATIENCE * 10):
            if self.shows(*wanted):
                return
            if not self._read():
                break
        assert self.shows(*wanted), self.shown

    def press(self, keys: str) -> None:
        self.process.send(keys)

    def end(self) -> int | None:
        """Read until the process has ended, and give its status."""
        while self._read():
            pass
        self.process.close()
        return self.process.exitstatus


def settled(workspace: Path, article: str) -> list[tuple[str, str | None]]:
    """Give what the log holds for miriam: quotes and dispositions of what she settled, in reading order."""
    project = open_project(workspace)
    with labelling(project, article, "miriam") as session:
        found = [(item.mention.quote, item.disposition) for item in session.in_order() if item.disposition]
    project.close()
    return found


def gone_on_to(workspace: Path, article: str) -> int:
    """Give the place in reading order of the mention that miriam comes back to."""
    project = open_project(workspace)
    with labelling(project, article, "miriam") as session:
        place = session.position_at(session.cursor)
    project.close()
    return place


@pytest.mark.parametrize("article", ["en-1", "ar-1"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_what_was_said_to_be_saved_is_there_after_the_process_is_killed(workspace, article, number):
    first = Terminal(workspace, "label", article, "--as", "miriam")
    first.wait("saved ✓", article, "0 of")
    first.press("a")
    first.wait("1 of", "saved ✓")
    first.press("x")
    first.wait("2 of", "saved ✓")
    first.process.kill(number)
    status = first.end()
    assert "Traceback" not in first.shown
    if number != signal.SIGKILL:
        assert status == 0

    assert [disposition for _, disposition in settled(workspace, article)] == ["confirmed", "rejected"]
    assert gone_on_to(workspace, article) == 2
    again = Terminal(workspace, "label", article, "--as", "miriam")
    again.wait("2 of", "saved ✓", "untouched")
    again.press("q")
    again.wait("lang", "state")
    again.press("q")
    assert again.end() == 0


def test_the_queue_opens_the_first_time_by_asking_for_a_name(workspace):
    terminal = Terminal(workspace)
    terminal.wait("Who is labelling?")
    terminal.press("\x7f" * 40)
    terminal.wait("▊  name")
    terminal.press("miriam")
    terminal.wait("▊  miriam")
    terminal.press("\r")
    terminal.wait("Which line reads correctly?", "Esc keeps line 1")
    terminal.press("1")
    terminal.wait("Five minutes")
    terminal.press("\x1b")
    terminal.wait("en-1", "ar-1", "0 of 2 articles done")
    terminal.press("\x1b[B\r")
    terminal.wait("Airstrikes kill 12 civilians", "TRIGGER")
    terminal.press("\x1b")
    terminal.wait("0 of 2 articles done")
    terminal.press("q")
    assert terminal.end() == 0


def test_mouse_bytes_put_the_cursor_on_a_mention(workspace):
    terminal = Terminal(workspace, "label", "en-1", "--as", "miriam")
    terminal.wait("TRIGGER")
    lines = terminal.shown.splitlines()
    row = next(number for number, line in enumerate(lines) if "warplanes" in line)
    at = f"{lines[row].index('warplanes') + 1};{row + 1}"
    terminal.press(f"\x1b[<0;{at}M\x1b[<0;{at}m")
    terminal.wait("ACTOR", "Russian warplanes")
    terminal.press("\x11")
    assert terminal.end() == 0


def test_a_second_window_on_the_same_article_ends_with_one_clear_message(workspace):
    first = Terminal(workspace, "label", "en-1", "--as", "miriam")
    first.wait("saved ✓")
    second = Terminal(workspace, "label", "en-1", "--as", "miriam")
    second.wait("annotator: en-1 is already open in another window")
    assert second.end() == 3
    first.press("a")
    first.wait("1 of", "saved ✓")
    first.press("q")
    first.wait("state")
    first.press("q")
    assert first.end() == 0


def test_nothing_is_left_on_the_terminal_by_a_refusal_before_the_screens(workspace):
    terminal = Terminal(workspace, "label", "nowhere", "--as", "miriam")
    assert terminal.end() == 2
    assert "nowhere" in terminal.shown
    assert "Traceback" not in terminal.shown


def test_errors_are_looked_through_and_the_shell_comes_back(workspace):
    line = '{"article_id": "en-1", "mentions": [{"kind": "number", "start": 16, "end": %d}]}\n'
    (workspace / "gold.jsonl").write_text(line % 18, encoding="utf-8")
    (workspace / "found.jsonl").write_text(line % 20, encoding="utf-8")
    terminal = Terminal(workspace, "errors", "gold.jsonl", "found.jsonl")
    terminal.wait("all errors", "number: ends too late", "gold.jsonl against found.jsonl")
    terminal.press("\r")
    terminal.wait("1 of 1 in all errors", "16-18", "16-20")
    terminal.press("c")
    terminal.wait("plain file, and")
    terminal.press("\r")
    terminal.press("q")
    terminal.wait("Enter open")
    terminal.press("q")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown
