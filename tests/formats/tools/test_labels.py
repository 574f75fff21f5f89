"""What another tool's words are here: by our own names, by what is common, the guidelines, a map; else unknown."""

from pathlib import Path

import pytest
from hypothesis import given

from annotator.errors import Refusal
from annotator.formats.tools.document import Document, Filled, Frame, Link, Marked
from annotator.formats.tools.from_ours import document_of_record
from annotator.formats.tools.into_ours import Ours, to_ours
from annotator.formats.tools.label_map import Word, read_label_map, skeleton
from annotator.formats.tools.labels import Labels
from annotator.gold.release import read_schema
from annotator.model.note import Note
from annotator.model.record import GoldRecord
from annotator.model.registry import Actor, Place, Registry
from annotator.text.intake import take_in
from annotator.text.span import Span, span
from tests.formats.tools.documents import documents

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "gold" / "1.0.0"
SCHEMA = read_schema((GOLD / "schema.toml").read_bytes())
REGISTRY = Registry()
TEXT = "On Friday rebels shelled Aleppo, killing 12 civilians."


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (span(start, start + len(words)),)


def mark(name: str, kind: str, words: str, **more: object) -> Marked:
    return Marked(id=name, type=kind, spans=at(words), **more)


def attack(event_type: str, *arguments: Filled, **more: object) -> Document:
    return Document(
        article_id="one",
        text=TEXT,
        marks=(
            mark("T1", event_type, "shelled"),
            mark("T2", "ORG", "rebels"),
            mark("T3", "GPE", "Aleppo"),
            mark("T4", "CARDINAL", "12"),
        ),
        frames=(Frame(id="E1", type=event_type, triggers=("T1",), arguments=arguments, **more),),
    )


def taken(document: Document, toml: str = "") -> tuple[Ours, Labels]:
    labels = Labels(SCHEMA, REGISTRY, read_label_map(toml.encode(), "map.toml", SCHEMA))
    return to_ours(document, labels), labels


@pytest.mark.parametrize("called", ["strike.artillery", "strike_artillery", "Strike-Artillery", "STRIKE.ARTILLERY"])
def test_our_types_are_known_however_a_tool_has_to_spell_them(called: str) -> None:
    ours, labels = taken(attack(called, Filled("Attacker", "T2"), Filled("KILLED", "T4")))
    (event,) = ours.events
    assert event.type == "strike.artillery"
    kinds = {mention.id: (mention.kind, mention.quote, mention.label) for mention in ours.mentions}
    assert [kinds[one] for one in event.triggers] == [("trigger", "shelled", "strike.artillery")]
    assert [(one.role, kinds[one.mention]) for one in event.arguments] == [
        ("attacker", ("actor", "rebels", "ORG")),
        ("killed", ("number", "12", "CARDINAL")),
    ]
    assert (labels.unknown, labels.left_out) == ({}, {})


def test_a_name_elsewhere_is_known_where_only_one_type_has_it() -> None:
    ours, _ = taken(attack("KIDNAPPING"))
    assert [event.type for event in ours.events] == ["detain.capture"]
    ours, labels = taken(attack("Conflict.Attack"))
    assert ours.events == ()
    assert labels.unknown == {Word("events", "Conflict.Attack"): 1}
    assert "strike.air" in labels.choices()[Word("events", "Conflict.Attack")]


def test_a_map_says_what_nothing_else_does_and_leaves_out_what_it_is_told_to() -> None:
    toml = '[events]\n"Conflict.Attack" = "strike.artillery"\n[roles]\nAgt = "attacker"\n"Conflict.Attack.Loc" = "-"\n'
    toml += '[mentions]\nGPE = "-"\n'
    arguments = (Filled("Agt", "T2"), Filled("Loc", "T3"))
    ours, labels = taken(attack("Conflict.Attack", *arguments), toml)
    assert [one.role for one in ours.events[0].arguments] == ["attacker"]
    assert "Aleppo" not in {mention.quote for mention in ours.mentions}
    assert labels.unknown == {}
    assert labels.left_out == {"argument 'Loc', as the map says": 1, "mention 'GPE', as the map says": 1}


