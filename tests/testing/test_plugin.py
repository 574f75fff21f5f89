"""The plugin of pytest, in real runs of pytest."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from annotator.workflow.baseline import prediction_lines
from annotator.workflow.importing import import_corpus
from annotator.workflow.project import open_project

pytest_plugins = ["pytester"]

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")

PASSES = """
def test_it(score_against):
    score_against("gold/1.0.0#sha256:dc360395", "most.jsonl").at_least(mentions=0.80, triggers="0.8")
"""


def ran(there, *arguments):
    return there.runpytest_subprocess("-p", "no:cacheprovider", *arguments)


def test_what_holds_passes_with_every_way_to_run_tests(there):
    there.makepyfile(test_one=PASSES, test_two=PASSES)
    for arguments in (
        (
            "-n",
            "2",
            "-W",
            "error",
            "-p",
            "no:asyncio",
            "--strict-markers",
            "--strict-config",
            "--import-mode=importlib",
        ),
        ("-p", "no:randomly", "-p", "no:xdist", "-p", "no:terminalreporter", "-p", "no:assertion"),
        ("-p", "no:xdist", "test_one.py", "test_two.py", "test_one.py::test_it", "--keep-duplicates"),
    ):
        assert ran(there, *arguments).ret == 0, arguments


def test_it_can_be_left_out_and_may_be_named_though_it_is_installed(there):
    there.makepyfile(PASSES)
    assert ran(there, "-p", "no:annotator.testing.plugin").ret == 1  # there is no such fixture then
    there.makeconftest('pytest_plugins = ["annotator.testing.plugin"]')
    assert ran(there, "-p", "annotator.testing.plugin").ret == 0


def test_files_are_found_from_the_folder_that_the_tests_belong_to(there):
    there.makeini("[pytest]\n")
    there.makepyfile(**{"tests/test_deep": PASSES})
    deep = there.path / "tests"
    assert ran(there, "--rootdir", there.path, deep).ret == 0
    done = subprocess.run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider"], cwd=deep, capture_output=True)
    assert done.returncode == 0, done.stdout


def test_a_run_that_scores_nothing_loads_next_to_nothing():
    code = (
        "import sys, pytest; before = set(sys.modules)\n"
        "import annotator.testing.plugin\n"
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        ["annotator", "annotator.testing", "annotator.testing.plugin", "annotator.version"]
    )


def failing(there, *said):
    """Give the lines of the failure of each test, one run for all: each must fail, and show no line of ours."""
    tests = [f"def test_{number}(score_against):\n    {one}\n" for number, one in enumerate(said)]
    there.makepyfile(test_it="\n\n".join(tests))
    result = ran(there, "-p", "no:randomly", "-p", "no:xdist")
    result.assert_outcomes(failed=len(said))
    assert not [line for line in result.outlines if re.search(r"annotator/\w+/\w+\.py", line)]
    parts = re.split(r"\n_+ test_\d+ _+\n", "\n".join(result.outlines))[1:]
    return [[line[1:].strip() for line in part.splitlines() if line.startswith("E ")] for part in parts]


MANY_WARNINGS = '{"article_id": "000_013f224fd263a222", "events": [{"type": f"x{n}"} for n in range(9)]}'


def test_a_floor_that_is_missed_is_told_with_what_it_rests_on(there):
    slip, lines, least, several = failing(
        there,
        'score_against("gold/1.0.0", "few.jsonl").at_least(triggers=0.80, argments=0)',
        'score_against("gold/1.0.0", "few.jsonl").at_least(triggers=0.80, mentions=0.1)',
        'score_against("gold/1.0.0", []).at_least(mentions=0.5)',
        f'score_against("gold/1.0.0", [{MANY_WARNINGS}]).at_least(mentions=0.5)',
    )
    assert slip == ["AssertionError: 'argments' is no level of a score. Did you mean arguments?"]
    assert lines[0].startswith("AssertionError: triggers: F1 is 0.")
    assert ", under the floor of 0.8: " in lines[0]
    assert " (95 %: 0." in lines[0]
    assert lines[1] == "the commonest errors:"
    assert "trigger: strike.air missed" in "\n".join(lines[2:7])
    assert not any("mentions" in line or "actor" in line for line in lines)
    assert lines[-1].startswith("gold:1.0.0|sha:dc360395|")
    assert len(lines) <= 14
    assert max(map(len, lines)) <= 180
    assert any(line.startswith("warning: predictions: 5 gold article(s) have no prediction") for line in least)
    assert sum(line.startswith("warning:") for line in several) == 3
    assert any(line.startswith("and ") and line.endswith(" more warnings") for line in several)


WRONG = {
    'score_against("gold/1.0.0#sha256:aaaaaaaa", "most.jsonl")': "is not the release that was pinned",
    'score_against("gold/9.9.9", "most.jsonl")': "gold/9.9.9",
    'score_against("gold/1.0.0", "nowhere.jsonl")': "nowhere.jsonl could not be read",
    'score_against("gold/1.0.0", "broken.jsonl")': "broken.jsonl:2: This is no JSON",
    'score_against("gold/1.0.0", [{"article_id": "x"}])': "predictions.jsonl:1: The article 'x' is not in gold.",
    'score_against("gold/1.0.0", [{}, {"article_id": {1}}])': "predictions.jsonl:2: The article cannot be written",
    'score_against("gold/1.0.0", {"article_id": "x"})': "Put a single article into a list.",
    'score_against("gold/1.0.0", "most.jsonl").at_least()': "names no level",
    'score_against("gold/1.0.0", "most.jsonl").at_least(arguments=70)': "a number from 0 to 1",
    'score_against("gold/1.0.0", "most.jsonl").no_worse_than("all.jsonl", "arg")': "'arg' is no level",
    'score_against("gold/1.0.0", "most.jsonl", judged=True, ids="no.tsv")': "no.tsv could not be read",
}


def test_what_is_wrong_is_said_with_its_place_and_without_a_traceback_of_ours(there):
    (there.path / "broken.jsonl").write_text('{"article_id": "000_013f224fd263a222"}\n{"article_id": \n')
    for lines, told in zip(failing(there, *WRONG), WRONG.values(), strict=True):
        assert told in " ".join(lines)


def test_the_readmes_examples_come_true(there):
    section = README.split("\n## In an extractor's tests\n")[1].split("\n## ")[0]
    with_pytest, with_unittest = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    project = open_project(there.path)
    import_corpus(project)
    (there.path / "predictions.jsonl").write_bytes(b"".join(map(bytes, prediction_lines(project))))
    project.close()
    shutil.copy(there.path / "predictions.jsonl", there.path / "released.jsonl")
    (there.path / "my_extractor.py").write_text(
        "import json\ndef find_all():\n    yield from map(json.loads, open('predictions.jsonl', encoding='utf-8'))\n"
    )
    there.makepyfile(with_pytest=with_pytest, with_unittest=with_unittest)
    result = ran(there, "-p", "no:randomly", "-p", "no:xdist", "with_pytest.py", "with_unittest.py")
    result.assert_outcomes(passed=3)
    (shown,) = re.findall(r"```text\n(.*?)```", section, re.DOTALL)
    (lines,) = failing(there, 'score_against("gold/1.0.0", "predictions.jsonl").at_least(mentions=0.95)')
    assert [line.strip() for line in shown.splitlines()] == lines
