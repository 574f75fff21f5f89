"""The fixture of pytest.

It is loaded at the start of every run where annotator is installed, so it must never import more than a fixture needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from annotator.testing.scored import ScoreAgainst


@pytest.fixture(scope="session")
def score_against(pytestconfig: pytest.Config) -> ScoreAgainst:
    """Score predictions to assert what must hold: score_against(gold, predictions).at_least(triggers=0.8)."""
    from annotator.testing.scored import scorer

    return scorer(pytestconfig.rootpath)
