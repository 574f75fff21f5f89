"""Long work says how far it is, on a terminal and only when somebody has to wait."""

import os
import pty
import subprocess
import sys

import pytest

from annotator.cli.progress import Begun, told

WORK = """
import sys, threading
from annotator.cli import progress as told
told._PATIENCE = {patience}
with told.progress("counting") as step:
    step("one")
    threading.Event().wait({takes})
    step("two\\x1b[31m")
    threading.Event().wait({takes})
"""


def seen_on_a_terminal(patience: float, takes: float) -> str:
    ours, theirs = pty.openpty()
    try:
        code = WORK.format(patience=patience, takes=takes)
        subprocess.run([sys.executable, "-c", code], stderr=theirs, check=True)
        os.set_blocking(ours, False)
        try:
            return os.read(ours, 65536).decode()
        except BlockingIOError:
            return ""
    finally:
        os.close(ours)
        os.close(theirs)


def test_one_thing_that_takes_long_is_seen_and_the_line_is_wiped() -> None:
    seen = seen_on_a_terminal(patience=0.05, takes=0.6)
    assert "counting: 1 (one)" in seen
    assert "counting: 2 (two\u241b[31m)" in seen
    assert seen.endswith("\r\x1b[K")


def test_quick_work_says_nothing() -> None:
    assert seen_on_a_terminal(patience=30, takes=0) == ""


@pytest.mark.parametrize("patience", [0.01])
def test_a_file_gets_no_progress(patience: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(patience=patience, takes=0.3)], capture_output=True, check=True
    )
    assert done.stderr == b""


def test_where_the_number_is_known_a_bar_tells_the_rate_and_the_time_left() -> None:
    assert told("looking", Begun(401, "article-400"), 1000, 10) == (
        "looking [########............] 400 of 1000, 40/s, 15 s left (article-400)"
    )
    assert told("looking", Begun(4, "article-3"), 1000, 10) == (
        "looking [....................] 3 of 1000, 0.3/s, 55 min 23 s left (article-3)"
    )
    assert told("looking", Begun(2, "article-1"), 10_000, 2) == (
        "looking [....................] 1 of 10000, 0.5/s, 5 h 33 min left (article-1)"
    )


def test_nothing_is_promised_before_the_first_is_done() -> None:
    assert told("looking", Begun(), 5, 3) == "looking [....................] 0 of 5"
    assert told("looking", Begun(1, "one"), 5, 3) == "looking [....................] 0 of 5 (one)"
    assert told("looking", Begun(1, "one"), None, 3) == "looking: 1 (one)"
