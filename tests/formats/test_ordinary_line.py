"""Lines in which nothing is unusual say the same to the quick reader, or it leaves them to the careful one."""

import copy
import json
from typing import Any, get_args

import orjson
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from annotator.formats import ordinary_line, ordinary_mentions, record_line
from annotator.formats.id_map import IdMap
from annotator.formats.inspection import Inspection
from annotator.formats.known import Known, Tally
from annotator.formats.lines import read_lines
from annotator.formats.ordinary_line import OrdinaryLines
from annotator.formats.record_line import RecordLine
from annotator.model.event import Certainty, Realis
from annotator.model.mention import KINDS, TriggerClass
from annotator.model.problem import Problem
from annotator.model.schema import Schema
from annotator.model.value import Anchor, NumberValue, Precision, Qualifier, Scope, TimeValue
from annotator.scoring.document import Document
from annotator.text.intake import text_sha256

TEXT = "Islamic State attacked: 6 members died."
SCHEMA = Schema.model_validate(
    {
        "version": "1.0.0",
        "types": {
            "clash": {
                "title": "Clash",
                "description": "Sides fight.",
                "key": "c",
                "roles": {"attacker": "actor|place*", "killed": "number?", "time": "time?"},
            }
        },
        "realis": ["actual"],
        "certainty": ["asserted"],
        "rejection_reasons": {"i": "idiom"},
    }
)
KNOWN = {
    "nothing": Known(),
    "articles": Known(articles={"a"}),
    "texts": Known(articles={"a", "b"}, texts={"a": TEXT}),
    "hashes": Known(articles={"a", "b"}, hashes={"a": text_sha256(TEXT)}),
    "schema": Known(schema=SCHEMA),
}
IDS = IdMap("ids.tsv", {"theirs": "a", "a": "b"}, {"a": 1, "b": 2})


def quickly(written: bytes, known: Known, ids: IdMap | None = None) -> tuple[Document | None, Tally]:
    tally = Tally()
    return OrdinaryLines(known, tally, ids).document(written), tally


def carefully(written: bytes, known: Known, ids: IdMap | None = None) -> tuple[Document | None, Tally, list[Problem]]:
    """Give what the careful reader makes of a line, and all that it says."""
    problems: list[Problem] = []
    tally = Tally()
    for where, content in read_lines(written, "p.jsonl", "gold.json", problems):
        if ids is not None and type(content.get("article_id")) is str:
            content["article_id"] = ids.ours.get(content["article_id"], "")
        return RecordLine(content, Inspection(where, "gold", problems), known, tally).document(), tally, problems
    return None, tally, problems


words = st.sampled_from(["a", "b", "clash", "attacker", "killed", "time", "number", "isis"])
shares = st.sampled_from([0, 1, 0.5])
figures = st.one_of(st.none(), st.integers(-2, 9), st.just(2**53 - 1))


def fields(required: dict[str, Any], optional: dict[str, Any]) -> Any:
    return st.fixed_dictionaries(required, optional=optional)


numbers = fields(
    {},
    dict.fromkeys(("low", "high", "best", "num", "den"), figures)
    | {
        "qualifier": st.sampled_from(get_args(Qualifier)),
        "unit": words | st.none(),
        "scope": st.sampled_from([*get_args(Scope), None]),
        "of": words | st.none(),
    },
)
times = fields(
    {},
    {
        "value": st.sampled_from(["2018-05-21", "--02-29", "2018", "2018-02-30", "Tuesday", None]),
        "precision": st.sampled_from(get_args(Precision)),
        "anchor": st.sampled_from([*get_args(Anchor), None]),
        "offset": figures,
    },
)


@st.composite
def spans(draw: DrawFn, kinds: Any, more: dict[str, Any] | None = None) -> dict[str, Any]:
    start = draw(st.integers(0, 12))
    made: dict[str, Any] = draw(
        fields(
            {"start": st.just(start), "end": st.just(start + draw(st.integers(1, 9)))},
            {"ref": words | st.none(), "label": words | st.none(), "confidence": shares | st.none()} | (more or {}),
        )
    )
    if draw(st.booleans()):
        made["quote"] = draw(st.sampled_from([TEXT[made["start"] : made["end"]], "other", None]))
    kind = draw(kinds)
    if kind is not None:
        made["kind"] = kind
    if kind in (None, "number", "time") and draw(st.booleans()):
        made["value"] = draw({"number": numbers, "time": times}.get(kind, numbers | times))
    return made


