"""Thirty programs killed on each engine while seven work, by the code that kills a thousand (`benchmarks/faults.py`).

What they had acknowledged is there, once; and programs that are wrong on purpose are found out by the same ledger.
"""

import pytest

from benchmarks.faults import Plan, control, run

KILLS = 30

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.mark.parametrize("engine", ENGINES)
def test_thirty_killed_programs_lose_and_double_nothing(engine):
    outcome = run(engine, Plan(KILLS, server_kills=2 if engine == "postgresql" else 0))
    found = outcome.findings
    assert found is not None
    assert found.sound, found
    assert outcome.kills >= KILLS
    assert outcome.when["under way"] >= KILLS / 4, "they were killed while they worked"
    assert len(outcome.ledger.acknowledged) > KILLS, "they had saved something"


@pytest.mark.parametrize("engine", ENGINES)
def test_decisions_that_are_acknowledged_and_not_written_are_missed(engine):
    """A program that says "saved" before it is; a server that need not write before it answers, and crashes."""
    found = control(engine, KILLS // 3).findings
    assert found is not None
    assert found.lost
