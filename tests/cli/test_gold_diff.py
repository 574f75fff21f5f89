"""`annotator gold diff`: what changed, why, and how scores move by it; status 0 unless a status was asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.model.value import NumberValue
from annotator.workflow import mention_edits
from annotator.workflow.labelling import adjudicating
from annotator.workflow.project import open_project

HOSTILE = "\x1b[31m\u202e<script>"

Lines = Callable[..., Path]


@pytest.fixture
def rewritten(released: Path, tmp_path: Path) -> Lines:
    """Write the release's record, changed by a function, into a plain file of gold and give its path."""

    def write(change: Callable[[dict[str, Any]], object], name: str = "other.jsonl") -> Path:
        record = orjson.loads((released / "gold.jsonl").read_bytes())
        change(record)
        path = tmp_path / name
        path.write_bytes(orjson.dumps(record) + b"\n")
        return path

    return write


def number_of(record: dict[str, Any], quote: str = "12") -> dict[str, Any]:
    return next(one for one in record["mentions"] if one["kind"] == "number" and one["quote"].startswith(quote))


def raised(record: dict[str, Any]) -> None:
    number_of(record)["value"] |= {"high": None, "best": None, "qualifier": "at_least"}


def test_equal_versions_say_so(run: Any, released: Path):
    outcome = run("gold", "diff", "gold/1.0.0", "gold/1.0.0", "--exit-code")
    assert outcome.status == 0
    assert outcome.out.endswith("\nnothing changed in meaning\n")


def test_a_change_is_told_under_its_article(run: Any, released: Path, rewritten: Lines):
    outcome = run("gold", "diff", "gold/1.0.0", rewritten(raised))
    assert outcome.status == 0
    head, count, kind, blank, article, change = outcome.out.splitlines()
    assert head.startswith("1.0.0 (")
    assert (count, kind, blank, article) == ("1 change in 1 article", "  1  bounds changed", "", "en-1")
    assert change.endswith(": number bounds changed: 12 → 12+")


def test_the_status_says_whether_something_changed_only_where_it_is_asked(run: Any, released: Path, rewritten: Lines):
    assert run("gold", "diff", "gold/1.0.0", rewritten(raised), "--exit-code").status == 1


def test_json_has_every_change_whole(run: Any, released: Path, rewritten: Lines):
    found = run("gold", "diff", "gold/1.0.0", rewritten(raised), "--json").json
    assert found["before"]["version"] == "1.0.0"
    assert found["counts"] == {"bounds changed": 1}
    (change,) = found["changes"]
    assert change.pop("place")["quote"].startswith("12")
    assert change == {
        "what": "bounds", "how": "changed", "article_id": "en-1", "kind": "number", "before": "12", "after": "12+",
    }  # fmt: skip
    assert (found["scores"], found["only_before"], found["only_after"]) == ([], [], [])


def test_scores_move_level_by_level(run: Any, released: Path, rewritten: Lines, tmp_path: Path):
    predictions = tmp_path / "mine.jsonl"
    predictions.write_bytes((released / "gold.jsonl").read_bytes())
    other = rewritten(raised)
    told = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions)
    assert told.status == 0, told.err
    assert f"{predictions}: F1 %" in told.out
    rows = {row.split()[0]: row.split()[1:] for row in told.out.splitlines() if row.startswith("  ")}
    assert rows["mentions-exact"] == ["100.00", "100.00", "+0.00"]
    before, after, moved = map(float, rows["numbers-exact"])
    assert before == 100 > after
    assert moved == pytest.approx(after - before)
    (scores,) = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions, "--json").json["scores"]
    assert scores["predictions"] == str(predictions)
    assert scores["levels"]["mentions-exact"] == {"before": 1.0, "after": 1.0, "difference": 0.0}
    assert [signature.split("|")[0] for signature in scores["signatures"]] == ["gold:1.0.0", "gold:unreleased"]


def test_articles_of_one_version_alone_are_said_and_those_of_none_refused(
    run: Any, released: Path, rewritten: Lines, tmp_path: Path
):
    other = rewritten(lambda record: record.update(article_id="another"))
    predictions = tmp_path / "mine.jsonl"
    predictions.write_bytes(other.read_bytes())
    told = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions)
    assert "  only in the scores before: en-1\n  only in the scores after: another\n" in told.out
    predictions.write_text('{"article_id": "nowhere", "events": []}\n')
    refused = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions)
    assert refused.status == 2
    assert "'nowhere' is not in either version" in refused.err
    allowed = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions, "--allow", "extra-articles")
    assert allowed.status == 0
    assert "mentions-exact" in allowed.out
    unknown = run("gold", "diff", "gold/1.0.0", other, "--predictions", predictions, "--allow", "anything")
    assert unknown.status == 2


