"""What extractors write, right and wrong: every fault has its rule, its line and its field."""

import hashlib
import json
from pathlib import Path

import pytest

from annotator.errors import Refusal
from annotator.formats.known import Known
from annotator.formats.predictions import read
from annotator.matching.events import Attributes, ResolvedArgument, ResolvedEvent
from annotator.model.schema import Schema
from annotator.scoring.document import Amount, ScoredMention
from annotator.text.intake import text_sha256
from annotator.text.span import span

TEXT = "Islamic State attacked; the regime said 6 members at least of the regime died."
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
KNOWN = Known(articles={"a", "b"}, texts={"a": TEXT, "b": TEXT}, schema=SCHEMA)
TRIGGER = {"start": 14, "end": 22}


def predict(*articles, known=KNOWN, allow=frozenset()):
    """Read articles as a file `p.jsonl`, one a line; each is a dict, or bytes as they stand."""
    lines = [article if isinstance(article, bytes) else json.dumps(article).encode() for article in articles]
    return read(b"\n".join(lines), "p.jsonl", known=known, allow=allow)


def clash(*arguments, triggers=(TRIGGER,), **more):
    return {
        "article_id": "a",
        "events": [{"type": "clash", "triggers": list(triggers), "arguments": list(arguments)}],
    } | more


def mention(**fields):
    return {"article_id": "a", "mentions": [{"kind": "actor", "start": 0, "end": 13} | fields]}


def faults(*articles, level="error", **given):
    """The problems of one level, as (rule, where, message)."""
    return [(p.rule, p.where, p.message) for p in predict(*articles, **given)[1] if p.level == level]


def test_the_short_shape_needs_no_ids():
    written = {"role": "killed", "start": 40, "end": 58, "value": {"low": 6}, "of": "regime"}
    (document,), problems = predict(clash(written, {"role": "attacker", "start": 0, "end": 13, "ref": "isis"}))
    assert problems == ()
    assert document.events == (
        ResolvedEvent(
            "clash",
            (span(14, 22),),
            (ResolvedArgument("attacker", span(0, 13)), ResolvedArgument("killed", span(40, 58), "regime")),
            Attributes(),
        ),
    )
    assert document.mentions == (
        ScoredMention("trigger", span(14, 22), "clash"),
        ScoredMention("number", span(40, 58), amount=Amount(low=6)),
        ScoredMention("actor", span(0, 13), ref="isis"),
    )


def test_the_full_shape_says_the_same_with_ids():
    short = clash({"role": "killed", "start": 40, "end": 58, "value": {"low": 6}})
    full = {
        "article_id": "a",
        "mentions": [
            {"id": "m1", "kind": "trigger", "start": 14, "end": 22, "quote": "attacked"},
            {"id": "m2", "kind": "number", "start": 40, "end": 58, "value": {"low": 6}},
        ],
        "events": [
            {"id": "e1", "type": "clash", "triggers": ["m1"], "arguments": [{"role": "killed", "mention": "m2"}]}
        ],
    }
    (from_short,), (from_full,) = predict(short)[0], predict(full)[0]
    assert from_short == from_full
    assert predict(full)[1] == ()


def test_a_span_used_in_two_events_is_one_mention():
    event = {"type": "clash", "triggers": [TRIGGER], "arguments": [{"role": "attacker", "start": 0, "end": 13}]}
    other = event | {"triggers": [{"start": 28, "end": 34}]}
    (document,), problems = predict({"article_id": "a", "events": [event, other]})
    assert problems == ()
    assert len(document.mentions) == 3


def test_a_quote_without_offsets_is_placed_where_the_text_has_it_and_that_is_said():
    (document,), problems = predict(clash({"role": "attacker", "quote": "Islamic State"}))
    assert document.events[0].arguments[0].span == span(0, 13)
    assert [(p.rule, p.level, p.where) for p in problems] == [("predictions.anchored", "warning", "p.jsonl")]


