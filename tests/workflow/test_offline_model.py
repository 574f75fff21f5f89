"""Whatever two laptops, the office and a second person do, in whatever order: nothing is lost and nothing doubled.

40 histories; `benchmarks/offline.py` runs as many as one likes.
"""

from pathlib import Path

from tests.workflow.offline_model import run_histories


def test_nothing_is_lost_or_doubled_in_40_histories(made_workspace: Path) -> None:
    run_histories(made_workspace, 40)