@st.composite
def articles(draw: DrawFn) -> dict[str, Any]:
    """Lines of either shape and mixed, mostly right."""
    some = st.lists(
        spans(st.sampled_from(KINDS), {"trigger_class": st.sampled_from([*get_args(TriggerClass), None])}), max_size=5
    )
    mentions = draw(some)
    if draw(st.booleans()):
        for number, mention in enumerate(mentions):
            mention["id"] = f"m{number}"
    names = st.sampled_from([mention["id"] for mention in mentions if "id" in mention] or ["m0"])
    of = {"of": words | st.none()}
    named = fields({"role": words, "mention": names}, of | {"confidence": shares})
    kinds = st.sampled_from([*KINDS, None])
    nested = st.builds(lambda span, said: span | said, spans(kinds), fields({"role": words}, of))
    triggers = names | spans(st.sampled_from(["trigger", None]))
    said = fields(
        {"type": words},
        {
            "id": words,
            "triggers": st.lists(triggers, max_size=2) | st.none(),
            "arguments": st.lists(named | nested, max_size=3) | st.none(),
            "realis": st.sampled_from([*get_args(Realis), None]),
            "certainty": st.sampled_from([*get_args(Certainty), None]),
            "background": st.booleans() | st.none(),
            "hub": words | st.none(),
            "confidence": shares | st.none(),
        },
    )
    whole = draw(
        fields(
            {"article_id": st.sampled_from(["a", "a", "b", "theirs"])},
            {
                "language": st.sampled_from(["ar", None]),
                "text_sha256": st.sampled_from([text_sha256(TEXT), "0" * 64, None]),
                "mentions": st.just(mentions) if mentions else st.just([]) | st.none(),
                "events": st.lists(said, max_size=3) | st.none(),
                "regions": st.just([{"kind": "body", "start": 0, "end": 9}]),
                "complete": st.booleans(),
                "system": words,
            },
        )
    )
    return dict(whole)


odd: Any = st.sampled_from(
    [None, True, False, 0, -1, 1.0, 2.5, 2**53, 2**70, "", "a", "actor", "number", "m0", "number:", [], {}, [1], [[]],
     {"kind": "actor"}, {"low": True}, {"value": "2018"}, ["m0", "m0"]]
)  # fmt: skip


def places(content: Any) -> list[tuple[Any, Any]]:
    """Every place in a line, as what holds it and its key or index."""
    found = []
    for key in content if isinstance(content, dict) else range(len(content)):
        found.append((content, key))
        if isinstance(content[key], dict | list):
            found += places(content[key])
    return found


@st.composite
def broken(draw: DrawFn) -> dict[str, Any]:
    """A line with a fault or two: something missing, said twice, of another type, or of a name that no field has."""
    content = copy.deepcopy(draw(articles()))
    for _ in range(draw(st.integers(1, 2))):
        found = places(content)
        if not found:
            break
        held, key = draw(st.sampled_from(found))
        match draw(st.sampled_from(["replace", "replace", "remove", "repeat", "rename"])):
            case "replace":
                held[key] = copy.deepcopy(draw(odd))
            case "remove":
                del held[key]
            case "repeat" if isinstance(held, list):
                held.append(copy.deepcopy(held[key]))
            case _ if isinstance(held, dict):
                name = draw(st.sampled_from(["role", "mention", "kind", "confidence", "extra", "value", "id"]))
                held[name] = copy.deepcopy(held[key])
    return content


@st.composite
def written_lines(draw: DrawFn) -> bytes:
    """Lines as bytes: with blanks or without, at times with a key that stands twice, or cut off."""
    content = draw(articles() | broken())
    line = json.dumps(content, separators=draw(st.sampled_from([None, (",", ":")]))).encode()
    match draw(st.sampled_from(["whole"] * 6 + ["twice", "spaced", "cut"])):
        case "twice":
            at = draw(st.sampled_from([at for at, one in enumerate(line) if one == ord("{")] or [0]))
            key = draw(st.sampled_from([b'"kind":"actor"', b'"start":1', b'"article_id":"a"', b'"role" : "time"']))
            return line[: at + 1] + key + b"," + line[at + 1 :]
        case "spaced":
            return line.replace(b'":', b'" :', 1)
        case "cut":
            return line[: draw(st.integers(0, len(line)))]
    return line


