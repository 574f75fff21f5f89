"""Whatever two laptops, the office and a second person do, in whatever order: nothing is lost and nothing doubled.

40 histories; `benchmarks/offline.py` runs as many as one likes.
"""

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workflow.offline_model import Offline


def test_nothing_is_lost_or_doubled_in_40_histories(made_workspace: Path) -> None:
    class Here(Offline):
        pass

    Here.made_workspace = made_workspace
    few = settings(max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=few)
