"""Event rows: ACLED's columns in its order, a toll of bounds with its figure, nothing made up, no formula."""

import csv
import io
import re
from dataclasses import replace

import pytest

from annotator.formats.tools import rows_csv, rows_parquet
from annotator.formats.tools.document import Document, Filled, Frame, Marked, Wanted, Written
from annotator.formats.tools.event_rows import ACLED, COLUMNS
from annotator.formats.tools.registry import format_named
from annotator.formats.tools.toll import Toll, toll
from annotator.gold.release import read_schema
from annotator.model.article import Metadata
from annotator.model.registry import Actor, Place, Registry
from annotator.model.value import NumberValue, TimeValue
from annotator.text.span import span
from tests.formats.tools.examples import SCHEMA

REGISTRY = Registry(
    actors={
        "army": Actor(type="state_forces", en=("Army",), part_of="state"),
        "state": Actor(type="state_forces", en=("State",)),
        "isis": Actor(type="rebel_group", en=("ISIS",)),
        "people": Actor(type="civilians", en=("Civilians",)),
        "watch": Actor(type="organization", en=("Watch",)),
    },
    places={
        "hama": Place(type="city", en=("Hama",), part_of="hama_province", coordinates=(35.13, 36.75)),
        "hama_province": Place(type="province", en=("Hama province",), part_of="syria"),
        "syria": Place(type="country", en=("Syria",)),
    },
)
WORDS = "ISIS raided the Army in Hama yesterday . At_least_5 died , Watch said ."
TEXT = f"{WORDS}\nNothing else.\n"


def _mark(name: str, kind: str, word: str, **said: object) -> Marked:
    start = TEXT.index(word)
    return Marked(id=name, type=kind, spans=(span(start, start + len(word)),), **said)


def _document(**changed: object) -> Document:
    marks = (
        _mark("m1", "trigger", "raided", label="attack.ground"),
        _mark("m2", "actor", "ISIS", ref="isis"),
        _mark("m3", "actor", "Army", ref="army"),
        _mark("m4", "place", "Hama", ref="hama"),
        _mark("m5", "time", "yesterday", value=TimeValue(precision="day", anchor="publication", offset=-1)),
        _mark("m6", "number", "At_least_5", value=NumberValue(low=5, qualifier="at_least", unit="persons")),
        _mark("m7", "actor", "Watch", ref="watch"),
    )
    roles = ("attacker", "target", "place", "time", "killed", "source")
    arguments = tuple(Filled(role, mark.id) for role, mark in zip(roles, marks[1:], strict=True))
    said = {"type": "attack.ground", "realis": "actual", "certainty": "attributed", "background": False, "hub": "h1"}
    event = Frame(id="e1", triggers=("m1",), arguments=arguments, **said | changed)
    return Document(article_id="a1", text=TEXT, marks=marks, frames=(event,))


def _wanted() -> Wanted:
    known = {"a1": Metadata(language="en", outlet="=Gazette", published="2018-05-24")}
    return Wanted(read_schema(SCHEMA.read_bytes()), "gold 1.0.0", REGISTRY, known)


def _rows(written: Written) -> list[dict[str, str]]:
    (data,) = written.files.values()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_columns_are_those_of_acled_in_its_order_and_then_ours():
    assert COLUMNS[: len(ACLED)] == ACLED
    (name,) = rows_csv.write([], _wanted()).files
    assert name == "gold-1.0.0.csv"
    head = rows_csv.write([], _wanted()).files[name].decode("utf-8-sig").strip().replace('"', "").split(",")
    assert head[0] == "event_id_cnty"
    assert head.index("fatalities") == 28
    assert head.index("fatalities_low") > head.index("timestamp")


def test_an_event_is_a_row_of_what_is_known():
    (row,) = _rows(rows_csv.write([_document()], _wanted()))
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": "a1-e1", "event_date": "2018-05-23", "year": "2018", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
        "actor1": "ISIS", "inter1": "Rebel group", "actor2": "Army", "inter2": "State forces",
        "interaction": "Rebel group-State forces", "country": "Syria", "admin1": "Hama province", "location": "Hama",
        "latitude": "35.13", "longitude": "36.75", "geo_precision": "1", "source": "'=Gazette; Watch",
        "notes": "ISIS raided the Army in Hama yesterday .", "fatalities": "5", "fatalities_low": "5",
        "article_id": "a1", "event_id": "e1", "type": "attack.ground", "realis": "actual", "certainty": "attributed",
        "background": "false", "hub": "h1",
    }  # fmt: skip


def test_no_cell_begins_a_formula():
    data = next(iter(rows_csv.write([_document()], _wanted()).files.values())).decode("utf-8-sig")
    assert "'=Gazette" in data
    assert not re.search(r'"[=+@]', data)


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"realis": "hypothetical"}, "it is hypothetical"), ({"type": "toll.aggregate"}, "ACLED has no type")],
)
def test_what_did_not_happen_or_acled_does_not_have_is_a_loss(changed: dict, told: str):
    written = rows_csv.write([_document(**changed)], _wanted())
    assert _rows(written) == []
    assert [loss.told.startswith(told) for loss in written.losses if loss.what == "event"] == [True]