def test_what_an_article_says_is_shown_and_never_obeyed(run: Any, released: Path, rewritten: Lines):
    def hostile(record: dict[str, Any]) -> None:
        number_of(record)["quote"] = HOSTILE
        raised_too = next(one for one in record["mentions"] if one["quote"] == HOSTILE)
        raised_too["value"] |= {"high": None}

    told = run("gold", "diff", "gold/1.0.0", rewritten(hostile)).out
    assert "<script>" in told
    assert not {"\x1b", "\u202e"} & set(told)


def test_the_reason_of_the_adjudication_is_told(run: Any, released: Path, rewritten: Lines):
    project = open_project(released.parents[1])
    with adjudicating(project, "en-1", "lead") as judged:
        judged.session.reopen()
        (disputed,) = [one for one in judged.disagreements if one.about.kind == "number"]
        judged.explain(disputed, "slip", 2, "airstrikes are no people")
        judged.finish()
    project.close()
    assert run("release").status == 0

    def doubled(record: dict[str, Any]) -> None:
        held = (*record["mentions"], *record["rejected"])
        one = next(one for one in held if one["start"] == disputed.span.start)
        one["kind"] = "actor"
        one.pop("value", None)

    told = run("gold", "diff", rewritten(doubled), "gold/1.0.1").out
    assert ". Why: a slip (fairly sure): airstrikes are no people\n" in told
    assert "Why:" not in run("gold", "diff", "gold/1.0.1", rewritten(doubled)).out


def test_an_accepted_challenge_is_the_reason_of_what_it_changed(run: Any, released: Path):
    record = orjson.loads((released / "gold.jsonl").read_bytes())
    number = number_of(record)
    place = f"{number['start']}-{number['end']}"
    filed = run("challenge", "gold/1.0.0", "en-1", place, "--reason", "It says at least.", "--as", "reader")
    assert filed.status == 0, filed.err
    project = open_project(released.parents[1])
    with adjudicating(project, "en-1", "lead") as judged:
        (challenge,) = judged.challenges()
        judged.answer(challenge, "accepted", "So it does.")
        (item,) = [one for one in judged.session.in_order() if one.mention.start == number["start"]]
        mention_edits.revalue(judged.session, item, NumberValue(low=12, qualifier="at_least", unit="persons"))
        judged.finish()
    project.close()
    assert run("release").status == 0
    told = run("gold", "diff", "gold/1.0.0", "gold/2.0.0").out
    assert f" {place}: number bounds changed: 12 → 12+. Why: challenge {challenge.id[:8]}: It says at least.\n" in told
    changelog = (released.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.index("## 2.0.0") < changelog.index("**Accepted**") < changelog.index("## 1.0.0")


def test_what_a_plain_line_does_not_say_is_not_compared(run: Any, released: Path, rewritten: Lines):
    def bare(record: dict[str, Any]) -> None:
        for name in record.keys() - {"article_id", "mentions"}:
            del record[name]
        for one in record["mentions"]:
            del one["id"], one["quote"]

    plain = rewritten(bare)
    assert run("gold", "diff", "gold/1.0.0", plain, "--exit-code").status == 0
    assert run("gold", "diff", plain, "gold/1.0.0", "--exit-code").status == 0

    def fewer(record: dict[str, Any]) -> None:
        bare(record)
        del record["mentions"][0]

    assert run("gold", "diff", "gold/1.0.0", rewritten(fewer)).out.count("mention removed") == 2


def test_events_without_ids_are_compared(run: Any, released: Path, rewritten: Lines):
    def another(record: dict[str, Any]) -> None:
        del record["events"][0]["id"]
        record["events"][0]["realis"] = "future"

    assert "realis changed: actual → future" in run("gold", "diff", "gold/1.0.0", rewritten(another)).out


def test_what_is_no_gold_is_refused(run: Any, released: Path, tmp_path: Path):
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"article_id": "en-1", "mentions": [{"kind": "actor"}]}\n')
    refused = run("gold", "diff", "gold/1.0.0", plain)
    assert refused.status == 1
    assert "nothing was compared" in refused.err
    assert run("gold", "diff", "gold/1.0.0", "gold/9.9.9").status == 2
    assert run("gold", "dif", "gold/1.0.0", "gold/9.9.9").err.endswith("Did you mean `annotator gold diff`?\n")