@pytest.mark.parametrize(
    ("quote", "why"), [("the regime", "more than once"), ("the rebels", "does not hold it"), (" ", "is empty")]
)
def test_a_quote_without_one_place_is_an_error(quote, why):
    ((rule, where, message),) = faults({"article_id": "a", "mentions": [{"kind": "actor", "quote": quote}]})
    assert (rule, where) == ("predictions.anchor", "p.jsonl:1")
    assert message.startswith("mentions[0].quote")
    assert why in message


@pytest.mark.parametrize(("trigger", "start"), [({"start": 14, "end": 22}, 24), ({"quote": "died"}, 62)])
def test_of_several_places_the_one_nearest_to_the_trigger_is_meant_and_that_is_said(trigger, start):
    (document,), problems = predict(clash({"role": "attacker", "quote": "the regime"}, triggers=[trigger]))
    assert document.events[0].arguments[0].span == span(start, start + 10)
    assert "placed nearest to what is known of their event" in problems[-1].message
    assert problems[-1].level == "warning"


def test_a_trigger_with_several_places_is_the_one_nearest_to_what_its_event_says_for_sure():
    text = "Clashes near A. Clashes near B."
    event = {"type": "clash", "triggers": [{"quote": "Clashes"}], "arguments": [{"role": "attacker", "quote": "B"}]}
    (document,), _ = predict({"article_id": "a", "events": [event]}, known=Known(texts={"a": text}))
    assert document.events[0].triggers == (span(16, 23),)


def test_a_quote_that_is_listed_as_often_as_it_stands_in_the_text_is_placed_in_turn():
    said = [{"kind": "actor", "quote": "the regime", "ref": ref} for ref in ("first", "second")]
    (document,), problems = predict({"article_id": "a", "mentions": said})
    assert [(item.span.start, item.ref) for item in document.mentions] == [(24, "first"), (62, "second")]
    assert "or in turn" in problems[0].message
    assert len(faults({"article_id": "a", "mentions": [*said, said[0]]})) == 3
    other = {"kind": "place", "quote": "the regime"}
    assert len(faults({"article_id": "a", "mentions": [said[0], other]})) == 2


def test_a_quote_in_another_spelling_is_placed_where_the_text_reads_like_it_and_that_is_said():
    (document,), problems = predict({"article_id": "a", "mentions": [{"kind": "actor", "quote": "islamic  STATE"}]})
    assert document.mentions[0].span == span(0, 13)
    assert "reads like them" in problems[0].message


def test_overlapping_places_of_a_quote_are_two_places():
    assert faults({"article_id": "a", "mentions": [{"kind": "actor", "quote": "aa"}]}, known=Known(texts={"a": "aaa"}))


def test_a_quote_cannot_be_placed_without_the_text():
    ((rule, _, message),) = faults(clash({"role": "attacker", "quote": "Islamic State"}), known=Known())
    assert rule == "predictions.anchor"
    assert "not at hand" in message


def test_a_quote_without_a_place_counts_as_wrong_where_that_is_allowed():
    (document,), problems = predict(
        clash({"role": "attacker", "quote": "the rebels"}, {"role": "attacker", "quote": "the army"}), allow={"anchor"}
    )
    assert {p.level for p in problems} == {"warning"}
    assert len(document.events[0].arguments) == 2
    assert sum(mention.kind == "actor" for mention in document.mentions) == 2
    assert all(argument.span.start < 0 for argument in document.events[0].arguments)


def test_without_texts_it_is_said_once_that_quotes_were_not_compared():
    _, problems = predict(mention(quote="x"), mention(quote="y") | {"article_id": "b"}, known=Known())
    assert [(p.rule, p.level) for p in problems] == [("predictions.unchecked", "warning")]


def test_a_quote_that_differs_from_the_text_is_an_error():
    ((rule, where, message),) = faults(mention(quote="Islamic Stale"))
    assert (rule, where) == ("predictions.quote", "p.jsonl:1")
    assert "'Islamic Stale'" in message
    assert "'Islamic State'" in message
    assert not faults(mention(quote="Islamic Stale"), allow={"quote"})


