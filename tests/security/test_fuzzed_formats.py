"""Every reader of a format, over ten thousand damaged files each: problems, records or a refusal, and nothing else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
import pytest

from annotator.formats.answers import read_answer
from annotator.formats.decision_log import read_log, write_log
from annotator.formats.elsewhere import for_article, read_elsewhere
from annotator.formats.gtt import read_gold, read_output
from annotator.formats.id_map import read_id_map
from annotator.formats.known import Known
from annotator.formats.predictions import read
from annotator.formats.records import read_plain, read_records, read_said
from annotator.gold.manifest import MANIFEST, Manifest
from annotator.gold.release import read_schema
from annotator.gold.verify import verify
from annotator.model.canonical import canonical_json
from annotator.model.decision import Decision
from annotator.model.notation import parse_number, parse_time
from annotator.model.problem import Problem
from annotator.model.registry import Registry
from annotator.text.intake import take_in
from tests.security.trying import Reader, try_all

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "gold" / "1.0.0"
SCHEMA = read_schema((GOLD / "schema.toml").read_bytes())


def _small_record() -> dict:
    """Give the shortest record of our gold with one event and a few of its mentions."""
    record = orjson.loads(min((GOLD / "gold.jsonl").read_bytes().splitlines(), key=len))
    event = max(record["events"], key=lambda one: len(one["arguments"]))
    event["triggers"] = event["triggers"][:1]
    event["arguments"] = event["arguments"][:1] + [one for one in event["arguments"] if "of" in one][:2]
    named = {*event["triggers"], *(one["mention"] for one in event["arguments"])}
    mentions = [one for one in record["mentions"] if one["id"] in named]
    return record | {"events": [event], "mentions": mentions, "regions": record["regions"][:1], "rejected": []}


RECORD = _small_record()
ARTICLE = RECORD["article_id"]
TEXT = take_in((ROOT / "seeds" / f"{ARTICLE}.txt").read_bytes(), ARTICLE).text
KNOWN = Known(articles={ARTICLE}, texts={ARTICLE: TEXT}, schema=SCHEMA, registry=Registry())

FULL = orjson.dumps(RECORD)


def _span(name: str) -> dict:
    found = next(one for one in RECORD["mentions"] if one["id"] == name)
    return {field: found[field] for field in ("start", "end", "quote", "value") if field in found}


def _short() -> bytes:
    """Give the same as an extractor writes it that nests spans in events; one of them by its quote alone."""
    (event,) = RECORD["events"]
    arguments = [{"role": one["role"], **_span(one["mention"])} for one in event["arguments"]]
    del arguments[0]["start"], arguments[0]["end"]
    arguments[0]["confidence"] = 0.5
    triggers = [_span(name) for name in event["triggers"]]
    events = [{"type": event["type"], "realis": "actual", "triggers": triggers, "arguments": arguments}]
    return orjson.dumps({"article_id": ARTICLE, "system": "system 1", "events": events})


SHORT = _short()
MENTIONS = orjson.dumps(RECORD["mentions"][:2], option=orjson.OPT_INDENT_2)


def _log() -> Sequence[bytes]:
    """Give two logs that hold each sort of change of our own log once."""
    first: dict[tuple[str, ...], Decision] = {}
    for line in sorted((ROOT / "gold" / "decisions.jsonl").read_bytes().splitlines(), key=len):
        decision = Decision.model_validate(orjson.loads(line)["decision"])
        first.setdefault(tuple(one.change for one in decision.changes), decision)
    decisions = list(first.values())
    return [write_log(decisions[start::4]) for start in range(4)]


def _small_manifest() -> bytes:
    manifest = orjson.loads((GOLD / MANIFEST).read_bytes())
    for pairs in ("all_pairs", "first_pair"):
        if manifest["agreement"].get(pairs):
            manifest["agreement"][pairs] = dict(list(manifest["agreement"][pairs].items())[:2])
    return canonical_json(manifest | {"articles": manifest["articles"][:1]})


# What is held of each


def _within(spans: Iterator[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(TEXT)


def _predictions(data: bytes) -> Sequence[Problem]:
    documents, problems = read(data, "predictions", known=KNOWN)
    if not any(problem.level == "error" for problem in problems):
        _within(mention.span for document in documents for mention in document.mentions)
        _within(trigger for document in documents for event in document.events for trigger in event.triggers)
    return problems


def _answers(data: bytes) -> Sequence[Problem]:
    problems: list[Problem] = []
    lines = for_article(read_answer(data, "answer", "predictions.json", problems), ARTICLE)
    for proposed in read_elsewhere(lines, "answer", problems, known=KNOWN, system="system 1"):
        _within((one.start, one.end) for one in proposed.candidates)
        assert all(TEXT[one.start : one.end] == one.quote for one in proposed.candidates)
    return problems


def _decisions(data: bytes) -> Sequence[Problem]:
    lines, problems = read_log(data, "log")
    if not problems:
        assert read_log(write_log(line.logged.decision for line in lines), "log")[1] == ()
    return problems


def _manifest(data: bytes) -> Sequence[Problem]:
    files = dict.fromkeys(("SHA256SUMS", "gold.jsonl", "schema.toml"), b"")
    release, problems = verify(files | {MANIFEST: data})
    assert release is None
    return [one for one in problems if one.where == MANIFEST and one.rule in ("gold.manifest", "gold.canonical")]


def _article(data: bytes) -> Sequence[Problem]:
    taken = take_in(data, "article")
    assert taken.text.encode().decode() == taken.text
    assert not set(taken.text) & set("\0\r\x0c\x1b\x7f")
    return ()


def _typed_number(data: bytes) -> Sequence[Problem]:
    value = parse_number(data.decode(errors="replace"), SCHEMA.units)
    canonical_json(value.plain())
    return ()


def _typed_time(data: bytes) -> Sequence[Problem]:
    canonical_json(parse_time(data.decode(errors="replace")).plain())
    return ()


TEMPLATES = {"incident_type": "bombing", "PerpInd": [[["guerrillas", 0]]], "Target": [[["home", 20], ["it", 40]]]}
GTT_GOLD = {"docid": "TST3-MUC4-0007", "doctext": "guerrillas attacked home in san salvador", "templates": [TEMPLATES]}
GTT_OUTPUT = {
    "30007": {"doctext": "x", "pred_templates": [{"incident_type": "bombing", "Target": [["home", "a home"]]}]},
    "30008": {"pred_templates": [], "gold_templates": []},
}

READERS = {
    "predictions, full": Reader(_predictions, [FULL]),
    "predictions, short": Reader(_predictions, [SHORT]),
    "predictions, an array": Reader(_predictions, [b"[" + FULL + b"]", b" [\n" + SHORT + b"\n]\n"]),
    "plain gold": Reader(lambda data: read_plain(data, known=KNOWN)[1], [FULL, SHORT]),
    "plain gold, compared": Reader(lambda data: read_said(data)[1], [FULL]),
    "gold": Reader(lambda data: read_records(data)[1], [FULL]),
    "a manifest": Reader(_manifest, [_small_manifest()]),
    "GTT's gold": Reader(lambda data: read_gold(data)[1], [orjson.dumps(GTT_GOLD)]),
    "GTT's output": Reader(lambda data: read_output(data)[1], [orjson.dumps(GTT_OUTPUT)]),
    "a map of ids": Reader(
        lambda data: read_id_map(data, "ids")[1],
        [b'7,004_bbe9\n"a ""b""",c\r\n12,005\n', b'7\t004\n8\t"009"\n', b'{"7": "004",\n "8": "009"}'],
    ),
    "a log of decisions": Reader(_decisions, _log()),
    "answers": Reader(_answers, [FULL, b"Here you are:\n```json\n" + MENTIONS + b"\n```\nThat is all."]),
    "articles": Reader(
        _article, [TEXT[:300].encode(), "قتل 12 مدنيا\r\nفي حلب.\n".encode(), b"\xef\xbb\xbfTwo died.\n"]
    ),
    "typed numbers": Reader(_typed_number, [b"~500 persons", b"12..15 km", b"1/3 of number:4-9", b"101+", b"..13"]),
    "typed times": Reader(_typed_time, [b"2018-05-21", b"--02-07", b"-1 publication"]),
}


@pytest.mark.parametrize("name", READERS)
def test_whatever_comes_in_only_records_problems_or_a_refusal_come_out(name: str) -> None:
    try_all(READERS[name])


def test_the_files_that_are_damaged_are_whole_before() -> None:
    assert read_records(FULL)[1] == ()
    assert Manifest.model_validate(orjson.loads(_small_manifest()))
