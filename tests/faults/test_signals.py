"""A signal to the program, or a terminal that is closed, at any point of somebody's work: it ends in order."""

import random
import signal
from pathlib import Path

import pytest

from annotator.workflow.labelling import labelling
from annotator.workflow.project import open_project
from tests.end_to_end.test_terminal import Terminal

pytestmark = pytest.mark.terminal

TRIES = 5
AT_ONCE = "axaxaxuaxaxUaxaxwnote\raxax"
"""Keys that are sent before anything is looked at: many are under way when the signal comes."""


def decided(workspace: Path) -> list[str]:
    """Give the steps of the person, as the log has them."""
    project = open_project(workspace)
    with labelling(project, "en-1", "miriam") as session:
        made = [decision.id for decision in session._decisions()]
    project.close()
    return made


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_five_signals_at_random_points_end_it_in_order_and_lose_nothing(workspace, number):
    chance = random.Random(number)
    before: list[str] = []
    for _ in range(TRIES):
        terminal = Terminal(workspace, "label", "en-1", "--as", "miriam")
        terminal.wait("saved ✓", "of")
        terminal.press(AT_ONCE[: chance.randrange(len(AT_ONCE))])
        for _ in range(chance.randrange(6)):
            terminal._read()
        terminal.process.kill(number)
        assert terminal.end() == 0, terminal.shown
        assert "Traceback" not in terminal.shown
        after = decided(workspace)
        assert after[: len(before)] == before
        before = after
    assert before


def test_ctrl_c_is_a_key_and_ends_nothing(workspace):
    terminal = Terminal(workspace, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    for number in range(1, 4):
        terminal.press("\x03a\x03")
        terminal.wait(f"{number} of", "saved ✓")
    terminal.press("q")
    terminal.wait("lang", "state")
    terminal.press("q")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown
    assert len(decided(workspace)) == 3


def test_a_terminal_that_goes_away_ends_the_program_and_loses_nothing(workspace):
    terminal = Terminal(workspace, "label", "en-1", "--as", "miriam")
    terminal.wait("saved ✓", "0 of")
    terminal.press("axa")
    terminal.wait("3 of", "saved ✓")
    terminal.process.close(force=False)
    assert len(decided(workspace)) == 3
