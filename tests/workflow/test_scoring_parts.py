"""A corpus in parts scores as one in one file, whatever the parts, their order, and how many processes read them."""

import gzip
import hashlib
import json
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import Refusal
from annotator.scoring.report import Report
from annotator.workflow import scoring_parts
from annotator.workflow.evaluating import load_gold, score
from annotator.workflow.processes import Lost, Processes

ARTICLES = 6


class AtOnce:
    """What processes do, done here; what they would be sent and would send goes through pickle all the same."""

    def __init__(self, work: Callable[[Any], Any], most: int, name: str) -> None:
        self._work = pickle.loads(pickle.dumps(work))

    def __class_getitem__(cls, _: object) -> "type[AtOnce]":
        return cls

    def __enter__(self) -> "AtOnce":
        return self

    def __exit__(self, *_: object) -> None: ...

    def in_order(self, asked: Iterable[tuple[Any, None]]) -> Iterator[tuple[Any, Any]]:
        for thing, _ in asked:
            yield thing, pickle.loads(pickle.dumps(self._work(pickle.loads(pickle.dumps(thing)))))


@pytest.fixture(autouse=True, scope="module")
def at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scoring_parts, "Processes", AtOnce)
        yield


def line(number: int, *starts: int, **more: Any) -> bytes:
    """An article in one of two languages; each mention says a quote that nothing is there to compare with."""
    mentions = [{"kind": "actor", "start": start, "end": start + 5, "quote": "?"} for start in starts]
    told = {"article_id": f"a{number}", "language": ("en", "ar")[number % 2], "mentions": mentions}
    return json.dumps(told | more).encode() + b"\n"


def gold_line(number: int) -> bytes:
    return line(number, 0, 10, 20 + number)


def predicted_line(number: int) -> bytes:
    """Some right, one off, and in some articles a repetition, of which the line is named."""
    return line(number, 0, *[12] * (1 + number % 2), 20 + number)


Parts = Mapping[str, list[int]]
"""The articles of each part, by its name."""

PARTS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=ARTICLES, max_size=ARTICLES).map(
    lambda drawn: {name: [n for n, where in enumerate(drawn) if where == name] for name in sorted(set(drawn))}
)


def write(folder: Path, parts: Parts, written: Callable[[int], bytes], ending: str = ".jsonl") -> Path:
    folder.mkdir(parents=True)
    for name, numbers in parts.items():
        lines = b"".join(map(written, numbers))
        (folder / f"{name}{ending}").write_bytes(gzip.compress(lines) if ending.endswith(".gz") else lines)
    return folder


def whole(folder: Path, written: Callable[[int], bytes], numbers: Iterable[int] = range(ARTICLES)) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{written.__name__}.jsonl"
    path.write_bytes(b"".join(map(written, numbers)))
    return path


def said(report: Report) -> str:
    """Everything that a report says, but for where its warnings stand and the digest of gold."""
    told = report.plain()
    for warning in told["warnings"]:
        warning["where"] = ""
    told["warnings"].sort(key=lambda warning: warning["message"])
    sha = report.signature.sha
    return json.dumps(told, sort_keys=True).replace(sha, "?") + report.table().replace(sha, "?")


@given(PARTS, PARTS, st.integers(0, ARTICLES - 1))
def test_no_way_to_part_either_side_changes_a_byte(gold: Parts, predictions: Parts, missing: int) -> None:
    kept = {name: [n for n in numbers if n != missing] for name, numbers in predictions.items()}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        one, other = whole(folder, gold_line), whole(folder, predicted_line, set(range(ARTICLES)) - {missing})
        expected = said(score(one, other, boot=20))
        gold_parts = write(folder / "gold", gold, gold_line)
        parts = write(folder / "predictions", kept, predicted_line, ".jsonl.gz")
        assert said(score(one, parts, boot=20)) == expected
        assert said(score(gold_parts, other, boot=20)) == expected
        alone = score(gold_parts, parts, boot=20)
        assert said(alone) == expected
        assert score(gold_parts, parts, boot=20, jobs=3).to_json() == alone.to_json()


