"""Groups of verbs load a verb only when it is asked for, and help in words when it is not there."""

import subprocess
import sys
from typing import Any

import pytest

from annotator.cli.gold_verb import VERBS


@pytest.mark.parametrize("name", [name for name, _ in VERBS])
def test_every_verb_is_there_and_has_an_example(run: Any, name: str):
    told = run("gold", name, "--help")
    assert told.status == 0
    assert f"Example: annotator gold {name}" in " ".join(told.out.split())


def test_the_help_of_the_group_lists_them_and_loads_none(run: Any):
    out = run("gold", "--help").out
    for name, said in VERBS:
        assert f"  {name}" in out
        assert said in " ".join(out.split())
    code = (
        "import sys, annotator.cli.gold_verb as group\n"
        "group.command(['--help'], standalone_mode=False)\n"
        "print([name for name in sys.modules if name.startswith('annotator.cli.gold.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


def test_what_is_no_verb_is_refused_with_the_nearest(run: Any):
    refused = run("gold", "sho")
    assert refused.status == 2
    assert "Did you mean `annotator gold show`?" in refused.err
    assert "`annotator gold --help` lists the verbs." in run("gold", "xyzzy").err