@pytest.mark.parametrize(
    ("kind", "attacker", "target", "expected"),
    [
        ("attack.ground", "isis", "army", ("Battles", "Armed clash")),
        ("attack.ground", "isis", "people", ("Violence against civilians", "Attack")),
        ("control.gain", "army", "isis", ("Battles", "Government regains territory")),
        ("control.gain", "isis", "army", ("Battles", "Non-state actor overtakes territory")),
        ("detain.capture", "army", "isis", ("Strategic developments", "Arrests")),
        ("detain.capture", "isis", "army", ("Violence against civilians", "Abduction/forced disappearance")),
    ],
)
def test_the_type_of_acled_hangs_on_who_did_it_to_whom(kind: str, attacker: str, target: str, expected: tuple):
    document = _document(type=kind)
    refs = {"m2": attacker, "m3": target}
    marks = [replace(mark, ref=refs.get(mark.id, mark.ref)) for mark in document.marks]
    (row,) = _rows(rows_csv.write([replace(document, marks=tuple(marks))], _wanted()))
    assert (row["event_type"], row["sub_event_type"]) == expected
    assert (row["civilian_targeting"] != "") is (target == "people")


def test_losses_are_such_as_the_row_of_the_registry_names():
    losses = rows_csv.write([_document()], _wanted()).losses
    for name in ("rows-csv", "rows-parquet"):
        row = format_named(name)
        assert row is not None
        assert {loss.what for loss in losses} <= {*row.loses}
    assert [loss.item for loss in losses if loss.what == "mention"] == []


def test_parquet_has_the_types_of_columns_also_where_they_are_empty():
    parquet = pytest.importorskip("pyarrow.parquet")
    written = rows_parquet.write([_document()], _wanted())
    table = parquet.read_table(io.BytesIO(written.files["gold-1.0.0.parquet"]))
    assert table.column_names == list(COLUMNS)
    assert str(table.schema.field("fatalities").type) == "int64"
    assert str(table.schema.field("iso").type) == "int64"
    assert str(table.schema.field("latitude").type) == "double"
    (row,) = table.to_pylist()
    assert (row["source"], row["fatalities_low"], row["fatalities_high"]) == ("=Gazette; Watch", 5, None)
    empty = rows_parquet.write([], _wanted()).files["gold-1.0.0.parquet"]
    assert str(parquet.read_table(io.BytesIO(empty)).schema.field("actor1").type) == "string"


# --- how many were killed


def _toll(*numbers: tuple[NumberValue, str | None]) -> Toll:
    marks = {
        f"m{place}": Marked(id=f"m{place}", type="number", spans=(span(0, 1),), value=value)
        for place, (value, _) in enumerate(numbers)
    }
    filled = [Filled("killed", f"m{place}", of) for place, (_, of) in enumerate(numbers)]
    return toll(filled, marks, REGISTRY)


def _exact(number: int, **said: object) -> NumberValue:
    return NumberValue(low=number, high=number, best=number, **said)


DOZENS = NumberValue(low=20, high=99, qualifier="vague")
AT_LEAST_FOUR = NumberValue(low=4, qualifier="at_least")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], (None, None, None)),
        ([(_exact(0), None)], (0, 0, 0)),
        ([(_exact(5), None)], (5, 5, 5)),
        ([(AT_LEAST_FOUR, None)], (4, None, 4)),
        ([(NumberValue(best=500, qualifier="about"), None)], (None, None, 500)),
        ([(NumberValue(high=13, qualifier="at_most"), None)], (None, 13, None)),
        ([(NumberValue(qualifier="unknown"), None)], (None, None, None)),
        ([(DOZENS, None)], (20, 99, 12)),
        ([(NumberValue(low=200, high=999, qualifier="vague"), None)], (200, 999, 100)),
        ([(_exact(5), "isis"), (_exact(7), "people")], (12, 12, 12)),
        ([(_exact(5), "isis"), (AT_LEAST_FOUR, "people")], (9, None, 9)),
        ([(_exact(5), "isis"), (_exact(5), "isis")], (5, 5, 5)),
        ([(DOZENS, "army"), (DOZENS, "state")], (20, 99, 12)),
        ([(_exact(924), None), (_exact(557), "isis"), (_exact(367), "army")], (924, 924, 924)),
        ([(_exact(3), None), (_exact(557), "isis")], (557, 557, 557)),
        ([(_exact(5), "isis"), (_exact(2, scope="additional"), "isis")], (7, 7, 7)),
        ([(_exact(5), "isis"), (NumberValue(num=2, den=3, best=371, qualifier="about"), "isis")], (5, 5, 5)),
    ],
)  # fmt: skip
def test_the_toll_is_what_the_numbers_say_together(numbers: list, expected: tuple):
    assert tuple(_toll(*numbers)) == expected


def test_a_registry_that_goes_in_a_circle_is_gone_round_once():
    circle = Registry(actors={"a": Actor(type="civilians", part_of="b"), "b": Actor(type="civilians", part_of="a")})
    mark = Marked(id="m", type="number", spans=(span(0, 1),), value=_exact(5))
    assert toll([Filled("killed", "m", "a")], {"m": mark}, circle).figure == 5