@given(PARTS, st.data())
def test_parts_of_the_same_names_are_scored_apart_and_say_the_same(parts: Parts, data: st.DataObject) -> None:
    asked = scoring_parts.Asked(frozenset(), 20, 13, ("mentions-iou", "mentions"), None)
    ending = data.draw(st.sampled_from([".jsonl", ".json", ".jsonl.gz"]))
    # Of a part nothing may be predicted at all.
    left = {name: numbers for name, numbers in parts.items() if name != data.draw(st.sampled_from(["", *parts]))}
    left = left or parts
    with tempfile.TemporaryDirectory() as made:
        gold = write(Path(made) / "gold", parts, gold_line)
        predictions = write(Path(made) / "predictions", left, predicted_line, ending)
        done: list[str] = []
        apart = scoring_parts.score_parts(str(gold), predictions, asked, 2, done.append)
        assert apart is not None
        assert apart.to_json() == score(gold, predictions, boot=20, levels=asked.levels).to_json()
        assert done == [f"{name}.jsonl" for name in parts]


def apart(gold: Path, predictions: Path, **asked: Any) -> Report | None:
    given = scoring_parts.Asked(frozenset(), 0, 13, (), None)._replace(**asked)
    return scoring_parts.score_parts(str(gold), predictions, given, 2, lambda _: None)


