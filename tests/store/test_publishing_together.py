"""Twelve publish at once: one wins, nothing is written over, and the chain of releases never forks."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.store.releases import list_releases, verify_release

Together = Callable[[str, list[tuple[object, ...]]], list[str]]

PUBLISH = """
import sys
from pathlib import Path
from annotator.errors import Refusal
from annotator.gold.manifest import Facts
from annotator.gold.release import build_release
from annotator.model.canonical import sha256
from annotator.model.record import GoldRecord, Provenance
from annotator.store.releases import latest_release, publish

gold, who = Path(sys.argv[1]), int(sys.argv[2])
SCHEMA = b'version = "1.0.0"\\nrealis = ["actual"]\\ncertainty = ["asserted"]\\n[types]\\n[rejection_reasons]\\n'
FACTS = Facts(guidelines_sha256=sha256(b""), tool_version="0")

def record(name, complete=True):
    made = Provenance(annotators=("a1", "a2"), adjudicator="j1", decisions_sha256=sha256(b"%d" % who))
    return GoldRecord(article_id=name, language="en", text_sha256=sha256(b""), regions=(), mentions=(), events=(),
                      complete=complete, provenance=made)

latest = latest_release(gold)
previous = latest.release if latest else None
# Of those that follow the same release, some would be a minor version, some a major one.
records = [record("001", complete=not previous or who % 2 == 0), *([record(f"x{who}")] if previous else [])]
release = build_release(records, SCHEMA, previous, FACTS)
print("ready", flush=True)
input()
try:
    print("published", publish(gold, release).name)
except Refusal as refusal:
    print(refusal.code)
"""


def outcomes(together: Together, gold: Path) -> Counter[str]:
    said = together(PUBLISH, [(gold, who) for who in range(12)])
    return Counter(one.split()[0] for one in said)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    return tmp_path / "gold"


def test_of_twelve_first_releases_one_is_published(together: Together, gold: Path) -> None:
    assert outcomes(together, gold) == {"published": 1, "gold.exists": 11}
    assert [path.name for path in gold.iterdir()] == ["1.0.0"]
    assert verify_release(gold / "1.0.0")[1] == ()


def test_of_twelve_that_follow_the_same_release_one_is_published(together: Together, gold: Path) -> None:
    outcomes(together, gold)
    found = outcomes(together, gold)
    assert found["published"] == 1
    assert found["gold.exists"] + found["release.refused"] == 11
    first, second = list_releases(gold)
    assert verify_release(second, verify_release(first)[0])[1] == ()
    assert sorted(gold.iterdir()) == [first, second]