@pytest.mark.parametrize(
    ("offsets", "rule", "says"),
    [
        ({"start": True}, "offset", "mentions[0].start must be an integer, not True"),
        ({"end": 13.0}, "offset", "mentions[0].end must be an integer, not 13.0"),
        ({"start": "0"}, "offset", "mentions[0].start must be an integer, not '0'"),
        ({"start": None}, "offset", "mentions[0].start must be an integer, not None"),
        ({"start": -1}, "offset", "mentions[0].start -1 is negative"),
        ({"start": 13, "end": 0}, "offset", "mentions[0].start 13 is not before end 0"),
        ({"start": 13}, "offset", "mentions[0].start 13 is not before end 13"),
        ({"end": len(TEXT) + 1}, "offset", f"has {len(TEXT)} code points"),
        ({"end": 2**60}, "offset", "lies beyond the text"),
        ({"end": 10**30}, "offset", "must be an integer"),
        ({"end": [1]}, "offset", "must be an integer"),
    ],
)
def test_offsets_that_are_none(offsets, rule, says):
    ((found, where, message),) = faults(mention(**offsets))
    assert (found, where) == (f"predictions.{rule}", "p.jsonl:1")
    assert says in message


def test_offsets_count_code_points_up_to_the_very_end():
    assert not faults(mention(start=0, end=len(TEXT)))


def test_a_huge_integer_is_beyond_every_text_even_when_the_text_is_not_at_hand():
    assert faults(mention(end=2**53), known=Known())[0][0] == "predictions.offset"


def test_an_offset_that_is_nan_is_no_json():
    line = b'{"article_id":"a","mentions":[{"kind":"actor","start":NaN,"end":3}]}'
    assert faults(line)[0][:2] == ("predictions.json", "p.jsonl:1")


@pytest.mark.parametrize(
    ("article", "says"),
    [
        ({"events": []}, "article_id is missing"),
        ({"article_id": 7}, "article_id must be a text"),
        ({"article_id": ""}, "article_id must be a text that is not empty"),
        ({"article_id": "a", "event": []}, "Did you mean events?"),
        ({"article_id": "a", "zzz": []}, "The fields here are"),
        ({"article_id": "a", "events": {}}, "events must be a list, not an object"),
        ({"article_id": "a", "mentions": 3}, "mentions must be a list, not an integer"),
        ({"article_id": "a", "events": [[]]}, "events[0] must be an object"),
        ({"article_id": "a", "mentions": ["m1"]}, "mentions[0] must be an object"),
        ({"article_id": "a", "mentions": [{"start": 0, "end": 1}]}, "mentions[0].kind is missing"),
        (mention(kind="actr"), "Did you mean actor?"),
        (mention(kind=["actor"]), "mentions[0].kind must be one of"),
        (mention(begin=0), "mentions[0].'begin' is not a field"),
        (mention(label=3), "mentions[0].label must be a text"),
        (mention(ref=""), "mentions[0].ref must be a text"),
        (mention(quote=3), "mentions[0].quote must be a text"),
        (mention(value={"low": 1}), "mentions[0].value: a mention of kind actor cannot carry a value"),
        (mention(kind="number", value=6), "mentions[0].value must be an object"),
        (mention(kind="number", value={"low": 6.0}), "mentions[0].value.low"),
        (mention(kind="number", value={"low": True}), "mentions[0].value.low"),
        (mention(kind="number", value={"lo": 6}), "Did you mean low?"),
        (mention(kind="number", value={"low": 9, "high": 6}), "low 9 is above high 6"),
        (mention(kind="number", value={"low": 10**25}), "mentions[0].value.low"),
        (mention(kind="time", value={"low": 6}), "mentions[0].value.'low' is not a field"),
        (mention(kind="time", value={"value": "2019-99-99"}), "mentions[0].value.value must be a day, month or year"),
        (mention(kind="time", value={"value": "yesterday!"}), "not 'yesterday!'"),
        (mention(confidence=1.5), "mentions[0].confidence must be a number from 0 to 1"),
        (mention(confidence=True), "mentions[0].confidence must be a number from 0 to 1"),
        (clash(triggers=[3]), "events[0].triggers[0] must be a mention's id or a span"),
        (clash(triggers=[{"start": 3}]), "events[0].triggers[0].end is missing"),
        (clash({"start": 0, "end": 13}), "events[0].arguments[0].role is missing"),
        (clash({"role": "attacker"}), "events[0].arguments[0].start is missing"),
        (clash({"role": "attacker", "start": 0, "end": 13, "rôle": 1}), "is not a field"),
        (clash({"role": "attacker", "mention": 1}), "events[0].arguments[0].mention must be a text"),
        (clash({"role": "killed", "start": 40, "end": 58, "value": {"low": "6"}}), "events[0].arguments[0].value.low"),
        ({"article_id": "a", "events": [{"triggers": [TRIGGER]}]}, "events[0].type is missing"),
        ({"article_id": "a", "events": [{"type": "clash", "realis": "actuel"}]}, "Did you mean actual?"),
        ({"article_id": "a", "events": [{"type": "clash", "background": 1}]}, "background must be true or false"),
    ],
)
def test_a_field_that_is_wrong_is_named(article, says):
    ((rule, where, message),) = faults({"article_id": "b"}, article)
    assert (rule, where) == ("predictions.field", "p.jsonl:2")
    assert says in message