def test_an_article_in_another_part_than_its_gold_is_found_all_the_same(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    crossed = write(tmp_path / "crossed", {"a": [0, 2], "b": [1, 3]}, predicted_line)
    straight = write(tmp_path / "straight", {"a": [0, 1], "b": [2, 3]}, predicted_line)
    for rules in (frozenset[str](), frozenset({"unknown-article"})):
        assert apart(gold, crossed, allow=rules) is None
    assert said(score(gold, crossed, jobs=2)) == said(score(gold, straight, jobs=2))
    assert (
        score(gold, crossed, jobs=2)["mentions"] == score(gold, crossed, allow=["extra-articles"], jobs=2)["mentions"]
    )


def test_an_article_that_no_gold_has_is_left_out_of_its_part_where_that_is_allowed(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    more = write(tmp_path / "more", {"a": [0, 1, 9], "b": [2, 3, 9]}, predicted_line)
    with pytest.raises(Refusal, match=r"a\.jsonl:3: .*a9"):
        score(gold, more, jobs=2)
    assert apart(gold, more, allow=frozenset({"unknown-article"})) is not None
    two, one = (score(gold, more, allow=["extra-articles"], jobs=jobs) for jobs in (2, 1))
    assert two.to_json() == one.to_json()
    assert [warning.where.rpartition("/")[2] for warning in two.warnings if "a9" in warning.message] == [
        "a.jsonl:3",
        "b.jsonl:3",
    ]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("side", ["gold", "predictions"])
def test_an_article_in_two_parts_is_refused_with_both_places(tmp_path: Path, side: str, jobs: int) -> None:
    parts = {"gold": {"a": [0, 1], "b": [2, 3]}, "predictions": {"a": [0, 1], "b": [2, 3]}}
    parts[side] = {"a": [0, 1], "b": [1, 2, 3]}
    gold = write(tmp_path / "gold", parts["gold"], gold_line)
    predictions = write(tmp_path / "predictions", parts["predictions"], predicted_line)
    folder = tmp_path / side
    with pytest.raises(Refusal) as refused:
        score(gold, predictions, jobs=jobs)
    assert f"{folder}/b.jsonl:1: The article a1 stands in {folder}/a.jsonl:2 already" in refused.value.what.replace(
        "'", ""
    ).replace('"', "")
    assert refused.value.code == f"{side}.invalid"


def test_ids_of_their_own_are_mapped_in_every_part(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    theirs = write(tmp_path / "theirs", {"a": [0, 1], "b": [2, 3]}, lambda n: line(n, 0, article_id=f"their {n}"))
    ids = tmp_path / "ids.tsv"
    ids.write_text("".join(f"their {n}\ta{n}\n" for n in range(4)) + "their 9\tnobody\n", encoding="utf-8")
    assert apart(gold, theirs, ids=ids) is not None
    one, two = (score(gold, theirs, ids=ids, jobs=jobs) for jobs in (1, 2))
    assert two.to_json() == one.to_json()
    assert [warning.rule for warning in two.warnings].count("ids.unknown") == 1
    assert two["mentions"].tp == 4


def test_a_part_that_cannot_be_read_is_told_as_one_process_tells_it(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    predictions = write(tmp_path / "predictions", {"a": [0, 1], "b": [2, 3]}, predicted_line)
    (predictions / "b.jsonl").write_bytes(gzip.compress(predicted_line(2))[:-9])
    (predictions / "a.jsonl").write_bytes(b"{}\n")
    told = set()
    for jobs in (1, 2):
        with pytest.raises(Refusal) as refused:
            score(gold, predictions, jobs=jobs)
        told.add(str(refused.value))
    assert len(told) == 1


@pytest.mark.parametrize(("by_itself", "told"), [(False, r"a\.jsonl was ended"), (True, "__main__")])
def test_a_process_that_was_ended_is_told_and_nothing_is_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_itself: bool, told: str
) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    lost = Lost(by_itself=by_itself)
    monkeypatch.setattr(AtOnce, "in_order", lambda self, asked: ((thing, lost) for thing, _ in asked))
    with pytest.raises(Refusal, match=told) as refused:
        score(gold, gold, jobs=2)
    assert refused.value.code == "process.ended"


def fail(_: int) -> None:
    sys.exit(1)


def be_killed(_: int) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize(("work", "by_itself"), [(fail, True), (be_killed, False)])
def test_a_process_that_left_with_an_error_is_told_from_one_that_was_ended(
    work: Callable[[int], None], by_itself: bool
) -> None:
    with Processes[int, None](work, 1, "leaving") as processes:
        assert list(processes.in_order([(1, None)])) == [(1, Lost(by_itself=by_itself))]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("side", ["gold", "predictions"])
def test_a_part_that_goes_missing_meanwhile_is_not_scored_without(tmp_path: Path, side: str, jobs: int) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    predictions = write(tmp_path / "predictions", {"a": [0, 1], "b": [2, 3]}, predicted_line)

    def lose(_: str) -> None:
        (tmp_path / side / "b.jsonl").unlink(missing_ok=True)

    with pytest.raises(Refusal) as refused:
        score(gold, predictions, jobs=jobs, progress=lose)
    assert refused.value.code == "file.missing"


def test_gold_in_parts_is_called_by_what_sha256sum_says_of_them(tmp_path: Path) -> None:
    parts: Parts = {"a": [0, 1], "a-b": [2, 3]}
    gold = write(tmp_path / "gold", parts, gold_line)
    packed = write(tmp_path / "packed", parts, gold_line, ".jsonl.gz")
    # As `LC_ALL=C sha256sum *.jsonl | sha256sum` has them.
    names = ("a-b.jsonl", "a.jsonl")
    sums = "".join(f"{hashlib.sha256((gold / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    digest = hashlib.sha256(sums.encode()).hexdigest()
    assert load_gold(gold).name.sha256 == load_gold(packed).name.sha256 == digest
    for jobs in (1, 2):
        assert score(f"{gold}#sha256:{digest}", gold, jobs=jobs).signature.sha == digest[:8]
        with pytest.raises(Refusal) as refused:
            score(f"{gold}#sha256:{'0' * 64}", gold, jobs=jobs)
        assert refused.value.code == "gold.pin"


def test_what_else_lies_in_a_folder_is_said_and_hidden_files_are_not(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    (gold / "notes.txt").write_text("Read me.")
    (gold / ".b.jsonl.swp").write_text("{}")
    (gold / "older.jsonl").mkdir()
    one, two = (score(gold, gold, jobs=jobs) for jobs in (1, 2))
    assert two.to_json() == one.to_json()
    passed = [warning for warning in one.warnings if warning.rule.endswith(".passed-over")]
    assert [warning.rule for warning in passed] == ["gold.passed-over", "predictions.passed-over"]
    assert "notes.txt, older.jsonl" in passed[0].message


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1]}, gold_line)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refusal, match=r"holds no \*\.jsonl"):
        score(gold, tmp_path / "empty", jobs=2)


@pytest.mark.parametrize("left", ["manifest.json", "SHA256SUMS", "schema.toml"])
def test_a_broken_release_is_no_gold_in_parts(tmp_path: Path, left: str) -> None:
    gold = write(tmp_path / "gold", {"gold": [0, 1]}, gold_line)
    (gold / left).write_text("?")
    with pytest.raises(Refusal) as refused:
        score(gold, gold / "gold.jsonl", jobs=2)
    assert refused.value.code in {"gold.invalid", "file.missing"}


def test_parts_whose_names_do_not_tell_what_belongs_together_are_read_by_one_process(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold", {"a": [0, 1], "b": [2, 3]}, gold_line)
    others = write(tmp_path / "others", {"x": [0, 1], "b": [2, 3]}, predicted_line)
    twice = write(tmp_path / "twice", {"a": [0], "b": [2, 3]}, predicted_line)
    (twice / "a.json").write_bytes(predicted_line(1))
    straight = write(tmp_path / "straight", {"a": [0, 1], "b": [2, 3]}, predicted_line)
    for predictions in (others, twice):
        assert apart(gold, predictions) is None
        assert said(score(gold, predictions, jobs=2)) == said(score(gold, straight))
