"""Where the project's own guidelines stand, and where outside data may be."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]

DATA = Path(os.environ.get("ANNOTATOR_OUTSIDE_DATA", ROOT.parent / "shared" / "data"))
"""Corpora that may not be handed on with the project; tests that need them are skipped where they are not."""