@pytest.mark.parametrize("date", ["2018-05-21", "2018-05", "2018", "--02-29", "--02"])
def test_a_time_may_say_any_part_of_a_date(date):
    assert faults(mention(kind="time", value={"value": date})) == []


def test_all_faults_of_a_line_are_said_at_once():
    article = {
        "article_id": "a",
        "mentions": [{"kind": "actor", "start": 5, "end": 2}, {"kind": "x", "start": 0, "end": 1}],
    }
    assert {rule for rule, _, _ in faults(article)} == {"predictions.offset", "predictions.field"}


def test_a_mention_that_is_not_there_is_named():
    ((rule, _, message),) = faults(clash({"role": "attacker", "mention": "m9"}))
    assert rule == "predictions.reference"
    assert "events[0].arguments[0].mention: there is no mention with the id 'm9'" in message


def test_an_id_names_one_mention():
    article = mention(id="m1")
    article["mentions"].append({"id": "m1", "kind": "place", "start": 0, "end": 5})
    assert faults(article)[0][0] == "predictions.reference"


def test_a_reference_to_a_mention_that_is_wrong_is_no_second_fault():
    article = mention(id="m1", start=-1) | {"events": [{"type": "clash", "triggers": ["m1"]}]}
    assert [rule for rule, _, _ in faults(article)] == ["predictions.offset"]


@pytest.mark.parametrize("file", ["\ufeff{}\n", "{}\r\n", "{}\r"])
def test_a_hash_of_the_file_is_told_from_one_of_another_text(file):
    known, given = Known(texts={"a": f"{TEXT}\n"}), hashlib.sha256(file.format(TEXT).encode()).hexdigest()
    ((rule, _, message),) = faults({"article_id": "a", "text_sha256": given}, known=known)
    assert (rule, "it is that of the file" in message) == ("predictions.text-hash", True)


def test_a_hash_of_another_text_is_an_error():
    wrong = clash(text_sha256="0" * 64)
    assert faults(wrong)[0][:2] == ("predictions.text-hash", "p.jsonl:1")
    assert faults(wrong, known=Known(hashes={"a": text_sha256(TEXT)}))[0][0] == "predictions.text-hash"
    assert not faults(wrong, allow={"text-hash"})
    assert not faults(clash(text_sha256=text_sha256(TEXT)))


def test_an_article_that_gold_lacks_is_an_error_unless_allowed():
    assert faults({"article_id": "z"})[0][:2] == ("predictions.unknown-article", "p.jsonl:1")
    documents, problems = predict({"article_id": "z"}, clash(), allow={"extra-articles"})
    assert [document.article_id for document in documents] == ["a"]
    assert [(p.rule, p.level) for p in problems] == [("predictions.unknown-article", "warning")]