@given(written_lines(), st.sampled_from(sorted(KNOWN)), st.sampled_from([None, IDS]))
def test_the_quick_reader_gives_what_the_careful_one_gives_without_a_word_or_nothing(
    written: bytes, known: str, ids: IdMap | None
) -> None:
    quick, said = quickly(written, KNOWN[known], ids)
    careful, told, problems = carefully(written, KNOWN[known], ids)
    event(f"quick: {quick is not None}, careful: {not problems}")
    if quick is None:
        assert said == Tally()
        return
    assert problems == []
    assert quick == careful
    assert repr(quick) == repr(careful)  # 1 is True, and a tuple of a name is a plain one as well: but not as written
    assert said == told


@given(articles(), st.sampled_from(sorted(KNOWN)))
def test_what_is_right_is_read_quickly(content: dict[str, Any], known: str) -> None:
    written = orjson.dumps(content)
    _, _, problems = carefully(written, KNOWN[known])
    if not problems:
        assert quickly(written, KNOWN[known])[0] is not None


FULL = {
    "article_id": "a",
    "language": "en",
    "text_sha256": text_sha256(TEXT),
    "mentions": [
        {"id": "m1", "kind": "actor", "start": 0, "end": 13, "quote": "Islamic State", "ref": "isis"},
        {"id": "m2", "kind": "trigger", "start": 14, "end": 22, "quote": "attacked", "label": "clash"},
        {"id": "m3", "kind": "number", "start": 24, "end": 33, "value": {"low": 6, "high": 6, "unit": "persons"}},
        {"id": "m4", "kind": "time", "start": 33, "end": 38, "value": {"value": "2018-05-21", "precision": "day"}},
    ],
    "events": [
        {
            "id": "e1",
            "type": "clash",
            "triggers": ["m2"],
            "arguments": [{"role": "attacker", "mention": "m1"}, {"role": "killed", "mention": "m3", "of": "isis"}],
            "realis": "attempted",
            "background": True,
        }
    ],
    "complete": True,
}
SHORT = {
    "article_id": "a",
    "events": [
        {
            "type": "clash",
            "triggers": [{"start": 14, "end": 22}],
            "arguments": [
                {"role": "attacker", "start": 0, "end": 13, "kind": "actor", "confidence": 0.5},
                {"role": "killed", "start": 24, "end": 33, "value": {"low": 6}},
            ],
        }
    ],
}


@pytest.mark.parametrize("known", sorted(KNOWN))
@pytest.mark.parametrize("content", [FULL, SHORT], ids=["full", "short"])
def test_both_shapes_are_read_quickly_whatever_is_known(content: dict[str, Any], known: str) -> None:
    quick, said = quickly(orjson.dumps(content), KNOWN[known])
    careful, told, problems = carefully(orjson.dumps(content), KNOWN[known])
    assert problems == []
    assert quick == careful is not None
    assert said == told


def mention(more: str = "", kind: str = '"actor"', start: str = "0", end: str = "3") -> str:
    return f'"mentions":[{{"kind":{kind},"start":{start},"end":{end}{more}}}]'


def number(value: str) -> str:
    return mention(f',"value":{value}', '"number"')


def one_event(more: str = "", trigger: str = '{"start":0,"end":3}', argument: str = "") -> str:
    return f'"events":[{{"type":"clash","triggers":[{trigger}],"arguments":[{argument}]{more}}}]'


OF_NOBODY = '{"role":"actor","start":4,"end":5}'
OF_ISIS = '{"role":"actor","start":4,"end":5,"of":"isis"}'


