"""What scores are told about the gold that they rest on."""

import gc
import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import Refusal
from annotator.workflow import evaluating, plain_gold
from annotator.workflow.evaluating import load_gold, score
from annotator.workflow.labelling import adjudicating
from annotator.workflow.project import Project
from annotator.workflow.releasing import cut_release, plan_release


@pytest.fixture
def released(work: Any, project: Project) -> str:
    for name in ("ann", "bea"):
        work.label_all(project, name)
    with adjudicating(project, "english", "judge") as adjudication:
        adjudication.finish()
    return cut_release(project, plan_release(project))


def test_another_articles_file_takes_no_text_from_gold(project: Project, released: str) -> None:
    (project.workspace.corpus / "con.txt").write_bytes(b"A name that some systems keep for a device.")
    (project.workspace.corpus / "bad.txt").write_bytes(b"caf\xe9")
    assert load_gold(released).known.texts.keys() == {"english"}


def test_a_text_that_changed_since_is_not_at_hand(project: Project, released: str) -> None:
    (project.workspace.corpus / "english.txt").write_bytes(b"Something else.")
    assert load_gold(released).known.texts == {}


def test_what_is_doubtful_in_plain_gold_is_said_with_the_score(tmp_path: Path) -> None:
    argument = {"role": "unheard-of", "start": 1, "end": 2}
    line = {"article_id": "x", "events": [{"type": "clash.armed", "arguments": [argument]}]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(line) + "\n", encoding="utf-8")
    rules = [warning.rule for warning in score(gold, gold).warnings]
    assert rules == ["gold.kind", "predictions.kind"]


def test_scores_are_told_by_outlet_where_the_workspace_around_gold_names_it(project: Project, released: str) -> None:
    (project.workspace.corpus / "articles.toml").write_text('[english]\noutlet = "Orient News"\n', encoding="utf-8")
    report = score(released, Path(released) / "gold.jsonl")
    assert report.by("mentions", "source") == {"Orient News": report["mentions"]}
    plain = score(Path(released) / "gold.jsonl", Path(released) / "gold.jsonl")
    assert plain.by("mentions", "source").keys() == {"Orient News"}
    (project.workspace.corpus / "articles.toml").write_text("outlet =", encoding="utf-8")
    assert score(released, Path(released) / "gold.jsonl").by("mentions", "source").keys() == {"unknown"}


def test_articles_are_drawn_a_thousand_times_unless_told_otherwise(released: str) -> None:
    own = Path(released) / "gold.jsonl"
    assert "|boot:1000|seed:13|" in str(score(released, own).signature)
    assert "|boot:0|seed:none|" in str(score(released, own, boot=0).signature)


def _lines(*starts: int) -> bytes:
    return b"".join(
        b'{"article_id": "%d", "mentions": [{"kind": "actor", "start": %d, "end": 9}]}\n' % (number, start)
        for number, start in enumerate(starts)
    )


def test_packed_files_score_as_the_same_files_unpacked(tmp_path: Path) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold.write_bytes(_lines(1, 2, 3))
    predictions.write_bytes(_lines(1, 2, 4))
    for path in (gold, predictions):
        path.with_suffix(".jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    packed = score(tmp_path / "gold.jsonl.gz", tmp_path / "predictions.jsonl.gz")
    assert packed.to_json() == score(gold, predictions).to_json()
    assert packed["mentions"].tp == 2


@pytest.mark.parametrize(("pack", "most"), [(bytes, 100), (gzip.compress, 200)])
def test_gold_too_large_to_be_kept_is_read_again_and_scores_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes], most: int
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(pack(_lines(1, 2, 3)))
    kept = score(gold, gold)
    monkeypatch.setattr(plain_gold, "KEPT", most)
    assert (gold.stat().st_size > most) == (pack is bytes)
    loaded = load_gold(gold)
    assert not isinstance(loaded.documents, tuple)
    assert score(loaded, gold).to_json() == score(loaded, gold).to_json() == kept.to_json()
    gold.write_bytes(pack(_lines(1, 2, 4)))
    with pytest.raises(Refusal, match="changed while it was read"):
        score(loaded, gold)