def test_who_has_article_ids_of_their_own_is_told_of_the_map_for_them():
    ((_, _, message),) = faults({"article_id": "z"})
    assert message.endswith(" Remove it, allow extra-articles, or say with --ids MAP which of ours it is.")
    _, (left_out,) = predict({"article_id": "z"}, allow={"extra-articles"})
    assert left_out.message.endswith(" It is left out.")


def test_an_article_stands_once():
    ((rule, where, message),) = faults(clash(), {"article_id": "b"}, clash())
    assert (rule, where) == ("predictions.duplicate-article", "p.jsonl:3")
    assert "p.jsonl:1" in message


def test_an_unknown_type_or_role_counts_as_wrong_with_a_warning():
    article = clash({"role": "atacker", "start": 0, "end": 13})
    article["events"].append({"type": "clesh", "triggers": [TRIGGER]})
    (document,), _ = predict(article)
    assert [event.type for event in document.events] == ["clash", "clesh"]
    assert [rule for rule, _, _ in faults(article, level="warning")] == [
        "predictions.unknown-role",
        "predictions.unknown-type",
        "predictions.kind",
    ]
    assert faults(mention(kind="trigger", label="clesh"), level="warning")[0][0] == "predictions.unknown-type"


def test_what_stands_twice_counts_as_wrong_with_a_warning():
    argument = {"role": "attacker", "start": 0, "end": 13}
    twice = clash(argument, argument)
    (document,), problems = predict(twice)
    assert len(document.events[0].arguments) == 2
    assert [(p.rule, p.level) for p in problems] == [("predictions.duplicate", "warning")]
    event = clash()["events"][0]
    assert faults({"article_id": "a", "events": [event, event]}, level="warning")[0][0] == "predictions.duplicate"
    item = mention()["mentions"][0]
    assert faults({"article_id": "a", "mentions": [item, item]}, level="warning")[0][0] == "predictions.duplicate"
    assert faults(clash(triggers=[TRIGGER, TRIGGER]), level="warning")[0][0] == "predictions.duplicate"


def test_without_guidelines_a_role_named_like_a_kind_has_that_kind():
    (document,), problems = predict(clash({"role": "place", "start": 0, "end": 13}), known=Known())
    assert document.mentions[1].kind == "place"
    assert problems == ()


def test_only_named_rules_can_be_allowed():
    with pytest.raises(Refusal, match="everything"):
        predict(allow={"everything"})


def test_predictions_for_the_seed_articles_are_held_against_their_texts():
    seed = Path(__file__).parents[2] / "seeds" / "000_013f224fd263a222.txt"
    text = seed.read_text("utf-8")
    word = text.split()[10]
    start = text.index(word)
    article = {
        "article_id": "s",
        "mentions": [{"kind": "actor", "start": start, "end": start + len(word), "quote": word}],
    }
    assert predict(article, known=Known(texts={"s": text}))[1] == ()


def test_a_span_of_no_kind_is_the_mention_that_stands_there():
    article = mention() | clash({"role": "unheard", "start": 0, "end": 13}, {"role": "unheard", "start": 28, "end": 34})
    (document,), problems = predict(article)
    assert [item.kind for item in document.mentions] == ["actor", "trigger", "unknown"]
    assert "1 argument(s) say no kind" in problems[-1].message


def test_of_one_span_in_two_events_the_mention_that_has_the_value_counts():
    bare = {"type": "clash", "triggers": [TRIGGER], "arguments": [{"role": "killed", "start": 40, "end": 58}]}
    said = {"type": "clash", "arguments": [bare["arguments"][0] | {"value": {"low": 6}}]}
    for events in ([bare, said], [said, bare]):
        (document,), _ = predict({"article_id": "a", "events": events})
        assert [item.amount for item in document.mentions if item.kind == "number"] == [Amount(low=6)]


def test_the_label_of_a_trigger_of_two_events_does_not_depend_on_their_order():
    events = [{"type": name, "triggers": [TRIGGER]} for name in ("raid", "clash")]
    for order in (events, events[::-1]):
        (document,), _ = predict({"article_id": "a", "events": order}, known=Known())
        assert [item.label for item in document.mentions] == ["clash"]
