"""What `annotator release` tells: the version and why, what it holds, how far annotators agreed, how it was made."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def lines(run: Callable[..., object], adjudicated: Path) -> Callable[..., list[str]]:
    def of(*arguments: str) -> list[str]:
        outcome = run("release", *arguments)
        assert outcome.status == 0, outcome.err
        return [line.strip() for line in outcome.out.splitlines()]

    return of


def test_a_first_release(lines, adjudicated):
    (adjudicated / "annotator.toml").write_text(
        '[release]\nmade_by = "By the maintainers."\nlimits = ["One \\u001b[31marticle."]\n', encoding="utf-8"
    )
    told = lines("--dry-run")
    assert told[0] == "would release 1.0.0: 1 article"
    assert told[1] == "why: it is the first release"
    assert any(line.startswith("events: 1 (1 ") for line in told)
    assert "arguments: 1 (1 attacker)" in told
    assert "agreement before adjudication, on 1 article:" in told
    assert any(line.startswith("- a1 and a2: triggers F1 100.0 % (2·1 of 1 + 1) same span") for line in told)
    assert "made by: By the maintainers." in told
    assert "limit: One ␛[31marticle." in told
    assert "not adjudicated, so not in it: ar-1" in told
    assert not any("#sha256:" in line for line in told)
    assert "#sha256:" in lines()[-1]


def test_a_next_release_says_why(lines, adjudicated):
    lines()
    (adjudicated / "annotator.toml").write_text('[release]\nlimits = ["Few."]\n', encoding="utf-8")
    told = lines("--dry-run")
    assert told[0] == "would release 1.0.1: 1 article"
    assert told[1] == "why, after 1.0.0: the labels are equal, what is said of them is not"
    schema = adjudicated / "guidelines" / "schema.toml"
    written = schema.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(written) if line.startswith("version ="))
    written[at] = 'version = "9.0.0"'
    schema.write_text("\n".join(written), encoding="utf-8")
    told = lines("--dry-run")
    assert told[0] == "would release 2.0.0: 1 article"
    assert "the schema is 9.0.0, it was" in told[1]


def test_a_forerunner_that_was_exchanged_is_found(run, adjudicated):
    settings = adjudicated / "annotator.toml"
    for limit in ("Few.", "Very few."):
        settings.write_text(f'[release]\nlimits = ["{limit}"]\n', encoding="utf-8")
        assert run("release").status == 0
    assert run("gold", "verify").status == 0
    shutil.rmtree(adjudicated / "gold" / "1.0.0")
    assert run("gold", "verify").status == 0
    other = adjudicated / "other"
    other.mkdir()
    (adjudicated / "gold" / "CHANGELOG.md").unlink()
    (adjudicated / "gold" / "1.0.1").rename(other / "1.0.1")
    settings.write_text('[release]\nlimits = ["Not few at all."]\n', encoding="utf-8")
    assert run("release").status == 0
    (other / "1.0.1").rename(adjudicated / "gold" / "1.0.1")
    outcome = run("gold", "verify")
    assert outcome.status == 1
    assert "1.0.0: verifies" in outcome.out
    assert "`previous` does not name the release 1.0.0" in outcome.out