def test_unknown_words_are_counted_and_come_as_a_map_to_fill_in() -> None:
    marks = (mark("T1", "Wörd", "rebels"), mark("T2", "Wörd", "Aleppo"), mark("T3", "strike.air", "shelled"))
    frame = Frame(id="E1", type="strike.air", triggers=("T3",), arguments=(Filled("Boss", "T1"),))
    ours, labels = taken(Document(article_id="one", text=TEXT, marks=marks, frames=(frame,)))
    assert [mention.quote for mention in ours.mentions] == ["shelled"]
    assert labels.unknown == {Word("mentions", "Wörd"): 2, Word("roles", "strike.air.Boss"): 1}
    written = skeleton(labels.unknown, labels.choices())
    assert '"Wörd" = "-"  # 2 times' in written
    given = read_label_map(written.encode(), "map.toml", SCHEMA)
    assert (given.mentions, given.roles) == ({"Wörd": "-"}, {"strike.air.Boss": "-"})


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[mentions]\nx = 1", "[mentions] 'x' is 1"),
        ("[mentions]\nx = 'strike.air'", "none of ours"),
        ("[events]\na.b = 'strike.air'", "in quotes?"),
        ("[others]", "is no table"),
        ("mentions = 1", "must be a table"),
        ("[mentions", "no TOML"),
    ],
)
def test_a_map_that_means_nothing_is_refused(toml: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_label_map(toml.encode(), "map.toml", SCHEMA)
    assert told in str(refused.value)


def test_what_has_no_place_here_is_left_out_and_told() -> None:
    document = Document(
        article_id="one",
        text=TEXT,
        marks=(
            Marked(id="T1", type="person", spans=(*at("rebels"), *at("civilians")), attributes=(("Plural", "true"),)),
            mark("T2", "strike.air", "shelled"),
            mark("T3", "place", "Aleppo", ref="Wikipedia:1"),
            mark("T4", "GPE", "Aleppo", label="city"),
        ),
        frames=(
            Frame(id="E1", type="strike.air", triggers=("T2",), arguments=(Filled("attacker", "E2"),), realis="maybe"),
            Frame(id="E2", type="strike.air"),
            Frame(id="E3", type="clash.armed", triggers=("T2",), arguments=(Filled("place", "T1"),)),
        ),
        links=(Link("Alias", "T1", "T3"),),
        notes=(Note(id="#1", kind="note", start=0, end=2, mention="T9", text="hm"),),
    )
    ours, labels = taken(document)
    assert labels.left_out == {
        "the gap of a broken span: it is read as all that it covers": 1,
        "attribute 'Plural' of a mention": 1,
        "ref 'Wikipedia:1': the registry has no such place": 1,
        "place where another one is marked on the same words": 1,
        "argument 'attacker' that is an event": 1,
        "realis 'maybe'": 1,
        "event 'strike.air' without a trigger": 1,
        "argument 'place' that is of the kind actor": 1,
        "relation 'Alias'": 1,
    }
    assert ours.mentions[0].quote == "rebels shelled Aleppo, killing 12 civilians"
    assert [note.mention for note in ours.notes] == [None]
    assert {event.realis for event in ours.events} == {"actual"}


def everybody(record: GoldRecord) -> Registry:
    """A registry that has whomever a record speaks of."""
    refs = {kind: {one.ref for one in record.mentions if one.kind == kind and one.ref} for kind in ("actor", "place")}
    sides = {one.of for event in record.events for one in event.arguments if one.of}
    return Registry(
        actors={ref: Actor(type="state_forces") for ref in refs["actor"] | sides},
        places={ref: Place(type="city") for ref in refs["place"]},
    )


def test_relations_that_go_out_from_a_trigger_are_its_events_arguments() -> None:
    marks = (mark("s1", "strike.artillery", "shelled"), mark("s2", "ORG", "rebels"), mark("s3", "GPE", "Aleppo"))
    links = (Link("attacker", "s1", "s2"), Link("located", "s2", "s3"), Link("place", "s1", "s3"))
    ours, labels = taken(Document(article_id="one", text=TEXT, marks=marks, links=links))
    (event,) = ours.events
    quotes = {mention.id: mention.quote for mention in ours.mentions}
    assert (event.type, [quotes[one] for one in event.triggers]) == ("strike.artillery", ["shelled"])
    assert [(one.role, quotes[one.mention]) for one in event.arguments] == [("attacker", "rebels"), ("place", "Aleppo")]
    assert labels.left_out == {"relation 'located'": 1}


def test_gold_is_the_same_after_it_was_a_document() -> None:
    for line in (GOLD / "gold.jsonl").read_bytes().splitlines():
        record = GoldRecord.model_validate_json(line)
        text = take_in((ROOT / "seeds" / f"{record.article_id}.txt").read_bytes(), record.article_id).text
        labels = Labels(SCHEMA, everybody(record))
        ours = to_ours(document_of_record(record, text), labels)
        assert (labels.unknown, labels.left_out) == ({}, {})
        assert [one.content[:5] for one in ours.mentions] == [one.content[:5] for one in record.mentions]
        names = {new.id: old.id for new, old in zip(ours.mentions, record.mentions, strict=True)}
        for new, old in zip(ours.events, record.events, strict=True):
            told = [(one.role, names[one.mention], one.of) for one in new.arguments]
            assert told == [(one.role, one.mention, one.of) for one in old.arguments]
            assert (new.type, new.realis, new.certainty, new.background, new.hub) == (
                old.type,
                old.realis,
                old.certainty,
                old.background,
                old.hub,
            )


@given(documents(foreign=True))
def test_whatever_a_document_says_comes_to_mentions_and_events_that_hang_together(document: Document) -> None:
    labels = Labels(SCHEMA, REGISTRY)
    ours = to_ours(document, labels)
    kinds = {mention.id: mention.kind for mention in ours.mentions}
    assert len(kinds) == len({(one.kind, one.span) for one in ours.mentions}) == len(ours.mentions)
    for mention in ours.mentions:
        assert mention.quote == mention.span.of(document.text)
    for event in ours.events:
        assert all(kinds[one] == "trigger" for one in event.triggers)
        specs = SCHEMA.roles_of(event.type)
        assert all(kinds[one.mention] in specs[one.role].kinds for one in event.arguments)
    assert len({event.id for event in ours.events}) == len(ours.events)
    assert to_ours(document, Labels(SCHEMA, REGISTRY)) == ours