@pytest.mark.parametrize(
    "said",
    [
        # offsets that are no integers, or that some reader of JSON does not keep
        mention(start="1", end="1e3"), mention(end="3.0"), mention(start="false", end="true"), mention(start="-0.0"),
        mention(end=str(2**53)), mention(end=str(2**64)), mention(end="9" * 400), mention(start="3"),
        mention(start="-1"), mention(start="null"),
        # keys that stand twice, with other colons about, or with none to tell them
        '"article_id":"b"', '"\\u0061rticle_id":"b"', '"language":"a:b","language":"ab"', mention(',"kind":"place"'),
        number('{"low":1,"low":2}'), mention(',"value":{"low":1,"high":2},"value":{"low":3}', '"number"'),
        one_event(',"type":"clash"'), one_event(argument='{"role":"actor","start":0,"start":1,"end":3}'),
        f'{mention()},"mentions":[]', '"regions":[{"kind":"body","kind":"body"}]', '"regions":' + "[" * 300 + "]" * 300,
        # ids
        '"mentions":[{"id":"m","kind":"actor","start":0,"end":3},{"id":"m","kind":"actor","start":4,"end":6}]',
        one_event(trigger='"m1"'), one_event(argument='{"role":"actor","mention":"m1"}'), one_event(trigger="null"),
        mention(',"id":""'),
        # types and words
        mention(kind='"person"'), mention(kind='["actor"]'), mention(kind="null"), mention(',"label":""'),
        mention(',"confidence":true'), mention(',"confidence":1e999'), mention(',"ref":"\\ud83d"'),
        mention(',"value":{}'),
        number("6"), number("[]"), number('{"low":6.0}'), number('{"low":true}'), number('{"qualifier":null}'),
        number('{"num":1,"den":0}'), number('{"num":1}'), number('{"low":7,"high":6}'), number('{"value":"2018"}'),
        mention(',"value":{"value":"2018\\n"}', '"time"'), mention(',"value":{"value":"٢٠١٨"}', '"time"'),
        one_event(',"id":""'), one_event(',"background":0'), one_event(',"realis":""'), one_event(',"hub":1'),
        one_event(trigger='{"start":0,"end":3,"id":"x"}'), one_event(argument='{"role":"","start":0,"end":3}'),
        one_event(argument='{"role":"actor","start":0,"end":3,"of":""}'),
        '"mentions":{}', '"mentions":"ab"', '"mentions":["kind"]', '"mentions":[["kind","start","end"]]',
        '"mentions":0', '"events":[null]', '"mentions":[{"kind":"actor","start":0,"end":3},{}]',
    ],
)  # fmt: skip
def test_what_only_looks_ordinary_is_left_to_the_careful_reader(said: str) -> None:
    written = f'{{"article_id":"a",{said}}}'.encode()
    _, _, problems = carefully(written, Known())
    assert problems
    assert quickly(written, Known()) == (None, Tally())


@pytest.mark.parametrize(
    "said",
    [
        mention(start="-0"), mention(end=str(2**53 - 1)), mention(',"label":null'), mention(',"value":null'),
        mention(',"ref":"a\\u003ab: c"'), mention(',"ref":"\\ud83d\\ude00"'), mention(',"confidence":-0.0'),
        one_event(argument=f'{OF_ISIS},{OF_NOBODY}'), one_event(argument=f'{OF_NOBODY},{OF_ISIS}'), number("{}"),
        '"mentions":[{"id":null,"kind":"actor","start":0,"end":3},{"id":null,"kind":"actor","start":4,"end":6}]',
        '"mentions":[{"id":"m","kind":"actor","start":0,"end":3}],' + one_event(trigger='"m"'),
        '"events":[{"type":"clash","triggers":null}]', '"system":{"a":1},"complete":"yes"',
    ],
)  # fmt: skip
def test_what_only_looks_odd_is_read_quickly_and_alike(said: str) -> None:
    written = f'{{"article_id":"a",{said}}} \r\n'.encode()
    careful, told, problems = carefully(written, Known())
    assert problems == []
    assert repr(quickly(written, Known())) == repr((careful, told))


def test_words_and_fields_are_those_of_the_models() -> None:
    assert set(KINDS) == ordinary_mentions.KINDS
    for words_here, declared in (
        (ordinary_mentions.TRIGGER_CLASSES, TriggerClass),
        (ordinary_mentions.SCOPES, Scope),
        (ordinary_mentions.ANCHORS, Anchor),
        (ordinary_line.REALIS, Realis),
        (ordinary_line.CERTAINTIES, Certainty),
    ):
        assert words_here == {*get_args(declared), None}
    assert set(get_args(Qualifier)) == ordinary_mentions.QUALIFIERS
    assert set(get_args(Precision)) == ordinary_mentions.PRECISIONS
    assert set(NumberValue.model_fields) == ordinary_mentions.NUMBER_FIELDS
    assert set(TimeValue.model_fields) == ordinary_mentions.TIME_FIELDS
    assert record_line.ARTICLE_FIELDS == ordinary_line.ARTICLE_FIELDS
    assert record_line.EVENT_FIELDS == ordinary_line.EVENT_FIELDS
    assert record_line.MENTION_FIELDS == ordinary_mentions.FIELDS
    assert record_line.TRIGGER_FIELDS == ordinary_mentions.TRIGGER_FIELDS
    assert record_line.ARGUMENT_FIELDS == ordinary_mentions.ARGUMENT_FIELDS | ordinary_line.NAMED_FIELDS
