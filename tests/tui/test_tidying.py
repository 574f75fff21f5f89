import gc

import pytest

from annotator.tui import tidying
from annotator.tui.tidying import Tidying


@pytest.fixture
def collected(monkeypatch) -> list[int]:
    """The generations that were collected, in order."""
    made: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda generation=2: made.append(generation))
    return made


def test_a_little_is_collected_after_each_frame(collected):
    tidy = Tidying()
    for _ in range(17):
        tidy.after_frame()
    assert (collected.count(0), collected.count(1), collected.count(2)) == (15, 2, 0)


def test_everything_is_collected_once_when_frames_have_stopped(collected):
    tidy = Tidying()
    tidy.at_rest()
    assert collected == []
    tidy.after_frame()
    collected.clear()
    tidy.at_rest()
    assert collected == []  # there was a frame since the last look
    for _ in range(3):
        tidy.at_rest()
    assert collected == [2]


def test_python_collects_by_itself_again_afterwards():
    tidying.begin()
    assert not gc.isenabled()
    tidying.end()
    assert gc.isenabled()
