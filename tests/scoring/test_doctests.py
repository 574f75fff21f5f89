"""The examples in the documentation of public functions say what is so."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "annotator.scoring.spans",
        "annotator.scoring.json_schema",
        "annotator.workflow.evaluating",
        "annotator.workflow.comparing_systems",
        "annotator.workflow.erring",
        "annotator.workflow.leading",
        "annotator.testing.scored",
        "annotator.statistics.holm",
    ],
)
def test_the_examples_of_a_public_function_come_true(module, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted > 0
    assert result.failed == 0