def test_an_error_at_the_very_end_of_predictions_lets_nothing_be_scored(tmp_path: Path) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold.write_bytes(_lines(1, 2, 3))
    predictions.write_bytes(_lines(1, 2) + b'{"article_id": "2", "mentions": 3}\n' + _lines(*range(9))[-70:])
    with pytest.raises(Refusal, match="nothing was scored") as refused:
        score(gold, predictions)
    assert f"{predictions}:3: mentions must be a list" in refused.value.what
    assert f"{predictions}:4: " in refused.value.what


def _refused(gold: Any, predictions: Path) -> Refusal:
    with pytest.raises(Refusal) as refused:
        score(gold, predictions)
    return refused.value


def test_plain_gold_is_read_while_it_is_scored_and_none_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    quoted = b'{"article_id": "q", "mentions": [{"kind": "actor", "start": 0, "end": 9, "quote": "Islamic S"}]}\n'
    gold.write_bytes(_lines(1, 2, 3) + quoted)
    predictions.write_bytes(quoted + b"".join(reversed(_lines(1, 2, 4).splitlines(keepends=True))))
    loaded = load_gold(gold)
    monkeypatch.setattr(evaluating, "load_gold", None)
    assert score(gold, predictions).to_json() == score(loaded, predictions).to_json()
    assert [warning.rule for warning in score(gold, predictions).warnings] == [
        "gold.unchecked", "predictions.unchecked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (_lines(1, 2), _lines(1, 2, 3), "predictions.jsonl:3: The article '2' is not in gold"),
        (_lines(1, 2) + b"{}\n", _lines(1) + b"[]\n", "gold.jsonl:3: article_id is missing"),
        (_lines(1) + b'{"article_id": "0"}\n', _lines(1), "The article '0' stands in"),
        (_lines(1, 2), _lines(1) * 2, "The article '0' stands in"),
        (b"\n", _lines(1), "holds no article"),
    ],
)
def test_what_is_wrong_is_said_as_if_all_gold_had_been_read_first(
    tmp_path: Path, ours: bytes, theirs: bytes, said: str
) -> None:
    gold, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold.write_bytes(ours)
    predictions.write_bytes(theirs)
    assert said in _refused(gold, predictions).what


def test_plain_gold_may_be_pinned(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(_lines(1))
    digest = load_gold(gold).name.sha256
    assert score(f"{gold}#sha256:{digest[:12]}", gold)["mentions"].f1 == 1
    assert "is not the release that was pinned" in _refused(f"{gold}#sha256:{'0' * 12}", gold).what


def test_the_garbage_collector_is_as_it_was_whatever_comes_of_a_score(tmp_path: Path) -> None:
    gold, wrong = tmp_path / "gold.jsonl", tmp_path / "wrong.jsonl"
    gold.write_bytes(_lines(1))
    wrong.write_bytes(b"[]")
    for collects in (False, True):
        (gc.enable if collects else gc.disable)()
        try:
            score(gold, gold)
            _refused(wrong, gold)
            assert gc.isenabled() == collects
        finally:
            gc.enable()


def test_scoring_plain_files_loads_nothing_that_only_a_release_or_a_screen_needs(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(_lines(1, 2, 3))
    heavy = (
        "pydantic", "textual", "rich", "sqlalchemy", "numpy", "scipy", "csv", "annotator.model.schema",
        "annotator.store.releases", "annotator.store.workspace", "annotator.formats.record_line",
    )  # fmt: skip
    code = (
        "import sys\n"
        "from annotator.cli import command\n"
        "command(['score', sys.argv[1], sys.argv[1], '--boot', '0'], standalone_mode=False)\n"
        f"print(*[name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(gold)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_a_pipe_is_read_once_and_what_is_wrong_in_it_is_said(tmp_path: Path) -> None:
    gold, pipe = tmp_path / "gold.jsonl", tmp_path / "pipe"
    gold.write_bytes(_lines(1))
    os.mkfifo(pipe)
    for sent, said in ((_lines(1), ""), (_lines(1, 2), ":2: The article '1' is not in gold")):
        sender = threading.Thread(target=pipe.write_bytes, args=(sent,))
        sender.start()
        if said:
            assert said in _refused(gold, pipe).what
        else:
            assert score(gold, pipe)["mentions"].f1 == 1
        sender.join()
