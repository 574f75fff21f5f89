"""numpy costs more to load than most verbs take: only what computes with it may load it."""

import subprocess
import sys

WITHOUT = """
import sys
import annotator.workflow.agreement_of, annotator.cli.agree_page
import annotator.statistics.alpha, annotator.statistics.wilson
print([name for name in ("numpy", "scipy", "textual") if name in sys.modules])
"""


def test_nothing_is_loaded_before_a_figure_is_asked_for():
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
