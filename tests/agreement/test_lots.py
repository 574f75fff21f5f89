"""Lots fall alike for the same question, evenly over many, and apart for different people."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.lots import Lots

LOTS = Lots(1, "a1", "001", "0" * 64)
NUMBER = 0.34976110904067537


def test_a_lot_is_the_same_in_every_process() -> None:
    script = "from annotator.agreement.lots import Lots; print(Lots(1, 'a1', '001', '0' * 64).number('actor:3-9'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(done.stdout) == LOTS.number("actor:3-9") == NUMBER


@given(st.text(max_size=9), st.integers(1, 1000))
def test_lots_stay_within_what_they_are_drawn_from(about: str, below: int) -> None:
    assert 0 <= LOTS.number(about) < 1
    assert 0 <= LOTS.index(below, about) < below
    assert LOTS.one_of([about, below], about) in (about, below)


def test_nothing_is_drawn_from_nothing() -> None:
    assert LOTS.one_of([], "x") is None


def test_a_share_of_many_lots_is_that_share() -> None:
    asked = [f"trigger:{start}-{start + 5}" for start in range(20_000)]
    for share in (0.05, 0.2, 0.5):
        hits = sum(LOTS.number(one) < share for one in asked)
        spread = (len(asked) * share * (1 - share)) ** 0.5
        assert abs(hits - share * len(asked)) < 4 * spread


def test_seed_person_article_and_text_each_change_the_lots() -> None:
    others = [
        Lots(2, "a1", "001", "0" * 64),
        Lots(1, "a2", "001", "0" * 64),
        Lots(1, "a1", "002", "0" * 64),
        Lots(1, "a1", "001", "1" * 64),
    ]
    asked = [f"actor:{start}-{start + 5}" for start in range(4000)]
    own = {one for one in asked if LOTS.number(one) < 0.2}
    for other in others:
        both = sum(other.number(one) < 0.2 for one in own)
        assert abs(both - 0.2 * len(own)) < 4 * (len(own) * 0.16) ** 0.5
